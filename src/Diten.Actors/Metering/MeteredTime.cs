using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Diten.Actors.Metering;

/// <summary>A moment from which something is timed for operators. What has passed since goes into a histogram, and nowhere else: entities see no clock.</summary>
internal readonly struct MeteredTime
{
    private readonly long _began;

    private MeteredTime(long began) => _began = began;

    public static MeteredTime Now => new(Stopwatch.GetTimestamp());

    /// <summary>Tells a histogram how long ago this was, seconds.</summary>
    public void Tell(Histogram<double> histogram, KeyValuePair<string, object?> tag) =>
        histogram.Record(Stopwatch.GetElapsedTime(_began).TotalSeconds, tag);
}
