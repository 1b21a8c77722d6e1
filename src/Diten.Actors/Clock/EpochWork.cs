using Diten.Model.MobileDevices;
using Diten.Model.Records;
using Diten.Model.Statistics;
using Diten.Model.Worlds;

namespace Diten.Actors;

/// <summary>
/// What a clock adds up in an epoch: the hot part of its state, changed in place. Everything else that a clock knows is immutable; this belongs
/// to the one epoch that holds it, and goes with it.
/// </summary>
internal sealed class EpochWork
{
    public EpochWork(World world, EmulationOptions options, RunHistory history, int zones, bool commits)
    {
        var measures = world.Scenario.MeasuresTwins
            ? new TwinMeasures(world.Scenario, world.Topology.ServerCount, [.. world.Faults.All.Select(fault => fault.Fault.Name)], history.Twins)
            : null;
        (Ledger, Sums) = (new SlotLedger(world, options.ServerRecords, measures), new RunSums(history, commits, measures));
        (Arrivals, Begun, Devices) = (new List<MobileDeviceState>[zones], new BeginSlot[zones], new long[zones]);
        ClearArrivals();
    }

    public SlotLedger Ledger { get; }

    public RunSums Sums { get; }

    public LatencyHistogram Latencies { get; } = new();

    /// <summary>Regret of tasks; null until a zone hands over what it measured.</summary>
    public LatencyHistogram? Regrets { get; set; }

    public RateMeter Rate { get; } = new();

    /// <summary>Reports that the observer has not taken yet, in the order of slots.</summary>
    public Queue<SlotReport> Reports { get; } = new();

    /// <summary>By zone: devices that come to it from zones which are no neighbours.</summary>
    public List<MobileDeviceState>[] Arrivals { get; }

    /// <summary>By zone: the slot that it was told to begin last.</summary>
    public BeginSlot[] Begun { get; }

    /// <summary>By zone: devices that it had at the end of its last slot.</summary>
    public long[] Devices { get; }

    /// <summary>Hands out what arrives at a zone, in the order of devices.</summary>
    public List<MobileDeviceState> SortedArrivals(int zone)
    {
        Arrivals[zone].Sort(static (a, b) => a.Device.CompareTo(b.Device));
        return Arrivals[zone];
    }

    /// <summary>The next slot has nobody arriving yet; lists that were handed out stay as they are.</summary>
    public void ClearArrivals()
    {
        for (var zone = 0; zone < Arrivals.Length; zone++)
            Arrivals[zone] = [];
    }
}
