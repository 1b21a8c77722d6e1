using Diten.Model.Scenarios;

namespace Diten.Model.ServerTwins;

/// <summary>What a twin makes of the tasks that it knows of (key <c>twins.load</c>).</summary>
internal static class LoadEstimator
{
    /// <summary>
    /// n̂, at least 0: as synced and the changes that count; for aged m + ρₙ^age (n − m), for mean m at any age, each with the changes of this slot. Where
    /// tasks are exact, what is true of the slot before and the changes of this one.
    /// </summary>
    /// <param name="ageSlots">Slots since the last accepted sync; not negative.</param>
    public static double Predict(in ServerTwinState state, TwinsSection twins, int ageSlots)
    {
        if (twins.HasExactTasks() && state.Shown is { } truth)
            return Math.Max(0, unchecked(truth.Tasks + state.Changes));
        if (!Remembers(twins) || state.Readings == 0 || (ageSlots == 0 && twins.Load == TwinLoad.Aged))
            return state.Tasks;
        var mean = (double)state.TasksSum / state.Readings;
        var weight = twins.Load == TwinLoad.Aged ? Math.Pow(twins.LoadCorrelation, ageSlots) : 0;
        return Math.Max(0, mean + weight * (state.SyncedTasks - mean) + state.Changes);
    }

    /// <summary>Whether the estimator needs the mean of the tasks that syncs told.</summary>
    public static bool Remembers(TwinsSection twins) => twins.Load is TwinLoad.Aged or TwinLoad.Mean;

    /// <summary>The state with the tasks that a sync told; what was reported for slots up to that one is in them.</summary>
    public static ServerTwinState Update(in ServerTwinState state, int slot, int tasks, bool first, TwinsSection twins) => state with
    {
        SyncedTasks = tasks,
        Counted = state.Counted.After(slot),
        Late = state.Late.After(slot),
        TasksSum = Remembers(twins) ? (first ? 0 : state.TasksSum) + tasks : 0,
    };

    /// <summary>The state with what a station reported.</summary>
    /// <param name="slot">The slot that goes on.</param>
    /// <remarks>
    /// What was reported late, for an earlier slot, counts only where the twin reckons, and only for slots after the synced one: else the sync had
    /// it already. Where no report can be late, its slot is not looked at.
    /// </remarks>
    public static ServerTwinState Count(in ServerTwinState state, ReportPlacements report, int slot, Scenario scenario)
    {
        if (!scenario.ReportsEveryRound)
            return state with { Changes = unchecked(state.Changes + report.Change) };
        var reckons = scenario.Twins.Load == TwinLoad.Reckoned;
        if (reckons ? report.Slot <= state.SyncedSlot : report.Slot != slot)
            return state;
        return report.Slot == slot
            ? state with { Changes = unchecked(state.Changes + report.Change) }
            : state with { Late = state.Late.Add(report.Slot, report.Change) };
    }
}
