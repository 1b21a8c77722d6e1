using Diten.Model.MobileDevices;
using Diten.Model.Radio;
using Diten.Model.Worlds;

namespace Diten.Model.BaseStations;

/// <summary>The rules of a base station up to the decision: who is attached, what they report, who disturbs whom.</summary>
public static class BaseStation
{
    /// <summary>Most parts that a slot can have: a bit each in <see cref="RoundsWithWork"/>.</summary>
    public const int MostRounds = 64;

    private const int Ahead = 8; // devices

    /// <summary>Attaches the devices that came, and forgets the last slot.</summary>
    /// <exception cref="InvariantViolatedException">A device is attached twice.</exception>
    public static void BeginSlot(BaseStationState state, int slot)
    {
        state.Slot = slot;
        state.Reported = 0;
        state.Totals = default;
        state.UplinksMeasured = false;
        state.Heard.RemoveAll(heard => heard.Slot < slot); // not all: a neighbour may be a beacon ahead
        (state.FarDepartures, state.NextFarDepartures) = (state.NextFarDepartures, state.FarDepartures);
        state.NextFarDepartures.Clear();
        Attach(state);
        if (state.Turns.Length < state.Attached)
            (state.Turns, state.Rounds) = (new Turn[state.Seats.Length], new byte[state.Seats.Length]);
        Array.Clear(state.Turns, 0, state.Attached);
        Array.Fill(state.Rounds, BaseStationState.NoRound, 0, state.Attached);
    }

    /// <summary>Whether nothing is left to do at a slot's end: nobody is attached, no departure is to be told, and no report is on its way.</summary>
    public static bool Rests(BaseStationState state) =>
        state.Attached == 0 && state.NextFarDepartures.Count == 0 && state.Reports is not { Count: > 0 };

    /// <summary>Takes in a device's report; true once all attached devices have reported.</summary>
    /// <exception cref="InvariantViolatedException">It reported twice.</exception>
    public static bool Admit(BaseStationState state, int seat, DeviceReport report)
    {
        ref var turn = ref state.Turns[seat];
        if (turn.Reported)
            throw new InvariantViolatedException(
                $"Station {state.Station}, slot {state.Slot}: device {state.Seats[seat].Device} reported twice.");
        (turn.Reported, turn.Chosen) = (true, -1);
        turn.Report = report;
        return ++state.Reported == state.Attached;
    }

    /// <summary>Parts of the slot in which this station has something to tell: bit r for round r.</summary>
    public static ulong RoundsWithWork(BaseStationState state, World world)
    {
        var (mask, last) = (0UL, 1UL << (world.Scenario.Decisions.Rounds - 1));
        for (var i = 0; i < state.Attached; i++)
        {
            ref var turn = ref state.Turns[i];
            var (dx, dy) = (state.X - turn.Report.X, state.Y - turn.Report.Y);
            var square = dx * dx + dy * dy;
            turn.DistanceMetres = Math.Sqrt(square);
            turn.Covered = world.IsCovered(square, state.Station, state.Slot);
            if (turn.Covered)
                mask |= 1UL << (state.Rounds[i] = (byte)turn.Report.Round);
            else if (state.ReportsEveryRound && turn.Report.LastTask >= 0)
                mask |= last; // it reports that the device left its server
        }

        foreach (var departure in state.FarDepartures)
            if (departure.Round >= 0)
                mask |= 1UL << departure.Round;
        if (mask != 0 || state.FarDepartures.Count > 0)
            mask |= last; // after the last round, tasks and leaving services go out
        return mask | StationReports.RoundsWithDue(state, world);
    }

    /// <summary>What this station's devices radiate at each station that can hear any of them (model.md §1, Uplink); silence is left out.</summary>
    /// <param name="devices">Scratch memory.</param>
    public static List<InterferenceSums> Radiate(BaseStationState state, World world, RadiatingDevices devices)
    {
        devices.Gather(state);
        var sums = new List<InterferenceSums>(state.Radio.Length);
        foreach (var listener in state.Radio)
            if (devices.ReceivedAt(world.Topology.X[listener], world.Topology.Y[listener], world.Scenario.Radio) is { } watts)
                sums.Add(new InterferenceSums(state.Station, listener, state.Slot, watts));
        return sums;
    }

