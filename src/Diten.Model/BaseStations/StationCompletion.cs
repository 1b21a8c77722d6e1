using System.Buffers.Binary;
using System.Security.Cryptography;
using Diten.Model.EdgeServers;
using Diten.Model.MobileDevices;
using Diten.Model.Offloading;
using Diten.Model.Records;
using Diten.Model.Statistics;
using Diten.Model.Worlds;

namespace Diten.Model.BaseStations;

/// <summary>The rules by which a base station closes a slot: outcomes, sums, digest, and who goes where.</summary>
public static class StationCompletion
{
    /// <summary>Bytes of one device in a station's digest: id and server (int32), latency (float64), outcome and migrated (1 byte each),
    /// queue and reward (float64), all little-endian.</summary>
    public const int RecordBytes = 4 + 4 + 8 + 1 + 1 + 8 + 8;

    /// <summary>Takes in what a server did with this station's tasks.</summary>
    /// <exception cref="InvariantViolatedException">A task was executed twice, or by a server that it was not sent to.</exception>
    public static void Admit(BaseStationState state, TasksExecuted executed)
    {
        if (state.Answers is { } answers && executed.Word is { } word)
            answers[Array.BinarySearch(state.Reach, executed.Server)] = new HeardAnswer(executed.Slot, word.FreeHertz, word.Tasks);
        foreach (ref readonly var task in executed.Tasks.Span)
        {
            ref var turn = ref state.Turns[task.Seat];
            if (turn.Executed || turn.Chosen < 0 || state.Reach[turn.Chosen] != executed.Server)
                throw new InvariantViolatedException(
                    $"Station {state.Station}, slot {state.Slot}: server {executed.Server} executed a task of device "
                    + $"{state.Seats[task.Seat].Device} that {(turn.Executed ? "has been executed already" : "was not sent there")}.");
            (turn.Executed, turn.Lost) = (true, executed.Lost);
            (turn.QueueingSeconds, turn.ComputationSeconds) = (task.QueueingSeconds, task.ComputationSeconds);
        }
    }

    /// <summary>Completes every device's slot in the order of device ids: outcome, reward (16), deficit queue (12), sums and digest.</summary>
    /// <param name="scratch">Scratch memory for the digest; grown where it is too small.</param>
    /// <param name="latencyBins">Receives the histogram bin of every T_glob.</param>
    /// <param name="records">Receives a row for each device whose id is a multiple of <paramref name="recordsEvery"/>; null for none.</param>
    /// <param name="regretBins">Receives the histogram bin of every task's regret; null where it is not measured.</param>
    /// <exception cref="InvariantViolatedException">A device has no outcome.</exception>
    public static void Complete(
        BaseStationState state, World world, ref byte[] scratch, List<ushort> latencyBins,
        List<DeviceSlotRecord>? records = null, int recordsEvery = 0, List<ushort>? regretBins = null)
    {
        if (scratch.Length < state.Attached * RecordBytes)
            scratch = new byte[2 * state.Attached * RecordBytes];
        for (var i = 0; i < state.Attached; i++)
        {
            FetchAhead(state, i + 8);
            ref readonly var seat = ref state.Seats[i];
            ref readonly var turn = ref state.Turns[i];
            ref var last = ref seat.Link.Last;
            (last, seat.Link.HasLast) = (Complete(state, world, seat.Device, turn), true);
            var regret = double.NaN;
            if (turn.HasResult)
            {
                latencyBins.Add(LatencyHistogram.BinOf(last.LatencySeconds));
                if (regretBins is not null)
                {
                    regret = StationRegret.Seconds(state, world, i, last.LatencySeconds);
                    regretBins.Add(LatencyHistogram.BinOf(regret));
                    StationRegret.Count(ref state.Totals, regret, turn.ChosenAgeSlots);
                }
            }

            Count(ref state.Totals, state.Station, turn, last);
            Write(scratch.AsSpan(i * RecordBytes, RecordBytes), seat.Device, last);
            if (records is not null && seat.Device % recordsEvery == 0)
                records.Add(Record(state, seat.Device, last, turn) with { RegretSeconds = regret, ChosenAgeSlots = turn.Chosen < 0 ? -1 : turn.ChosenAgeSlots });
        }

        StationTrust.Learn(state, world);
        SHA256.HashData(scratch.AsSpan(0, state.Attached * RecordBytes), state.Digest);
    }

    /// <summary>Lets the devices go that are nearest to another station in the next slot; keeps the others in order.</summary>
    /// <param name="leaving">Receives those that go.</param>
    public static void ReleaseDevices(BaseStationState state, World world, List<MovingDevice> leaving)
    {
        var kept = 0;
        for (var i = 0; i < state.Attached; i++)
        {
            ref var seat = ref state.Seats[i];
            var report = state.Turns[i].Report;
            if (report.NextStation == state.Station)
            {
                if (kept != i)
                    state.Seats[kept] = seat;
                kept++;
                continue;
            }

            KeepFarServer(state, world, seat, report);
            leaving.Add(new MovingDevice(seat.Device, seat.Link, report.NextStation));
        }

        Array.Clear(state.Seats, kept, state.Attached - kept);
        state.Attached = kept;
    }

    /// <summary>What is known of a device lies with the device, anywhere in memory.</summary>
    private static void FetchAhead(BaseStationState state, int seat)
    {
        if (seat >= state.Attached)
            return;
        Prefetch.Of(state.Turns[seat].Report, lines: 3);
        Prefetch.Of(state.Seats[seat].Link, lines: 2);
    }

