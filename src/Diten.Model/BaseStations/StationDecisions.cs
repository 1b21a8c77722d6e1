using Diten.Model.EdgeServers;
using Diten.Model.Faults;
using Diten.Model.Offloading;
using Diten.Model.Scenarios;
using Diten.Model.ServerTwins;
using Diten.Model.Worlds;

namespace Diten.Model.BaseStations;

/// <summary>The rules by which a base station decides for its devices, round by round, from what the twins published.</summary>
public static class StationDecisions
{
    /// <summary>Takes note of what a twin published; of what comes late only what is newer than what is known.</summary>
    public static void Apply(BaseStationState state, TwinEstimate estimate)
    {
        ref var known = ref state.Estimates[Find(state, estimate.Server, "an estimate")];
        if (known is null || (estimate.Slot, estimate.Round).CompareTo((known.Slot, known.Round)) >= 0)
            known = estimate;
    }

    /// <summary>Takes note of what a server answers if it is asked itself.</summary>
    public static void Apply(BaseStationState state, ServerAnswer answer)
    {
        var at = Find(state, answer.Server, "an answer");
        if (state.QueryAnswers is not { } answers)
            throw new InvariantViolatedException($"Station {state.Station}: an answer of server {answer.Server}, which nobody asks.");
        if (answers[at] is not { } known || answer.Slot >= known.Slot)
            answers[at] = answer;
    }

    /// <summary>Takes note of what was true of a server in this slot.</summary>
    public static void Apply(BaseStationState state, ServerMeasured measured)
    {
        var at = Find(state, measured.Server, "the truth");
        if (state.Measured is not { } truths)
            throw new InvariantViolatedException($"Station {state.Station}: the truth of server {measured.Server}, where no regret is measured.");
        truths[at] = measured;
    }

    /// <summary>Chooses a server for every covered device whose turn it is, all in one batch (model.md §2, Decision rounds).</summary>
    /// <param name="batch">Scratch memory.</param>
    /// <param name="placements">
    /// Receives the net change of tasks for each server in reach: −1 where one left, +1 where one was placed; of reported devices only.
    /// </param>
    /// <param name="log">Has the learner's policy decide, and takes note of it; null = nobody learns, and the world's policy decides.</param>
    /// <param name="tally">Counts what faults were offered and hit; null where nobody counts.</param>
    public static void Decide(
        BaseStationState state, World world, int round, DecisionBatch batch, Span<int> placements, DecisionLog? log = null, FaultTally? tally = null)
    {
        placements.Clear();
        batch.Begin(state.Slot, state.Attached);
        batch.Offers.Begin(state.Reach.Length);
        if (state.QueryFates is { } fates)
            Array.Clear(fates);
        Span<int> nearest = stackalloc int[world.Scenario.Decisions.Candidates];
        Span<double> squares = stackalloc double[nearest.Length];
        for (int i = state.NextInRound(round, 0), next; i >= 0; i = next)
        {
            next = state.NextInRound(round, i + 1);
            if (next >= 0)
                Prefetch.Of(state.Turns[next].Report, lines: 2); // in later rounds others had their turn since it came
            FillRow(state, world, i, batch, nearest, squares, tally);
        }

        var choices = batch.Choices.AsSpan(0, batch.Count);
        if (log is null)
            world.PolicyIn(state.Slot).Decide(batch, choices);
        else
            log.Decide(state, round, batch, choices);
        var slowdown = world.Faults.BackhaulFactor(state.Station, state.Slot);
        for (int i = state.NextInRound(round, 0), row = 0; i >= 0; i = state.NextInRound(round, i + 1), row++)
            TakeChoice(state, world, i, batch, row, choices[row], slowdown, placements);

        if (state.ReportsEveryRound && round == world.Scenario.Decisions.Rounds - 1)
            LeaveUncovered(state, world, placements);
        foreach (var departure in state.FarDepartures)
            if (departure.Round == round && world.IsReported(departure.Device))
                placements[departure.ReachIndex]--;
    }

