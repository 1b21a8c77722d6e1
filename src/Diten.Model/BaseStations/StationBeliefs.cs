using Diten.Model.Faults;
using Diten.Model.Offloading;
using Diten.Model.Scenarios;
using Diten.Model.ServerTwins;
using Diten.Model.Worlds;

namespace Diten.Model.BaseStations;

/// <summary>What a base station takes a server for: what its twin published, or a word of the server itself that is as new (model.md §10).</summary>
internal static class StationBeliefs
{
    /// <summary>Age of a twin's word in a slot: slots between that and the one that the twin was last synced of, less one.</summary>
    public static int AgeSlots(TwinEstimate estimate, int slot) => slot - estimate.Slot + estimate.AgeSlots;

    /// <summary>Whether a server's twin is older than <c>twins.suspect-age</c>.</summary>
    /// <param name="k">The server, as an index of the station's reach.</param>
    internal static bool IsSuspect(BaseStationState state, World world, int k) =>
        AgeSlots(state.Estimates[k], state.Slot) > world.Scenario.Twins.SuspectAgeSlots;

    /// <summary>Leaves suspect candidates out, but where all are.</summary>
    /// <param name="candidates">Candidates, nearest first; those that are kept are moved to the front.</param>
    /// <param name="squares">Their squared distances, alike.</param>
    /// <returns>How many are kept.</returns>
    internal static int LeaveOutSuspects(BaseStationState state, World world, Span<int> candidates, Span<double> squares)
    {
        var kept = 0;
        for (var i = 0; i < candidates.Length; i++)
        {
            if (IsSuspect(state, world, candidates[i]))
                continue;
            (candidates[kept], squares[kept]) = (candidates[i], squares[i]);
            kept++;
        }

        return kept > 0 ? kept : candidates.Length; // where none is kept, nothing has moved
    }

    /// <summary>
    /// Asks the suspect candidates of a task themselves. With <c>decisions.query-faults</c> a query passes the link <c>request</c>, where a station's
    /// queries to one server share their fate in a round, and the task waits for the round trip to the farthest of those that were asked, lost or
    /// not: 2 ψ times the distance, in its uplink's latency.
    /// </summary>
    internal static void Query(
        BaseStationState state, World world, int round, ref Turn turn, ReadOnlySpan<int> candidates, ReadOnlySpan<double> squares, FaultTally? tally)
    {
        var farthest = -1;
        for (var i = 0; i < candidates.Length; i++)
        {
            if (!IsSuspect(state, world, candidates[i]))
                continue;
            (turn.ServerQueries, farthest) = (turn.ServerQueries + 1, i); // nearest first: the last is the farthest
            ref var fate = ref state.QueryFates![candidates[i]];
            if (fate == QueryFate.NotAsked)
                fate = Answers(state, world, round, candidates[i], tally) ? QueryFate.Answered : QueryFate.Unanswered;
        }

        if (farthest >= 0 && world.Scenario.Decisions.QueryFaults)
            turn.UplinkSeconds += 2 * BaseStation.PropagationSeconds(
                world, world.Faults.BackhaulFactor(state.Station, state.Slot), Math.Sqrt(squares[farthest]));
    }

    /// <summary>What a candidate is taken for in this round.</summary>
    internal static BelievedServer Of(BaseStationState state, World world, int k)
    {
        var estimate = state.Estimates[k];
        var twins = world.Scenario.Twins;
        var age = AgeSlots(estimate, state.Slot);
        var believed = new BelievedServer(estimate.Server, estimate.FreeHertz, estimate.Tasks, estimate.DeviationHertz)
        {
            TasksPart = estimate.TasksPart,
            AgeSlots = age,
            Suspect = estimate.Condition != TwinCondition.InSync || age > twins.SuspectAgeSlots,
            SpreadHertz = estimate.SpreadHertz,
        };
        if (HasQueried(state, twins, k, age))
        {
            var answer = state.QueryAnswers![k]!;
            return Told(believed, answer.FreeHertz, answer.Tasks, twins);
        }

        if (HasHeard(state, k, age))
        {
            var answers = state.Answers!;
            var changes = estimate.Slot == state.Slot ? estimate.Changes : 0; // of another slot they say nothing about this one
            return Told(believed, answers[k].FreeHertz, Math.Max(0, answers[k].Tasks + changes), twins);
        }

        return StationTrust.Weigh(state, k, believed);
    }

    /// <summary>Whether a candidate is taken for what its twin says, and not the server itself.</summary>
    internal static bool IsTwins(BaseStationState state, World world, int k)
    {
        var age = AgeSlots(state.Estimates[k], state.Slot);
        return !HasQueried(state, world.Scenario.Twins, k, age) && !HasHeard(state, k, age);
    }

    private static bool HasQueried(BaseStationState state, TwinsSection twins, int k, int age) =>
        state.QueryFates is { } fates && fates[k] == QueryFate.Answered && age > twins.SuspectAgeSlots;

    private static bool HasHeard(BaseStationState state, int k, int age) => state.Answers is { } answers && answers[k].Slot >= state.Slot - 1 - age;

    /// <summary>The server's own word, but for what the twin publishes as it is; it knows of no deviation but the one that the scenario injects.</summary>
    private static BelievedServer Told(in BelievedServer believed, double freeHertz, int tasks, TwinsSection twins) => believed with
    {
        FreeHertz = twins.HasExactCapacity() ? believed.FreeHertz : freeHertz,
        Tasks = twins.HasExactTasks() ? believed.Tasks : tasks,
        TasksPart = 0,
        DeviationHertz = twins.DeviationSource == DeviationSource.Injected ? believed.DeviationHertz : 0,
    };

    private static bool Answers(BaseStationState state, World world, int round, int k, FaultTally? tally)
    {
        var server = state.Reach[k];
        var fate = world.Scenario.Decisions.QueryFaults
            ? world.Faults.FateOf(FaultWhat.Request, server, state.Slot, state.Station, round, tally)
            : LinkFate.Untouched;
        return fate is { Lost: false, Corrupted: false, DelaySlots: 0 }
            && !world.Faults.IsDown(EntityKind.Server, server, state.Slot)
            && state.QueryAnswers![k]?.Slot == state.Slot;
    }
}
