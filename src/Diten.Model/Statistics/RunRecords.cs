using Diten.Model.Learning;

namespace Diten.Model.Statistics;

/// <summary>How a task ended; the numbers are part of the digest.</summary>
public enum TaskOutcome : byte
{
    /// <summary>T_glob ≤ γ.</summary>
    InTime = 0,
    /// <summary>Completed after its deadline: failed.</summary>
    Late = 1,
    /// <summary>The device was out of everybody's coverage: failed, no latency.</summary>
    Uncovered = 2,
}

/// <summary>One device-slot, as the base station that the device was attached to recorded it. Metres, seconds.</summary>
/// <param name="Server">The server that ran the task; −1 where uncovered.</param>
/// <param name="Queue">Deficit queue Q(t + 1), after the slot.</param>
/// <param name="Reward">R_t (16); 0 where uncovered.</param>
public readonly record struct DeviceSlotRecord(
    int Slot, int Device, int Station, double X, double Y, int Server, TaskOutcome Outcome, bool Migrated,
    double DeadlineSeconds, double LatencySeconds, double PredictedSeconds, double UplinkSeconds, double PropagationSeconds,
    double QueueingSeconds, double ComputationSeconds, double OutageSeconds, double Queue, double Reward);

/// <summary>One server-slot: what was true, and what the twin had published for that slot.</summary>
/// <param name="CapacityHertz">F.</param>
/// <param name="FreeHertz">c, capacity less background.</param>
/// <param name="Tasks">Tasks that ran there in this slot.</param>
/// <param name="Utilisation">Background plus emulated work over capacity, 0 to 1: min(1, background + Σλ / (F · slot length)).</param>
/// <param name="DeviationHertz">f̂ that was in force (injected), or 0.</param>
/// <param name="TwinFreeHertz">Free capacity that the twin published for this slot.</param>
/// <param name="TwinTasks">Number of tasks that the twin published for this slot, before the decisions of the slot.</param>
/// <param name="TwinDeviationHertz">f̂ that the twin published.</param>
/// <param name="TwinAgeSlots">Slots since the last accepted sync.</param>
public readonly record struct ServerSlotRecord(
    int Slot, int Server, double CapacityHertz, double FreeHertz, int Tasks, double Utilisation, double DeviationHertz,
    double TwinFreeHertz, int TwinTasks, double TwinDeviationHertz, int TwinAgeSlots);

/// <summary>Everything that a run tells of one slot, whichever zones it ran in.</summary>
/// <param name="Digest">SHA-256 over the stations' digests in the order of station ids; 32 bytes.</param>
/// <param name="Total">Sums over all stations, added in the order of station ids.</param>
/// <param name="StationTotals">By station id.</param>
/// <param name="StationDigests">32 bytes a station, by station id.</param>
/// <param name="Servers">By server id; empty where per-server tables are off.</param>
/// <param name="Devices">Sampled devices, by device id; empty where per-device tables are off.</param>
/// <param name="UtilisationMean">Mean over servers of <see cref="ServerSlotRecord.Utilisation"/>.</param>
public sealed record SlotReport(
    int Slot, byte[] Digest, SlotTotals Total, IReadOnlyList<SlotTotals> StationTotals, byte[] StationDigests,
    ServerSlotRecord[] Servers, DeviceSlotRecord[] Devices, double UtilisationMean)
{
    /// <summary>Of a training run: the policy that was made by the end of this slot; null = none.</summary>
    public LearningReport? Learned { get; init; }
}
