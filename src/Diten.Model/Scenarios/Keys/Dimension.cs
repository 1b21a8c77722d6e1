using System.Globalization;
using Diten.Model.Input;

namespace Diten.Model.Scenarios.Keys;

/// <summary>What a quantity measures, and the units that people may write it in; immutable.</summary>
/// <param name="Name">With its article, as in "a length".</param>
/// <param name="Units">The preferred one first: it wins where two give a text of equal length. One of them must be the SI unit itself.</param>
internal sealed record Dimension(string Name, params IReadOnlyList<Unit> Units)
{
    /// <summary>Plain numbers.</summary>
    public static readonly Dimension Number = new("a number", new Unit(""));

    /// <summary>Numbers per second; the unit may be left out.</summary>
    public static readonly Dimension PerSecond = new("a number per second", new Unit(""), new Unit("/s"));

    /// <summary>Metres.</summary>
    public static readonly Dimension Length = new("a length", new Unit("m"), new Unit("km", 3));

    /// <summary>Seconds.</summary>
    public static readonly Dimension Time = new("a time",
        new Unit("ms", -3), new Unit("s"), new Unit("us", -6), new Unit("min", 0, 60), new Unit("h", 0, 3600));

    /// <summary>Seconds per metre.</summary>
    public static readonly Dimension TimePerLength = new("a time per length", new Unit("us/m", -6), new Unit("ns/m", -9), new Unit("s/m"));

    /// <summary>Metres per second.</summary>
    public static readonly Dimension Speed = new("a speed", new Unit("m/s"), new Unit("km/h", 3, 1, 3600));

    /// <summary>Stations per square metre.</summary>
    public static readonly Dimension Density = new("a density", new Unit("/km2", -6), new Unit("/m2"));

    /// <summary>Hertz: of a channel, or CPU cycles per second.</summary>
    public static readonly Dimension Frequency = new("a frequency",
        new Unit("GHz", 9), new Unit("MHz", 6), new Unit("kHz", 3), new Unit("Hz"), new Unit("THz", 12));

    /// <summary>Watts.</summary>
    public static readonly Dimension Power = new("a power", new Unit("W"), new Unit("mW", -3));

    /// <summary>Bits; 1 kB = 1000 B = 8000 bit.</summary>
    public static readonly Dimension Data = new("an amount of data",
        new Unit("kB", 3, 8), new Unit("MB", 6, 8), new Unit("GB", 9, 8), new Unit("B", 0, 8),
        new Unit("bit"), new Unit("kbit", 3), new Unit("Mbit", 6), new Unit("Gbit", 9));

    /// <summary>Bits per second.</summary>
    public static readonly Dimension DataRate = new("a data rate",
        new Unit("Gbit/s", 9), new Unit("Mbit/s", 6), new Unit("kbit/s", 3), new Unit("bit/s"));

    /// <summary>The units, as in "m, km"; empty for plain numbers.</summary>
    public string Symbols => string.Join(", ", Units.Select(u => u.Symbol).Where(s => s.Length > 0));

    /// <summary>Reads <c>150 m</c>, <c>2e-12 W</c>, <c>40 /km²</c>; the space may be missing.</summary>
    /// <param name="text">Number and unit.</param>
    /// <param name="value">In the SI unit, finite.</param>
    /// <param name="problem">What is wrong with the text, where the answer is false.</param>
    public bool TryParse(string text, out double value, out string problem)
    {
        value = 0;
        text = text.Trim();
        var end = NumberLength(text);
        if (end == 0)
        {
            problem = "not a number";
            return false;
        }
        var symbol = text[end..].Trim().Replace('²', '2').Replace('µ', 'u').Replace('μ', 'u');
        var unit = Units.FirstOrDefault(u => u.Symbol == symbol);
        if (unit is null)
        {
            problem = symbol.Length == 0 ? "has no unit" : Symbols.Length == 0 ? $"takes no unit, has '{symbol}'" : UnknownUnit(symbol);
            return false;
        }
        value = ToSi(text[..end], unit);
        problem = double.IsFinite(value) ? "" : "too large";
        return double.IsFinite(value);
    }

