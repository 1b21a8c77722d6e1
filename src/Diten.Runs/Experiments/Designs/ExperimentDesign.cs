using Diten.Model.Statistics;
using Diten.Runs.Experiments.Cells;
using Diten.Runs.Results;

namespace Diten.Runs.Experiments.Designs;

/// <summary>An experiment as its file says it: questions, each with cases and what shall be learned from them.</summary>
/// <param name="Name">The file's name without ending.</param>
/// <param name="File">Its path, as errors show it.</param>
/// <param name="Text">What is asked and why, in paragraphs.</param>
/// <param name="Parts">At least one.</param>
/// <param name="IsQuick">Whether it was cut down to what shows that it works.</param>
public sealed record ExperimentDesign(string Name, string File, string Title, string Text, IReadOnlyList<ExperimentPart> Parts, bool IsQuick)
{
    /// <summary>Policies that are trained before anything is run.</summary>
    public IReadOnlyList<TrainingDesign> Trainings { get; init; } = [];

    /// <summary>Several experiments as one, so that they share runs, policies and progress; a part without a name gets that of its file.</summary>
    /// <exception cref="UserErrorException">Two of them give one name to different parts or trainings.</exception>
    public static ExperimentDesign Joined(string name, IReadOnlyList<ExperimentDesign> designs)
    {
        ExperimentPart[] parts = [.. designs.SelectMany(design => design.Parts.Select(part => part.Name.Length > 0 ? part : part with { Name = design.Name, Title = design.Title, Text = design.Text }))];
        if (parts.GroupBy(part => part.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new UserErrorException($"{string.Join(", ", designs.Select(design => design.File))}: two parts are called {twice.Key}.");
        var trainings = new List<TrainingDesign>();
        foreach (var training in designs.SelectMany(design => design.Trainings))
        {
            if (trainings.Find(known => known.Name == training.Name) is not { } other)
                trainings.Add(training);
            else if (!other.IsSame(training))
                throw new UserErrorException($"{string.Join(", ", designs.Select(design => design.File))}: train.{training.Name} is two different trainings.");
        }

        return new ExperimentDesign(name, designs[0].File, designs[0].Title, designs[0].Text, parts, designs[0].IsQuick) { Trainings = trainings };
    }

    /// <summary>What it is about, what limits it, what would change it: paragraphs for the end of its page.</summary>
    public string Limits { get; init; } = "";
}

/// <summary>A policy that is trained for an experiment; a level uses it by <c>policy.file = trained:NAME</c>.</summary>
/// <param name="Scenario">Full path of a scenario file.</param>
/// <param name="Set">What is changed in it.</param>
/// <param name="Seed">Of the training's world; no world of the experiment should have it.</param>
public sealed record TrainingDesign(string Name, string Scenario, IReadOnlyList<Change> Set, ulong Seed)
{
    /// <summary>What stands before its name in <c>policy.file</c>.</summary>
    public const string Mark = "trained:";

    /// <summary>Whether another one is the same, wherever it was written.</summary>
    public bool IsSame(TrainingDesign other) =>
        Scenario == other.Scenario && Seed == other.Seed && Set.Select(change => change.Override).SequenceEqual(other.Set.Select(change => change.Override));
}

/// <summary>A grid of cases on the same seeds, and what is estimated from it.</summary>
/// <param name="Name">For people and file names; empty where an experiment has one part only.</param>
/// <param name="Scenario">Full path of a scenario file.</param>
/// <param name="Set">What all its cases change.</param>
/// <param name="Axes">What it varies: all combinations are run.</param>
public sealed record ExperimentPart(
    string Name, string Title, string Text, string Scenario, IReadOnlyList<Change> Set, IReadOnlyList<Axis> Axes, SeedPlan Seeds, IReadOnlyList<Metric> Metrics)
{
    /// <summary>Named beforehand: their p-values are corrected together, by Holm.</summary>
    public IReadOnlyList<EstimateDesign> Primary { get; init; } = [];

    /// <summary>Looked at without a hypothesis, and told so.</summary>
    public IReadOnlyList<EstimateDesign> Exploratory { get; init; } = [];

    /// <summary>Sentences that are held against estimates.</summary>
    public IReadOnlyList<ClaimDesign> Claims { get; init; } = [];

    /// <summary>Cases of which it is computed what would have been possible at best.</summary>
    public IReadOnlyList<Selection> Bounds { get; init; } = [];

    /// <summary>What is drawn.</summary>
    public IReadOnlyList<FigureDesign> Figures { get; init; } = [];

    /// <summary>All combinations of its axes.</summary>
    public IReadOnlyList<Case> Cases { get; } = Case.Grid(Axes);

    /// <summary>Whether the course of its runs is wanted, slot by slot.</summary>
    public bool KeepsSlots => Figures.Any(figure => figure.Kind == FigureKind.Recovery);

    /// <summary>The cases that have all of a selection's levels, in order.</summary>
    public IEnumerable<int> Matching(Selection selection) =>
        Enumerable.Range(0, Cases.Count).Where(i => selection.Levels.All(wanted => LevelOf(i, wanted.Axis) == wanted.Level));

    /// <summary>Whether bounds are wanted of a case.</summary>
    public bool WantsBounds(Case one) => Bounds.Any(selection => selection.Levels.All(wanted => one.Levels[IndexOf(wanted.Axis)].Name == wanted.Level));

    /// <summary>Name of a case's level of an axis.</summary>
    public string LevelOf(int one, string axis) => Cases[one].Levels[IndexOf(axis)].Name;

    /// <summary>Place of an axis; −1 where there is none of this name.</summary>
    public int IndexOf(string axis)
    {
        for (var i = 0; i < Axes.Count; i++)
            if (Axes[i].Name == axis)
                return i;
        return -1;
    }
}

/// <summary>Which worlds an experiment runs.</summary>
/// <param name="First">The first seed.</param>
/// <param name="Count">How many at first.</param>
/// <param name="Most">How many at most, where <paramref name="Until"/> is not met; equal to <paramref name="Count"/> where nothing is asked.</param>
/// <param name="Until">How wide half an interval may be, by metric.</param>
public sealed record SeedPlan(ulong First, int Count, int Most, IReadOnlyList<(Metric Metric, Precision Precision)> Until);

/// <summary>Levels of some axes: the cases that have them are meant.</summary>
public sealed record Selection(IReadOnlyList<(string Axis, string Level)> Levels)
{
    /// <inheritdoc/>
    public override string ToString() => string.Join(", ", Levels.Select(level => $"{level.Axis}={level.Level}"));
}

/// <summary>What kind of number an estimate is.</summary>
public enum EstimateKind
{
    /// <summary>Mean of a case.</summary>
    Mean,

    /// <summary>One case less another, world by world.</summary>
    Difference,

    /// <summary>Which share of what harm cost a remedy wins back.</summary>
    Recovered,

    /// <summary>Where along an axis one case overtakes another.</summary>
    Crossing,
}

/// <summary>Something to be estimated, for each combination of the axes that it does not name.</summary>
/// <param name="Of">The case, the remedied one, or the first curve.</param>
/// <param name="Against">What it is compared with: another case, the harmed one, or the second curve; null for a mean.</param>
public sealed record EstimateDesign(string Name, EstimateKind Kind, Metric Metric, Selection Of, Selection? Against)
{
    /// <summary>The unharmed case, where a share is asked that is won back.</summary>
    public Selection? Unharmed { get; init; }

    /// <summary>The axis along which curves cross.</summary>
    public string? Along { get; init; }

    /// <summary>Within which two cases count as equal, in the metric's unit; null = a difference is looked for.</summary>
    public double? Margin { get; init; }

    /// <summary>Axes that it says nothing of: it is made for each of their combinations.</summary>
    public IEnumerable<string> FreeAxes(ExperimentPart part)
    {
        var named = Of.Levels.Concat(Against?.Levels ?? []).Concat(Unharmed?.Levels ?? []).Select(level => level.Axis).Append(Along);
        return part.Axes.Select(axis => axis.Name).Where(name => !named.Contains(name));
    }
}

/// <summary>A sentence, and where its estimate must lie for it to hold.</summary>
/// <param name="Says">The sentence.</param>
/// <param name="Estimate">Name of the estimate.</param>
/// <param name="At">Which of its combinations; null = all.</param>
/// <param name="Low">Least value, in the estimate's unit; −∞ where there is none.</param>
/// <param name="High">Largest value.</param>
public sealed record ClaimDesign(string Name, string Says, string Estimate, Selection? At, double Low, double High)
{
    /// <summary>What follows where it holds, as a sentence; empty = nothing is said.</summary>
    public string Then { get; init; } = "";

    /// <summary>What follows where it does not hold, or in part only.</summary>
    public string Otherwise { get; init; } = "";
}

/// <summary>Kinds of figures.</summary>
public enum FigureKind
{
    /// <summary>A metric over an axis, a line a level of another.</summary>
    Lines,

    /// <summary>A metric over two axes.</summary>
    HeatMap,

    /// <summary>Which level of an axis is best, over two others.</summary>
    Best,

    /// <summary>One metric against another, a point a case.</summary>
    Front,

    /// <summary>How often twins are at least so old.</summary>
    Ages,

    /// <summary>Regret by the age of the chosen server's twin.</summary>
    RegretByAge,

    /// <summary>A metric slot by slot, with the windows of faults.</summary>
    Recovery,
}

/// <summary>A figure of a part.</summary>
/// <param name="X">Its axis; null where the kind has none.</param>
/// <param name="Series">The axis that makes lines, rows of a map, or points; null where the kind has none.</param>
/// <param name="At">Which cases.</param>
public sealed record FigureDesign(string Name, FigureKind Kind, string Title, Metric Metric, string? X, string? Series, Selection At)
{
    /// <summary>What to look for.</summary>
    public string Caption { get; init; } = "";

    /// <summary>The metric to the right, where one is drawn against another.</summary>
    public Metric? Against { get; init; }

    /// <summary>The axis of which the best level is wanted.</summary>
    public string? Over { get; init; }

    /// <summary>What a level must keep to be the best; null = nothing.</summary>
    public Limit? Within { get; init; }

    /// <summary>More lines, each of a metric of its own where the axis that makes the others has this level.</summary>
    public IReadOnlyList<(string Name, Metric Metric, Selection At)> Beside { get; init; } = [];

    /// <summary>Whether the axis to the right is logarithmic.</summary>
    public bool LogX { get; init; }
}

/// <summary>What a metric must not exceed.</summary>
/// <param name="Most">In the metric's unit; null = the case's own migration budget β.</param>
/// <param name="Text">As it was written, such as <c>migrationRate &lt;= budget</c>.</param>
public sealed record Limit(Metric Metric, double? Most, string Text);
