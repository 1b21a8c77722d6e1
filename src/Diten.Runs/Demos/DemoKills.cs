using Diten.Actors;
using Diten.Model.Records;
using Diten.Runs.Execution;
using Diten.Runs.Hosting;

namespace Diten.Runs.Demos;

/// <summary>Ends processes of an act after the slots that its script names, and starts others in their place when the run goes on.</summary>
/// <param name="shown">Is told of everything, too, and disposed of with this.</param>
internal sealed class DemoKills(IRunWatcher shown, SortedDictionary<int, DemoKill> kills) : IRunWatcher
{
    private readonly HashSet<int> _done = [];
    private int _missing;

    /// <summary>The run's processes; null until they listen.</summary>
    public LocalCluster? Cluster { get; set; }

    /// <inheritdoc/>
    public void SlotCompleted(SlotReport report)
    {
        shown.SlotCompleted(report);
        if (Cluster is { } cluster && kills.TryGetValue(report.Slot, out var kill) && _done.Add(report.Slot))
            Strike(cluster, kill);
    }

    /// <inheritdoc/>
    public void Noticed(RunNotice notice)
    {
        shown.Noticed(notice);
        if (notice.Kind != RunNoticeKind.FirstSlotCompleted || Cluster is not { } cluster)
            return;
        for (; _missing > 0; _missing--) // only now: starting a process takes the processors away from those that recover
            _ = cluster.AddAsync(CancellationToken.None).ContinueWith(
                added => added.Exception?.Handle(problem => problem is EmulationFailedException or InvalidOperationException), TaskScheduler.Default);
    }

    /// <inheritdoc/>
    public void ClusterSeen(ClusterStatus status) => shown.ClusterSeen(status);

    /// <inheritdoc/>
    public void Dispose() => shown.Dispose();

    private void Strike(LocalCluster cluster, DemoKill kill)
    {
        var clock = cluster.Coordinator();
        int[] alive = [.. cluster.Processes.Keys.Order()];
        var victim = kill == DemoKill.Clock && clock is { } coordinator ? coordinator : alive.FirstOrDefault(process => process != clock, -1);
        if (victim < 0 || alive.Length < 2)
            return; // nobody would be left
        _missing++;
        cluster.Kill(victim);
    }
}
