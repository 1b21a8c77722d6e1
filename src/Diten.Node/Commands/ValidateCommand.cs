using System.CommandLine;
using Diten.Model.Space;
using Diten.Model.Worlds;
using Diten.Runs;
using Diten.Runs.Execution;
using Diten.Runs.Progress;

namespace Diten.Node.Commands;

/// <summary><c>diten validate</c>: checks scenarios and the data that they name, without running them.</summary>
internal sealed class ValidateCommand : DocumentedCommand
{
    private readonly Terminal _terminal;
    private readonly Option<string[]> _set = Inputs.Set();
    private readonly Option<ulong?> _seed = Inputs.Seed();
    private readonly Option<bool> _force = Inputs.Force();

    private readonly Argument<string[]> _scenarios = new("scenario")
    {
        HelpName = "SCENARIO",
        Description = "Scenario files",
        Arity = ArgumentArity.OneOrMore,
    };

    public ValidateCommand(Session session)
        : base(
            "validate", "Check scenarios and the files they name, without running them.",
            """
            Says how many rows of sites and traces are read, kept and dropped, and why; how fast devices on recorded journeys will move; what is
            assumed of data; about how much memory a run takes; and warns of keys that are set and have no effect. Exit code 2 where a scenario is wrong, or too large for this machine.
            """,
            ("validate scenarios/paper.conf scenarios/quickstart.conf", "several at once"),
            ("validate scenarios/real-sites-and-traces.conf --set stations.sites-file=sites.csv --set devices.mobility.traces=taxis/", "what is in these data?"),
            ("validate my.conf --set stations.topology=hexagonal", "a change, before it is run"))
    {
        _terminal = session.Terminal;
        Add(_scenarios);
        Add(_force, _set, _seed);
        session.Act(this, Run);
    }

    private Task<int> Run(ParseResult parsed, CancellationToken cancel)
    {
        var wrong = parsed.GetRequiredValue(_scenarios).Count(file => !IsValid(file, parsed));
        return Task.FromResult(wrong == 0 ? ExitCode.Ok : ExitCode.BadInput);
    }

    private bool IsValid(string file, ParseResult parsed)
    {
        try
        {
            var input = ScenarioInput.Load(file, parsed.GetValue(_set)!, parsed.GetValue(_seed));
            var lines = ScenarioReport.Of(input, parsed.GetValue(_force));
            _terminal.Out.WriteLine($"{file}: valid");
            foreach (var line in lines)
                _terminal.Out.WriteLine("  " + line);
            return true;
        }
        catch (Exception exception) when (Failures.Describe(exception) is (ExitCode.BadInput, var lines))
        {
            _terminal.Out.WriteLine($"{file}: not valid");
            foreach (var line in lines)
                _terminal.Complain(line);
            return false;
        }
    }
}
