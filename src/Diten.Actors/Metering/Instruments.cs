using System.Diagnostics.Metrics;

namespace Diten.Actors.Metering;

/// <summary>
/// The instruments of <see cref="InstrumentTable"/>. Code may tell them things, and has no way to read anything back: so no result can depend
/// on them. They are told once a slot and zone, or more rarely, and never once a device: where nobody listens that costs a comparison.
/// </summary>
public sealed class Instruments
{
    internal static readonly Instruments OfProcess = new(new Meter(InstrumentTable.MeterName, typeof(Instruments).Assembly.GetName().Version?.ToString(3)));

    internal Instruments(Meter meter)
    {
        Slots = InstrumentTable.Slots.CounterOf(meter);
        SlotDuration = InstrumentTable.SlotDuration.HistogramOf(meter);
        RunSlot = InstrumentTable.RunSlot.GaugeOf(meter);
        RunSlots = InstrumentTable.RunSlots.GaugeOf(meter);
        Runs = InstrumentTable.Runs.CounterOf(meter);
        Epoch = InstrumentTable.Epoch.GaugeOf(meter);
        Epochs = InstrumentTable.Epochs.CounterOf(meter);
        Hosts = InstrumentTable.Hosts.GaugeOf(meter);
        NodesLost = InstrumentTable.NodesLost.CounterOf(meter);
        RecoveryDuration = InstrumentTable.RecoveryDuration.HistogramOf(meter);
        CheckpointDuration = InstrumentTable.CheckpointDuration.HistogramOf(meter);
        CheckpointSlot = InstrumentTable.CheckpointSlot.GaugeOf(meter);
        Twins = InstrumentTable.Twins.GaugeOf(meter);
        Zones = InstrumentTable.Zones.GaugeOf(meter);
        DeviceSlots = InstrumentTable.DeviceSlots.CounterOf(meter);
        StoreDuration = InstrumentTable.StoreDuration.HistogramOf(meter);
        Resends = InstrumentTable.Resends.CounterOf(meter);
        Sent = InstrumentTable.Sent.CounterOf(meter);
        Received = InstrumentTable.Received.CounterOf(meter);
    }

    internal Counter<long> Slots { get; }

    internal Histogram<double> SlotDuration { get; }

    internal Gauge<long> RunSlot { get; }

    internal Gauge<long> RunSlots { get; }

    internal Counter<long> Runs { get; }

    internal Gauge<long> Epoch { get; }

    internal Counter<long> Epochs { get; }

    internal Gauge<long> Hosts { get; }

    internal Counter<long> NodesLost { get; }

    internal Histogram<double> RecoveryDuration { get; }

    internal Histogram<double> CheckpointDuration { get; }

    internal Gauge<long> CheckpointSlot { get; }

    internal Gauge<long> Twins { get; }

    internal Gauge<long> Zones { get; }

    internal Counter<long> DeviceSlots { get; }

    internal Histogram<double> StoreDuration { get; }

    internal Counter<long> Resends { get; }

    internal Counter<long> Sent { get; }

    internal Counter<long> Received { get; }

    /// <summary>
    /// Tells listeners that nothing has been counted yet: a series that first appears with a 1 has no increase in Prometheus, and what never
    /// happened would look like what is not measured.
    /// </summary>
    public static void BeginAtZero()
    {
        var own = OfProcess;
        own.Zones.Record(0);
        foreach (var (row, counter) in (ReadOnlySpan<(InstrumentRow, Counter<long>)>)
            [
                (InstrumentTable.Slots, own.Slots), (InstrumentTable.Runs, own.Runs), (InstrumentTable.Epochs, own.Epochs),
                (InstrumentTable.NodesLost, own.NodesLost), (InstrumentTable.DeviceSlots, own.DeviceSlots), (InstrumentTable.Resends, own.Resends),
                (InstrumentTable.Sent, own.Sent), (InstrumentTable.Received, own.Received),
            ])
        {
            if (row.Tag.Length == 0)
                counter.Add(0);
            foreach (var value in row.Values)
                counter.Add(0, row.With(value));
        }
    }
}
