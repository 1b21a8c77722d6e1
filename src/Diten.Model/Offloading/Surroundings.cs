using Diten.Model.Scenarios;
using Diten.Model.Space;

namespace Diten.Model.Offloading;

/// <summary>What policies that are solved or trained when they are created must know of the world beside the scenario.</summary>
/// <param name="SpacingMetres">Distance between neighbouring servers, metres: 1/√(servers per area); positive.</param>
/// <param name="Servers">S, number of servers.</param>
/// <param name="Backhaul">ψ of eq. (7), and what a migration adds to the latency of its slot.</param>
public sealed record Surroundings(Scenario Scenario, double SpacingMetres, int Servers, Backhaul Backhaul)
{
    /// <summary>N, as far as there are servers.</summary>
    public int Candidates => Math.Min(Scenario.Decisions.Candidates, Servers);

    /// <summary>Way that a device makes in a slot, metres; with recorded journeys, too, it is that of <c>devices.mobility.speed</c>.</summary>
    public double StepMetres => Scenario.Devices.SpeedMetresPerSecond * Scenario.SlotLengthSeconds;

    /// <summary>Cells that a device leaves in a slot: 4/π times step over spacing, as straight lines over square cells do.</summary>
    public double CellsPerSlot => 4 / Math.PI * StepMetres / SpacingMetres;

    /// <summary>The surroundings of a scenario whose stations stand as a topology says.</summary>
    public static Surroundings Of(Scenario scenario, Topology topology) => new(
        scenario,
        Math.Sqrt(topology.Area.SquareMetres / topology.ServerCount),
        topology.ServerCount,
        Backhaul.Of(scenario, topology));
}
