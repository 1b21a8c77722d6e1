using System.Globalization;
using Diten.Model.Input;
using Diten.Model.Records;

namespace Diten.Model.Scenarios.Keys;

/// <summary>A range of numbers whose ends may be excluded, in the SI unit of what they measure.</summary>
internal sealed record Bounds(double Low, double High, bool LowExcluded = false, bool HighExcluded = false)
{
    public static readonly Bounds Any = new(double.NegativeInfinity, double.PositiveInfinity);
    public static readonly Bounds Positive = new(0, double.PositiveInfinity, LowExcluded: true);
    public static readonly Bounds NotNegative = new(0, double.PositiveInfinity);
    public static readonly Bounds Fraction = new(0, 1);
    public static readonly Bounds PositiveFraction = new(0, 1, LowExcluded: true);
    public static readonly Bounds FractionBelowOne = new(0, 1, HighExcluded: true);
    public static readonly Bounds PositiveFractionBelowOne = new(0, 1, LowExcluded: true, HighExcluded: true);

    public bool Contains(double value) =>
        (LowExcluded ? value > Low : value >= Low) && (HighExcluded ? value < High : value <= High);

    public string Describe(Dimension dimension)
    {
        var low = double.IsInfinity(Low) ? "" : (LowExcluded ? " above " : " of at least ") + dimension.Format(Low);
        var high = double.IsInfinity(High) ? "" : (HighExcluded ? " below " : " of at most ") + dimension.Format(High);
        return low + (low.Length > 0 && high.Length > 0 ? " and" : "") + high;
    }
}

/// <summary>A number with its unit.</summary>
internal sealed class QuantityKind(Dimension dimension, Bounds bounds) : ValueKind<double>
{
    public override string Type => Words.WithoutArticle(dimension.Name);

    public override string Allowed =>
        dimension.Name + bounds.Describe(dimension) + (dimension.Symbols.Length > 0 ? $", in {dimension.Symbols}" : "");

    public override bool TryParse(string text, out double value, out string problem)
    {
        if (!dimension.TryParse(text, out value, out problem)) return false;
        if (bounds.Contains(value)) return true;
        problem = "out of range";
        return false;
    }

    public override string Format(double value) => dimension.Format(value);
}

/// <summary>A number with its unit, or nothing.</summary>
internal sealed class OptionalQuantityKind(Dimension dimension, Bounds bounds) : ValueKind<double?>
{
    private readonly QuantityKind _kind = new(dimension, bounds);

    public override string Type => _kind.Type;
    public override string Allowed => _kind.Allowed + ", or \"\" (not set)";

    public override bool TryParse(string text, out double? value, out string problem)
    {
        value = null;
        problem = "";
        if (text.Length == 0) return true;
        if (!_kind.TryParse(text, out var number, out problem)) return false;
        value = number;
        return true;
    }

    public override string Format(double? value) => value is { } number ? _kind.Format(number) : "";
}

/// <summary>Two numbers with their units, <c>[low, high]</c>.</summary>
internal sealed class RangeKind(Dimension dimension, Bounds bounds) : ValueKind<Interval>
{
    private readonly QuantityKind _end = new(dimension, bounds);

    public override string Type => "range [low, high]";
    public override string Allowed => $"[low, high] with low ≤ high, each {_end.Allowed}";

    public override bool TryParse(string text, out Interval value, out string problem)
    {
        value = default;
        text = text.Trim();
        var ends = text.StartsWith('[') && text.EndsWith(']') ? text[1..^1].Split(',') : [];
        if (ends.Length != 2)
        {
            problem = ends.Length == 0 ? "not a range" : $"has {ends.Length} elements" + (ends.Length > 2 ? "; numbers have a point, no comma" : "");
            return false;
        }
        if (!_end.TryParse(ends[0], out var low, out problem) || !_end.TryParse(ends[1], out var high, out problem)) return false;
        value = new Interval(low, high);
        problem = low <= high ? "" : "low end above high end";
        return low <= high;
    }

    public override string Format(Interval value) => $"[{_end.Format(value.Low)}, {_end.Format(value.High)}]";
}

/// <summary>A whole number of at least <paramref name="least"/> and at most <paramref name="most"/>.</summary>
internal sealed class WholeNumberKind(int least, int most = int.MaxValue) : ValueKind<int>
{
    public override string Type => "whole number";
    public override string Allowed => FormattableString.Invariant($"a whole number from {least} to {most}");

    public override bool TryParse(string text, out int value, out string problem)
    {
        value = 0;
        problem = "not a whole number";
        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)) return false;
        problem = "out of range";
        if (number < least || number > most) return false;
        value = (int)number;
        problem = "";
        return true;
    }

    public override string Format(int value) => value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A whole number of 64 bits.</summary>
internal sealed class SeedKind : ValueKind<ulong>
{
    public override string Type => "whole number";
    public override string Allowed => "a whole number from 0 to 18446744073709551615";

    public override bool TryParse(string text, out ulong value, out string problem)
    {
        problem = "not a whole number in range";
        return ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
    }

    public override string Format(ulong value) => value.ToString(CultureInfo.InvariantCulture);
}

/// <summary><c>virtual</c> (0) or a factor.</summary>
internal sealed class PaceKind : ValueKind<double>
{
    private static readonly QuantityKind Factor = new(Dimension.Number, Bounds.Positive);

    public override string Type => "pace";
    public override string Allowed => "virtual, or " + Factor.Allowed;
    public override IReadOnlyList<string> Choices => ["virtual"];

    public override bool TryParse(string text, out double value, out string problem)
    {
        value = 0;
        problem = "";
        return text == "virtual" || Factor.TryParse(text, out value, out problem);
    }

    public override string Format(double value) => value == 0 ? "virtual" : Factor.Format(value);
}

/// <summary><c>true</c> or <c>false</c>; also HOCON's <c>on</c>, <c>off</c>, <c>yes</c>, <c>no</c>.</summary>
internal sealed class SwitchKind : ValueKind<bool>
{
    public override string Type => "switch";
    public override string Allowed => "true or false";
    public override IReadOnlyList<string> Choices => ["true", "false"];

    public override bool TryParse(string text, out bool value, out string problem)
    {
        value = text is "true" or "on" or "yes";
        problem = "not a switch";
        return value || text is "false" or "off" or "no";
    }

    public override string Format(bool value) => value ? "true" : "false";
}

/// <summary>One of an enumeration's values, written in kebab-case.</summary>
internal sealed class ChoiceKind<T> : ValueKind<T> where T : struct, Enum
{
    public override string Type => "choice";
    public override string Allowed => string.Join(" | ", Choices);
    public override IReadOnlyList<string> Choices { get; } = [.. Enum.GetValues<T>().Select(v => Words.Kebab(v.ToString()))];

    public override bool TryParse(string text, out T value, out string problem)
    {
        problem = "unknown value";
        foreach (var candidate in Enum.GetValues<T>())
        {
            if (Words.Kebab(candidate.ToString()) != text) continue;
            value = candidate;
            return true;
        }
        value = default;
        return false;
    }

    public override string Format(T value) => Words.Kebab(value.ToString());
}

/// <summary>A text, or nothing.</summary>
internal sealed class TextKind(string what) : ValueKind<string?>
{
    public override string Type => what;
    public override string Allowed => $"a {what}, or \"\" (not set)";

    public override bool TryParse(string text, out string? value, out string problem)
    {
        value = text.Length == 0 ? null : text;
        problem = "";
        return true;
    }

    public override string Format(string? value) => value ?? "";
}
