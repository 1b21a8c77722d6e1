using System.Buffers.Binary;
using Diten.Model.Records;

namespace Diten.View.Recordings;

/// <summary>Figures of one slot that the page draws over time; NaN where the slot has nothing to tell.</summary>
internal static class SlotSeries
{
    /// <summary>Seconds; shares; units of 𝒞 a device; slots; share of the mean capacity; shares; units of reward a task; seconds, where regret is measured.</summary>
    public static IReadOnlyList<string> Names { get; } =
        ["latency", "failed", "migrated", "deficit", "twinAge", "twinError", "utilisation", "reward", "regret"];

    public static int UtilisationIndex { get; } = Names.ToList().IndexOf("utilisation");

    /// <summary>Bytes of a slot: int32 slot, and the figures.</summary>
    public static int RowBytes { get; } = 4 + (4 * Names.Count);

    /// <summary>Writes the figures as float32.</summary>
    public static void Write(SlotReport report, Span<byte> to)
    {
        var total = report.Total;
        double age = 0, error = 0, capacity = 0;
        foreach (ref readonly var server in report.Servers.AsSpan())
        {
            age += server.Twin?.AgeSlots ?? server.TwinAgeSlots;
            error += Math.Abs(server.FreeHertz - server.TwinFreeHertz);
            capacity += server.CapacityHertz;
        }

        ReadOnlySpan<double> figures =
        [
            total.Latency / total.Completed,
            (double)(total.Late + total.Uncovered + total.Lost) / total.Devices,
            (double)total.Migrations / total.MigrationOpportunities,
            total.DeficitQueue / total.Devices,
            age / report.Servers.Length,
            error / capacity,
            report.UtilisationMean,
            total.Reward / total.Completed,
            total.Regret / total.RegretTasks,
        ];
        for (var i = 0; i < figures.Length; i++)
            BinaryPrimitives.WriteSingleLittleEndian(to[(4 * i)..], (float)figures[i]);
    }
}
