using System.Globalization;
using Diten.Model.Scenarios;
using Diten.Model.Worlds;
using Diten.Runs.Experiments.Cells;

namespace Diten.Runs.Reproduction;

/// <summary>How users move where the paper has recorded taxis: synthetic ones, waypoints, or the recorded ones of whoever has them (docs/taxi-model.md).</summary>
internal static class Trajectories
{
    /// <summary>Name of the axis.</summary>
    public const string Axis = "trajectories";

    /// <summary>Names of its levels.</summary>
    public const string Taxi = "taxi", Waypoint = "waypoint", Recorded = "recorded";

    private const string Source = "trajectories";

    /// <summary>The axis at a mean speed.</summary>
    /// <param name="folder">Recorded journeys, such as the folder of T-Drive; null = none are at hand.</param>
    /// <param name="scenario">Whose area they move in.</param>
    /// <param name="speedMetresPerSecond">Mean speed over all time; positive.</param>
    /// <exception cref="Model.Input.InputFileException">The journeys cannot be read, or none is left of them.</exception>
    public static Axis Of(string? folder, Scenario scenario, double speedMetresPerSecond)
    {
        Level[] levels = [new(Taxi, Synthetic("taxi", speedMetresPerSecond)), new(Waypoint, Synthetic("waypoint", speedMetresPerSecond))];
        return new Axis(Axis, folder is null ? levels : [.. levels, new(Recorded, RecordedAt(folder, scenario, speedMetresPerSecond))]);
    }

    /// <summary>Recorded journeys, scaled to the area, their time scaled so that they have a mean speed.</summary>
    /// <remarks>They are sampled every few minutes: slots between two points are interpolated, so that faster means the same way in less time.</remarks>
    /// <inheritdoc cref="Of"/>
    public static IReadOnlyList<Change> RecordedAt(string folder, Scenario scenario, double speedMetresPerSecond)
    {
        var devices = scenario.Devices with { Mobility = MobilityKind.Trace, Traces = folder, TraceFit = TraceFit.Scale, TimeScale = 1 };
        var traces = World.Create(scenario with { Devices = devices, Policy = new PolicySection() }).MobilityReport.Traces!;
        return
        [
            new("devices.mobility.model", "trace", Source),
            new("devices.mobility.traces", folder, Source),
            new("devices.mobility.trace-fit", "scale", Source),
            new("devices.mobility.time-scale", (traces.MeanSpeedMetresPerSecond / speedMetresPerSecond).ToString("R", CultureInfo.InvariantCulture), Source),
        ];
    }

    private static IReadOnlyList<Change> Synthetic(string model, double speedMetresPerSecond) =>
    [
        new("devices.mobility.model", model, Source),
        new("devices.mobility.speed", FormattableString.Invariant($"{speedMetresPerSecond:R} m/s"), Source),
    ];
}
