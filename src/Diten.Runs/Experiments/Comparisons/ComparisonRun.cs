using Diten.Actors;
using Diten.Runs.Execution;
using Diten.Runs.Experiments.Cells;

namespace Diten.Runs.Experiments.Comparisons;

/// <summary>What a comparison found, and where it was written.</summary>
/// <param name="Bounds">Null where there are none.</param>
/// <param name="WhyNoBounds">Why there are none although they were wanted; else null.</param>
/// <param name="Journeys">Null where they were not wanted.</param>
public sealed record ComparisonResult(string Folder, Comparison Comparison, ComparisonBounds? Bounds, string? WhyNoBounds, ComparisonJourneys? Journeys);

/// <summary>The runs of <c>diten compare</c>, and its folder.</summary>
/// <param name="compared">What is compared, the baseline first.</param>
public sealed class ComparisonRun(Session session, ExperimentSettings settings, IReadOnlyList<ComparedCase> compared)
{
    private readonly string[] _names = [.. compared.Select(one => one.Name)];

    /// <summary>Whether offline bounds are wanted, which take longer than the runs.</summary>
    public bool WithBounds { get; init; }

    /// <summary>Whether each device shall travel alone, too.</summary>
    public bool WithSingleJourneys { get; init; }

    /// <summary>Runs all cases on the same seeds, and writes tables and chart.</summary>
    /// <exception cref="UserErrorException">Nothing is compared, or something twice, or it is too large for this machine and not forced.</exception>
    public async Task<ComparisonResult> RunAsync(CancellationToken cancel)
    {
        RequireNames();
        Cell[] cells = [.. compared.SelectMany(one => one.Cells(settings))];
        Cell.Check(cells, session.Terminal, settings.Force);
        var name = cells[0].Input.Name;
        var folder = settings.Folder is { } given ? OutputFolder.Named(given) : OutputFolder.Unused($"runs/compare-{name}");
        var world = cells[0].Input.Scenario;
        var whyNot = WithBounds ? cells.Select(cell => ComparisonBounds.WhyNot(cell.Input.Scenario)).FirstOrDefault(why => why is not null) : null;
        var bounds = WithBounds && whyNot is null ? new ComparisonBounds(_names, world) : null;
        var journeys = WithSingleJourneys ? new ComparisonJourneys(_names, cells) : null;
        // Made before the runs: that it cannot be made is told now, and not after an hour.
        OutputFolder.Use(folder, () => Directory.CreateDirectory(folder));
        try
        {
            var comparison = await RunAsync(cells, bounds, journeys, cancel);
            ComparisonFiles.Write(folder, name, comparison, bounds, journeys);
            ComparisonPlot.Write(folder, comparison, bounds, world.Objective.Beta);
            return new ComparisonResult(folder, comparison, bounds, whyNot, journeys);
        }
        finally
        {
            OutputFolder.RemoveIfEmpty(folder);
        }
    }

    private async Task<Comparison> RunAsync(Cell[] cells, ComparisonBounds? bounds, ComparisonJourneys? journeys, CancellationToken cancel)
    {
        var options = new EmulationOptions
        {
            ServerRecords = bounds is not null,
            DeviceRecordsEvery = bounds is null ? 0 : 1,
        };
        var (results, _) = await new CellRunner(session, settings, options).RunAsync(cells, null, bounds, cancel);
        if (journeys is not null)
        {
            var recorded = options with { ServerRecords = true, DeviceRecordsEvery = 1 };
            await new CellRunner(session, settings, recorded).RunAsync(journeys.Recordings, null, journeys, cancel);
        }

        return new Comparison(_names, [.. results.Select(result => result.Summary)]);
    }

    private void RequireNames()
    {
        if (_names.Length == 0)
            throw new UserErrorException("Name what shall be compared: --policies a,b,c, or --case \"label: key=value\".");
        if (_names.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new UserErrorException($"--policies and --case name {twice.Key} twice.");
    }
}
