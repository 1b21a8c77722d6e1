using System.Buffers.Binary;
using Diten.Model.Faults;

namespace Diten.View.Recordings;

/// <summary>One slot of a server: what its twin believed, and what was true; hertz.</summary>
/// <param name="Condition">Number of its <see cref="Model.ServerTwins.TwinCondition"/>.</param>
/// <param name="Load">Utilisation, 0 to 1, in 255ths.</param>
internal sealed record ServerMoment(
    int Slot, float CapacityHertz, float FreeHertz, float TwinFreeHertz, float DeviationHertz, float TwinDeviationHertz,
    int Tasks, int TwinTasks, int Condition, int AgeSlots, double Load);

/// <summary>A fault that is in force at a server in a slot.</summary>
/// <param name="Kind">As a scenario says it.</param>
/// <param name="What">Likewise: the link or the entities that it strikes.</param>
/// <param name="OfStation">Whether it strikes the station that carries the server.</param>
/// <param name="From">First slot of the stretch.</param>
/// <param name="To">The slot after its last one.</param>
internal sealed record FaultInForce(string Name, string Kind, string What, bool OfStation, int From, int To);

/// <summary>Slots of a server, and the faults that are in force there in the last of them.</summary>
internal sealed record ServerStory(IReadOnlyList<ServerMoment> Moments, IReadOnlyList<FaultInForce> Faults);

/// <summary>One slot of a device: where it was, which server ran its task, what was predicted and what came.</summary>
/// <param name="X">Metres.</param>
/// <param name="Server">−1 where uncovered.</param>
/// <param name="Outcome">Number of its <see cref="Model.Records.TaskOutcome"/>.</param>
internal sealed record DeviceMoment(
    int Slot, double X, double Y, int Server, int Outcome, bool Migrated, float LatencySeconds, float PredictedSeconds, float Queue);

/// <summary>Reads what a recording tells of one server or one device over time.</summary>
internal static class Stories
{
    /// <summary>Recorded slots of a story, at most: the last ones up to the slot that is looked at.</summary>
    public const int MostMoments = 400;

    /// <summary>The story of a server, up to a frame; null where there is no such server.</summary>
    public static ServerStory? OfServer(Recording recording, int server, int upTo)
    {
        var layout = recording.World.Layout();
        if (server < 0 || server >= layout.Servers)
            return null;
        var (load, condition, slot, detail) = (new byte[1], new byte[1], new byte[4], new byte[FrameLayout.ServerDetailBytes]);
        ServerMoment[] moments = [.. Window(recording, upTo).Select(index =>
        {
            recording.ReadPart(index, FrameLayout.SlotAt, slot);
            recording.ReadPart(index, layout.LoadAt + server, load);
            recording.ReadPart(index, layout.ConditionAt + server, condition);
            recording.ReadPart(index, layout.FrameBytes + (FrameLayout.ServerDetailBytes * server), detail);
            return new ServerMoment(
                BinaryPrimitives.ReadInt32LittleEndian(slot), Single(detail, 0), Single(detail, 4), Single(detail, 8), Single(detail, 12), Single(detail, 16),
                BinaryPrimitives.ReadUInt16LittleEndian(detail.AsSpan(20)), BinaryPrimitives.ReadUInt16LittleEndian(detail.AsSpan(22)),
                condition[0] >> 6, BinaryPrimitives.ReadInt32LittleEndian(detail.AsSpan(24)), load[0] / 255.0);
        })];
        return new ServerStory(moments, moments is [.., var last] ? FaultsAt(recording, server, last.Slot) : []);
    }

    /// <summary>The story of a device, up to a frame; null where it is not recorded.</summary>
    public static IReadOnlyList<DeviceMoment>? OfDevice(Recording recording, int device, int upTo)
    {
        var (world, layout) = (recording.World, recording.World.Layout());
        if (device < 0 || device >= world.Devices || device % world.DrawnEvery != 0)
            return null;
        var i = device / world.DrawnEvery;
        var (slot, place, migrated, detail) = (new byte[4], new byte[4], new byte[1], new byte[FrameLayout.DeviceDetailBytes]);
        var moments = new List<DeviceMoment>();
        foreach (var index in Window(recording, upTo))
        {
            recording.ReadPart(index, layout.PlacesAt + (4 * i), place);
            var word = BinaryPrimitives.ReadUInt32LittleEndian(place);
            if (word == FrameLayout.NotTold)
                continue;
            recording.ReadPart(index, FrameLayout.SlotAt, slot);
            recording.ReadPart(index, layout.MigratedAt + (i >> 3), migrated);
            recording.ReadPart(
                index, layout.FrameBytes + (FrameLayout.ServerDetailBytes * layout.Servers) + (FrameLayout.DeviceDetailBytes * i), detail);
            moments.Add(new DeviceMoment(
                BinaryPrimitives.ReadInt32LittleEndian(slot), Metres(word & 0x7fff, world.Area[0], world.Area[2]), Metres((word >> 15) & 0x7fff, world.Area[1], world.Area[3]),
                BinaryPrimitives.ReadInt32LittleEndian(detail), (int)(word >> 30), ((migrated[0] >> (i & 7)) & 1) == 1,
                Single(detail, 4), Single(detail, 8), Single(detail, 12)));
        }

        return moments;
    }

    /// <summary>Faults at a server, its twin, their links, and the station that carries it, in the order of their names.</summary>
    private static FaultInForce[] FaultsAt(Recording recording, int server, int slot)
    {
        var (world, found) = (recording.World, new List<FaultInForce>());
        foreach (var planned in recording.Faults.All)
        {
            var fault = planned.Fault;
            var target = fault.TargetsStations ? world.StationOfServer[server] : server;
            if (!planned.IsInForce(target, slot))
                continue;
            var to = slot + 1;
            while (to < world.Slots && planned.IsInForce(target, to))
                to++;
            found.Add(new FaultInForce(fault.Name, FaultWords.Of(fault.Kind), FaultWords.Of(fault.What), fault.TargetsStations, planned.Since(target, slot), to));
        }

        return [.. found];
    }

    private static IEnumerable<int> Window(Recording recording, int upTo)
    {
        var last = Math.Min(upTo, recording.Frames - 1);
        var first = Math.Max(0, last - MostMoments + 1);
        return Enumerable.Range(first, Math.Max(0, last - first + 1));
    }

    private static double Metres(uint place, double low, double high) => Math.Round(low + ((high - low) * place / FrameLayout.MostPlace), 1);

    private static float Single(byte[] bytes, int at) => BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(at));
}
