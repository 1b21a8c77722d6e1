using Diten.Runs.Execution;
using Diten.Runs.Experiments;
using Diten.Runs.Experiments.Cells;
using Diten.Runs.Experiments.Designs;
using Diten.Runs.Experiments.Findings;

namespace Diten.Runs.Reproduction;

/// <summary>The runs of <c>diten reproduce</c>, and its folder.</summary>
public sealed class ReproductionRun
{
    private readonly (PaperFigure Figure, HashSet<string> Parts)[] _figures;
    private readonly ExperimentRun _run;
    private readonly string _folder;
    private readonly bool _quick;
    private readonly IReadOnlyList<Change> _set;
    private readonly Trajectories _trajectories;

    /// <param name="figures">What shall be reproduced, at least one.</param>
    /// <param name="quick">Whether few worlds and points do.</param>
    /// <param name="settings">Folder, threads and so on; scenarios and seeds are those of the figures' experiments.</param>
    /// <param name="trajectories">How users move.</param>
    /// <param name="nodes">Nodes of a local cluster that runs are done on; 0 = in this process, side by side.</param>
    /// <exception cref="Model.Scenarios.Keys.ScenarioException">What is wrong with an experiment's file.</exception>
    public ReproductionRun(Session session, IReadOnlyList<PaperFigure> figures, bool quick, ExperimentSettings settings, Trajectories trajectories, int nodes)
    {
        // One folder whatever the figures: what they share is run once, and one that is asked for later finds what the others left.
        (_quick, _set, _trajectories, _folder) = (quick, settings.Set, trajectories, settings.Folder ?? (quick ? "runs/reproduction-quick" : "runs/reproduction"));
        var designs = figures.Select(figure => trajectories.In(DesignFile.Read(figure.Path(), quick))).ToArray();
        _figures = [.. figures.Zip(designs, (figure, design) => (figure, design.Parts.Select(part => part.Name.Length == 0 ? design.Name : part.Name).ToHashSet(StringComparer.Ordinal)))];
        _run = new ExperimentRun(session, ExperimentDesign.Joined("reproduction", designs), settings with { Folder = _folder }) { Nodes = nodes, WithReport = false };
    }

    /// <summary>What would be run, without running it.</summary>
    public IReadOnlyList<PlannedPart> Plan() => _run.Plan();

    /// <summary>Runs what was not run before, holds the paper's claims against it, and writes figures, tables and pages.</summary>
    public async Task<ReproductionResult> RunAsync(CancellationToken cancel)
    {
        var found = await _run.RunAsync(cancel);
        PartResults[] parts = [.. found.Parts.Select(part => part.Results)];
        TrainingCurve[] curves = [.. found.Trainings.Select(TrainingCurve.Read)];
        var results = new ReproductionResults(parts, curves, _figures.Any(figure => figure.Figure.Number == 0) ? DecisionCost.Measure(cancel) : []);
        var sections = _figures.Select(figure => Section(figure.Figure, figure.Parts, found, results)).ToArray();
        var result = new ReproductionResult(_folder, sections, found.Runs, found.Kept, _trajectories) { IsQuick = _quick, Set = _set };
        VerdictTables.Write(_folder, result.Readings);
        ReproductionPage.Write(Path.Combine(_folder, "reproduction.md"), result, ReproductionWords.Command(result));
        File.WriteAllText(Path.Combine(_folder, "report.html"), ReproductionReport.Html(result));
        return result;
    }

    private static ReproductionSection Section(PaperFigure figure, HashSet<string> own, ExperimentResult found, ReproductionResults results) =>
        new(
            figure, [.. found.Parts.Where(part => own.Contains(part.Part.Name))], PaperClaims.Judge(figure.Claims, results), ReproductionFigures.Of(figure, results),
            figure.Number == 0 ? results.Costs : [])
        {
            Trainings = [.. results.Trainings.Where(training => figure.Number == 0 || (figure.Number == 4 && training.IsCurve))],
        };
}

/// <summary>What came of reproducing the paper's evaluation, and where it was written.</summary>
/// <param name="Runs">Runs in all, those that two figures share counted twice.</param>
/// <param name="Kept">Runs that were kept from an earlier call.</param>
public sealed class ReproductionResult
{
    internal ReproductionResult(string folder, IReadOnlyList<ReproductionSection> sections, int runs, int kept, Trajectories trajectories) =>
        (Folder, Sections, Runs, Kept, Trajectories) = (folder, sections, runs, kept, trajectories);

    public string Folder { get; }

    /// <summary>Whether few worlds and points were run.</summary>
    public bool IsQuick { get; internal init; }

    /// <summary>What was changed in all scenarios.</summary>
    internal IReadOnlyList<Change> Set { get; init; } = [];

    /// <summary>How users moved.</summary>
    internal Trajectories Trajectories { get; }

    public int Runs { get; }

    public int Kept { get; }

    internal IReadOnlyList<ReproductionSection> Sections { get; }

    /// <summary>All readings of all claims, in the order of the page.</summary>
    internal IEnumerable<JudgedReading> Readings => Sections.SelectMany(section => section.Readings);
}

/// <summary>A figure of the paper, what was run for it, and what became of its claims.</summary>
/// <param name="Parts">Grids that were run for it.</param>
/// <param name="Own">Figures that no experiment's file describes.</param>
/// <param name="Costs">Processor time of decisions, where that is part of it.</param>
internal sealed record ReproductionSection(
    PaperFigure Figure, IReadOnlyList<PartFindings> Parts, IReadOnlyList<JudgedReading> Readings, IReadOnlyList<Plots.Figures.Figure> Own, IReadOnlyList<DecisionCost> Costs)
{
    /// <summary>Policies that were trained for it.</summary>
    public IReadOnlyList<TrainingCurve> Trainings { get; init; } = [];

    /// <summary>Its heading.</summary>
    public string Title => Figure.Number == 0 ? "What the text says" : FormattableString.Invariant($"Fig. {Figure.Number}: {Parts[0].Part.Title}");
}
