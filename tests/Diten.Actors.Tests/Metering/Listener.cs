using System.Diagnostics.Metrics;
using Diten.Actors.Metering;

namespace Diten.Actors.Tests.Metering;

/// <summary>Instruments of its own, and all that they were told.</summary>
internal sealed class Listener : IDisposable
{
    private readonly Meter _meter = new("test");
    private readonly MeterListener _listener = new();
    private readonly Dictionary<string, double> _last = [], _sums = [];
    private readonly Dictionary<string, int> _times = [];

    public Listener()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter == _meter)
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.Start();
        Instruments = new Instruments(_meter);
    }

    public Instruments Instruments { get; }

    /// <summary>What an instrument was told in all; <c>name</c>, or <c>name value-of-its-tag</c>.</summary>
    public double Sum(string series) => _sums.GetValueOrDefault(series);

    /// <summary>What it was told last.</summary>
    public double Last(string series) => _last.GetValueOrDefault(series, double.NaN);

    /// <summary>How often it was told something.</summary>
    public int Times(string series) => _times.GetValueOrDefault(series);

    public void Dispose()
    {
        _listener.Dispose();
        _meter.Dispose();
    }

    private void Take(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var series = tags.Length == 0 ? instrument.Name : $"{instrument.Name} {tags[0].Value}";
        _last[series] = value;
        _sums[series] = Sum(series) + value;
        _times[series] = Times(series) + 1;
    }
}
