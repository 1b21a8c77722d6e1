using System.Text.Json;
using Diten.Model;
using Diten.Model.Faults;
using Diten.Model.Records;
using Diten.Model.Scenarios;
using Diten.Model.Space;
using Diten.Model.Worlds;

namespace Diten.View.Recordings;

/// <summary>What a recording says of its world before any slot: places, counts, and how frames are laid out. Becomes JSON for the page.</summary>
/// <param name="Name">Name of the scenario.</param>
/// <param name="Slots">Slots of the scenario.</param>
/// <param name="SlotLengthSeconds">Length of a slot, seconds.</param>
/// <param name="Policy">Name of the policy that decides.</param>
/// <param name="Devices">Devices of the scenario.</param>
/// <param name="DrawnEvery">A device is recorded where its id is a multiple of it.</param>
/// <param name="EverySlots">A slot is recorded where it is a multiple of it; the last one of the scenario always is.</param>
/// <param name="Area">West, south, east and north end of the area, metres.</param>
/// <param name="CoverageMetres">Radius in which a station serves devices, metres.</param>
/// <param name="StationX">East coordinates of the stations, metres, by id.</param>
/// <param name="StationY">North coordinates of the stations, metres, by id.</param>
/// <param name="StationOfServer">Station that carries each server, by server id.</param>
/// <param name="Faults">Names of the scenario's faults and what each one is.</param>
internal sealed record RecordedWorld(
    string Name, ulong Seed, int Slots, double SlotLengthSeconds, string Policy, int Devices, int DrawnEvery, int EverySlots, double[] Area,
    double CoverageMetres, double[] StationX, double[] StationY, int[] StationOfServer, IReadOnlyList<RecordedFault> Faults)
{
    /// <summary>Devices that are recorded, at most: more would not be told apart on a map.</summary>
    public const int MostDrawn = 5000;

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <summary>Ages above the first one make a twin suspect, above the second one desynchronised; slots.</summary>
    public int[] AgeLimits { get; init; } = [3, 10];

    /// <summary>Whether twins are measured: condition, age and lag as the table of servers has them.</summary>
    public bool MeasuresTwins { get; init; }

    /// <summary>Whether regret is measured.</summary>
    public bool MeasuresRegret { get; init; }

    /// <summary>Columns and rows of tiles that the area is cut into: the zones of a cluster are tiles.</summary>
    public int[] Tiles { get; init; } = [1, 1];

    /// <summary>The tile of each zone, row by row from the south-west, by zone id.</summary>
    public int[] TileOfZone { get; init; } = [0];

    /// <summary>Names of a frame's sums, in their order: those of <see cref="TotalsTable"/>.</summary>
    public IReadOnlyList<string> Totals { get; init; } = FrameLayout.TotalNames;

    /// <summary>Names of a frame's sums over twins, in their order: those of <see cref="TwinTotalsTable"/>.</summary>
    public IReadOnlyList<string> TwinTotals { get; init; } = FrameLayout.TwinTotalNames;

    /// <summary>The figures of <see cref="SlotSeries"/>, in their order.</summary>
    public IReadOnlyList<string> Series { get; init; } = SlotSeries.Names;

    /// <summary>Stations, servers and recorded devices.</summary>
    public FrameLayout Layout() => new(StationX.Length, StationOfServer.Length, (Devices + DrawnEvery - 1) / DrawnEvery);

    /// <summary>Frames of a run that came to its end.</summary>
    public int AllFrames() => ((Slots - 1) / EverySlots) + ((Slots - 1) % EverySlots == 0 ? 1 : 2);

    /// <summary>The least multiple of <paramref name="told"/> at which no more than <see cref="MostDrawn"/> devices are recorded.</summary>
    /// <param name="told">Reports have rows of devices whose id is a multiple of it; at least 1.</param>
    public static int DrawnEveryFor(int devices, int told = 1) => told * (int)Math.Max(1, Math.Ceiling(devices / (double)told / MostDrawn));

    /// <summary>The world of a run that begins.</summary>
    /// <param name="drawnEvery">A device is recorded where its id is a multiple of it; at least 1.</param>
    public static RecordedWorld Of(string name, World world, int drawnEvery)
    {
        var (scenario, places) = (world.Scenario, world.Topology);
        var zones = ZoneMap.Create(places, scenario.Zones);
        var made = new RecordedWorld(
            name, scenario.Seed, scenario.Slots, scenario.SlotLengthSeconds, scenario.Policy.Described, scenario.Devices.Count, drawnEvery, 1,
            [places.Area.MinX, places.Area.MinY, places.Area.MaxX, places.Area.MaxY], scenario.Stations.CoverageMetres,
            Rounded(places.X), Rounded(places.Y), [.. Enumerable.Range(0, places.ServerCount).Select(s => places.StationOf(new ServerId(s)).Value)],
            [.. world.Faults.All.Select(planned => new RecordedFault(planned.Fault.Name, planned.Fault.Kind.ToString(), planned.Fault.What.ToString()))])
        {
            AgeLimits = [scenario.Twins.SuspectAgeSlots, scenario.Twins.DesyncAgeSlots],
            MeasuresTwins = scenario.MeasuresTwins,
            MeasuresRegret = scenario.MeasuresRegret,
            Tiles = [zones.Columns, zones.Rows],
            TileOfZone = [.. Enumerable.Range(0, zones.Count).Select(zone => zones.TileOf(new ZoneId(zone))).Select(tile => (tile.Row * zones.Columns) + tile.Column)],
        };
        return made with { EverySlots = RecordingFile.EverySlotsFor(scenario.Slots, made.Layout()) };
    }

    /// <summary>As UTF-8 JSON.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, Json);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It is of another version of Diten, or none.</exception>
    public static RecordedWorld FromJson(ReadOnlySpan<byte> json, string path)
    {
        try
        {
            var read = JsonSerializer.Deserialize<RecordedWorld>(json, Json);
            return read is not null && read.Totals.SequenceEqual(FrameLayout.TotalNames) && read.TwinTotals.SequenceEqual(FrameLayout.TwinTotalNames)
                && read.Series.SequenceEqual(SlotSeries.Names)
                ? read
                : throw new InvalidDataException($"{path} was recorded by another version of Diten, whose frames hold other sums.");
        }
        catch (JsonException damaged)
        {
            throw new InvalidDataException($"{path} is no recording: {damaged.Message}", damaged);
        }
    }

    /// <summary>To decimetres: a map shows no less.</summary>
    private static double[] Rounded(ReadOnlySpan<double> metres)
    {
        var rounded = metres.ToArray();
        for (var i = 0; i < rounded.Length; i++)
            rounded[i] = Math.Round(rounded[i], 1);
        return rounded;
    }
}

/// <summary>A fault, in the words of the scenario's keys.</summary>
/// <param name="What">The link or the entities that it strikes.</param>
internal sealed record RecordedFault(string Name, string Kind, string What);
