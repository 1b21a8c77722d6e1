namespace Diten.Model.Records;

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
    /// <summary>Sums over the twins; null where they are not measured.</summary>
    public TwinTotals? Twins { get; init; }

    /// <summary>Of a training run: the policy that was made by the end of this slot; null = none.</summary>
    public LearningReport? Learned { get; init; }
}
