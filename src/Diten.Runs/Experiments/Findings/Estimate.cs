using System.Globalization;
using Diten.Model.Statistics;
using Diten.Runs.Experiments.Designs;
using Diten.Runs.Results;

namespace Diten.Runs.Experiments.Findings;

/// <summary>A number that was estimated, with its 95 % interval.</summary>
/// <param name="At">Levels of the axes that the design says nothing of; empty where it names all.</param>
/// <param name="Value">In the metric's unit; a share of 1; or in the axis's unit. NaN where there is none.</param>
/// <param name="P">Two-sided, or of being equal within the margin; NaN where there is no test.</param>
internal sealed record Estimate(EstimateDesign Design, Selection At, double Value, double Low, double High, double P, int Seeds)
{
    /// <summary>Corrected with all other primary ones (Holm); NaN where it is exploratory.</summary>
    public double Corrected { get; init; } = double.NaN;

    /// <summary>Whether it was named beforehand.</summary>
    public bool IsPrimary { get; init; }

    /// <summary>What else is to be said, such as that curves cross twice.</summary>
    public string Note { get; init; } = "";

    /// <summary>"43.9 ms, 42.1 to 45.7".</summary>
    public string Text => double.IsNaN(Value) ? "–" : double.IsNaN(Low) ? Shown(Value) : $"{Shown(Value)}, {Shown(Low)} to {Shown(High)}";

    /// <summary>The unit in which <see cref="Text"/> is.</summary>
    public string Unit => Design.Kind switch
    {
        EstimateKind.Recovered => "%",
        EstimateKind.Crossing => Design.Along!,
        _ => Shape.UnitOf(Design.Metric),
    };

    /// <summary>A number of its kind as people see it.</summary>
    public string Shown(double value) => Design.Kind switch
    {
        _ when double.IsNaN(value) => "–",
        EstimateKind.Recovered => (value * 100).ToString("F0", CultureInfo.InvariantCulture).Replace('-', '−'),
        EstimateKind.Crossing => value.ToString("G3", CultureInfo.InvariantCulture).Replace('-', '−'),
        _ => Shape.Shown(Design.Metric, value),
    };

    /// <summary>"&lt; 0.001", "0.013".</summary>
    public static string ShownP(double p) => double.IsNaN(p) ? "–" : p < 0.001 ? "< 0.001" : p.ToString("F3", CultureInfo.InvariantCulture);
}

/// <summary>Metrics in the units that people see.</summary>
internal static class Shape
{
    /// <summary>Name without unit.</summary>
    public static string NameOf(Metric metric) => Parts(metric)[0];

    /// <summary>A name as it begins a title.</summary>
    public static string Capital(string name) => name.Length == 0 ? name : char.ToUpper(name[0], CultureInfo.InvariantCulture) + name[1..];

    /// <summary>Unit; empty for shares and mere numbers.</summary>
    public static string UnitOf(Metric metric) => Parts(metric) is [_, var unit] ? unit : "";

    /// <summary>A value in that unit.</summary>
    public static string Shown(Metric metric, double value) => Figures.Number(value * metric.Display.Scale, metric.Display.Decimals).Replace('-', '−');

    /// <summary>"124.1 ± 0.7".</summary>
    public static string Shown(Metric metric, MeanInterval mean) =>
        double.IsFinite(mean.HalfWidth) ? $"{Shown(metric, mean.Mean)} ± {Shown(metric, mean.HalfWidth)}" : Shown(metric, mean.Mean);

    private static string[] Parts(Metric metric) => metric.Display.Title.Split(", ");
}
