using System.CommandLine;
using Diten.Actors;
using Diten.Runs;
using Diten.Runs.Execution;
using Diten.Runs.Plots;

namespace Diten.Node.Commands;

/// <summary><c>diten twin</c>: what did a server's twin believe, and what was true?</summary>
internal sealed class TwinCommand : DocumentedCommand
{
    private readonly Session _session;
    private readonly Argument<string> _run = new("run") { HelpName = "RUN", Description = "Folder of the run, with or without .partial" };
    private readonly Argument<int> _server = new("server") { HelpName = "SERVER", Description = "Number of the server, from 0" };
    private readonly Option<int?> _at = new("--at") { HelpName = "SLOT", Description = "One slot [default: the whole run]" };
    private readonly Option<string?> _output = new("--out") { HelpName = "DIR", Description = "Folder for the plots [default: RUN/plots]" };
    private readonly Option<bool> _json = new("--json") { Description = "Print a line of JSON for each slot, or that of --at, and draw nothing" };
    private readonly Option<string?> _journal = Inputs.Journal("where the run says");

    public TwinCommand(Session session)
        : base(
            "twin", "Say what the twin of a server believed, and what was true.",
            """
            The answer is rebuilt from the run's journal, event by event; it does not need the tables. It works for runs that are done, were
            stopped, broke off or still go on. With --at: belief and truth side by side, and what happened to the twin around that slot;
            without: how wrong it was over the run, and when most. Both are drawn over time, with dotted lines where the twin noticed that it
            had missed a sync. With faults, it also says how the twin stood to its server, and which of them were in force there. A run whose journal is not in its folder needs --journal.
            """,
            ("twin runs/quickstart-seed1 17", "over the whole run"),
            ("twin runs/quickstart-seed1 17 --at 42", "in one slot"),
            ("twin runs/quickstart-seed1 17 --json", "a line of JSON a slot, with the names of tables/servers.csv"),
            ("twin runs/city-100k-seed1 17 --journal \"Host=db;Database=diten\"", "of a run that kept its journal on PostgreSQL"))
    {
        _session = session;
        Add(_run);
        Add(_server);
        Add(_at, _output, _json, _journal);
        session.Act(this, RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var (terminal, run, server, at) = (_session.Terminal, parsed.GetRequiredValue(_run), parsed.GetRequiredValue(_server), parsed.GetValue(_at));
        var (world, slots) = await TwinBeliefs.ReadAsync(run, server, parsed.GetValue(_journal), terminal.Complain, cancel);
        if (at < 0 || at >= slots.Count)
            throw new UserErrorException($"--at: found {at}; allowed: 0 to {slots.Count - 1}, what the journal knows.");
        if (parsed.GetValue(_json))
        {
            foreach (var slot in at is { } one ? [slots[one]] : slots)
                terminal.Out.WriteLine(TwinTables.Json(slot, world));
            return ExitCode.Ok;
        }

        // The run may have ended meanwhile, and its folder have got another name.
        var plots = parsed.GetValue(_output) is { } named ? OutputFolder.Named(named, mayHold: true) : TwinBeliefs.FolderOf(run).Plots;
        terminal.Tables().Write(at is { } chosen ? TwinTables.OneSlot(world, server, slots, chosen) : TwinTables.WholeRun(server, slots));
        if (at is null && world.Scenario.MeasuresTwins)
            terminal.Tables().Write(TwinConditions.Table(world, server, slots));
        var plot = OutputFolder.Use(plots, () => TwinPlot.Write(plots, server, slots, at));
        terminal.Out.WriteLine($"Plot: {plot}.svg, .png");
        return ExitCode.Ok;
    }
}
