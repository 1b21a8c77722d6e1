using Diten.Model.Offloading;
using Diten.Model.Randomness;
using Diten.Model.Worlds;

namespace Diten.Model.MobileDevices;

/// <summary>The rules of a mobile device: it draws a task each slot, reports it, and goes on.</summary>
public static class MobileDevice
{
    /// <summary>A device before slot 0: where its mobility model starts it, counted at its nearest server (model.md §2).</summary>
    public static MobileDeviceState Start(World world, int device)
    {
        var mobility = world.Mobility.Start(device);
        var channels = world.Scenario.Radio.Channels;
        return new MobileDeviceState
        {
            Device = device,
            Station = world.Topology.Stations.Nearest(mobility.X, mobility.Y),
            Serving = -1,
            LastTask = world.Topology.Servers.Nearest(mobility.X, mobility.Y),
            Host = -1,
            Channel = channels == 0
                ? 0
                : RandomStreams.ToIndex(RandomStreams.Uniform(world.Scenario.Seed, device, 0, Purpose.Channel), channels),
            Mobility = mobility,
        };
    }

    /// <summary>Takes note of how the last slot's task ended.</summary>
    public static void Apply(ref MobileDeviceState state, in TaskCompleted completed)
    {
        state.Queue = completed.Queue;
        state.LastTask = completed.Server;
        if (completed.Server >= 0)
            (state.Serving, state.Host) = (completed.Server, completed.Server);
        if (completed.HostReleased)
            state.Host = -1;
    }

    /// <summary>Draws the task of a slot, fills in the report, and moves on to the position (and the nearest station) of the next slot.</summary>
    public static void Report(World world, ref MobileDeviceState state, int slot, DeviceReport report)
    {
        var scenario = world.Scenario;
        report.X = state.Mobility.X;
        report.Y = state.Mobility.Y;
        report.Task = OffloadingTask.Draw(scenario, state.Device, slot);
        report.Queue = state.Queue;
        report.Serving = state.Serving;
        report.LastTask = state.LastTask;
        report.Host = state.Host;
        report.Channel = (short)state.Channel;
        report.Round = DrawRound(world, state.Device, slot);
        report.NextRound = DrawRound(world, state.Device, slot + 1);
        report.FirstOfJourney = state.JourneySlot == 0;

        report.Jumps = world.Mobility.Advance(ref state.Mobility, state.Device, slot);
        state.JourneySlot++;
        report.LastOfJourney = report.Jumps || state.JourneySlot == scenario.Devices.JourneySlots;
        state.Station = world.NearestStation(state.Mobility.X, state.Mobility.Y, state.Station, slot + 1, out report.NextCovered);
        report.NextStation = state.Station;
        if (report.LastOfJourney)
            state.JourneySlot = 0;
    }

    /// <summary>Begins another journey with an empty deficit queue and no serving server, if the last one is over (model.md §1, Time).</summary>
    /// <remarks>Comes after <see cref="Apply"/>: the last slot's outcome belongs to the journey that ended.</remarks>
    public static void BeginJourneyIfDue(ref MobileDeviceState state)
    {
        if (state.JourneySlot == 0)
            (state.Queue, state.Serving) = (0, -1);
    }

    private static byte DrawRound(World world, int device, int slot)
    {
        var rounds = world.Scenario.Decisions.Rounds;
        return rounds == 1
            ? (byte)0
            : (byte)RandomStreams.ToIndex(RandomStreams.Uniform(world.Scenario.Seed, device, slot, Purpose.DecisionRound), rounds);
    }
}
