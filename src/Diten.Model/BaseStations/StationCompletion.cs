using System.Buffers.Binary;
using System.Security.Cryptography;
using Diten.Model.EdgeServers;
using Diten.Model.MobileDevices;
using Diten.Model.Offloading;
using Diten.Model.Statistics;

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
        foreach (ref readonly var task in executed.Tasks.AsSpan())
        {
            ref var seat = ref state.Seats[task.Seat];
            if (seat.Executed || seat.Chosen < 0 || state.Reach[seat.Chosen] != executed.Server)
                throw new InvariantViolatedException(
                    $"Station {state.Station}, slot {state.Slot}: server {executed.Server} executed a task of device {seat.Device} "
                    + (seat.Executed ? "that has been executed already." : "that was not sent there."));
            seat.Executed = true;
            (seat.QueueingSeconds, seat.ComputationSeconds) = (task.QueueingSeconds, task.ComputationSeconds);
        }
    }

    /// <summary>Completes every device's slot in the order of device ids: outcome, reward (16), deficit queue (12), sums and digest.</summary>
    /// <param name="scratch">Scratch memory for the digest; grown where it is too small.</param>
    /// <param name="latencyBins">Receives the histogram bin of every T_glob.</param>
    /// <param name="records">Receives a row for each device whose id is a multiple of <paramref name="recordsEvery"/>; null for none.</param>
    /// <exception cref="InvariantViolatedException">A device has no outcome.</exception>
    public static void Complete(
        BaseStationState state, World world, ref byte[] scratch, List<ushort> latencyBins,
        List<DeviceSlotRecord>? records = null, int recordsEvery = 0)
    {
        if (scratch.Length < state.Attached * RecordBytes)
            scratch = new byte[2 * state.Attached * RecordBytes];
        for (var i = 0; i < state.Attached; i++)
        {
            ref var seat = ref state.Seats[i];
            seat.Last = Complete(state, world, seat);
            seat.HasLast = true;
            if (seat.Chosen >= 0)
                latencyBins.Add(LatencyHistogram.BinOf(seat.Last.LatencySeconds));
            Count(ref state.Totals, state.Station, seat);
            Write(scratch.AsSpan(i * RecordBytes, RecordBytes), seat.Device, seat.Last);
            if (records is not null && seat.Device % recordsEvery == 0)
                records.Add(Record(state, seat));
        }

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
            if (seat.Report.NextStation == state.Station)
            {
                if (kept != i)
                    state.Seats[kept] = seat;
                kept++;
                continue;
            }

            KeepFarServer(state, world, ref seat);
            leaving.Add(new MovingDevice(seat.Device, seat.Address, seat.Report.NextStation, true, seat.Last));
        }

        Array.Clear(state.Seats, kept, state.Attached - kept);
        state.Attached = kept;
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

    private static TaskCompleted Complete(BaseStationState state, World world, in Seat seat)
    {
        var objective = world.Scenario.Objective;
        if (seat.Chosen < 0)
        {
            if (seat.Covered)
                throw new InvariantViolatedException($"Station {state.Station}, slot {state.Slot}: device {seat.Device} is covered, but has no server.");
            var relaxed = DeficitQueue.Next(seat.Report.Queue, 0, objective.Beta, objective.MigrationCost);
            return new TaskCompleted(-1, TaskOutcome.Uncovered, false, false, 0, relaxed, 0);
        }

        if (!seat.Executed)
            throw new InvariantViolatedException(
                $"Station {state.Station}, slot {state.Slot}: the task of device {seat.Device} did not come back from server {state.Reach[seat.Chosen]}.");
        var latency = seat.UplinkSeconds + seat.PropagationSeconds + seat.OutageSeconds + seat.QueueingSeconds + seat.ComputationSeconds;
        var cost = seat.Migrates ? objective.MigrationCost : 0;
        return new TaskCompleted(
            state.Reach[seat.Chosen],
            latency <= seat.Report.Task.DeadlineSeconds ? TaskOutcome.InTime : TaskOutcome.Late,
            seat.Migrates,
            false,
            latency,
            DeficitQueue.Next(seat.Report.Queue, cost, objective.Beta, objective.MigrationCost),
            Rewards.Of(latency, seat.Report.Queue, cost, objective.V));
    }

    private static void Count(ref SlotTotals totals, int station, in Seat seat)
    {
        totals.Devices++;
        totals.DeficitQueue += seat.Last.Queue;
        if (!seat.Report.FirstOfJourney)
            totals.MigrationOpportunities++;
        if (seat.Report.NextStation != station)
            totals.HandOvers++;
        if (seat.Last.Outcome == TaskOutcome.Uncovered)
        {
            totals.Uncovered++;
            return;
        }

        if (seat.Last.Outcome == TaskOutcome.InTime)
            totals.InTime++;
        else
            totals.Late++;
        if (seat.Last.Migrated)
            totals.Migrations++;
        totals.QueriesWithoutTwins += seat.Candidates;
        totals.QueriesWithTwins += seat.TwinHosts;
        totals.Latency += seat.Last.LatencySeconds;
        totals.LatencyCapped += Math.Min(seat.Last.LatencySeconds, seat.Report.Task.DeadlineSeconds);
        totals.Uplink += seat.UplinkSeconds;
        totals.Propagation += seat.PropagationSeconds;
        totals.Queueing += seat.QueueingSeconds;
        totals.Computation += seat.ComputationSeconds;
        totals.Outage += seat.OutageSeconds;
        var error = seat.PredictedSeconds - seat.Last.LatencySeconds;
        totals.PredictionError += error;
        totals.PredictionAbsoluteError += Math.Abs(error);
        totals.Reward += seat.Last.Reward;
    }

    /// <summary>Where the next station is out of reach of what the device leaves behind, this one tells the server in its stead.</summary>
    private static void KeepFarServer(BaseStationState state, World world, ref Seat seat)
    {
        ref readonly var report = ref seat.Report;
        var counted = seat.Last.Server;
        var host = counted >= 0 ? counted : report.Host; // what the device will hold as its host
        if (host < 0)
            return;
        if (world.Reach.ServersOf(new StationId(report.NextStation)).BinarySearch(host) >= 0)
            return;
        var at = Array.BinarySearch(state.Reach, host);
        if (at < 0)
            throw new InvariantViolatedException(
                $"Station {state.Station}, slot {state.Slot}: device {seat.Device} holds a service on server {host}, which is out of reach.");
        var tells = counted >= 0 && report.NextCovered;
        state.NextFarDepartures.Add(new FarDeparture(seat.Device, at, tells ? report.NextRound : -1, true));
        seat.Last = seat.Last with { HostReleased = true };
    }

    private static DeviceSlotRecord Record(BaseStationState state, in Seat seat) => new(
        state.Slot, seat.Device, state.Station, seat.Report.X, seat.Report.Y, seat.Last.Server, seat.Last.Outcome, seat.Last.Migrated,
        seat.Report.Task.DeadlineSeconds, seat.Last.LatencySeconds, seat.Chosen < 0 ? 0 : seat.PredictedSeconds,
        seat.Chosen < 0 ? 0 : seat.UplinkSeconds, seat.Chosen < 0 ? 0 : seat.PropagationSeconds,
        seat.Chosen < 0 ? 0 : seat.QueueingSeconds, seat.Chosen < 0 ? 0 : seat.ComputationSeconds,
        seat.Chosen < 0 ? 0 : seat.OutageSeconds, seat.Last.Queue, seat.Last.Reward);
}
