using Diten.Model.Statistics;
using Diten.Runs.Experiments.Designs;
using Diten.Runs.Experiments.Findings;
using Diten.Runs.Results;

namespace Diten.Runs.Reproduction;

/// <summary>What claims of the paper are held against: grids by name of their part, such as <c>figure-5</c>, and trainings.</summary>
/// <param name="parts">As experiments have them.</param>
/// <param name="trainings">Rewards of the journeys of each training, by its name.</param>
/// <param name="costs">Processor time of decisions; none where it was not measured.</param>
internal sealed class ReproductionResults(IReadOnlyList<PartResults> parts, IReadOnlyList<TrainingCurve> trainings, IReadOnlyList<DecisionCost> costs)
{
    private readonly Dictionary<string, PaperGrid> _grids = parts.ToDictionary(part => part.Part.Name, part => new PaperGrid(part), StringComparer.Ordinal);

    /// <summary>Trainings, in the order of their files.</summary>
    public IReadOnlyList<TrainingCurve> Trainings { get; } = trainings;

    /// <summary>Processor time of decisions, a policy each.</summary>
    public IReadOnlyList<DecisionCost> Costs { get; } = costs;

    /// <summary>The grid of a part; one without any level where it was not run.</summary>
    public PaperGrid this[string part] => _grids.GetValueOrDefault(part, PaperGrid.Empty);
}

/// <summary>A grid of cases on the same worlds, by names of axes and levels.</summary>
internal sealed class PaperGrid(PartResults? results)
{
    /// <summary>A grid that was not run.</summary>
    public static PaperGrid Empty { get; } = new(null);

    /// <summary>Levels of an axis, in their order; none where it has no such axis.</summary>
    public IReadOnlyList<string> Levels(string axis) =>
        results?.Part.IndexOf(axis) is >= 0 and var at ? [.. results.Part.Axes[at].Levels.Select(level => level.Name)] : [];

    /// <summary>Pairs of levels of an axis that follow each other.</summary>
    public IEnumerable<(string Lower, string Higher)> Steps(string axis) => Levels(axis).Zip(Levels(axis).Skip(1));

    /// <summary>Whether all of some levels of an axis were run.</summary>
    public bool Has(string axis, params ReadOnlySpan<string> levels)
    {
        foreach (var level in levels)
            if (!Levels(axis).Contains(level))
                return false;
        return true;
    }

    /// <summary>A metric of the one case that has these levels, a value a world.</summary>
    /// <exception cref="InvalidOperationException">There is no such case, or more than one.</exception>
    public double[] Values(Metric metric, params (string Axis, string Level)[] at) =>
        results is null ? throw new InvalidOperationException("This grid was not run.") : results.Values(results.Part.Matching(new Selection(at)).Single(), metric);

    /// <summary>The one case of these levels.</summary>
    public PaperCase Case(params (string Axis, string Level)[] at) => new(this, at);

    /// <summary>The one case of a level.</summary>
    public PaperCase Case(string axis, string level) => Case((axis, level));

    /// <summary>Slots of a journey in its first run.</summary>
    public int JourneySlots => results is null ? ReproductionWords.UsualJourneySlots : ReproductionWords.JourneySlots(results.Results[0][0].Summary);

    /// <summary>Mean over worlds of a case.</summary>
    public MeanInterval Mean(Metric metric, params (string Axis, string Level)[] at) => MeanInterval.Of(Values(metric, at));

    /// <summary>One case less another, world by world.</summary>
    public static MeanInterval Difference(double[] of, double[] against) => PairedTest.Of(of, against).Difference;

    /// <summary>Mean of one case over mean of another, with resampled worlds.</summary>
    public static BootstrapInterval Ratio(double[] of, double[] against) =>
        Bootstrap.Of(of.Length, worlds => Bootstrap.Mean(of, worlds) / Bootstrap.Mean(against, worlds));
}

/// <summary>A case of a grid.</summary>
/// <param name="At">Its levels.</param>
internal sealed record PaperCase(PaperGrid Grid, (string Axis, string Level)[] At)
{
    /// <summary>A metric, a value a world.</summary>
    public double[] Values(Metric metric) => Grid.Values(metric, At);

    /// <summary>Mean over worlds.</summary>
    public MeanInterval Mean(Metric metric) => Grid.Mean(metric, At);

    /// <summary>This case less another, world by world.</summary>
    public MeanInterval Less(PaperCase other, Metric metric) => PaperGrid.Difference(Values(metric), other.Values(metric));
}
