using System.CommandLine;
using Diten.Model.Worlds;
using Diten.Runs;
using Diten.Runs.Progress;
using Diten.Runs.Reports;
using Diten.Runs.Results;
using Diten.Runs.Running;
using Spectre.Console;

namespace Diten.Node.Commands;

/// <summary><c>diten train</c>: trains a policy in an emulation.</summary>
internal static class TrainCommand
{
    public static Command Create(Session session)
    {
        var command = new DocumentedCommand(
            "train", "Train a policy in the emulation of a scenario.",
            """
            All devices decide by one policy, which tries things out and is trained from what came of it (actor-critic; the keys learning.*
            of the scenario say how, for how many slots, and where). The folder holds the policy's file, its card policy.json, the curves as
            plots and as tables, and summary.json. A run of the same scenario and seed gives the same policy, bit for bit, on one process or
            many, and after any of them was killed. Ctrl-C stops at the end of a slot; --resume goes on.
            """,
            ("train scenarios/paper.conf", "a policy for the paper's city"),
            ("train scenarios/paper.conf --set learning.train-on=system-twin", "the paper's way: on the digital twin of the system"),
            ("train scenarios/paper.conf --nodes 3", "on a cluster of three processes of this machine"),
            ("train scenarios/paper.conf --set learning.slots=1000 --out runs/short", "a shorter training"),
            ("train --resume runs/short", "go on with one that was stopped"),
            ("run scenarios/paper.conf --set policy.name=learned --set policy.file=runs/paper-training-seed1/paper.policy", "use it"));
        var scenario = Inputs.ScenarioFile();
        scenario.Arity = ArgumentArity.ZeroOrOne;
        var (set, seed, threads, quiet) = (Inputs.Set(), Inputs.Seed(), Inputs.Threads(), Inputs.Quiet());
        quiet.Description = "No progress and no table: only the folder's name";
        var output = Inputs.Out("runs/<scenario>-training-seed<seed>");
        var overwrite = new Option<bool>("--overwrite") { Description = "Replace an earlier run in the output folder" };
        var resume = new Option<string?>("--resume") { HelpName = "DIR", Description = "Go on with a training that was stopped or broke off, in place of SCENARIO" };
        var json = new Option<bool>("--json") { Description = "Print policy.json, and nothing else, to standard output" };
        var nodes = Inputs.NotNegative(new Option<int?>("--nodes")
        {
            HelpName = "n",
            Description = "Train on a cluster of so many processes on this machine; 0 = in this process [default: 0, or as it was]",
        });
        var back = ResumeCommand.From();
        back.Description = "With --resume: go on from an earlier checkpoint that is kept, where the last one is damaged; 0 = train anew";
        var checkpointEvery = new Option<int>("--checkpoint-every")
        {
            HelpName = "k",
            Description = "Slots between two checkpoints, at least 1",
            DefaultValueFactory = _ => 200,
        };
        var force = Inputs.Force();
        foreach (var option in new Option[] { seed, set, output, overwrite, resume, quiet, json, threads, nodes, back, checkpointEvery, force })
            command.Add(option);
        command.Add(scenario);
        session.Act(command, async (parsed, cancel) =>
        {
            if (!Learning.Training.IsAvailable(out var why))
                throw new UserErrorException($"This machine cannot train: {why}");
            var (quietly, asJson) = (parsed.GetValue(quiet), parsed.GetValue(json));
            var from = parsed.GetValue(resume);
            if ((parsed.GetValue(scenario) is null) == (from is null))
                throw new UserErrorException("Name a SCENARIO to train in, or --resume DIR to go on with a training.");
            if (parsed.GetValue(checkpointEvery) < 1)
                throw new UserErrorException($"--checkpoint-every: found {parsed.GetValue(checkpointEvery)}; allowed: whole numbers of at least 1.");
            if (parsed.GetValue(back) is not null && from is null)
                throw new UserErrorException("--from: allowed with --resume only.");
            var job = from is not null
                ? await ResumedAsync(session.Terminal, from, parsed.GetValue(nodes), parsed.GetValue(threads), parsed.GetValue(back), parsed.GetValue(force))
                : Begun(
                    session.Terminal, Loaded(session.Terminal, parsed.GetValue(scenario)!, parsed.GetValue(set)!, parsed.GetValue(seed))
                        .Checked(session.Terminal, parsed.GetValue(nodes) ?? 0, parsed.GetValue(force)), parsed.GetValue(output),
                    parsed.GetValue(overwrite), parsed.GetValue(nodes) ?? 0, parsed.GetValue(threads), parsed.GetValue(checkpointEvery), parsed.GetValue(force));
            var (summary, card) = await RunAsync(session, job, quietly, cancel);
            Report(session.Terminal, job.Folder, summary, card, quietly, asJson);
            return summary.Cancelled ? ExitCode.Cancelled : ExitCode.Ok;
        });
        return command;
    }

    private static ScenarioInput Loaded(Terminal terminal, string path, IReadOnlyList<string> overrides, ulong? seed)
    {
        if (overrides.Any(word => word.Split('=')[0].Trim() == "slots"))
            terminal.Complain("warning: --set: slots has no effect here: a training takes learning.slots.");
        return ScenarioInput.Load(path, overrides, seed);
    }

