using Diten.Model.BaseStations;
using Diten.Model.EdgeServers;
using Diten.Model.Faults;
using Diten.Model.MobileDevices;
using Diten.Model.ServerTwins;
using Diten.Model.Statistics;

namespace Diten.Actors;

/// <summary>All that a zone must know to go on with a slot, as if nothing had happened.</summary>
/// <param name="Slot">The slot that comes next.</param>
/// <param name="Stations">In the order of their ids.</param>
/// <param name="Servers">In the order of their ids.</param>
/// <param name="Twins">In the order of their servers' ids.</param>
/// <param name="Arrivals">Devices that come with the next <see cref="BeginSlot"/>.</param>
/// <param name="Latencies">What the zone has counted up to here.</param>
public sealed record ZoneCheckpoint(
    int Zone, int Slot, IReadOnlyList<StationSaved> Stations, IReadOnlyList<EdgeServerSaved> Servers, IReadOnlyList<ServerTwinState> Twins,
    IReadOnlyList<MobileDeviceState> Arrivals, LatencyHistogram Latencies)
{
    /// <summary>Likewise of regret; null where it is not measured.</summary>
    public LatencyHistogram? Regrets { get; init; }

    /// <summary>Of the run that it belongs to: <see cref="RunSpec.Mark"/>.</summary>
    public ulong RunMark { get; init; }

    /// <summary>What twins have on their way, in the order of their servers' ids; none where no fault can make it matter.</summary>
    public IReadOnlyList<TwinLinksSaved> TwinLinks { get; init; } = [];
}

/// <summary>What a twin has on its way, and what it told last, between two slots.</summary>
/// <param name="Published">What it published last, whatever became of it; null = that is published again after a restore.</param>
/// <param name="Words">To its server, in the order of sending.</param>
/// <param name="Estimates">To stations, in the order of sending.</param>
public sealed record TwinLinksSaved(
    int Server, TwinEstimate? Published, IReadOnlyList<InTransit<TwinWord>> Words, IReadOnlyList<InTransit<TwinEstimate>> Estimates);
