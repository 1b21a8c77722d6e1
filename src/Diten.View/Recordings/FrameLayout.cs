using Diten.Model.Records;

namespace Diten.View.Recordings;

/// <summary>
/// Where things are in a frame, and in the details beside it. All frames of a recording have one length, so that every slot can be found
/// at once. Numbers are little-endian.
/// </summary>
/// <remarks>
/// A frame: uint32 <see cref="Magic"/>; int32 index, slot, stations, servers, devices, sums, sums over twins; then float64 sums of the slot, the
/// same since the run began, and sums over the twins in the slot; float32 <see cref="SlotSeries"/>; uint32 a device: bits 0 to 14 and 15 to 29 are
/// its place in 32,767ths of the area, eastwards and northwards, bits 30 and 31 its <see cref="TaskOutcome"/>, all ones = not told; a bit a device:
/// its service migrated; a byte a server: utilisation in 255ths; an int8 a server: believed less true free CPU, in 127ths of its
/// capacity; a byte a server: <see cref="Model.ServerTwins.TwinCondition"/> in bits 6 and 7, age in bits 0 to 5, in units of
/// <see cref="AgeUnit"/> slots, begun ones too, 63 = as many or more; a bit a station: it is down; a bit a server, likewise. Parts begin at multiples of 4. With 5,000 devices and 1,024 stations a frame has 24.7 kB; page and tests read the same.
/// </remarks>
internal sealed record FrameLayout(int Stations, int Servers, int Devices)
{
    /// <summary>First word of a frame: "DVF1".</summary>
    public const uint Magic = 0x31465644;

    public const int HeaderBytes = 32;

    /// <summary>Where a frame says which slot it is of.</summary>
    public const int SlotAt = 8;

    /// <summary>Greatest place that a device can have, along either side of the area.</summary>
    public const int MostPlace = 32766;

    /// <summary>Greatest age that a frame can tell, in units of <see cref="AgeUnit"/>; details tell any.</summary>
    public const int MostAge = 63;

    /// <summary>A device of which the slot's report says nothing.</summary>
    public const uint NotTold = uint.MaxValue;

    /// <summary>Details of a server: float32 capacity, true and believed free CPU, deviation in force, deviation believed, all in hertz; uint16 tasks, tasks believed; int32 age of the twin, slots.</summary>
    public const int ServerDetailBytes = 28;

    /// <summary>Details of a device: int32 server, −1 = none; float32 latency and predicted latency, seconds, and deficit queue.</summary>
    public const int DeviceDetailBytes = 16;

    public static IReadOnlyList<string> TotalNames { get; } =
        [.. TotalsTable.Counts.ToArray().Select(count => count.Name), .. TotalsTable.Sums.ToArray().Select(sum => sum.Name)];

    public static IReadOnlyList<string> TwinTotalNames { get; } =
        [.. TwinTotalsTable.Counts.ToArray().Select(count => count.Name), .. TwinTotalsTable.Sums.ToArray().Select(sum => sum.Name)];

    public int SlotTotalsAt => HeaderBytes;

    public int RunTotalsAt => SlotTotalsAt + (8 * TotalNames.Count);

    public int TwinTotalsAt => RunTotalsAt + (8 * TotalNames.Count);

    public int SeriesAt => TwinTotalsAt + (8 * TwinTotalNames.Count);

    public int PlacesAt => SeriesAt + (4 * SlotSeries.Names.Count);

    public int MigratedAt => PlacesAt + (4 * Devices);

    public int LoadAt => MigratedAt + Padded((Devices + 7) / 8);

    public int BeliefAt => LoadAt + Padded(Servers);

    public int ConditionAt => BeliefAt + Padded(Servers);

    public int DownAt => ConditionAt + Padded(Servers);

    public int ServersDownAt => DownAt + Padded((Stations + 7) / 8);

    /// <summary>Length of a frame.</summary>
    public int FrameBytes => ServersDownAt + Padded((Servers + 7) / 8);

    /// <summary>Length of a slot's details: servers, then devices, by id.</summary>
    public int DetailBytes => (ServerDetailBytes * Servers) + (DeviceDetailBytes * Devices);

    /// <summary>Slots that an age in a frame counts by: the least with which it reaches the age at which a twin is desynchronised.</summary>
    public static int AgeUnit(int desyncAgeSlots) => Math.Max(1, ((desyncAgeSlots - 1) / MostAge) + 1);

    private static int Padded(int bytes) => (bytes + 3) & ~3;
}
