using System.Diagnostics.Metrics;
using System.Reflection;
using Diten.Actors.Metering;

namespace Diten.View.Tests.Operators;

/// <summary>Something of every instrument of this process, with every value of its tag: what no test needs to happen for.</summary>
internal static class Everything
{
    public static void Tell()
    {
        var own = Instruments.OfProcess;
        foreach (var property in typeof(Instruments).GetProperties(BindingFlags.Instance | BindingFlags.NonPublic))
        {
            var instrument = (Instrument)property.GetValue(own)!;
            var row = InstrumentTable.All.Single(row => row.Name == instrument.Name);
            KeyValuePair<string, object?>[][] tags = row.Tag.Length == 0 ? [[]] : [.. row.Values.Select(value => (KeyValuePair<string, object?>[])[row.With(value)])];
            foreach (var tag in tags)
            {
                switch (instrument)
                {
                    case Counter<long> counter:
                        counter.Add(1, tag);
                        break;
                    case Gauge<long> gauge:
                        gauge.Record(1, tag);
                        break;
                    case Histogram<double> histogram:
                        histogram.Record(1, tag);
                        break;
                    default:
                        throw new InvalidOperationException($"{instrument.Name} is a {instrument.GetType()}.");
                }
            }
        }
    }
}
