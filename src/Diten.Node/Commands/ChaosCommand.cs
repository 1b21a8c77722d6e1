using System.CommandLine;
using System.Globalization;
using Diten.Actors;
using Diten.Node.Experiments;
using Diten.Node.Hosting;
using Diten.Node.Progress;
using Diten.Node.Results;

namespace Diten.Node.Commands;

/// <summary><c>diten chaos</c>: kills nodes of a running cluster, and holds the results against those of a run that nobody disturbed.</summary>
internal static class ChaosCommand
{
    public static Command Create(Session session)
    {
        var command = new DocumentedCommand(
            "chaos", "Kill nodes of a running cluster again and again, and see whether results stay the same.",
            """
            Runs the scenario once undisturbed in this process, then on a cluster of processes of this machine, of which one, the clock's or
            two at once are killed (kill -9) at moments drawn from the seed in slot time, and replaced by new ones. Runs are repeated until
            there were as many kills as wanted that made the run go back to a checkpoint. Exit code 1 where a digest differs.
            """,
            ("chaos scenarios/quickstart.conf --set slots=2000 --kills 20", "twenty kills, some a run"),
            ("chaos scenarios/city-100k.conf --set devices.count=20000 --set slots=400 --kills 100 --nodes 4", "for a night"));
        var scenario = Inputs.ScenarioFile();
        var (set, seed, threads, quiet) = (Inputs.Set(), Inputs.Seed(), Inputs.Threads(), Inputs.Quiet());
        var kills = Inputs.Positive(new Option<int>("--kills") { HelpName = "n", Description = "Kills that must count", DefaultValueFactory = _ => 20 });
        var nodes = new Option<int>("--nodes") { HelpName = "n", Description = "Processes", DefaultValueFactory = _ => 3 };
        var checkpointEvery = Inputs.Positive(new Option<int>("--checkpoint-every")
        {
            HelpName = "k",
            Description = "Slots between two checkpoints",
            DefaultValueFactory = _ => 50,
        });
        var chaosSeed = new Option<ulong>("--chaos-seed") { HelpName = "n", Description = "Seed of the kills", DefaultValueFactory = _ => 1 };
        command.Add(scenario);
        var force = Inputs.Force();
        foreach (var option in new Option[] { kills, nodes, seed, set, checkpointEvery, chaosSeed, threads, quiet, force })
            command.Add(option);
        session.Act(command, async (parsed, cancel) =>
        {
            if (parsed.GetValue(nodes) < 2)
                throw new UsageException($"--nodes: found {parsed.GetValue(nodes)}; allowed: a whole number of at least 2, for one must live on.");
            var input = ScenarioInput.Load(parsed.GetRequiredValue(scenario), parsed.GetValue(set)!, parsed.GetValue(seed))
                .Checked(session.Terminal, parsed.GetValue(nodes), parsed.GetValue(force));
            var options = new EmulationOptions
            {
                WorkerThreads = parsed.GetValue(threads),
                CheckpointEverySlots = parsed.GetValue(checkpointEvery),
                TwinJournal = true,
            };
            var chaos = new ChaosRuns(session, input, options, parsed.GetValue(nodes), new ChaosPlan(parsed.GetValue(chaosSeed), input.Scenario.Slots));
            var line = new StatusLine(session.Terminal, parsed.GetValue(quiet));
            return await chaos.RunAsync(parsed.GetValue(kills), line, cancel) ? ExitCode.Ok : ExitCode.Failed;
        });
        return command;
    }
}

/// <summary>The runs of <c>diten chaos</c>.</summary>
internal sealed class ChaosRuns(Session session, ScenarioInput input, EmulationOptions options, int nodes, ChaosPlan plan)
{
    private readonly List<Kill> _kills = [];
    private int _next;

    /// <summary>Runs until enough kills count; true where all digests were the same.</summary>
    public async Task<bool> RunAsync(int kills, StatusLine line, CancellationToken cancel)
    {
        var terminal = session.Terminal;
        var world = input.Ready();
        var undisturbed = await session.Emulate(
            world, options, new RunProgress(line, "undisturbed", input.Scenario.Slots), cancel);
        cancel.ThrowIfCancellationRequested();
        line.Clear();
        var digest = Convert.ToHexStringLower(undisturbed.Digest);
        terminal.Out.WriteLine($"undisturbed: {input.Scenario.Slots} slots, digest {digest}");
        var same = true;
        for (var run = 1; same && _kills.Count(kill => kill.SlotsRunAgain > 0) < kills; run++)
        {
            var found = await RunOnceAsync(run, kills, line, cancel);
            same = found == digest;
            terminal.Out.WriteLine(same ? $"run {run}: same digest" : $"run {run}: ANOTHER DIGEST: {found}");
        }

        Report(terminal);
        return same;
    }

    private async Task<string> RunOnceAsync(int run, int kills, StatusLine line, CancellationToken cancel)
    {
        var folder = Directory.CreateTempSubdirectory("diten-chaos-");
        try
        {
            var journal = new SqliteJournal(Path.Combine(folder.FullName, "diten.db"));
            JournalSettings.Prepare(journal);
            await using var cluster = await LocalCluster.StartAsync(
                nodes, options.WorkerThreads, journal, Path.Combine(folder.FullName, "logs"), static _ => { }, cancel);
            var observer = new ChaosObserver(cluster, plan, _next, _next + kills - 1, Tell);
            var spec = new RunSpec(FormattableString.Invariant($"chaos-{run}"), input.Name, input.ResolvedText, nodes, options);
            var progress = new RunProgress(line, FormattableString.Invariant($"run {run}"), input.Scenario.Slots);
            var outcome = await cluster.Self.RunAsync(spec, new Observers(observer, progress), [], cancel);
            cancel.ThrowIfCancellationRequested();
            _kills.AddRange(observer.Kills);
            _next += observer.Kills.Count;
            return Convert.ToHexStringLower(outcome.Digest);
        }
        finally
        {
            line.Clear();
            folder.Delete(recursive: true);
        }

        void Tell(Kill kill)
        {
            line.Clear();
            var followed = kill.SlotsRunAgain == 0 ? "nothing had to be run again: does not count" : string.Create(
                CultureInfo.InvariantCulture,
                $"back to slot {kill.FromSlot}, {kill.SlotsRunAgain} slots again, next slot after {kill.SecondsToNextSlot:F1} s");
            session.Terminal.Out.WriteLine(
                $"  kill {kill.Number + 1} ({kill.Victim.ToString().ToLowerInvariant()}, process {string.Join(" and ", kill.Processes)}) after slot {kill.AfterSlot}: {followed}");
        }
    }

    private void Report(Terminal terminal)
    {
        var counted = _kills.Where(kill => kill.SlotsRunAgain > 0).ToArray();
        double[] seconds = [.. counted.Select(kill => kill.SecondsToNextSlot).Where(double.IsFinite).Order()];
        terminal.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{_kills.Count} kills, {counted.Length} of them with slots run again ({counted.Sum(k => k.SlotsRunAgain)} in all)"));
        if (seconds.Length > 0)
            terminal.Out.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"from kill to next completed slot: median {seconds[seconds.Length / 2]:F1} s, least {seconds[0]:F1} s, most {seconds[^1]:F1} s"));
    }
}
