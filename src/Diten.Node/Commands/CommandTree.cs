using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Diten.Runs;
using Diten.Runs.Execution;

namespace Diten.Node.Commands;

/// <summary>All commands of <c>diten</c>, and how a command line is read.</summary>
public static class CommandTree
{
    private const string Description = """
        Diten emulates Digital Twin Edge Networks: base stations, edge servers, their digital twins and mobile devices,
        each an actor, decide slot by slot where tasks are computed. Same scenario and seed, same bits.

        Exit codes: 0 done; 1 a run failed, two runs differ or figures do not agree; 2 wrong input or usage, nothing
        was run; 130 stopped by Ctrl-C: run, sweep and experiment keep
        what was done.
        """;

    /// <summary>Reads a command line and does what it asks for.</summary>
    /// <returns>See <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(string[] args, Session session, CancellationToken cancel = default)
    {
        var terminal = session.Terminal;
        if (args.Length == 0)
        {
            await RunAsync(["--help"], session, cancel);
            return ExitCode.BadInput;
        }

        var parsed = Root(session).Parse(args);
        // The signals are ours (see Interruption), and so are the exceptions (see Session).
        var configuration = new InvocationConfiguration
        {
            Output = terminal.Out,
            Error = terminal.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        if (parsed.Action is not ParseErrorAction)
            return await parsed.InvokeAsync(configuration, cancel);

        foreach (var line in UsageErrors.Of(parsed))
            terminal.Complain(line);
        terminal.Error.WriteLine($"{Path(parsed.CommandResult.Command)} --help shows what is possible.");
        return ExitCode.BadInput;
    }

    private static RootCommand Root(Session session)
    {
        var root = new RootCommand(Description);
        foreach (var command in Commands(session))
            root.Add(command);
        foreach (var help in root.Options.OfType<HelpOption>())
            help.Action = new HelpWithExamples((HelpAction)help.Action!);
        return root;
    }

    /// <summary>In the order of <c>diten --help</c>; a new command is registered here.</summary>
    private static IEnumerable<Command> Commands(Session session) =>
    [
        new RunCommand(session),
        new ValidateCommand(session),
        new ScenariosCommand(session),
        new TrainCommand(session),
        new VerifyCommand(session),
        new TwinCommand(session),
        new ViewCommand(session),
        new DemoCommand(session),
        new FaultCommand(session),
        new CompareCommand(session),
        new SweepCommand(session),
        new ExperimentCommand(session),
        new ReproduceCommand(session),
        new SensitivityCommand(session),
        new ReferenceCommand(session),
        new ResumeCommand(session),
        new NodeCommand(session),
        new NodesCommand(session),
        new MetricsCommand(session),
        new ChaosCommand(session),
        new BenchCommand(session),
        new CertificatesCommand(session),
    ];

    private static string Path(Command command) => command is RootCommand ? "diten" : $"{Path(command.Parents.OfType<Command>().First())} {command.Name}";

    private sealed class HelpWithExamples(HelpAction usual) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parsed)
        {
            var code = usual.Invoke(parsed);
            if (parsed.CommandResult.Command is not DocumentedCommand command)
                return code;
            var output = parsed.InvocationConfiguration.Output;
            if (command.Details.Length > 0)
            {
                output.WriteLine("Details:");
                foreach (var line in command.Details.Split('\n'))
                    output.WriteLine("  " + line);
                output.WriteLine();
            }

            output.WriteLine("Examples:");
            foreach (var (line, meaning) in command.Examples)
            {
                output.WriteLine($"  # {meaning}");
                output.WriteLine($"  diten {line}");
            }

            output.WriteLine();
            return code;
        }
    }
}
