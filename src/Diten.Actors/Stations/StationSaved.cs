using Diten.Model.BaseStations;
using Diten.Model.Faults;
using Diten.Model.MobileDevices;
using Diten.Model.ServerTwins;
using Diten.Model.Worlds;

namespace Diten.Actors;

/// <summary>A base station between two slots. What twins publish is not here, as long as they publish it again.</summary>
/// <param name="Devices">Devices that are attached in the next slot, ascending by id; they know how their last task ended.</param>
public sealed record StationSaved(int Station, IReadOnlyList<MobileDeviceState> Devices, IReadOnlyList<FarDeparture> FarDepartures)
{
    /// <summary>Reports on their way to twins, where their link has a fault; in the order of sending.</summary>
    public IReadOnlyList<InTransit<ReportPlacements>> Reports { get; init; } = [];

    /// <summary>What twins published last, by server, where they may not publish it again: <see cref="FaultPlan.StationsKeepEstimates"/>.</summary>
    public IReadOnlyList<TwinEstimate> Estimates { get; init; } = [];

    /// <summary>What servers told with their last answers, by index of the station's reach; empty unless <c>decisions.answers = use</c>.</summary>
    public IReadOnlyList<HeardAnswer> Answers { get; init; } = [];

    /// <summary>What the station has learned of twins, by index of its reach; empty unless <c>decisions.trust = learned</c>.</summary>
    public IReadOnlyList<double> Trust { get; init; } = [];

    /// <summary>What a station keeps of this slot for the next.</summary>
    internal static StationSaved Of(BaseStationState state, World world, IReadOnlyList<MobileDeviceState> devices) =>
        new(state.Station, devices, [.. state.NextFarDepartures])
        {
            Reports = state.Reports is { } reports ? reports.Save() : [],
            Estimates = world.Faults.StationsKeepEstimates ? [.. state.Estimates.OfType<TwinEstimate>()] : [],
            Answers = state.Answers is { } answers ? [.. answers] : [],
            Trust = state.Trust is { } trust ? [.. trust] : [],
        };

    /// <summary>Makes a new station what another one was when it was saved; its devices come to it by themselves.</summary>
    internal void RestoreTo(BaseStationState state)
    {
        state.NextFarDepartures.AddRange(FarDepartures);
        state.Reports?.Restore(Reports);
        foreach (var estimate in Estimates)
            StationDecisions.Apply(state, estimate);
        if (state.Answers is { } answers)
            for (var k = 0; k < Answers.Count; k++)
                answers[k] = Answers[k];
        if (state.Trust is { } trust)
            for (var k = 0; k < Trust.Count; k++)
                trust[k] = Trust[k];
    }
}
