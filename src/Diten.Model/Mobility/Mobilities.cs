using Diten.Model.Input;
using Diten.Model.Scenarios;
using Diten.Model.Space;

namespace Diten.Model.Mobility;

/// <summary>How devices of a run move, and what a trace loader had to say about its input.</summary>
/// <param name="Mobility">The model; immutable and thread-safe.</param>
/// <param name="Traces">What was read, kept and dropped; null for models that need no recording.</param>
public sealed record MobilityReport(IMobility Mobility, TraceReport? Traces = null);

/// <summary>Builds the mobility model that a scenario asks for.</summary>
internal static class Mobilities
{
    /// <summary>The mobility model of a scenario, where its stations stand.</summary>
    /// <inheritdoc cref="Create(Scenario, Area, GeoProjection?)"/>
    public static MobilityReport Create(Scenario scenario, Topology topology) => Create(scenario, topology.Area, topology.Ground);

    /// <summary>The mobility model of a scenario, in a given area.</summary>
    /// <param name="scenario">What is emulated; <see cref="Scenario.Devices"/> says how devices move.</param>
    /// <param name="area">Where they move: the topology's area.</param>
    /// <param name="ground">How longitude and latitude map to the area where it lies on real ground (sites from a file); traces that are
    /// cropped are then put where they were recorded. Null = they are centred on the area.</param>
    /// <exception cref="InputFileException">The traces cannot be read, or no journey is left of them.</exception>
    /// <exception cref="ArgumentException">The model is <see cref="MobilityKind.Trace"/> and no traces are named.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The speed is negative or no number, or a key of the model is out of range.</exception>
    public static MobilityReport Create(Scenario scenario, Area area, GeoProjection? ground = null)
    {
        var (devices, seed) = (scenario.Devices, scenario.Seed);
        var speed = devices.SpeedMetresPerSecond;
        if (speed is not (>= 0 and < double.PositiveInfinity))
            throw new ArgumentOutOfRangeException(nameof(scenario), speed, "The speed of devices must be finite and not negative.");
        var step = speed * scenario.SlotLengthSeconds;
        return devices.Mobility switch
        {
            MobilityKind.Waypoint => new(new RandomWaypoint(seed, area, step)),
            MobilityKind.GaussMarkov => new(new GaussMarkov(seed, area, speed, devices.GaussMarkovMemory, scenario.SlotLengthSeconds)),
            MobilityKind.Manhattan => new(new Manhattan(seed, area, step, devices.StreetSpacingMetres)),
            MobilityKind.Commuter => new(new Commuter(seed, area, step)),
            MobilityKind.Taxi => new(new Taxi(seed, area, step, devices.Taxi)),
            MobilityKind.Trace => TraceLoader.Load(scenario, area, ground),
            _ => throw new ArgumentOutOfRangeException(nameof(scenario), devices.Mobility, "Unknown mobility model."),
        };
    }
}
