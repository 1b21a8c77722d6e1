using System.Diagnostics;
using System.Net.NetworkInformation;
using System.Text.Json.Serialization;
using Diten.Runs.Hosting;

namespace Diten.Bench;

/// <summary>What <c>diten bench</c> measures: the product, and two programs to hold it against.</summary>
public enum BenchSubject
{
    /// <summary>The whole model over plain arrays on one thread, without actors.</summary>
    Array,
    /// <summary>Two messages a device-slot between actors that compute nothing.</summary>
    Floor,
    /// <summary>What <c>diten run</c> runs.</summary>
    Product,
    /// <summary>What <c>diten train</c> runs; and how fast a policy decides and learns by itself.</summary>
    Learning,
}

/// <summary>What one process measured of one subject, after warm-up.</summary>
/// <param name="Rate">Device-slots per second.</param>
/// <param name="SlotSeconds">Mean wall-clock time of a slot.</param>
/// <param name="ProcessorSeconds">Processor time of all threads per device-slot; what other programs do hardly weighs on it.</param>
/// <param name="AllocatedBytes">Bytes allocated per device-slot.</param>
/// <param name="CollectorShare">Share of the time in which garbage collection had stopped the program, 0 to 1.</param>
/// <param name="StartSeconds">Wall-clock time before the first slot.</param>
/// <param name="PeakBytes">Largest resident memory of the process, or of all processes of the cluster together.</param>
/// <param name="WireBytes">Bytes over the loopback network per device-slot, all headers included; 0 where nothing is sent.</param>
public sealed record BenchSample(
    BenchSubject Subject, BenchWorkload Workload, double Rate, double SlotSeconds, double ProcessorSeconds, double AllocatedBytes, double CollectorShare,
    double StartSeconds, long PeakBytes, double WireBytes)
{
    /// <summary>Of <see cref="BenchSubject.Learning"/>; else null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public LearningFigures? Learning { get; init; }
}

/// <summary>Measures slots; the first ones, in which code is compiled and memory is claimed, do not count.</summary>
/// <param name="cluster">Whose processes count too; null = none.</param>
internal sealed class BenchMeter(BenchSubject subject, BenchWorkload workload, LocalCluster? cluster = null)
{
    private readonly long _created = Stopwatch.GetTimestamp();
    private Reading _before, _after;

    /// <summary>To be called once a slot is done.</summary>
    public void SlotCompleted(int slot)
    {
        if (slot == workload.WarmUpSlots - 1)
            _before = Reading.Take(cluster);
        if (slot == workload.AllSlots - 1)
            _after = Reading.Take(cluster);
    }

    /// <summary>What was measured, once all slots are done.</summary>
    /// <param name="runSeconds">Wall-clock time of all slots, the first ones too.</param>
    public BenchSample Result(double runSeconds)
    {
        var seconds = Stopwatch.GetElapsedTime(_before.Timestamp, _after.Timestamp).TotalSeconds;
        var deviceSlots = (double)workload.Devices * workload.Slots;
        using var process = Process.GetCurrentProcess();
        return new BenchSample(
            subject, workload, deviceSlots / seconds, seconds / workload.Slots,
            (_after.Processor - _before.Processor).TotalSeconds / deviceSlots, (_after.AllocatedBytes - _before.AllocatedBytes) / deviceSlots,
            (_after.Paused - _before.Paused).TotalSeconds / seconds,
            Stopwatch.GetElapsedTime(_created, _after.Timestamp).TotalSeconds - runSeconds,
            cluster?.PeakBytes() ?? process.PeakWorkingSet64, (_after.WireBytes - _before.WireBytes) / deviceSlots);
    }

    private readonly record struct Reading(long Timestamp, TimeSpan Processor, long AllocatedBytes, TimeSpan Paused, long WireBytes)
    {
        public static Reading Take(LocalCluster? cluster) => new(
            Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime + TimeSpan.FromSeconds(cluster?.ProcessorSeconds() ?? 0),
            GC.GetTotalAllocatedBytes(), GC.GetTotalPauseDuration(), cluster is null ? 0 : LoopbackBytes());

        /// <summary>Bytes that were sent over the loopback network since the machine started, by anybody; 0 where the system does not say.</summary>
        private static long LoopbackBytes() => NetworkInterface.GetAllNetworkInterfaces()
            .Where(network => network.NetworkInterfaceType == NetworkInterfaceType.Loopback)
            .Sum(network => network.GetIPStatistics().BytesSent);
    }
}
