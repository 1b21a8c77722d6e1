using System.Globalization;

namespace Diten.Runs;

/// <summary>Numbers as people read them, culture-invariant; a figure that does not exist (NaN) is a dash.</summary>
public static class Figures
{
    /// <summary>Seconds as milliseconds, one decimal.</summary>
    public static string Milliseconds(double seconds) => Text(seconds * 1e3, "F1", " ms");

    /// <summary>A share as per cent, two decimals.</summary>
    public static string Percent(double share) => Text(share * 100, "F2", " %");

    /// <summary>A number with so many decimals.</summary>
    public static string Number(double value, int decimals) => Text(value, "F" + decimals.ToString(CultureInfo.InvariantCulture), "");

    /// <summary>A big number with k, M or G, three digits.</summary>
    public static string Count(double value) => value switch
    {
        >= 999.5e6 => Text(value / 1e9, "G3", " G"),
        >= 999.5e3 => Text(value / 1e6, "G3", " M"),
        >= 999.5 => Text(value / 1e3, "G3", " k"),
        _ => Text(value, "G3", ""),
    };

    /// <summary>Bytes in MiB or GiB.</summary>
    public static string Bytes(long bytes) => bytes >= 1L << 30
        ? Text(bytes / (double)(1L << 30), "F2", " GiB")
        : Text(bytes / (double)(1L << 20), "F0", " MiB");

    /// <summary>m:ss, or h:mm:ss from an hour on.</summary>
    public static string Duration(TimeSpan time) => time.TotalHours >= 1
        ? string.Create(CultureInfo.InvariantCulture, $"{(long)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00}")
        : string.Create(CultureInfo.InvariantCulture, $"{time.Minutes}:{time.Seconds:00}");

    /// <summary>Whole numbers, ascending, as people write them: 0-3, 7.</summary>
    public static string Ranges(IReadOnlyList<int> ascending)
    {
        var parts = new List<string>();
        for (int from = 0, to; from < ascending.Count; from = to + 1)
        {
            for (to = from; to + 1 < ascending.Count && ascending[to + 1] == ascending[to] + 1;)
                to++;
            parts.Add(to == from ? Whole(ascending[from]) : $"{Whole(ascending[from])}-{Whole(ascending[to])}");
        }

        return string.Join(", ", parts);
    }

    private static string Whole(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Text(double value, string format, string unit) =>
        double.IsFinite(value) ? value.ToString(format, CultureInfo.InvariantCulture) + unit : "–";
}
