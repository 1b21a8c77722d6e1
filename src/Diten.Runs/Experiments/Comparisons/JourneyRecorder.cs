using Diten.Actors;
using Diten.Model.Offloading.Bounds;
using Diten.Model.Randomness;
using Diten.Model.Records;
using Diten.Model.Scenarios;
using Diten.Model.Worlds;

namespace Diten.Runs.Experiments.Comparisons;

/// <summary>Keeps the journeys of a run: of all devices, or of a random sample where it is large.</summary>
/// <param name="world">The run's; with per-server tables, and tables of every device.</param>
/// <exception cref="NotSupportedException">What else a journey could have been is not known for how these servers share.</exception>
internal sealed class JourneyRecorder(World world) : IRunObserver
{
    /// <summary>Above so many device-slots a sample of about that size is looked at.</summary>
    public const long SampleAbove = 200_000;

    private readonly double _share = ShareOf(world.Scenario);
    private readonly List<DeviceSlotRecord> _records = [];
    private readonly List<ServerSlotRecord[]> _servers = [];

    /// <summary>Turns records into what bounds are computed from.</summary>
    public BoundInputs Inputs { get; } = new(world.Scenario, world.Topology, world.Mobility);

    /// <summary>Share of devices that is looked at.</summary>
    public static double ShareOf(Scenario scenario) => Math.Min(1, (double)SampleAbove / ((long)scenario.Devices.Count * scenario.Slots));

    /// <inheritdoc/>
    public void SlotCompleted(SlotReport report)
    {
        _servers.Add(report.Servers);
        _records.AddRange(_share >= 1
            ? report.Devices
            : report.Devices.Where(record => RandomStreams.Uniform(world.Scenario.Seed, record.Device, 0, Purpose.Sampling) < _share));
    }

    /// <summary>All servers in a slot, by id.</summary>
    public IReadOnlyList<ServerSlotRecord> Servers(int slot) => _servers[slot];

    /// <summary>The journeys, by device id and time.</summary>
    public IEnumerable<RecordedJourney> Journeys() => Inputs.Journeys(_records, Servers);
}
