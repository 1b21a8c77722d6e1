using Diten.Emulation.Tests.Results;
using Diten.Model.Scenarios;
using Diten.Model.Worlds;
using Diten.Runs.Execution;
using Diten.Runs.Reproduction;
using Diten.Runs.Scenarios;

namespace Diten.Emulation.Tests.Reproduction;

public sealed class TrajectoriesTests
{
    [Fact]
    public void Recorded_taxis_are_made_as_fast_as_is_wanted_by_scaling_their_time()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.At("1.txt"), "1,2008-02-02 15:00:00,116.30,39.90\n1,2008-02-02 15:05:00,116.34,39.90\n1,2008-02-02 15:10:00,116.34,39.93\n");
        File.WriteAllText(folder.At("2.txt"), "2,2008-02-02 15:00:00,116.32,39.92\n2,2008-02-02 15:05:00,116.30,39.90");
        var paper = Path.Combine(ShippedScenarios.Folder()!, "paper.conf");
        var axis = Trajectories.Of(folder.Path, ScenarioInput.Load(paper, [], null).Scenario, 20);

        Assert.Equal(["taxi", "waypoint", "recorded"], axis.Levels.Select(level => level.Name));
        var scenarios = axis.Levels.Select(level => ScenarioInput.Load(paper, [.. level.Changes.Select(change => change.Override)], null).Scenario).ToArray();
        Assert.Equal([MobilityKind.Taxi, MobilityKind.Waypoint, MobilityKind.Trace], scenarios.Select(scenario => scenario.Devices.Mobility));
        Assert.All(scenarios[..2], scenario => Assert.Equal(20, scenario.Devices.SpeedMetresPerSecond));
        Assert.Equal(20, World.Create(scenarios[2]).MobilityReport.Traces!.MeanSpeedMetresPerSecond, 1e-3);
    }

    [Fact]
    public void Without_a_folder_there_are_none_that_were_recorded() =>
        Assert.Equal(["taxi", "waypoint"], Trajectories.Of(null, new Scenario(), 15).Levels.Select(level => level.Name));
}
