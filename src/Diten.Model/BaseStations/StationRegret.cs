using Diten.Model.Computing;
using Diten.Model.Records;
using Diten.Model.Scenarios;
using Diten.Model.Worlds;

namespace Diten.Model.BaseStations;

/// <summary>What a decision was worth in hindsight: T_glob less the least that any candidate would have given, everybody else where they are (model.md §10).</summary>
internal static class StationRegret
{
    /// <summary>More than this is a wrong choice, seconds.</summary>
    public const double WrongSeconds = 1e-3;

    /// <summary>Where the candidates of a turn are kept.</summary>
    public static Span<int> CandidatesOf(BaseStationState state, World world, int seat)
    {
        var n = world.Scenario.Decisions.Candidates;
        if (state.TurnCandidates.Length < state.Turns.Length * n)
            Array.Resize(ref state.TurnCandidates, state.Turns.Length * n);
        return state.TurnCandidates.AsSpan(seat * n, state.Turns[seat].Candidates);
    }

    /// <summary>Regret of a task that came back, seconds; at least 0, since the chosen server is one of the candidates.</summary>
    /// <param name="latencySeconds">T_glob.</param>
    public static double Seconds(BaseStationState state, World world, int seat, double latencySeconds)
    {
        ref readonly var turn = ref state.Turns[seat];
        var report = turn.Report;
        var sharing = world.Scenario.Servers.Sharing;
        var slowdown = world.Faults.BackhaulFactor(state.Station, state.Slot);
        var least = latencySeconds;
        foreach (var k in CandidatesOf(state, world, seat))
        {
            if (k == turn.Chosen)
                continue;
            var truth = state.Measured![k];
            if (truth?.Slot != state.Slot)
                throw new InvariantViolatedException(
                    $"Station {state.Station}, slot {state.Slot}: the truth of server {state.Reach[k]} did not come, which device {state.Seats[seat].Device} could have chosen.");
            if (truth.Down)
                continue;
            var (dx, dy) = (state.ReachX[k] - report.X, state.ReachY[k] - report.Y);
            var share = sharing == CpuSharing.Exclusive ? truth.FreeHertz : truth.FreeHertz / (truth.Tasks + 1);
            var moves = report.Serving >= 0 && report.Serving != state.Reach[k];
            var seconds = turn.UplinkSeconds + BaseStation.PropagationSeconds(world, slowdown, Math.Sqrt(dx * dx + dy * dy))
                + report.Task.Cycles / ComputationLatency.DeviatedHertz(share, truth.DeviationHertz)
                + (moves ? world.Backhaul.OutageSeconds : 0);
            least = Math.Min(least, seconds);
        }

        return latencySeconds - least;
    }

    /// <summary>Adds a task's regret to the sums, by age of the chosen twin: 0, 1 to 3, 4 to 10, more.</summary>
    public static void Count(ref SlotTotals totals, double seconds, int chosenAgeSlots)
    {
        totals.RegretTasks++;
        totals.Regret += seconds;
        totals.ChosenAge += chosenAgeSlots;
        if (seconds > WrongSeconds)
            totals.RegretWrong++;
        switch (chosenAgeSlots)
        {
            case <= 0:
                totals.RegretTasksAge0++;
                totals.RegretAge0 += seconds;
                break;
            case <= 3:
                totals.RegretTasksAge3++;
                totals.RegretAge3 += seconds;
                break;
            case <= 10:
                totals.RegretTasksAge10++;
                totals.RegretAge10 += seconds;
                break;
            default:
                totals.RegretTasksOlder++;
                totals.RegretOlder += seconds;
                break;
        }
    }
}
