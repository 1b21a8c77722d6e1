using System.Globalization;
using System.Text.RegularExpressions;
using Diten.Model.Records;

namespace Diten.Model.Input;

/// <summary>Reads the times of traces: dates, seconds, or milli-, micro- or nanoseconds since 1970.</summary>
internal static partial class TraceTime
{
    private const double FirstMilliseconds = 1e11, EndOfMilliseconds = 1e13;

    private static readonly string[] UniversalTime = [" UTC", " GMT"];

    // Most traces write the first.
    private static readonly string[] YearFirst =
    [
        "yyyy-MM-dd HH:mm:ss",
        "yyyy-M-d H:m:s.FFFFFFFK", "yyyy-M-d'T'H:m:s.FFFFFFFK", "yyyy-M-d H:m:s.FFFFFFFzz", "yyyy-M-d'T'H:m:s.FFFFFFFzz", "yyyy/M/d H:m:s.FFFFFFFK", "yyyy-M-d H:mK", "yyyy-M-d'T'H:mK", "yyyy/M/d H:mK",
    ];

    private static readonly string[] DayFirst = [.. YearFirst, .. YearLast("d", "M")], MonthFirst = [.. YearFirst, .. YearLast("M", "d")];

    /// <summary>What is read, for messages.</summary>
    /// <param name="form">What dates begin with.</param>
    /// <param name="key">The scenario key that tells another one.</param>
    public static string Describe(TimeForm form, string key)
    {
        var order = form switch { TimeForm.DayFirst => "day-month-year or ", TimeForm.MonthFirst => "month-day-year or ", _ => "" };
        return $"(times are read as {order}year-month-day hours:minutes:seconds, seconds, or parts of them since 1970; {key} tells whether dates begin with the day or the month)";
    }

    /// <summary>Seconds of a date (local time counts as if it were universal), of plain seconds, of parts of a second since 1970, or of [d.]hh:mm:ss; hours may be 24 and more, as in timetables.</summary>
    /// <remarks>
    /// Numbers from 10¹¹ (1973 in milliseconds, the year 5138 in seconds) to 10¹³ are milliseconds, from 10¹⁴ to 10¹⁶ microseconds, from 10¹⁷ to
    /// 10¹⁹ nanoseconds; others that large are refused. Of a fraction of a second seven digits count.
    /// </remarks>
    public static bool TryRead(string text, TimeForm form, out double seconds)
    {
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out seconds))
        {
            // Each unit has two powers of ten for the years that traces are of, and one to the next that nobody means.
            var (unit, first) = seconds < FirstMilliseconds * 1e3 ? (1e3, FirstMilliseconds)
                : seconds < FirstMilliseconds * 1e6 ? (1e6, FirstMilliseconds * 1e3) : (1e9, FirstMilliseconds * 1e6);
            var inRange = seconds < first * (EndOfMilliseconds / FirstMilliseconds);
            if (seconds >= FirstMilliseconds)
                seconds /= unit;
            return inRange && seconds > -EndOfMilliseconds / 1000;
        }

        foreach (var zone in UniversalTime)
            if (text.EndsWith(zone, StringComparison.OrdinalIgnoreCase))
                text = text[..^zone.Length];
        text = LongFraction().Replace(text, "$1");
        var formats = form switch { TimeForm.DayFirst => DayFirst, TimeForm.MonthFirst => MonthFirst, _ => YearFirst };
        if (DateTimeOffset.TryParseExact(text, formats, CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal | DateTimeStyles.AllowLeadingWhite | DateTimeStyles.AllowTrailingWhite,
            out var date))
        {
            seconds = (date.UtcTicks - DateTime.UnixEpoch.Ticks) / (double)TimeSpan.TicksPerSecond;
            return true;
        }

        if (HoursOfADay().Match(text) is { Success: true } clock)
        {
            seconds = 3600 * Part(clock, 1) + 60 * Part(clock, 2) + Part(clock, 3);
            return true;
        }

        var isSpan = TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span);
        seconds = span.TotalSeconds;
        return isSpan;
    }

    private static IEnumerable<string> YearLast(string first, string second) =>
        from separator in "/.-"
        from time in new[] { "H:m:s.FFFFFFFK", "H:mK", "h:m:s tt", "h:m tt" }
        select $"{first}{separator}{second}{separator}yyyy {time}";

    private static double Part(Match clock, int group) => double.Parse(clock.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(\.[0-9]{7})[0-9]+")]
    private static partial Regex LongFraction();

    [GeneratedRegex(@"^\s*([0-9]{1,4}):([0-5]?[0-9]):([0-5]?[0-9](?:\.[0-9]+)?)\s*$")]
    private static partial Regex HoursOfADay();
}
