using Diten.Runs.Experiments.Cells;

namespace Diten.Runs.Sensitivity;

/// <summary>Something that the paper leaves open, or says in a way that can be understood in several ways, and what Diten makes of it.</summary>
/// <param name="Name">In a word or two, for tables and figures.</param>
/// <param name="Paper">What the paper says of it.</param>
/// <param name="Taken">What Diten takes.</param>
/// <param name="Why">The reason.</param>
/// <param name="Others">What else one could take.</param>
internal sealed record ModelReading(string Name, string Paper, string Taken, string Why, params IReadOnlyList<OtherReading> Others);

/// <summary>Another way to read the same thing.</summary>
/// <param name="Name">In a word or two.</param>
/// <param name="Settings">What it changes in a scenario, as <c>key=value</c>.</param>
internal sealed record OtherReading(string Name, params IReadOnlyList<string> Settings)
{
    /// <summary>The same, for experiments.</summary>
    public IEnumerable<Change> Changes => Settings.Select(setting => Change.Parse(setting, "sensitivity"));
}
