namespace Diten.Runs.Experiments.Designs;

/// <summary>Where a number must lie, as files say it.</summary>
internal static class DesignRange
{
    public const string Allowed = "below X, above X, or from X to Y";

    /// <summary>Reads one; null where it is none.</summary>
    /// <param name="value">Reads a number with its unit; null where it is none.</param>
    public static (double Low, double High)? Of(string text, Func<string, double?> value)
    {
        double? high;
        if (text.StartsWith("below ", StringComparison.Ordinal))
            return value(text[6..]) is { } most ? (double.NegativeInfinity, most) : null;
        if (text.StartsWith("above ", StringComparison.Ordinal))
            return value(text[6..]) is { } least ? (least, double.PositiveInfinity) : null;
        var ends = text.StartsWith("from ", StringComparison.Ordinal) ? text[5..].Split(" to ") : [];
        return ends is [var a, var b] && value(a) is { } low && (high = value(b)) is not null && low < high ? (low, high.Value) : null;
    }
}
