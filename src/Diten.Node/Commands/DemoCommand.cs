using System.CommandLine;
using Diten.Runs;
using Diten.Runs.Demos;
using Diten.Runs.Execution;
using Diten.Runs.Scenarios;
using Diten.View.Demos;
using Diten.View.Recordings;
using Diten.View.Serving;

namespace Diten.Node.Commands;

/// <summary><c>diten demo</c>: shows what Diten is for, on a cluster of this machine, in the browser.</summary>
internal sealed class DemoCommand : DocumentedCommand
{
    private const string UsualFolder = "runs/demo";

    private readonly Session _session;
    private readonly Option<string?> _script = new("--script") { HelpName = "FILE", Description = $"Play these acts [default: scenarios/{DemoScript.Usual}]" };
    private readonly Option<string?> _replay = new("--replay") { HelpName = "DIR", Description = "Run nothing: show a demo that came to its end before" };
    private readonly Option<string?> _output = Inputs.Out(UsualFolder);
    private readonly Option<bool> _overwrite = Inputs.Overwrite();
    private readonly Option<bool> _step = new("--step") { Description = "Wait for Enter before each act" };
    private readonly Option<bool> _once = new("--once") { Description = "End when all digests are compared, rather than go on to show the acts until Ctrl-C" };
    private readonly Option<int?> _port = Viewing.Port();

    private readonly Option<int> _nodes = Inputs.Within(new Option<int>("--nodes")
    {
        HelpName = "n",
        Description = "Processes that run each act [default: 4]",
        DefaultValueFactory = _ => 4,
    }, 2, 64);

    public DemoCommand(Session session)
        : base(
            "demo", "Show in the browser what Diten is for: a scripted city on a cluster of this machine.",
            """
            Open the address that is printed. Acts follow one another, some three minutes in all, with captions on what is seen and why it matters: a busy
            city, twins that hear nothing, counting placements, a process that is killed, a learned policy. In the end each act is run once more in one
            process, without kills, and the digests stand side by side: they are the same. Then the acts are shown in a loop until Ctrl-C.
            A script is a HOCON file of acts: docs/demo.md.
            """,
            ("demo", "the demo that comes with Diten"),
            ("demo --step", "act by act, as a talk goes on"),
            ("demo --replay runs/demo", "once more, without running anything"),
            ("demo --script my-demo.conf --out runs/my-demo", "your own"))
    {
        _session = session;
        Add(_script, _replay, _output, _overwrite, _nodes, _step, _once, _port);
        session.Act(this, RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var terminal = _session.Terminal;
        if (parsed.GetValue(_replay) is { } kept)
        {
            var demo = Performance.Open(kept);
            await using var replay = await Viewing.StartAsync(terminal, parsed.GetValue(_port));
            replay.Show(demo);
            await Viewing.UntilStoppedAsync(terminal, replay, cancel);
            return ExitCode.Ok;
        }

        var script = DemoScript.Read(parsed.GetValue(_script) ?? ShippedScenarios.Find(DemoScript.Usual));
        var overwrite = parsed.GetValue(_overwrite);
        var folder = parsed.GetValue(_output) is { } named ? OutputFolder.Named(named, overwrite, "choose another one, or say --overwrite") : OutputFolder.Unused(UsualFolder);
        OutputFolder.Use(folder, () => Directory.CreateDirectory(folder));
        var performance = Performance.Of(script, folder);
        await using var server = await Viewing.StartAsync(terminal, parsed.GetValue(_port));
        server.Show(performance);
        var settings = new DemoSettings(
            folder, parsed.GetValue(_nodes), overwrite, RunRecorder.DrawnEveryFor, act => parsed.GetValue(_step) ? EnterAsync(act, script, cancel) : Task.CompletedTask);
        var outcomes = await new DemoRun(_session, script, settings, performance).RunAsync(cancel);
        foreach (var (act, digest, alone, killed) in outcomes)
            terminal.Out.WriteLine($"{act.Name}: {digest} on {settings.Nodes} processes{(killed > 0 ? $", {killed} killed" : "")}; {(digest == alone ? "the same" : "ANOTHER DIGEST, " + alone)} in one");
        if (!outcomes.All(outcome => outcome.Same))
            return ExitCode.Failed;
        if (!parsed.GetValue(_once))
            await Viewing.UntilStoppedAsync(terminal, server, cancel);
        return ExitCode.Ok;
    }

    private async Task EnterAsync(int act, DemoScript script, CancellationToken cancel)
    {
        _session.Terminal.Error.WriteLine($"Next: {script.Acts[act].Title}. Enter goes on.");
        await Task.Run(Console.ReadLine, cancel).WaitAsync(cancel);
    }
}