    /// <summary>After the last round: the tasks for each server in reach, ascending by device id, and the services that leave it.</summary>
    public static List<SubmitTasks> Submit(BaseStationState state)
    {
        var servers = state.Reach.Length;
        Span<int> starts = stackalloc int[servers + 1];
        starts.Clear();
        for (var i = 0; i < state.Attached; i++)
            if (state.Turns[i].Chosen >= 0)
                starts[state.Turns[i].Chosen + 1]++;
        for (var server = 0; server < servers; server++)
            starts[server + 1] += starts[server];

        if (state.Submitted.Length < starts[servers])
            state.Submitted = new SubmittedTask[starts[servers] + starts[servers] / 2];
        state.Leaving.Clear();
        Span<int> next = stackalloc int[servers];
        starts[..servers].CopyTo(next);
        for (var i = 0; i < state.Attached; i++)
        {
            var chosen = state.Turns[i].Chosen;
            if (chosen >= 0)
                state.Submitted[next[chosen]++] = Submit(state, i);
        }

        foreach (var departure in state.FarDepartures)
            if (departure.HoldsService)
                state.Leaving.Add((departure.ReachIndex, new LeavingService(departure.Device, -1)));
        return Batches(state, starts);
    }

    private static void FillRow(
        BaseStationState state, World world, int seat, DecisionBatch batch, Span<int> nearest, Span<double> squares, FaultTally? tally)
    {
        var scenario = world.Scenario;
        ref var turn = ref state.Turns[seat];
        var report = turn.Report;
        var found = 0;
        for (var k = 0; k < state.Reach.Length; k++)
        {
            var (dx, dy) = (state.ReachX[k] - report.X, state.ReachY[k] - report.Y);
            found = Space.NearestSites.Insert(nearest, squares, found, k, dx * dx + dy * dy);
        }

        (turn.Candidates, turn.TwinHosts) = (found, DistinctHosts(state.TwinHosts, nearest[..found]));
        if (state.Measured is not null)
            nearest[..found].CopyTo(StationRegret.CandidatesOf(state, world, seat));
        if (scenario.Decisions.OnDesync == DesyncResponse.Avoid)
            found = StationBeliefs.LeaveOutSuspects(state, world, nearest[..found], squares);
        else if (scenario.Decisions.OnDesync == DesyncResponse.Query)
            StationBeliefs.Query(state, world, report.Round, ref turn, nearest[..found], squares, tally);

        var device = new DecidingDevice(
            state.Seats[seat].Device, report.Serving, report.LastTask, report.Queue, report.Task.DataBits, report.Task.Cycles,
            report.Task.DeadlineSeconds, turn.UplinkSeconds);
        var rows = new DecisionRow(scenario, world.Backhaul);
        var row = DecisionRow.Add(batch, device, found);
        for (var k = 0; k < found; k++)
            rows.SetCandidate(batch, row, k, device, OfferOf(state, world, batch.Offers, rows, device, nearest[k]), Math.Sqrt(squares[k]));
    }

    /// <summary>
    /// What a server offers a device: the same as to all others, but for who has a task there. A query, which may change what is believed, was asked before
    /// by the first of them, and all share what became of it.
    /// </summary>
    private static ref readonly ServerOffer OfferOf(BaseStationState state, World world, KnownOffers offers, in DecisionRow rows, in DecidingDevice device, int k)
    {
        var own = DecisionRow.OwnTask(device, state.Reach[k]);
        if (!offers.Knows(k, own))
        {
            var believed = StationBeliefs.Of(state, world, k);
            offers.Note(k, own, rows.Offer(believed, believed.Tasks - own));
        }

        return ref offers.Of(k, own);
    }

