using System.Globalization;

namespace Diten.Model.Mobility;

/// <summary>Reads the times of traces: dates, seconds, or milliseconds since 1970.</summary>
internal static class TraceTime
{
    private const double FirstMilliseconds = 1e11, EndOfMilliseconds = 1e13;

    // Most traces write the first.
    private static readonly string[] Formats =
    [
        "yyyy-MM-dd HH:mm:ss",
        "yyyy-M-d H:m:s.FFFFFFFK", "yyyy-M-d'T'H:m:s.FFFFFFFK", "yyyy/M/d H:m:s.FFFFFFFK", "yyyy-M-d H:mK", "yyyy-M-d'T'H:mK", "yyyy/M/d H:mK",
    ];

    /// <summary>Seconds of a date (local time counts as if it were universal), of plain seconds, of milliseconds since 1970, or of [d:]hh:mm:ss.</summary>
    /// <remarks>Numbers from 10¹¹ (1973 in milliseconds, the year 5138 in seconds) to 10¹³ are milliseconds; greater ones are refused.</remarks>
    public static bool TryRead(string text, out double seconds)
    {
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out seconds))
        {
            if (seconds >= FirstMilliseconds)
                seconds /= 1000;
            return Math.Abs(seconds) < EndOfMilliseconds / 1000;
        }

        if (DateTimeOffset.TryParseExact(text, Formats, CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal | DateTimeStyles.AllowLeadingWhite | DateTimeStyles.AllowTrailingWhite,
            out var date))
        {
            seconds = (date.UtcTicks - DateTime.UnixEpoch.Ticks) / (double)TimeSpan.TicksPerSecond;
            return true;
        }

        var isSpan = TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span);
        seconds = span.TotalSeconds;
        return isSpan;
    }
}