    private string UnknownUnit(string symbol)
    {
        var meant = Units.FirstOrDefault(u => string.Equals(u.Symbol, symbol, StringComparison.OrdinalIgnoreCase));
        if (symbol[0] == ',' && symbol.Length > 1 && char.IsAsciiDigit(symbol[1])) return "a number with a comma; write a point, as in 0.5";
        return $"unknown unit '{Words.Shown(symbol)}'" + (meant is null ? "" : $", did you mean '{meant.Symbol}'?");
    }

    /// <summary>The shortest text that <see cref="TryParse"/> reads back to the same bits.</summary>
    /// <param name="value">In the SI unit, finite.</param>
    public string Format(double value)
    {
        string? best = null;
        foreach (var unit in Units)
        {
            var scaled = value / unit.Multiplier * unit.Divisor;
            if (!double.IsFinite(scaled)) continue;
            var number = Shift(scaled, -unit.Exponent);
            var text = unit.Symbol.Length == 0 ? number : number + " " + unit.Symbol;
            if (Same(ToSi(number, unit), value) && (best is null || text.Length < best.Length)) best = text;
        }
        return best ?? throw new InvalidOperationException($"'{Name}' has no unit that can hold {value:R}.");
    }

    private static bool Same(double a, double b) => BitConverter.DoubleToInt64Bits(a) == BitConverter.DoubleToInt64Bits(b);

    private static double ToSi(string number, Unit unit)
    {
        var (digits, exponent) = Split(number);
        var shifted = double.Parse(FormattableString.Invariant($"{digits}e{exponent + unit.Exponent}"), CultureInfo.InvariantCulture);
        return shifted * unit.Multiplier / unit.Divisor;
    }

    /// <summary>Length of the number that <paramref name="text"/> begins with: sign, digits, fraction, exponent.</summary>
    private static int NumberLength(string text)
    {
        var at = text.Length > 0 && text[0] is '+' or '-' ? 1 : 0;
        var start = at;
        var digits = 0;
        for (; at < text.Length && (char.IsAsciiDigit(text[at]) || text[at] == '.' && !text[start..at].Contains('.')); at++)
        {
            if (text[at] != '.') digits++;
        }
        if (digits == 0) return 0;
        if (at < text.Length && text[at] is 'e' or 'E')
        {
            var power = at + 1;
            if (power < text.Length && text[power] is '+' or '-') power++;
            var first = power;
            while (power < text.Length && char.IsAsciiDigit(text[power])) power++;
            // More digits than any double has in its exponent are no number that we could shift.
            if (power > first && power - first <= 4) at = power;
        }
        return at;
    }

    private static (string Digits, int Exponent) Split(string number)
    {
        var e = number.IndexOfAny(['e', 'E']);
        return e < 0 ? (number, 0) : (number[..e], int.Parse(number[(e + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture));
    }

    /// <summary>Text of <paramref name="value"/> · 10^<paramref name="shift"/>, from the digits, so without rounding.</summary>
    private static string Shift(double value, int shift)
    {
        var (digits, exponent) = Split(value.ToString("R", CultureInfo.InvariantCulture));
        return Plain(digits, exponent + shift);
    }

    private static string Plain(string digits, int exponent)
    {
        var sign = digits.StartsWith('-') ? "-" : "";
        var unsigned = digits.TrimStart('-');
        var point = unsigned.IndexOf('.');
        var whole = point < 0 ? unsigned.Length : point;
        var all = unsigned.Replace(".", "");
        var significant = all.TrimStart('0');
        var position = whole - (all.Length - significant.Length) + exponent; // decimal point, counted from the first significant digit
        significant = significant.TrimEnd('0');
        if (significant.Length == 0) return sign + "0";
        if (position is > 0 and <= 12)
        {
            return significant.Length <= position
                ? sign + significant.PadRight(position, '0')
                : sign + significant[..position] + "." + significant[position..];
        }
        if (position is <= 0 and > -3) return sign + "0." + new string('0', -position) + significant;
        var fraction = significant.Length > 1 ? "." + significant[1..] : "";
        return FormattableString.Invariant($"{sign}{significant[0]}{fraction}e{position - 1}");
    }
}
