using System.Diagnostics.Metrics;

namespace Diten.Actors.Metering;

/// <summary>How an instrument counts.</summary>
public enum InstrumentKind : byte
{
    /// <summary>Only grows, from 0 at the start of the process.</summary>
    Counter = 0,

    /// <summary>What something is now.</summary>
    Gauge = 1,

    /// <summary>How often something took how long.</summary>
    Histogram = 2,
}

/// <summary>One thing that operators can watch: what the code measures, the page of metrics lists and a dashboard asks for.</summary>
/// <param name="Name">By the conventions of OpenTelemetry, e.g. <c>diten.slot.duration</c>.</param>
/// <param name="Unit">In UCUM, e.g. <c>s</c>, <c>By</c>; in braces what is counted.</param>
/// <param name="Where">Which part of which process tells it.</param>
/// <param name="Meaning">What it is, for people; without a dot at its end.</param>
public sealed record InstrumentRow(string Name, InstrumentKind Kind, string Unit, string Where, string Meaning)
{
    /// <summary>Name of its one tag; "" = it has none.</summary>
    public string Tag { get; init; } = "";

    /// <summary>All values that its tag can have: few, and known beforehand, since each is a series of its own for whoever stores them.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>As Prometheus names it: underscores, the unit, and <c>_total</c> where it only grows; of a histogram the stem.</summary>
    public string PrometheusName =>
        Name.Replace('.', '_') + Unit switch { "s" => "_seconds", "By" => "_bytes", _ => "" } + (Kind == InstrumentKind.Counter ? "_total" : "");

    /// <summary>The tag with one of its values.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It cannot have this one.</exception>
    internal KeyValuePair<string, object?> With(string value) => Values.Contains(value)
        ? new KeyValuePair<string, object?>(Tag, value)
        : throw new ArgumentOutOfRangeException(nameof(value), value, $"{Name}: allowed for {Tag}: {string.Join(", ", Values)}.");

    internal Counter<long> CounterOf(Meter meter) => meter.CreateCounter<long>(Name, Unit, Meaning);

    internal Gauge<long> GaugeOf(Meter meter) => meter.CreateGauge<long>(Name, Unit, Meaning);

    internal Histogram<double> HistogramOf(Meter meter) => meter.CreateHistogram(
        Name, Unit, Meaning, tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = InstrumentTable.SecondsOfBuckets });
}
