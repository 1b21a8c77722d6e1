using Diten.Actors;
using Diten.Runs.Execution;
using Diten.Runs.Experiments.Cells;

namespace Diten.Runs.Experiments.Comparisons;

/// <summary>What a comparison found, and where it was written.</summary>
/// <param name="Bounds">Null where there are none.</param>
/// <param name="WhyNoBounds">Why there are none although they were wanted; else null.</param>
/// <param name="Journeys">Null where they were not wanted.</param>
/// <param name="Runs">Runs in all, those that are recorded for single journeys among them.</param>
/// <param name="Kept">Runs that were kept from an earlier call.</param>
public sealed record ComparisonResult(
    string Folder, Comparison Comparison, ComparisonBounds? Bounds, string? WhyNoBounds, ComparisonJourneys? Journeys, int Runs, int Kept)
{
    /// <summary>What has to be said about bounds and journeys, a sentence a line.</summary>
    public IEnumerable<string> Notes => [.. Bounds?.Notes ?? (WhyNoBounds is { } why ? [why] : []), .. Journeys?.Notes ?? []];
}

/// <summary>The runs of <c>diten compare</c>, and its folder.</summary>
/// <param name="compared">What is compared, the baseline first.</param>
public sealed class ComparisonRun(Session session, ExperimentSettings settings, IReadOnlyList<ComparedCase> compared)
{
    private readonly string[] _names = [.. compared.Select(one => one.Name)];

    /// <summary>Whether offline bounds are wanted, which take longer than the runs.</summary>
    public bool WithBounds { get; init; }

    /// <summary>Whether each device shall travel alone, too.</summary>
    public bool WithSingleJourneys { get; init; }

    /// <summary>Runs all cases on the same seeds, those that were not run before, and writes tables, chart and page.</summary>
    /// <exception cref="UserErrorException">Nothing is compared, or something twice, or it is too large for this machine and not forced.</exception>
    public async Task<ComparisonResult> RunAsync(CancellationToken cancel)
    {
        RequireNames();
        Cell[] cells = [.. compared.SelectMany(one => one.Cells(settings))];
        Cell.Check(cells, session.Terminal, settings.Force);
        var name = cells[0].Input.Name;
        var world = cells[0].Input.Scenario;
        var whyNot = WithBounds ? cells.Select(cell => ComparisonBounds.WhyNot(cell.Input.Scenario)).FirstOrDefault(why => why is not null) : null;
        var observer = WithBounds && whyNot is null ? new BoundsObserver(static _ => true, cell => cell.Name == _names[0]) : null;
        // Opened before the runs: that it cannot be used is told now, and not after an hour.
        var store = CellStore.Open(settings.Folder, $"runs/compare-{name}", "comparison");
        var journeys = WithSingleJourneys ? new ComparisonJourneys(_names, cells, store.KeyOf) : null;
        var (results, kept) = await store.WhileAsync(session.Terminal, () => RunAsync(cells, store, observer, journeys, cancel));
        var comparison = new Comparison(_names, [.. results.Select(one => one.Summary)]);
        var bounds = observer is null ? null : new ComparisonBounds(_names, world, [.. results.Select(observer.Of)]);
        var result = new ComparisonResult(store.Output, comparison, bounds, whyNot, journeys, cells.Length + (journeys?.Recordings.Count ?? 0), kept);
        ComparisonFiles.Write(store.Output, name, comparison, bounds, journeys);
        ComparisonReport.Write(result, name, settings, compared, cells, results, ComparisonPlot.Draw(comparison, bounds, world.Objective.Beta));
        return result;
    }

    private async Task<(CellResult[] Results, int Kept)> RunAsync(
        Cell[] cells, CellStore store, BoundsObserver? bounds, ComparisonJourneys? journeys, CancellationToken cancel)
    {
        var plain = new EmulationOptions { ServerRecords = false };
        var recorded = plain with { ServerRecords = true, DeviceRecordsEvery = 1 };
        var (results, kept) = await new CellRunner(session, settings, bounds is null ? plain : recorded).RunAsync(cells, store, bounds, cancel);
        if (journeys is null)
            return (results, kept);
        var (recordings, keptToo) = await new CellRunner(session, settings, recorded).RunAsync(journeys.Recordings, store, journeys, cancel);
        journeys.Take(recordings);
        return (results, kept + keptToo);
    }

    private void RequireNames()
    {
        if (_names.Length == 0)
            throw new UserErrorException("Name what shall be compared: --policies a,b,c, or --case \"label: key=value\".");
        if (_names.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new UserErrorException($"--policies and --case name {twice.Key} twice.");
    }
}
