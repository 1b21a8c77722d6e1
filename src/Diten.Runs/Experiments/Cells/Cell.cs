using Diten.Actors;
using Diten.Model.Records;
using Diten.Model.Scenarios;
using Diten.Model.Scenarios.Keys;
using Diten.Model.Worlds;
using Diten.Runs.Execution;
using Diten.Runs.Progress;
using Diten.Runs.Results;
using Diten.Runs.Scenarios;

namespace Diten.Runs.Experiments.Cells;

/// <summary>One run of an experiment: a case with a seed.</summary>
/// <param name="Name">Name of the case, for people.</param>
internal sealed record Cell(Case Case, string Name, ScenarioInput Input)
{
    /// <summary>All that was changed in its scenario.</summary>
    public IReadOnlyList<Change> Changes { get; private init; } = [];

    /// <summary>The command that runs it once more, with all that a run's folder has.</summary>
    public string Command { get; private init; } = "";

    /// <summary>Whether what would have been possible at best in it is wanted, too: <see cref="BoundMetric"/>.</summary>
    public bool WithBounds { get; init; }

    /// <summary>Name of the experiment's part that it is of; empty = there is one only.</summary>
    public string Part { get; init; } = "";

    /// <summary>Device-slots: what its run time is about proportional to.</summary>
    public long Work => (long)Input.Scenario.Devices.Count * Input.Scenario.Slots;

    /// <summary>Seed of its world.</summary>
    public ulong Seed => Input.Scenario.Seed;

    /// <summary>For people: name of the case, and seed.</summary>
    public string Label => string.Join(' ', new[] { Name, FormattableString.Invariant($"seed={Seed}") }.Where(part => part.Length > 0));

    /// <summary>Loads the cells of a case, one for each seed.</summary>
    /// <param name="name">What the case is called; null = by its levels, or by its policy where it has none.</param>
    /// <exception cref="ScenarioException">What is wrong with it; mistakes of a change are told as those of its source.</exception>
    public static IEnumerable<Cell> Load(ExperimentSettings settings, Case one, string? name = null)
    {
        Change[] changes = [.. settings.Set, .. one.Changes];
        var first = LoadChanged(settings, changes);
        name ??= one.Levels.Count == 0 ? first.PolicyName : string.Join(' ', one.Levels.Select(level => level.Name));
        yield return new Cell(one, name, first) { Changes = changes, Command = CommandOf(settings.Scenario, changes, first.Scenario.Seed) };
        for (var i = 1; i < settings.Seeds; i++)
        {
            var seed = first.Scenario.Seed + (ulong)i;
            yield return new Cell(one, name, first.With(first.Scenario with { Seed = seed })) { Changes = changes, Command = CommandOf(settings.Scenario, changes, seed) };
        }
    }

    private static string CommandOf(string scenario, IEnumerable<Change> changes, ulong seed) => string.Join(' ',
        [$"diten run {Quoted(scenario)}", .. changes.Select(change => $"--set {Quoted(change.Override)}"), FormattableString.Invariant($"--seed {seed}")]);

    /// <summary>As a shell takes it for one word.</summary>
    private static string Quoted(string word) =>
        word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '/' or '-' or '_' or '=' or ':' or ',') ? word : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    /// <summary>Says what is odd about cells and what is assumed of their data, each once, and refuses those that this machine cannot hold.</summary>
    /// <param name="force">Try them all the same.</param>
    /// <exception cref="UserErrorException">A file with data of one cannot be used, or one is too large and not forced.</exception>
    public static void Check(IReadOnlyList<Cell> cells, Terminal terminal, bool force)
    {
        foreach (var warning in cells.SelectMany(cell => cell.Input.Warnings.Select(cell.Told)).Distinct()) terminal.Complain(warning);
        foreach (var cell in cells) RunSize.Of(cell.Input.Scenario, 0).Demand(cell.Input.Name, force);
        // Neither seed nor policy changes what is read: hundreds of cells may share one look at the files, with a policy that takes no time to make.
        var looks = cells.Where(cell => cell.Input.NamesData)
            .Select(cell => cell.Input.With(cell.Input.Scenario with { Seed = 0, Policy = new PolicySection() })).DistinctBy(input => input.ResolvedText);
        // The same for the targets of faults, where there are many seeds.
        var struck = cells.Where(cell => !cell.Input.Scenario.Faults.IsEmpty)
            .DistinctBy(cell => (cell.Input.Scenario.Faults, cell.Input.Scenario.Stations, cell.Input.Scenario.AreaSideMetres))
            .Select(cell => (Cell: cell, Input: cell.Input.With(cell.Input.Scenario with { Policy = new PolicySection() })));
        foreach (var warning in struck.SelectMany(one => one.Input.FaultWarnings(one.Input.Ready()).Select(one.Cell.Told)).Distinct()) terminal.Complain(warning);
        foreach (var note in looks.SelectMany(input => InputReport.Notes(input.Ready(0, force))).Distinct()) terminal.Complain(note);
    }

    /// <summary>A scenario with changes; mistakes in them are told as those of their source.</summary>
    public static ScenarioInput LoadChanged(ExperimentSettings settings, Change[] changes)
    {
        try
        {
            return ScenarioInput.Load(settings.Scenario, [.. changes.Select(change => change.Override)], settings.Seed);
        }
        catch (ScenarioException problem)
        {
            // The user did not write --set, but what became one; of several that change a key, the last one counts.
            throw new ScenarioException([.. problem.Errors.Select(error => Told(error, changes))], problem.More);
        }
    }

    private static ScenarioError Told(ScenarioError error, IReadOnlyList<Change> changes) =>
        Writer(error.File, error.Key, changes) is { } change ? error with { File = change.Source, Line = change.Line } : error;

    private string Told(ScenarioWarning warning) => (Writer(warning.Entry.File, warning.Entry.Key, Changes) is { } change
        ? warning with { Entry = warning.Entry with { File = change.Source, Line = change.Line } } : warning).ToString();

    private static Change? Writer(string file, string key, IReadOnlyList<Change> changes) => file != ScenarioFile.CommandLine ? null
        : changes.LastOrDefault(change => key == change.Key || key.StartsWith(change.Key + ".", StringComparison.Ordinal));

    /// <summary>Runs it.</summary>
    /// <param name="world">Its scenario made ready.</param>
    /// <param name="emulate">What runs it.</param>
    /// <param name="keepsSlots">Whether its course is wanted, slot by slot.</param>
    /// <exception cref="OperationCanceledException">It was stopped; part of a run is of no use to an experiment.</exception>
    public async Task<CellResult> RunAsync(World world, Emulate emulate, EmulationOptions options, IRunObserver observer, bool keepsSlots, CancellationToken cancel)
    {
        var course = keepsSlots ? new CourseRecorder() : null;
        var outcome = await emulate(world, options, course is null ? observer : new Observers(course, observer), cancel);
        if (outcome.Cancelled)
            throw new OperationCanceledException(cancel);
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        return new CellResult(RunSummary.From(outcome, Input.Describe(world), process.PeakWorkingSet64), CellExtras.Of(outcome, course?.Course));
    }
}
