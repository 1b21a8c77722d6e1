using System.CommandLine;
using Diten.Runs;
using Diten.Runs.Demos;
using Diten.Runs.Demos.Lectures;
using Diten.Runs.Execution;
using Diten.Runs.Experiments.Pages;
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
    private readonly Option<bool> _lecture = new("--lecture")
    {
        Description = "Scenes with questions instead of acts: pairs of runs of one seed side by side, each number with the interval of 20 worlds",
    };

    private readonly Option<string?> _page = new("--page") { HelpName = "FILE.md", Description = "Of a lecture: also write its questions and answers as Markdown" };
    private readonly Option<string?> _script = new("--script")
    {
        HelpName = "FILE",
        Description = $"Play these acts, or these scenes [default: scenarios/{DemoScript.Usual}; of a lecture scenarios/{LectureScript.Usual}]",
    };

    private readonly Option<string?> _replay = new("--replay") { HelpName = "DIR", Description = "Run nothing: show a demo or a lecture that came to its end before" };
    private readonly Option<string?> _output = Inputs.Out(UsualFolder);
    private readonly Option<bool> _overwrite = Inputs.Overwrite();
    private readonly Option<bool> _step = new("--step") { Description = "Wait for Enter before each act" };
    private readonly Option<bool> _once = new("--once") { Description = "End when all digests are compared, or all of a lecture is prepared, rather than show it until Ctrl-C" };
    private readonly Option<int?> _port = Viewing.Port();

    private readonly Option<int> _nodes = Inputs.Within(new Option<int>("--nodes")
    {
        HelpName = "n",
        Description = "Processes that run each act [default: 4]",
        DefaultValueFactory = _ => 4,
    }, 2, 64);

    private readonly Option<int?> _seeds = Inputs.Within(new Option<int?>("--seeds")
    {
        HelpName = "n",
        Description = "Of a lecture: worlds behind each interval [default: the script's, 20]",
    }, 2, 1000);

    public DemoCommand(Session session)
        : base(
            "demo", "Show in the browser what Diten is for: a scripted city on a cluster of this machine.",
            """
            Open the address that is printed. Acts follow one another, some three minutes in all, with captions on what is seen and why it matters: a busy
            city, twins that hear nothing, counting placements, a process that is killed, a learned policy. In the end each act is run once more in one
            process, without kills, and the digests stand side by side: they are the same. Then the acts are shown in a loop until Ctrl-C.
            A script is a HOCON file of acts: docs/demo.md.

            With --lecture it shows scenes instead, each a pair of runs of one seed side by side: in sync and not, one policy and another, at 20 to 800
            devices, one server's belief and truth, and a device to choose for. Time stops for questions before their answers are seen, and 95 % intervals of 20 worlds stand
            beside the numbers. It takes some minutes to prepare, and little the second time: what has run is kept in runs/lecture. docs/lecture.md has the questions,
            and the answers that were measured.
            """,
            ("demo", "the demo that comes with Diten"),
            ("demo --step", "act by act, as a talk goes on"),
            ("demo --replay runs/demo", "once more, without running anything"),
            ("demo --lecture", "scenes with questions, for a course"),
            ("demo --lecture --seeds 3 --once", "try it: few worlds, and no page"),
            ("demo --script my-demo.conf --out runs/my-demo", "your own"))
    {
        _session = session;
        Add(_lecture, _page, _seeds, _script, _replay, _output, _overwrite, _nodes, _step, _once, _port);
        session.Act(this, RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var terminal = _session.Terminal;
        Require(parsed);
        if (parsed.GetValue(_replay) is { } kept)
            return await ReplayAsync(kept, parsed, cancel);
        if (parsed.GetValue(_lecture))
            return await LectureAsync(parsed, cancel);
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

    /// <summary>Refuses what has no meaning together.</summary>
    private void Require(ParseResult parsed)
    {
        if (parsed.GetValue(_replay) is not null && Said(parsed, [_script, _output, _overwrite, _nodes, _step, _once, _page, _seeds]) is { } idle)
            throw new UserErrorException($"{idle.Name}: a replay runs nothing and writes nothing; allowed: without --replay.");
        Option[] foreign = parsed.GetValue(_lecture) ? [_step, _nodes, _overwrite] : [_page, _seeds];
        if (Said(parsed, foreign) is { } odd)
            throw new UserErrorException($"{odd.Name}: {(parsed.GetValue(_lecture) ? "a lecture waits for its readers by itself, runs in this process, and keeps what has run; allowed: without --lecture" : "allowed: with --lecture only")}.");
        ExperimentPage.Require(parsed.GetValue(_page));
    }

    private static Option? Said(ParseResult parsed, Option[] options) => options.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false });

    private async Task<int> ReplayAsync(string kept, ParseResult parsed, CancellationToken cancel)
    {
        var (demo, lecture) = LectureRecord.IsIn(kept) || parsed.GetValue(_lecture) ? (null, LectureHall.Open(kept)) : (Performance.Open(kept), default(LectureHall));
        using (demo)
        using (lecture) // a server would close them, where there is one: the port may be taken
        {
            await using var server = await Viewing.StartAsync(_session.Terminal, parsed.GetValue(_port));
            if (demo is not null)
                server.Show(demo);
            if (lecture is not null)
                server.Show(lecture);
            await Viewing.UntilStoppedAsync(_session.Terminal, server, cancel);
        }

        return ExitCode.Ok;
    }

    private async Task<int> LectureAsync(ParseResult parsed, CancellationToken cancel)
    {
        var (terminal, seeds, page) = (_session.Terminal, parsed.GetValue(_seeds), parsed.GetValue(_page));
        var script = LectureFile.Read(parsed.GetValue(_script) ?? ShippedScenarios.Find(LectureScript.Usual));
        var hall = new LectureHall();
        await using var server = await Viewing.StartAsync(terminal, parsed.GetValue(_port));
        server.Show(hall);
        var lecture = await new LectureRun(_session, seeds is { } few ? script with { Seeds = few } : script, parsed.GetValue(_output), hall).RunAsync(cancel);
        foreach (var (scene, question) in lecture.Scenes.SelectMany(scene => scene.Questions.Select(question => (scene, question))))
        {
            terminal.Out.WriteLine($"{scene.Name}.{question.Name}: {question.Asks}");
            foreach (var answer in question.Answers)
                terminal.Out.WriteLine($"  {answer.Verdict,-5}  {answer.Says}");
            terminal.Out.WriteLine($"         measured {question.Measured}");
        }

        if (page is not null)
        {
            LecturePage.Write(page, lecture, CommandLine(parsed));
            terminal.Out.WriteLine($"Page: {page}");
        }

        if (!parsed.GetValue(_once))
            await Viewing.UntilStoppedAsync(terminal, server, cancel);
        return ExitCode.Ok;
    }

    /// <summary>What makes the page again: nothing in it that changes no number.</summary>
    private string CommandLine(ParseResult parsed) => string.Join(' ', new[]
    {
        "diten demo --lecture --once", parsed.GetValue(_script) is { } script ? $"--script {script}" : "",
        parsed.GetValue(_seeds) is { } seeds ? FormattableString.Invariant($"--seeds {seeds}") : "", $"--page {parsed.GetValue(_page)}",
    }.Where(word => word.Length > 0));

    private async Task EnterAsync(int act, DemoScript script, CancellationToken cancel)
    {
        _session.Terminal.Error.WriteLine($"Next: {script.Acts[act].Title}. Enter goes on.");
        await Task.Run(Console.ReadLine, cancel).WaitAsync(cancel);
    }
}