    /// <summary>Uplink latency of every covered device, eqs. (5) and (6), once all that is radiated here is known.</summary>
    public static void MeasureUplinks(BaseStationState state, World world)
    {
        var radio = world.Scenario.Radio;
        Span<double> interference = stackalloc double[Math.Max(radio.Channels, 1)];
        interference.Clear();
        state.Heard.Sort(static (a, b) => a.From.CompareTo(b.From)); // sums are added in the order of station ids
        foreach (var heard in state.Heard)
            for (var channel = 0; channel < heard.Watts.Length; channel++)
                interference[channel] += heard.Watts[channel];
        state.UplinksMeasured = true;

        var noise = radio.NoiseWatts + world.Faults.JamWatts(state.Station, state.Slot);
        var bandwidth = radio.ShareBandwidth ? radio.BandwidthHertz / Math.Max(state.Attached, 1) : radio.BandwidthHertz;
        for (var i = 0; i < state.Attached; i++)
        {
            if (i + Ahead < state.Attached)
                Prefetch.Of(state.Turns[i + Ahead].Report, lines: 2); // with interference, others had their turn since it came
            ref var turn = ref state.Turns[i];
            if (!turn.Covered)
                continue;
            var signal = turn.Report.Task.PowerWatts * PathLoss.Gain(turn.DistanceMetres, radio.PathLossExponent);
            var sinr = Uplink.Sinr(signal, noise, interference[turn.Report.Channel]);
            turn.UplinkSeconds = Uplink.LatencySeconds(turn.Report.Task.DataBits, bandwidth, sinr);
        }
    }

    /// <summary>T_p (7) as it is over a distance for what this station sends, seconds; predictions know of no fault.</summary>
    /// <param name="factor"><see cref="Faults.FaultPlan.BackhaulFactor"/> of station and slot.</param>
    internal static double PropagationSeconds(World world, double factor, double metres) => world.Backhaul.SecondsPerMetre * metres * factor;

    private static void Attach(BaseStationState state)
    {
        if (state.Arrivals.Count == 0)
            return;
        state.Arrivals.Sort(static (a, b) => a.Device.CompareTo(b.Device));
        var total = state.Attached + state.Arrivals.Count;
        if (total > state.Seats.Length)
            Array.Resize(ref state.Seats, total + Math.Max(4, total / 8));
        var (from, next) = (state.Attached - 1, state.Arrivals.Count - 1);
        for (var to = total - 1; next >= 0; to--) // from the end, so that nothing is overwritten before it has moved
        {
            var stays = from >= 0 && state.Seats[from].Device > state.Arrivals[next].Device;
            if (stays)
                state.Seats[to] = state.Seats[from--];
            else
                Seat(ref state.Seats[to], state.Arrivals[next--]);
            if (to + 1 < total && state.Seats[to].Device == state.Seats[to + 1].Device)
                throw new InvariantViolatedException(
                    $"Station {state.Station}, slot {state.Slot}: device {state.Seats[to].Device} is attached twice.");
        }

        if (from >= 0 && state.Seats[from].Device == state.Seats[from + 1].Device)
            throw new InvariantViolatedException(
                $"Station {state.Station}, slot {state.Slot}: device {state.Seats[from].Device} is attached twice.");
        state.Attached = total;
        state.Arrivals.Clear();
        if (state.Arrivals.Capacity > total / 2 + 64) // before slot 0 all of them arrive
            state.Arrivals.Capacity = 64;
    }

    private static void Seat(ref Seat seat, in MovingDevice device)
    {
        (seat.Device, seat.Link) = (device.Device, device.Link);
    }
}
