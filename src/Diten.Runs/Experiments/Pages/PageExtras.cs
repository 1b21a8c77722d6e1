using Diten.Runs.Plots;

namespace Diten.Runs.Experiments.Pages;

/// <summary>What a page of runs shows besides what its design says.</summary>
/// <param name="MeansTable">Name of the table with all means.</param>
internal sealed record PageExtras(string MeansTable)
{
    /// <summary>Drawn already.</summary>
    public IReadOnlyList<RunPlot> Plots { get; init; } = [];

    /// <summary>After all other tables.</summary>
    public IReadOnlyList<PageTable> Tables { get; init; } = [];

    /// <summary>What has to be said, a paragraph each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>What an experiment has.</summary>
    public static PageExtras None { get; } = new("means.csv");
}