    private static void TakeChoice(
        BaseStationState state, World world, int seat, DecisionBatch batch, int row, int choice, double slowdown, Span<int> placements)
    {
        ref var turn = ref state.Turns[seat];
        var cell = row * batch.Candidates + choice;
        var server = batch.Servers[cell];
        turn.Chosen = Array.BinarySearch(state.Reach, server);
        turn.Migrates = batch.IsMove(row, choice);
        turn.ChosenAgeSlots = StationBeliefs.AgeSlots(state.Estimates[turn.Chosen], state.Slot);
        turn.PropagationSeconds = BaseStation.PropagationSeconds(world, slowdown, batch.DistanceMetres[cell]);
        turn.OutageSeconds = turn.Migrates ? world.Backhaul.OutageSeconds : 0;
        turn.PredictedSeconds = batch.PredictedSeconds[cell];
        if (state.Trust is not null && StationBeliefs.IsTwins(state, world, turn.Chosen)) // the way there as it was predicted
            turn.TwinsComputationSeconds = turn.PredictedSeconds - turn.UplinkSeconds - turn.OutageSeconds
                - BaseStation.PropagationSeconds(world, 1, batch.DistanceMetres[cell]);

        var left = turn.Report.LastTask;
        if (left == server || !world.IsReported(state.Seats[seat].Device))
            return;
        placements[turn.Chosen]++;
        var leftAt = left < 0 ? -1 : Array.BinarySearch(state.Reach, left);
        if (leftAt >= 0) // else the station that it came from tells that server
            placements[leftAt]--;
    }

    /// <summary>Where every round is reported, servers hear with the last one of devices that are in nobody's coverage any more.</summary>
    private static void LeaveUncovered(BaseStationState state, World world, Span<int> placements)
    {
        for (var i = 0; i < state.Attached; i++)
        {
            var left = state.Turns[i].Covered ? -1 : state.Turns[i].Report.LastTask;
            var leftAt = left < 0 ? -1 : Array.BinarySearch(state.Reach, left);
            if (leftAt >= 0 && world.IsReported(state.Seats[i].Device)) // else the station that it came from tells that server
                placements[leftAt]--;
        }
    }

    private static SubmittedTask Submit(BaseStationState state, int seat)
    {
        ref readonly var turn = ref state.Turns[seat];
        var report = turn.Report;
        var (device, server) = (state.Seats[seat].Device, state.Reach[turn.Chosen]);
        var from = SubmittedTask.WithTask;
        if (report.Host == server)
        {
            from = SubmittedTask.Here;
        }
        else if (report.Host >= 0)
        {
            // A journey's first task begins a service of its own; the last journey's ends where it was.
            var moves = report.Serving >= 0;
            var hostAt = Array.BinarySearch(state.Reach, report.Host);
            state.Leaving.Add((hostAt, new LeavingService(device, moves ? server : -1)));
            if (moves)
                from = report.Host;
        }

        var arrival = turn.UplinkSeconds + turn.PropagationSeconds + turn.OutageSeconds;
        return new SubmittedTask(device, seat, report.Task.Cycles, arrival, from);
    }

    private static List<SubmitTasks> Batches(BaseStationState state, ReadOnlySpan<int> starts)
    {
        var leaving = state.Leaving;
        leaving.Sort(static (a, b) => a.Server != b.Server ? a.Server.CompareTo(b.Server) : a.Service.Device.CompareTo(b.Service.Device));
        if (state.LeavingServices.Length < leaving.Count)
            state.LeavingServices = new LeavingService[leaving.Count + leaving.Count / 2];
        for (var i = 0; i < leaving.Count; i++)
            state.LeavingServices[i] = leaving[i].Service;

        var batches = new List<SubmitTasks>(state.Reach.Length);
        var from = 0;
        for (var server = 0; server < state.Reach.Length; server++)
        {
            var to = from;
            while (to < leaving.Count && leaving[to].Server == server)
                to++;
            var count = starts[server + 1] - starts[server];
            if (count > 0 || to > from)
                batches.Add(new SubmitTasks(
                    state.Reach[server], state.Station, state.Slot,
                    state.Submitted.AsMemory(starts[server], count), state.LeavingServices.AsMemory(from, to - from)));
            from = to;
        }

        return batches;
    }

    private static int DistinctHosts(int[] hosts, ReadOnlySpan<int> candidates)
    {
        var distinct = 0;
        for (var k = 0; k < candidates.Length; k++)
        {
            var seen = false;
            for (var j = 0; j < k && !seen; j++)
                seen = hosts[candidates[j]] == hosts[candidates[k]];
            if (!seen)
                distinct++;
        }

        return distinct;
    }

    private static int Find(BaseStationState state, int server, string what)
    {
        var at = Array.BinarySearch(state.Reach, server);
        return at >= 0 ? at : throw new InvariantViolatedException($"Station {state.Station}: {what} of server {server}, which is not in reach.");
    }
}
