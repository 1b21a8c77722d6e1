using System.Globalization;
using Diten.Model.Faults;
using Diten.Model.Input;

namespace Diten.Model.Scenarios.Keys;

/// <summary>Some of an enumeration's values, written in kebab-case.</summary>
internal sealed class SomeChoicesKind<T>(params IReadOnlyList<T> values) : ValueKind<T> where T : struct, Enum
{
    public override string Type => "choice";
    public override string Allowed => string.Join(" | ", Choices);
    public override IReadOnlyList<string> Choices { get; } = [.. values.Select(v => Words.Kebab(v.ToString()))];

    public override bool TryParse(string text, out T value, out string problem)
    {
        problem = "unknown value";
        value = default;
        for (var i = 0; i < values.Count; i++)
        {
            if (Choices[i] != text) continue;
            value = values[i];
            return true;
        }
        return false;
    }

    public override string Format(T value) => Words.Kebab(value.ToString());
}

/// <summary>Elements of lists in texts.</summary>
internal static class ListText
{
    /// <summary>The elements of <c>[a, b]</c>; null for anything else.</summary>
    public static string[]? Elements(string text)
    {
        text = text.Trim();
        if (!text.StartsWith('[') || !text.EndsWith(']') || text.Length < 2) return null;
        return text[1..^1].Trim().Length == 0 ? [] : text[1..^1].Split(',', StringSplitOptions.TrimEntries);
    }
}

/// <summary>Whole numbers in any order, <c>[3, 5, 9]</c>; one may stand alone.</summary>
internal sealed class WholeListKind(string what) : ValueKind<WholeNumbers>
{
    private static readonly WholeNumberKind Element = new(0);

    public override string Type => "list";
    public override string Allowed => $"{what}, such as [3, 5, 9]: at least one, each a whole number from 0";

    public override bool TryParse(string text, out WholeNumbers value, out string problem)
    {
        value = WholeNumbers.None;
        problem = "an empty list";
        var elements = ListText.Elements(text) ?? [text];
        if (elements.Length == 0) return false;
        var numbers = new int[elements.Length];
        for (var i = 0; i < numbers.Length; i++)
            if (!Element.TryParse(elements[i], out numbers[i], out problem)) return false;
        value = new WholeNumbers(numbers);
        return true;
    }

    public override string Format(WholeNumbers value) => value.ToString();
}

/// <summary>A whole number, or two of them that include what lies between, <c>[0, 5]</c>.</summary>
internal sealed class WholeRangeKind(int least, int most) : ValueKind<(int Low, int High)>
{
    private readonly WholeNumberKind _end = new(least, most);

    public override string Type => "whole number or range";
    public override string Allowed => $"{_end.Allowed}, or [low, high] of two with low ≤ high";

    public override bool TryParse(string text, out (int Low, int High) value, out string problem)
    {
        value = default;
        if (ListText.Elements(text) is not { } ends)
        {
            if (!_end.TryParse(text, out var number, out problem)) return false;
            value = (number, number);
            return true;
        }
        problem = $"has {ends.Length} elements";
        if (ends.Length != 2 || !_end.TryParse(ends[0], out var low, out problem) || !_end.TryParse(ends[1], out var high, out problem)) return false;
        value = (low, high);
        problem = "low end above high end";
        return low <= high;
    }

    public override string Format((int Low, int High) value) => value.Low == value.High
        ? value.Low.ToString(CultureInfo.InvariantCulture)
        : FormattableString.Invariant($"[{value.Low}, {value.High}]");
}

/// <summary>Slots from the first number on and below the second, <c>[20, 80]</c>.</summary>
internal sealed class SlotWindowKind : ValueKind<(int From, int To)>
{
    private static readonly WholeNumberKind End = new(0);

    public override string Type => "slots [from, to]";
    public override string Allowed => "[from, to]: slots from the first number on and below the second, whole numbers from 0 with from < to";

    public override bool TryParse(string text, out (int From, int To) value, out string problem)
    {
        value = default;
        var ends = ListText.Elements(text) ?? [];
        problem = ends.Length == 0 ? "not two slots" : $"has {ends.Length} elements";
        if (ends.Length != 2 || !End.TryParse(ends[0], out var from, out problem) || !End.TryParse(ends[1], out var to, out problem)) return false;
        value = (from, to);
        problem = "empty: no slot is in it";
        return from < to;
    }

    public override string Format((int From, int To) value) => FormattableString.Invariant($"[{value.From}, {value.To}]");
}

/// <summary>Centre and radius, <c>[x, y, radius]</c>.</summary>
internal sealed class CircleKind : ValueKind<(double X, double Y, double Radius)>
{
    private static readonly QuantityKind Place = new(Dimension.Length, Bounds.Any), Radius = new(Dimension.Length, Bounds.Positive);

    public override string Type => "circle";
    public override string Allowed => "[x, y, radius], each a length in m, km, the radius above 0 m";

    public override bool TryParse(string text, out (double X, double Y, double Radius) value, out string problem)
    {
        value = default;
        var numbers = ListText.Elements(text) ?? [];
        problem = numbers.Length == 0 ? "no circle" : $"has {numbers.Length} elements; numbers have a point, no comma";
        if (numbers.Length != 3 || !Place.TryParse(numbers[0], out var x, out problem) || !Place.TryParse(numbers[1], out var y, out problem)
            || !Radius.TryParse(numbers[2], out var radius, out problem)) return false;
        value = (x, y, radius);
        return true;
    }

    public override string Format((double X, double Y, double Radius) value) =>
        $"[{Place.Format(value.X)}, {Place.Format(value.Y)}, {Radius.Format(value.Radius)}]";
}

/// <summary>Two corners, <c>[x0, y0, x1, y1]</c>.</summary>
internal sealed class RectangleKind : ValueKind<(double LowX, double LowY, double HighX, double HighY)>
{
    private static readonly QuantityKind Place = new(Dimension.Length, Bounds.Any);

    public override string Type => "rectangle";
    public override string Allowed => "[x0, y0, x1, y1] with x0 < x1 and y0 < y1, each a length in m, km; the low edges belong to it, the high ones do not";

    public override bool TryParse(string text, out (double LowX, double LowY, double HighX, double HighY) value, out string problem)
    {
        value = default;
        var elements = ListText.Elements(text) ?? [];
        problem = elements.Length == 0 ? "no rectangle" : $"has {elements.Length} elements; numbers have a point, no comma";
        if (elements.Length != 4) return false;
        Span<double> numbers = stackalloc double[4];
        for (var i = 0; i < 4; i++)
            if (!Place.TryParse(elements[i], out numbers[i], out problem)) return false;
        value = (numbers[0], numbers[1], numbers[2], numbers[3]);
        problem = "a low corner that is not below the high one";
        return value.LowX < value.HighX && value.LowY < value.HighY;
    }

    public override string Format((double LowX, double LowY, double HighX, double HighY) value) =>
        $"[{Place.Format(value.LowX)}, {Place.Format(value.LowY)}, {Place.Format(value.HighX)}, {Place.Format(value.HighY)}]";
}
