using Diten.Model.Scenarios;

namespace Diten.Model.Space;

/// <summary>What the wired network between the stations takes (model.md §1, Wired; eq. (7)).</summary>
/// <param name="SecondsPerMetre">ψ of (7), seconds per metre; not negative.</param>
/// <param name="OutageSeconds">Delay that a migration adds to its slot's task, seconds; 0 unless the scenario switches it on.</param>
public readonly record struct Backhaul(double SecondsPerMetre, double OutageSeconds)
{
    /// <summary>The backhaul of a scenario whose stations stand as a topology says.</summary>
    public static Backhaul Of(Scenario scenario, Topology topology) => new(
        scenario.Backhaul.LatencySecondsPerMetre ?? scenario.Backhaul.LatencySecondsPerSpacing / topology.SpacingMetres,
        scenario.Servers.MigrationOutage ? scenario.Servers.ServiceStateBits / scenario.Backhaul.RateBitsPerSecond : 0);
}
