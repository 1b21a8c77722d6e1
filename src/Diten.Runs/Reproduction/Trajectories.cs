using System.Globalization;
using Diten.Model.Scenarios;
using Diten.Model.Worlds;
using Diten.Runs.Execution;
using Diten.Runs.Experiments.Cells;
using Diten.Runs.Experiments.Designs;
using Diten.Runs.Scenarios;

namespace Diten.Runs.Reproduction;

/// <summary>How users move where the paper has recorded taxis: as synthetic taxis, by waypoints, or as the recorded ones of whoever has them (docs/taxi-model.md).</summary>
public sealed class Trajectories
{
    private const string Source = "trajectories", ModelKey = "devices.mobility.model", SpeedKey = "devices.mobility.speed";

    private readonly string? _folder;
    private readonly IReadOnlyList<Change> _model;
    private readonly Lazy<double> _recordedSpeed;

    private Trajectories(string says, string option, string? folder, params IReadOnlyList<Change> model)
    {
        (Says, Option, _folder, _model) = (says, option, folder, model);
        _recordedSpeed = new(() => MeanSpeedOf(folder!, PaperScenario()));
    }

    /// <summary>Synthetic taxis.</summary>
    public static Trajectories Taxi() => new(
        "these users are synthetic taxis, whose turns, stops and speeds are fitted to others that were recorded ([taxi model](taxi-model.md))", "", null, new Change(ModelKey, "taxi", Source));

    /// <summary>From one random place to the next, without a stop.</summary>
    public static Trajectories Waypoint() => new(
        "these users drive straight from one random place to the next (`devices.mobility.model = waypoint`)", "--waypoint", null, new Change(ModelKey, "waypoint", Source));

    /// <summary>Recorded journeys, such as those of T-Drive, scaled to the area; a speed is had by scaling their time.</summary>
    /// <remarks>They are sampled every few minutes: slots between two points are interpolated, so that faster means the same way in less time.</remarks>
    public static Trajectories RecordedIn(string folder) => new(
        "these users are recorded journeys, scaled to the area, with slots between two recorded points interpolated; a speed is had by scaling their time", $"--t-drive {folder}", folder,
        new Change(ModelKey, "trace", Source), new Change("devices.mobility.traces", Path.GetFullPath(folder), Source), new Change("devices.mobility.trace-fit", "scale", Source));

    /// <summary>What a page says of it.</summary>
    public string Says { get; }

    /// <summary>The option that asks for it; empty for the usual one.</summary>
    public string Option { get; }

    /// <summary>An experiment, its trainings too, with users that move so.</summary>
    /// <exception cref="UserErrorException">Of recorded journeys: the shipped scenarios are not at hand.</exception>
    /// <exception cref="Model.Input.InputFileException">Recorded journeys cannot be read, or none is left of them.</exception>
    public ExperimentDesign In(ExperimentDesign design) => design with
    {
        Parts = [.. design.Parts.Select(part => part with
        {
            Set = [.. Base(), .. AtTheirSpeed(part.Set)],
            Axes = [.. part.Axes.Select(axis => axis with { Levels = [.. axis.Levels.Select(level => level with { Changes = AtTheirSpeed(level.Changes) })] })],
        })],
        Trainings = [.. design.Trainings.Select(training => training with { Set = [.. Base(), .. AtTheirSpeed(training.Set)] })],
    };

    private IReadOnlyList<Change> Base() => _folder is null ? _model : [.. _model, TimeScale(PaperScenario().Devices.SpeedMetresPerSecond)];

    private IReadOnlyList<Change> AtTheirSpeed(IReadOnlyList<Change> changes) => _folder is null ? changes : [.. changes.Select(change => change.Key == SpeedKey
        ? TimeScale(PaperScenario(change.Override).Devices.SpeedMetresPerSecond)
        : change)];

    private static Scenario PaperScenario(params string[] set) => ScenarioInput.Load(ShippedScenarios.Find("paper.conf"), set, null).Scenario;

    private Change TimeScale(double metresPerSecond) =>
        new("devices.mobility.time-scale", (_recordedSpeed.Value / metresPerSecond).ToString("R", CultureInfo.InvariantCulture), Source);

    /// <summary>Mean speed of recorded journeys in the area as they were driven, m/s.</summary>
    private static double MeanSpeedOf(string folder, Scenario scenario)
    {
        var devices = scenario.Devices with { Mobility = MobilityKind.Trace, Traces = Path.GetFullPath(folder), TraceFit = TraceFit.Scale, TimeScale = 1 };
        return World.Create(scenario with { Devices = devices, Policy = new PolicySection() }).MobilityReport.Traces!.MeanSpeedMetresPerSecond;
    }
}