    /// <summary>One device-slot as the digest sees it.</summary>
    public static void Write(Span<byte> to, int device, in TaskCompleted completed)
    {
        BinaryPrimitives.WriteInt32LittleEndian(to, device);
        BinaryPrimitives.WriteInt32LittleEndian(to[4..], completed.Server);
        BinaryPrimitives.WriteDoubleLittleEndian(to[8..], completed.LatencySeconds);
        to[16] = (byte)completed.Outcome;
        to[17] = completed.Migrated ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteDoubleLittleEndian(to[18..], completed.Queue);
        BinaryPrimitives.WriteDoubleLittleEndian(to[26..], completed.Reward);
    }

    private static TaskCompleted Complete(BaseStationState state, World world, int device, in Turn turn)
    {
        var objective = world.Scenario.Objective;
        if (turn.Chosen < 0)
        {
            if (turn.Covered)
                throw new InvariantViolatedException($"Station {state.Station}, slot {state.Slot}: device {device} is covered, but has no server.");
            var relaxed = DeficitQueue.Next(turn.Report.Queue, 0, objective.Beta, objective.MigrationCost);
            return new TaskCompleted(-1, TaskOutcome.Uncovered, false, false, 0, relaxed, 0);
        }

        if (!turn.Executed)
            throw new InvariantViolatedException(
                $"Station {state.Station}, slot {state.Slot}: the task of device {device} did not come back from server {state.Reach[turn.Chosen]}.");
        var cost = turn.Migrates ? objective.MigrationCost : 0;
        var queue = DeficitQueue.Next(turn.Report.Queue, cost, objective.Beta, objective.MigrationCost);
        if (turn.Lost)
            return new TaskCompleted(state.Reach[turn.Chosen], TaskOutcome.Lost, turn.Migrates, false, 0, queue, 0);
        var latency = turn.UplinkSeconds + turn.PropagationSeconds + turn.OutageSeconds + turn.QueueingSeconds + turn.ComputationSeconds;
        return new TaskCompleted(
            state.Reach[turn.Chosen],
            latency <= turn.Report.Task.DeadlineSeconds ? TaskOutcome.InTime : TaskOutcome.Late,
            turn.Migrates,
            false,
            latency,
            queue,
            Rewards.Of(latency, turn.Report.Queue, cost, objective.V));
    }

    private static void Count(ref SlotTotals totals, int station, in Turn turn, in TaskCompleted last)
    {
        totals.Devices++;
        totals.DeficitQueue += last.Queue;
        if (!turn.Report.FirstOfJourney)
            totals.MigrationOpportunities++;
        if (turn.Report.NextStation != station && !turn.Report.Jumps)
            totals.HandOvers++;
        if (last.Outcome == TaskOutcome.Uncovered)
        {
            totals.Uncovered++;
            return;
        }

        if (last.Migrated)
            totals.Migrations++;
        totals.QueriesWithoutTwins += turn.Candidates;
        totals.QueriesWithTwins += turn.TwinHosts + turn.ServerQueries;
        totals.ServerQueries += turn.ServerQueries;
        if (last.Outcome == TaskOutcome.Lost)
        {
            totals.Lost++;
            return;
        }

        if (last.Outcome == TaskOutcome.InTime)
            totals.InTime++;
        else
            totals.Late++;
        totals.Latency += last.LatencySeconds;
        totals.LatencyCapped += Math.Min(last.LatencySeconds, turn.Report.Task.DeadlineSeconds);
        totals.Uplink += turn.UplinkSeconds;
        totals.Propagation += turn.PropagationSeconds;
        totals.Queueing += turn.QueueingSeconds;
        totals.Computation += turn.ComputationSeconds;
        totals.Outage += turn.OutageSeconds;
        var error = turn.PredictedSeconds - last.LatencySeconds;
        totals.PredictionError += error;
        totals.PredictionAbsoluteError += Math.Abs(error);
        totals.Reward += last.Reward;
    }

    /// <summary>Where the next station is out of reach of what the device leaves behind, this one tells the server in its stead.</summary>
    private static void KeepFarServer(BaseStationState state, World world, in Seat seat, DeviceReport report)
    {
        ref var last = ref seat.Link.Last;
        var counted = last.Server;
        var host = counted >= 0 ? counted : report.Host; // what the device will hold as its host
        if (host < 0)
            return;
        if (world.Reach.ServersOf(new StationId(report.NextStation)).BinarySearch(host) >= 0)
            return;
        var at = Array.BinarySearch(state.Reach, host);
        if (at < 0)
            throw new InvariantViolatedException(
                $"Station {state.Station}, slot {state.Slot}: device {seat.Device} holds a service on server {host}, which is out of reach.");
        var round = counted < 0 ? -1
            : report.NextCovered ? report.NextRound
            : state.ReportsEveryRound ? world.Scenario.Decisions.Rounds - 1 // nobody decides for it, but its task is gone
            : -1;
        state.NextFarDepartures.Add(new FarDeparture(seat.Device, at, round, true));
        last = last with { HostReleased = true };
    }

    private static DeviceSlotRecord Record(BaseStationState state, int device, in TaskCompleted last, in Turn turn) => new(
        state.Slot, device, state.Station, turn.Report.X, turn.Report.Y, last.Server, last.Outcome, last.Migrated,
        turn.Report.Task.DeadlineSeconds, last.LatencySeconds, turn.Chosen < 0 ? 0 : turn.PredictedSeconds,
        turn.Chosen < 0 ? 0 : turn.UplinkSeconds, turn.Chosen < 0 ? 0 : turn.PropagationSeconds,
        turn.HasResult ? turn.QueueingSeconds : 0, turn.HasResult ? turn.ComputationSeconds : 0,
        turn.Chosen < 0 ? 0 : turn.OutageSeconds, last.Queue, last.Reward);
}
