using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;
using Diten.Actors;
using Diten.Runs.Execution;
using Diten.Runs.Hosting;
using Diten.Runs.Results;

namespace Diten.Runs.Experiments.Chaos;

/// <summary>
/// A run as a user starts it, <c>diten run --nodes</c>, that is struck once, and gone on with by <c>diten resume</c> where it breaks off.
/// </summary>
/// <param name="input">The scenario.</param>
/// <param name="options">Threads and checkpoints.</param>
/// <param name="nodes">Processes.</param>
/// <param name="plan">When and whom.</param>
[SupportedOSPlatform("linux")]
internal sealed class LaunchedRun(ScenarioInput input, EmulationOptions options, int nodes, ChaosPlan plan) : IDisposable
{
    /// <summary>Most that any single step may take, besides the slots themselves; then it hangs.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan NodesEnd = TimeSpan.FromSeconds(20);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("diten-chaos-");
    private readonly List<LoggedProcess> _started = [];
    private bool _kept;

    private RunFolder Run => new(Path.Combine(_folder.FullName, "run"));

    /// <summary>Runs it, and strikes it; returns the digest, and what happened.</summary>
    /// <param name="kill">Number of the strike.</param>
    /// <param name="startUpMilliseconds">About how long it takes from start to first slot.</param>
    /// <param name="undisturbed">How long all slots take.</param>
    /// <exception cref="EmulationFailedException">It hangs, or cannot be gone on with.</exception>
    public async Task<(string Digest, string Story)> StrikeAsync(int kill, int startUpMilliseconds, TimeSpan undisturbed, CancellationToken cancel)
    {
        var scenario = Path.Combine(_folder.FullName, input.Name + ".conf");
        await File.WriteAllTextAsync(scenario, input.ResolvedText, cancel);
        string[] begin =
        [
            "run", scenario, "--out", Run.Path, "--nodes", Number(nodes), "--threads", Number(options.WorkerThreads),
            "--checkpoint-every", Number(options.CheckpointEverySlots), "--quiet", "--no-tables",
        ];
        var launcher = Start(begin);
        var strike = plan.StrikeOf(kill);
        var when = strike.Moment == Moment.StartUp
            ? await AfterStart(plan.StartUpMilliseconds(kill, startUpMilliseconds), cancel)
            : await AfterSlot(launcher, plan.SlotOf(kill, 0), cancel);
        var what = await StrikeNow(strike, kill, launcher, cancel);
        var limit = Patience + undisturbed * 20;
        var code = await End(launcher, limit, cancel);
        var resumed = 0;
        for (; code != ExitCode.Ok; resumed++)
        {
            if (resumed == 3)
                throw new EmulationFailedException($"{when}, {what}: it ended with code {code} after {resumed} times diten resume; see {Keep()}.");
            // A launcher that was killed before it had a folder has nothing to go on with.
            code = await End(Start(Directory.Exists(Run.Path) || Directory.Exists(Run.Partial.Path) ? ["resume", Run.Path, "--quiet"] : begin), limit, cancel);
        }

        var story = $"{when}: {what}" + (resumed > 0 ? ", gone on with by diten resume" : "");
        return (RunSummary.Read(Run.SummaryFile).Digest, story);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        EndAll();
        foreach (var process in _started)
            process.Dispose();

        if (!_kept)
            _folder.Delete(recursive: true);
    }

    private async Task<string> StrikeNow(Strike strike, int kill, Process launcher, CancellationToken cancel)
    {
        var children = ProcessSignals.ChildrenOf(launcher.Id);
        switch (strike.Victim)
        {
            case Victim.Launcher:
                launcher.Kill();
                await launcher.WaitForExitAsync(cancel);
                await Gone(children, cancel);
                return "the launcher is killed, its nodes are gone";
            case Victim.All:
                foreach (var child in children)
                    Kill(child);
                return FormattableString.Invariant($"all {children.Count} nodes are killed");
            case Victim.Paused when children.Count > 0:
                var paused = children[plan.PickOf(kill, children.Count)];
                var milliseconds = plan.PauseMilliseconds(kill);
                ProcessSignals.Pause(paused);
                await Task.Delay(milliseconds, cancel);
                ProcessSignals.Continue(paused);
                return FormattableString.Invariant($"a node is stopped for {milliseconds / 1000.0:F1} s");
            default:
                if (children.Count == 0)
                    return "there is no node yet";
                Kill(children[plan.PickOf(kill, children.Count)]);
                return FormattableString.Invariant($"one of {children.Count} nodes is killed");
        }
    }

    private static async Task<string> AfterStart(int milliseconds, CancellationToken cancel)
    {
        await Task.Delay(milliseconds, cancel);
        return FormattableString.Invariant($"{milliseconds / 1000.0:F1} s after its start");
    }

    /// <summary>Waits until a slot is reported, or the run is over.</summary>
    private async Task<string> AfterSlot(Process launcher, int slot, CancellationToken cancel)
    {
        var done = -1;
        for (var waited = Stopwatch.StartNew(); done < slot && !launcher.HasExited; await Task.Delay(10, cancel))
        {
            if (waited.Elapsed > Patience)
                throw new EmulationFailedException($"Slot {slot} does not come within {Patience.TotalSeconds:F0} s; see {Keep()}.");
            if (File.Exists(Run.Partial.ReportLogFile))
                ReportLog.Scan(Run.Partial.ReportLogFile, report => done = report.Slot);
        }

        return FormattableString.Invariant($"after slot {done}");
    }

    /// <summary>Waits for the end of nodes whose launcher is gone.</summary>
    private static async Task Gone(IReadOnlyList<int> nodes, CancellationToken cancel)
    {
        for (var waited = Stopwatch.StartNew(); nodes.Any(ProcessSignals.IsAlive); await Task.Delay(20, cancel))
            if (waited.Elapsed > NodesEnd)
                throw new EmulationFailedException($"The launcher is gone, and its nodes live on after {NodesEnd.TotalSeconds:F0} s.");
    }

    private async Task<int> End(Process process, TimeSpan patience, CancellationToken cancel)
    {
        try
        {
            await process.WaitForExitAsync(cancel).WaitAsync(patience, cancel);
            return process.ExitCode;
        }
        catch (TimeoutException)
        {
            throw new EmulationFailedException($"It hangs: no end within {patience.TotalSeconds:F0} s; see {Keep()}.");
        }
    }

    private Process Start(string[] arguments)
    {
        var launched = new LoggedProcess(OwnProgram.With(arguments), Path.Combine(_folder.FullName, FormattableString.Invariant($"said-{_started.Count}.log")));
        try
        {
            launched.Start();
        }
        catch
        {
            launched.Dispose(); // there is no process to be ended
            throw;
        }

        _started.Add(launched);
        return launched.Process;
    }

    /// <summary>Leaves the folder to whoever wants to know why.</summary>
    private string Keep()
    {
        var kept = Path.Combine(Path.GetTempPath(), "kept-" + _folder.Name);
        EndAll();
        if (!_kept)
            Directory.Move(_folder.FullName, kept);
        _kept = true;
        return kept;
    }

    private void EndAll()
    {
        foreach (var process in _started.Select(logged => logged.Process).Where(process => !process.HasExited))
            process.Kill(entireProcessTree: true);
    }

    private static void Kill(int process)
    {
        try
        {
            using var victim = Process.GetProcessById(process);
            victim.Kill();
        }
        catch (ArgumentException)
        {
            // It has ended by itself.
        }
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
