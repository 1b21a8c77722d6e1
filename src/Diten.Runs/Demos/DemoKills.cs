using Diten.Actors;
using Diten.Model.Records;
using Diten.Runs.Execution;
using Diten.Runs.Hosting;

namespace Diten.Runs.Demos;

/// <summary>Ends processes of an act after the slots that its script names, and starts others in their place when the run goes on.</summary>
/// <param name="shown">Is told of everything, too, and disposed of with this.</param>
/// <param name="tell">Is told of processes that could not be started.</param>
internal sealed class DemoKills(IRunWatcher shown, SortedDictionary<int, DemoKill> kills, Action<string> tell) : ForwardingWatcher(shown)
{
    private readonly HashSet<int> _done = [];
    private int _missing;

    /// <summary>Processes that were ended.</summary>
    public int Count { get; private set; }

    /// <summary>The run's processes; null until they listen.</summary>
    public LocalCluster? Cluster { get; set; }

    /// <inheritdoc/>
    public override void SlotCompleted(SlotReport report)
    {
        base.SlotCompleted(report);
        if (Cluster is { } cluster && kills.TryGetValue(report.Slot, out var kill) && _done.Add(report.Slot))
            Strike(cluster, kill);
    }

    /// <inheritdoc/>
    public override void Noticed(RunNotice notice)
    {
        base.Noticed(notice);
        if (notice.Kind != RunNoticeKind.FirstSlotCompleted || Cluster is not { } cluster)
            return;
        for (; _missing > 0; _missing--) // only now: starting a process takes the processors away from those that recover
            _ = AddAsync(cluster);
    }

    private async Task AddAsync(LocalCluster cluster)
    {
        try
        {
            await cluster.AddAsync(CancellationToken.None);
        }
        catch (Exception problem) when (problem is EmulationFailedException or InvalidOperationException or IOException)
        {
            tell(problem.Message); // or the act was over before the process listened
        }
    }

    private void Strike(LocalCluster cluster, DemoKill kill)
    {
        var clock = cluster.Coordinator();
        int[] alive = [.. cluster.Processes.Keys.Order()];
        var victim = kill == DemoKill.Clock && clock is { } coordinator ? coordinator : alive.FirstOrDefault(process => process != clock, -1);
        if (victim < 0 || alive.Length < 2)
        {
            tell(FormattableString.Invariant($"no process is ended: {alive.Length} of them are there"));
            return;
        }

        _missing++;
        Count++;
        cluster.Kill(victim);
    }
}
