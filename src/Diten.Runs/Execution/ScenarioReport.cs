using Diten.Model.Scenarios.Keys;
using Diten.Model.Space;
using Diten.Model.Worlds;
using Diten.Runs.Results;

namespace Diten.Runs.Execution;

/// <summary>What can be said of a scenario before it is run.</summary>
public static class ScenarioReport
{
    /// <summary>Its size, what it will take of this machine, what was read for it, and what is odd about it: a fact a line.</summary>
    /// <param name="force">Whether to try what this machine seems too small for.</param>
    /// <exception cref="UserErrorException">A file of it cannot be used, or it is too large for this machine and not forced.</exception>
    public static IReadOnlyList<string> Of(ScenarioInput input, bool force)
    {
        RunSize.Of(input.Scenario, 0).Demand(input.Name, force);
        var world = input.Ready(0, force);
        return
        [
            .. Size(input, world), .. InputReport.Lines(world), .. world.Faults.All.Select(FaultCatalogue.Describe),
            .. input.Warnings.Concat(input.FaultWarnings(world)).Select(warning => warning.ToString()),
        ];
    }

    private static IEnumerable<string> Size(ScenarioInput input, World world)
    {
        var scenario = input.Scenario;
        var (places, topology) = (world.TopologyReport, world.Topology);
        var zones = ZoneMap.Create(topology, scenario.Zones);
        yield return FormattableString.Invariant(
            $"{places.Stations} stations, {places.Servers} servers, {zones.Count} zones, area {topology.Area.Width / 1e3:F2} km × {topology.Area.Height / 1e3:F2} km, {places.DensityPerSquareMetre * 1e6:F1} stations/km²");
        yield return FormattableString.Invariant(
            $"{scenario.Devices.Count} devices × {scenario.Slots} slots = {(long)scenario.Devices.Count * scenario.Slots} device-slots, policy {input.PolicyName}, seed {scenario.Seed}");
        yield return FormattableString.Invariant(
            $"a run takes at least {RunSize.Of(scenario, 0).Bytes / 1e9:F1} GB of memory; {RunSize.AvailableBytes() / 1e9:F1} GB are free here");
    }
}
