using System.Globalization;

namespace Diten.Runs.Plots.Figures;

/// <summary>What an axis spans, and its ticks.</summary>
/// <param name="Low">The value at its beginning; of a logarithmic one above 0.</param>
/// <param name="Major">Ticks with labels.</param>
/// <param name="Minor">Ticks without.</param>
internal sealed record Scale(double Low, double High, bool Logarithmic, IReadOnlyList<Tick> Major, IReadOnlyList<double> Minor)
{
    private const double LeastShare = 0.05;   // of a single value, on both sides of it

    /// <summary>Categories stand at 0, 1, 2 and so on, half a step from the ends.</summary>
    public bool Categorical { get; private init; }

    /// <summary>An even axis that holds all finite values.</summary>
    /// <param name="fromZero">Whether it begins at 0 where no value is below.</param>
    /// <param name="margin">Beside the values, as a share of their span.</param>
    public static Scale Linear(IEnumerable<double> values, bool fromZero, double margin, int ticks)
    {
        double[] finite = [.. values.Where(double.IsFinite)];
        var (low, high) = finite.Length == 0 ? (0, 1) : (finite.Min(), finite.Max());
        var zero = fromZero && low >= 0;
        low = zero ? 0 : low;
        if (high - low <= 1e-12 * Math.Max(Math.Abs(low), Math.Abs(high)))
        {
            var beside = Math.Max(LeastShare * Math.Abs(high), high == Math.Round(high) ? 1 : LeastShare);   // of whole numbers, the neighbours
            (low, high) = (zero ? low : low - beside, high + beside);
        }

        var room = margin * (high - low);
        return Between(zero ? 0 : low - room, high + room, ticks);
    }

    /// <summary>An even axis with given ends.</summary>
    public static Scale Between(double low, double high, int ticks)
    {
        var step = Step((high - low) / Math.Max(1, ticks));
        double[] at = [.. Enumerable.Range(0, 1 + (int)Math.Floor(high / step + 1e-9) - (int)Math.Ceiling(low / step - 1e-9))
            .Select(i => (Math.Ceiling(low / step - 1e-9) + i) * step)];
        var most = at.Select(Math.Abs).DefaultIfEmpty(0).Max();
        string[] labels = [.. at.Select(value => Text(Math.Abs(value) < step / 2 ? 0 : value, step, most))];
        return new Scale(low, high, false, [.. at.Zip(labels, (value, label) => new Tick(value, label))], []);
    }

    /// <summary>A logarithmic axis that holds all values above 0.</summary>
    public static Scale Log(IEnumerable<double> values)
    {
        double[] positive = [.. values.Where(value => double.IsFinite(value) && value > 0)];
        var (low, high) = positive.Length == 0 ? (1, 10) : (positive.Min() / 1.15, positive.Max() * 1.15);
        var (first, last) = ((int)Math.Floor(Math.Log10(low)), (int)Math.Ceiling(Math.Log10(high)));
        if (high / low < 5)   // round numbers at even steps tell more than powers of ten
            return Between(low, high, 6) with { Logarithmic = true };
        // Few powers of ten: 2 and 5 have labels, too. Many: only some have.
        int[] labelled = high / low < 100 ? [1, 2, 5] : [1];
        var every = Math.Max(1, (last - first + 5) / 7);
        var (major, minor) = (new List<Tick>(), new List<double>());
        for (var power = first; power <= last; power++)
        {
            for (var digit = 1; digit <= 9; digit++)
            {
                var value = power < 0 ? digit / Math.Pow(10, -power) : digit * Math.Pow(10, power);
                if (value < low || value > high)
                    continue;
                if (labelled.Contains(digit) && power % every == 0)
                    major.Add(new Tick(value, Power(value)));
                else if (every == 1 || digit == 1)
                    minor.Add(value);
            }
        }

        if (major.Count == 0)
            major.AddRange(new[] { low, high }.Select(end => new Tick(end, Power(end))));
        return new Scale(low, high, true, major, minor);
    }

    /// <summary>An axis of names, evenly spaced.</summary>
    public static Scale Categories(IReadOnlyList<string> names) =>
        new(-.5, names.Count - .5, false, [.. names.Select((name, i) => new Tick(i, name))], []) { Categorical = true };

    /// <summary>Where a value stands: 0 at the beginning, 1 at the end; what a logarithm cannot show is at the beginning.</summary>
    public double Share(double value) => Logarithmic
        ? value <= 0 ? 0 : Math.Log(value / Low) / Math.Log(High / Low)
        : (value - Low) / (High - Low);

    /// <summary>A number as ticks and cells show it: three digits, or all of an integer.</summary>
    public static string Short(double value) => Signed(Math.Abs(value) switch
    {
        0 => "0",
        >= 99_999.5 => Runs.Figures.Count(Math.Abs(value)).Replace(" ", "").Insert(0, value < 0 ? "-" : ""),
        >= 99.95 => value.ToString("0", CultureInfo.InvariantCulture),
        >= 9.995 => value.ToString("0.0", CultureInfo.InvariantCulture),
        >= 0.9995 => value.ToString("0.00", CultureInfo.InvariantCulture),
        >= 0.0009995 => value.ToString("0.000", CultureInfo.InvariantCulture),
        _ => value.ToString("0.#e-0", CultureInfo.InvariantCulture),
    });

    private static double Step(double least)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(least)));
        return power * new[] { 1, 2, 2.5, 5, 10 }.First(factor => factor * power >= least * (1 - 1e-9));
    }

    /// <param name="step">From tick to tick: all have as many decimals as it needs.</param>
    /// <param name="most">The biggest of all ticks: all are in thousands, millions or billions, or none is.</param>
    private static string Text(double value, double step, double most)
    {
        if (most < 1e-3)
            return value == 0 ? "0" : Signed(value.ToString("0.##e-0", CultureInfo.InvariantCulture));
        var (unit, sign) = most switch { >= 1e9 => (1e9, "G"), >= 1e6 => (1e6, "M"), >= 1e5 => (1e3, "k"), _ => (1.0, "") };
        var power = (int)Math.Floor(Math.Log10(step / unit) + 1e-9);
        var decimals = Math.Max(0, Math.Abs(step / unit / Math.Pow(10, power) - 2.5) < 1e-6 ? 1 - power : -power);
        return value == 0 ? "0" : Signed((value / unit).ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)) + sign;
    }

    private static string Power(double value) => value is >= 1e-3 and < 1e5
        ? value.ToString("0.####", CultureInfo.InvariantCulture)
        : Signed(value.ToString("0.#e-0", CultureInfo.InvariantCulture));

    private static string Signed(string number) => number.Replace('-', '−');
}

/// <summary>A tick with its label.</summary>
internal readonly record struct Tick(double At, string Label);
