using System.Diagnostics;
using System.Globalization;
using Diten.Actors;
using Diten.Model.Worlds;
using Diten.Runs.Execution;
using Diten.Runs.Hosting;
using Diten.Runs.Progress;

namespace Diten.Runs.Experiments.Chaos;

/// <summary>The runs of <c>diten chaos</c>.</summary>
/// <param name="world">The scenario made ready.</param>
public sealed class ChaosRuns(Session session, ScenarioInput input, World world, ChaosSettings settings)
{
    private readonly EmulationOptions _options = new()
    {
        WorkerThreads = settings.Threads,
        CheckpointEverySlots = settings.CheckpointEverySlots,
        TwinJournal = true,
    };

    private readonly ChaosPlan _plan = new(settings.Seed, input.Scenario.Slots, settings.CheckpointEverySlots);

    /// <summary>Most that a run may take besides what its slots take undisturbed, and again for what is run again; then it hangs.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly List<Kill> _kills = [];
    private TimeSpan _undisturbed, _startUp = TimeSpan.FromSeconds(3);
    private int _next, _launched;

    /// <summary>Strikes that could not be ignored.</summary>
    private int Counted => _launched + _kills.Count(kill => kill.SlotsRunAgain > 0);

    /// <summary>Runs until enough strikes count; true where all digests were the same.</summary>
    /// <exception cref="EmulationFailedException">A run hangs, or cannot be gone on with.</exception>
    public async Task<bool> RunAsync(StatusLine line, CancellationToken cancel)
    {
        var terminal = session.Terminal;
        var began = Stopwatch.StartNew();
        var undisturbed = await session.Emulate(
            world, _options, new RunProgress(line, "undisturbed", input.Scenario.Slots), cancel);
        _undisturbed = began.Elapsed;
        cancel.ThrowIfCancellationRequested();
        line.Clear();
        var digest = Convert.ToHexStringLower(undisturbed.Digest);
        terminal.Out.WriteLine($"undisturbed: {input.Scenario.Slots} slots, digest {digest}");
        var (same, runs) = (true, 0);
        while (same && Counted < settings.Kills)
        {
            runs++;
            var found = _plan.StrikeOf(_next).TakesLauncher && OperatingSystem.IsLinux()
                ? await LaunchAsync(runs, line, cancel)
                : await RunOnceAsync(runs, settings.Kills - Counted, line, cancel);
            same = found == digest;
            terminal.Out.WriteLine(same ? $"run {runs}: same digest" : $"run {runs}: ANOTHER DIGEST: {found}");
        }

        Report(terminal, runs);
        return same;
    }

    /// <summary>A run in a program of its own, with one strike.</summary>
    [System.Runtime.Versioning.SupportedOSPlatform("linux")]
    private async Task<string> LaunchAsync(int run, StatusLine line, CancellationToken cancel)
    {
        var number = _next++;
        line.Show(() => FormattableString.Invariant($"run {run}: {_plan.StrikeOf(number)}"));
        try
        {
            using var launched = new LaunchedRun(input, _options, settings.Nodes, _plan);
            var (digest, story) = await launched.StrikeAsync(number, (int)_startUp.TotalMilliseconds, _undisturbed, cancel);
            _launched++;
            line.Clear();
            session.Terminal.Out.WriteLine(FormattableString.Invariant($"  kill {number + 1} ({_plan.StrikeOf(number)}) {story}"));
            return digest;
        }
        finally
        {
            line.Clear();
        }
    }

    /// <summary>A run that this process watches, with as many strikes as there is room for, until one takes a launcher.</summary>
    private async Task<string> RunOnceAsync(int run, int kills, StatusLine line, CancellationToken cancel)
    {
        var last = _next;
        while (last + 1 - _next < Math.Min(kills, settings.KillsARun) && !_plan.StrikeOf(last + 1).TakesLauncher)
            last++;
        if (_plan.StrikeOf(last + 1).Moment == Moment.Recovery)
            last++; // it comes with the one before, or not at all
        try
        {
            var began = Stopwatch.StartNew();
            await using var temporary = await TemporaryCluster.StartAsync(settings.Nodes, _options.WorkerThreads, cancel);
            var cluster = temporary.Cluster;
            var observer = new ChaosObserver(cluster, _plan, _next, last, Tell);
            var spec = new RunSpec(FormattableString.Invariant($"chaos-{run}"), input.Name, input.ResolvedText, settings.Nodes, _options);
            var progress = new RunProgress(line, FormattableString.Invariant($"run {run}"), input.Scenario.Slots);
            var running = cluster.Self.RunAsync(spec, new Observers(observer, progress), [], cancel);
            var outcome = await Ended(running, run);
            cancel.ThrowIfCancellationRequested();
            _kills.AddRange(observer.Kills);
            _next = observer.Next;
            _startUp = began.Elapsed - TimeSpan.FromSeconds(outcome.RunSeconds); // a launcher needs about as long
            return Convert.ToHexStringLower(outcome.Digest);
        }
        finally
        {
            line.Clear();
        }

        void Tell(Kill kill)
        {
            line.Clear();
            var followed = kill.SlotsRunAgain == 0 ? "nothing had to be run again: does not count" : string.Create(
                CultureInfo.InvariantCulture,
                $"back to slot {kill.FromSlot}, {kill.SlotsRunAgain} slots again, next slot after {kill.SecondsToNextSlot:F1} s");
            session.Terminal.Out.WriteLine(
                $"  kill {kill.Number + 1} ({kill.Strike}, process {string.Join(" and ", kill.Processes)}) after slot {kill.AfterSlot}: {followed}");
        }
    }

    private async Task<RunOutcome> Ended(Task<RunOutcome> running, int run)
    {
        var limit = Patience + _undisturbed * 20;
        try
        {
            return await running.WaitAsync(limit);
        }
        catch (TimeoutException)
        {
            throw new EmulationFailedException(FormattableString.Invariant($"Run {run} hangs: no end within {limit.TotalSeconds:F0} s."));
        }
    }

    private void Report(Terminal terminal, int runs)
    {
        var counted = _kills.Where(kill => kill.SlotsRunAgain > 0).ToArray();
        double[] seconds = [.. counted.Select(kill => kill.SecondsToNextSlot).Where(double.IsFinite).Order()];
        terminal.Out.WriteLine(FormattableString.Invariant(
            $"{_kills.Count} kills, {counted.Length} of them with slots run again ({counted.Sum(k => k.SlotsRunAgain)} in all); {_launched} strikes on launched runs; {runs} runs"));
        if (seconds.Length > 0)
            terminal.Out.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"from kill to next completed slot: median {seconds[seconds.Length / 2]:F1} s, least {seconds[0]:F1} s, most {seconds[^1]:F1} s"));
    }
}
