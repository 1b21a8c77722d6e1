using System.Globalization;
using Diten.Model.Statistics;
using Diten.Runs.Experiments.Findings;
using Diten.Runs.Results;

namespace Diten.Runs.Reproduction;

/// <summary>How numbers of a check are shown.</summary>
/// <param name="Name">Unit; empty for mere numbers and shares.</param>
/// <param name="Factor">From the unit of the value to it.</param>
internal sealed record CheckUnit(string Name, double Factor, int Decimals)
{
    /// <summary>Ratios and the like.</summary>
    public static CheckUnit Ratio { get; } = new("", 1, 2);

    /// <summary>Training rounds, that is journeys.</summary>
    public static CheckUnit Rounds { get; } = new("rounds", 1, 0);

    /// <summary>Metres per second.</summary>
    public static CheckUnit Speed { get; } = new("m/s", 1, 1);

    /// <summary>As people see a metric.</summary>
    public static CheckUnit Of(Metric metric) => new(Shape.UnitOf(metric), metric.Display.Scale, metric.Display.Decimals);

    /// <summary>A value in it, without its name.</summary>
    public string Number(double value) =>
        double.IsFinite(value) ? (value * Factor).ToString("F" + Decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture).Replace('-', '−') : "–";
}

/// <summary>A number that was measured, with the range in which it must lie for a reading of a claim to hold.</summary>
/// <param name="At">At which point of the grid, and of what.</param>
/// <param name="Low">Lower end of its 95 % interval; equal to the value where it has none because nothing is left to chance; NaN where it is not known.</param>
/// <param name="Least">Least value; −∞ = none.</param>
/// <param name="Most">Largest value; ∞ = none.</param>
internal sealed record Check(string At, double Value, double Low, double High, double Least, double Most, CheckUnit Unit)
{
    /// <inheritdoc cref="Verdicts.Inside"/>
    public bool Inside => Verdicts.Inside(Low, High, Least, Most);

    /// <inheritdoc cref="Verdicts.Outside"/>
    public bool Outside => Verdicts.Outside(Low, High, Least, Most);

    /// <summary>The end of the range that its interval reaches across, as it is shown; null where it does not, or has none.</summary>
    public string? Across =>
        Low < Least && High >= Least ? Shown(Least) : Low <= Most && High > Most ? Shown(Most) : null;

    private string Shown(double limit) => Math.Abs(limit) <= double.Epsilon ? "0" : $"{Unit.Number(limit)} {Unit.Name}".TrimEnd();

    /// <summary>"users=50: 1.31 (1.28 to 1.34)".</summary>
    public string Text
    {
        get
        {
            if (double.IsNaN(Value))
                return At; // it says why there is none
            var interval = double.IsNaN(Low) || (Low == Value && High == Value) ? "" : $" ({Unit.Number(Low)} to {Unit.Number(High)})";
            return $"{(At.Length == 0 ? "" : At + ": ")}{Unit.Number(Value)}{interval} {Unit.Name}".TrimEnd();
        }
    }

    /// <summary>A mean, or a mean difference.</summary>
    public static Check Of(string at, MeanInterval mean, double least, double most, CheckUnit unit) => new(at, mean.Mean, mean.Low, mean.High, least, most, unit);

    /// <summary>A statistic that was resampled.</summary>
    public static Check Of(string at, BootstrapInterval interval, double least, double most, CheckUnit unit) => new(at, interval.Estimate, interval.Low, interval.High, least, most, unit);

    /// <summary>A number that nothing is left to chance in.</summary>
    public static Check Exactly(string at, double value, double least, double most, CheckUnit unit) => new(at, value, value, value, least, most, unit);
}

/// <summary>What came of holding a reading against results.</summary>
internal sealed record Judgement(IReadOnlyList<Check> Checks, Verdict Verdict)
{
    private const int MostShown = 4;

    /// <summary>The verdict on some checks: docs/statistics.md has the rule.</summary>
    public static Judgement Of(IReadOnlyList<Check> checks) => new(checks, Verdicts.Of(checks.Count, checks.Count(check => check.Inside), checks.Count(check => check.Outside)));

    /// <summary>How many of how many, as a sentence.</summary>
    public string Count => Checks.Count switch
    {
        0 => "Not measured here.",
        1 => Verdict switch
        {
            Verdict.Holds => "It lies where it must.",
            Verdict.DoesNotHold => "It lies elsewhere.",
            _ => Checks[0].Across is { } limit ? $"Its interval has {limit} in it: more worlds would be needed to say." : "No interval says where it lies.",
        },
        var count => string.Create(
            CultureInfo.InvariantCulture, $"{Checks.Count(check => check.Inside)} of {count} lie where they must, {Checks.Count(check => check.Outside)} elsewhere{(Undecided > 0 ? $", {Undecided} are undecided" : "")}."),
    };

    /// <summary>Of several numbers those that are undecided, and what their intervals have in them; empty where there are none.</summary>
    public string Unsaid
    {
        get
        {
            string[] words = [.. Checks.Where(IsUndecided).Select(check => check.Across is { } limit ? $"{check.At} (its interval has {limit} in it)" : $"{check.At} (without an interval)")];
            return Checks.Count == 1 || words.Length == 0 ? "" : $"Undecided: {string.Join("; ", words.Take(MostShown))}{(words.Length > MostShown ? FormattableString.Invariant($"; and {words.Length - MostShown} more") : "")}.";
        }
    }

    /// <summary>What was measured: all of a few numbers; of many the least and the largest, and what does not lie where it must.</summary>
    public string Measured
    {
        get
        {
            if (Checks.Count <= MostShown)
                return string.Join("; ", Checks.Select(check => check.Text));
            var units = Checks.GroupBy(check => check.Unit.Name).SelectMany(group => new[] { group.MinBy(check => check.Value)!, group.MaxBy(check => check.Value)! }).Distinct();
            Check[] amiss = [.. Checks.Where(check => !check.Inside)];
            var more = amiss.Length > MostShown ? FormattableString.Invariant($"; and {amiss.Length - MostShown} more") : "";
            return $"least and largest: {string.Join("; ", units.Select(check => check.Text))}"
                + (amiss.Length == 0 ? "" : $"; not so: {string.Join("; ", amiss.Take(MostShown).Select(check => check.Text))}{more}");
        }
    }

    private int Undecided => Checks.Count(IsUndecided);

    private static bool IsUndecided(Check check) => !check.Inside && !check.Outside;
}
