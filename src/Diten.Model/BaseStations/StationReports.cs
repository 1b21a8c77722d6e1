using Diten.Model.Faults;
using Diten.Model.ServerTwins;
using Diten.Model.Worlds;

namespace Diten.Model.BaseStations;

/// <summary>The rules of a base station's end of the link <c>report</c>, where it has a fault (model.md §10).</summary>
public static class StationReports
{
    /// <summary>Sends the changes of a round, one report a server, and takes out what arrives in it: of these, and of those that are late.</summary>
    /// <param name="placements">Net change of tasks for each server in reach; of 0 nothing is reported.</param>
    /// <param name="tally">Counts what faults were offered and hit; null where nobody counts.</param>
    /// <returns>What arrives now; a broken report does not count, and one that arrives twice counts twice.</returns>
    public static List<ReportPlacements> Pass(
        BaseStationState state, World world, int round, ReadOnlySpan<int> placements, FaultTally? tally = null)
    {
        var channel = state.Reports
            ?? throw new InvalidOperationException($"Station {state.Station}: the link to twins has no fault, so that nothing passes here.");
        for (var k = 0; k < placements.Length; k++)
        {
            if (placements[k] == 0)
                continue;
            var fate = world.Faults.FateOf(FaultWhat.Report, state.Reach[k], state.Slot, state.Station, round, tally);
            channel.Send(new ReportPlacements(state.Reach[k], placements[k], state.Slot, round), fate, state.Slot, round);
        }

        var due = new List<InTransit<ReportPlacements>>();
        channel.TakeDue(state.Slot, round, due);
        var arrived = new List<ReportPlacements>(due.Count);
        foreach (var report in due)
            if (!report.Corrupted)
                arrived.Add(report.Message);
        return arrived;
    }

    /// <summary>Rounds of this slot in which late reports arrive: bit r for round r.</summary>
    internal static ulong RoundsWithDue(BaseStationState state, World world)
    {
        var mask = 0UL;
        if (state.Reports is not { Count: > 0 } channel)
            return mask;
        for (var round = 0; round < world.Scenario.Decisions.Rounds; round++)
            if (channel.HasDue(state.Slot, round))
                mask |= 1UL << round;
        return mask;
    }
}
