using Diten.Model.Statistics;

namespace Diten.Runs;

/// <summary>How people see a figure.</summary>
/// <param name="Title">Head of its column, with the unit.</param>
/// <param name="Scale">From the SI value to the one that is shown.</param>
/// <param name="Decimals">Of the value that is shown.</param>
public sealed record Display(string Title, double Scale, int Decimals)
{
    /// <summary>One value in the shown unit.</summary>
    public string Show(double value) => Figures.Number(value * Scale, Decimals);

    /// <summary>"124.13 ± 0.70", in the shown unit; without ± where there is no interval.</summary>
    public string Show(MeanInterval estimate) => double.IsFinite(estimate.HalfWidth)
        ? $"{Show(estimate.Mean)} ± {Show(estimate.HalfWidth)}"
        : Show(estimate.Mean);

    /// <summary>A mean and its interval in the shown unit.</summary>
    public MeanInterval Scaled(MeanInterval estimate) => new(estimate.Mean * Scale, estimate.HalfWidth * Scale, estimate.Count);
}