    private static Job Begun(
        Terminal terminal, ScenarioInput input, string? output, bool overwrite, int nodes, int threads, int checkpointEvery, bool force)
    {
        input = input.With(input.Scenario with { Slots = input.Scenario.Learning.Slots });
        var folder = output is { } given
            ? OutputFolder.Named(given, overwrite, "choose another one, or say --overwrite")
            : OutputFolder.Unused($"runs/{input.Name}-training-seed{input.Scenario.Seed}");
        var start = new RunStart($"{input.Name}-training-seed{input.Scenario.Seed}", input.Name, RunStart.InFolder, nodes, threads, checkpointEvery, false, 0)
        {
            Training = true,
        }.Holding(input.ResolvedText, InputDigest.Of(input.Scenario));
        return new Job(
            input, input.Ready(terminal, nodes, force), folder, start, world => TrainingWriter.Create(folder, input.Describe(world), overwrite, start));
    }

    private static async Task<Job> ResumedAsync(Terminal terminal, string folder, int? nodes, int threads, int? from, bool force)
    {
        var run = StoppedRun.Open(folder);
        if (!run.Start.Training)
            throw new UserErrorException($"--resume: {folder} is no training: go on with it by diten resume {folder}.");
        var (input, start) = (run.Input, run.Start with { Nodes = nodes ?? run.Start.Nodes, Threads = threads });
        var ready = input.Checked(terminal, start.Nodes, force).Ready(start.Nodes, force);
        await run.RequireSoundAsync(ready, null, from);
        return new Job(input, ready, folder, start, world => TrainingWriter.Resume(folder, input.Describe(world), start));
    }

    private static async Task<(RunSummary Summary, PolicyCard? Card)> RunAsync(Session session, Job job, bool quiet, CancellationToken cancel)
    {
        var line = new StatusLine(session.Terminal, quiet);
        var world = job.World;
        using var writer = OutputFolder.Use(job.Folder, () => job.Open(world));
        var before = writer.Taken.Count;
        try
        {
            var progress = new TrainingProgress(line, job.Input.Name, job.Input.Scenario.Slots, writer.Taken.Count);
            var (outcome, peakBytes) = await RunExecution.RunAsync(
                session, job.Input, world, job.Start, writer.WorkPath, [.. writer.Taken], new Observers(writer, progress), null, null, Tell, cancel);
            return writer.Complete(outcome, peakBytes);
        }
        catch (Actors.EmulationFailedException failure) when (writer.Taken.Count > before)
        {
            throw new Actors.EmulationFailedException($"{failure.Message} What was done is kept: diten train --resume {job.Folder} goes on with it.", failure);
        }
        finally
        {
            line.Clear();
        }

        void Tell(string text)
        {
            line.Clear();
            session.Terminal.Complain(text);
        }
    }

    private static void Report(Terminal terminal, string folder, RunSummary summary, PolicyCard? card, bool quiet, bool json)
    {
        if (summary.Cancelled)
            terminal.Complain($"stopped on request after {summary.SlotsCompleted} of {summary.Slots} slots: diten train --resume {folder} goes on.");
        if (card is null)
        {
            terminal.Complain("no version of the policy was trained yet.");
            return;
        }

        if (json)
        {
            terminal.Out.Write(File.ReadAllText(Path.Combine(folder, "policy.json")));
            return;
        }

        foreach (var warning in card.Warnings.TakeLast(1))
            terminal.Complain($"warning: {warning}");
        if (quiet)
        {
            terminal.Out.WriteLine(folder);
            return;
        }

        var table = new Table().Border(TableBorder.Simple).AddColumns(card.TrainedOn, "value", "meaning");
        table.AddRow("trained in", $"{Figures.Count(card.Journeys)} journeys", $"{card.Slots} slots, {card.Version} versions, {Figures.Count(card.Decisions)} decisions");
        table.AddRow("reward of a journey", Figures.Number(card.Last.RewardPerJourney, 1), "of the last 100 or more journeys, while it tried things out; likewise what follows");
        table.AddRow("latency", Figures.Milliseconds(card.Last.LatencyMean), "mean T_glob");
        table.AddRow("failed", Figures.Percent(card.Last.FailureRate), "late or out of coverage");
        table.AddRow("migrated", Figures.Percent(card.Last.MigrationRate), "of slots that are not the first of a journey");
        table.AddRow("entropy", Figures.Number(card.Last.Entropy, 2), "nats; 0 = always sure");
        table.AddRow("settled after", $"{Figures.Count(card.SettledAfter)} journeys", "from there on rewards stayed within 5 % of what they were in the end");
        table.AddRow("network", card.Network, string.Join(", ", card.Features));
        table.AddRow("weights", card.Sha256[..16], "first digits of their SHA-256: equal trainings have equal ones");
        table.AddRow("took", Figures.Duration(TimeSpan.FromSeconds(summary.Rate.WallSeconds)), "wall-clock time");
        terminal.Tables().Write(table);
        terminal.Out.WriteLine($"Policy: {Path.Combine(folder, card.File)}");
        terminal.Out.WriteLine($"Curves: {new RunFolder(folder).Plots}");
    }

    private sealed record Job(ScenarioInput Input, World World, string Folder, RunStart Start, Func<World, TrainingWriter> Open);
}
