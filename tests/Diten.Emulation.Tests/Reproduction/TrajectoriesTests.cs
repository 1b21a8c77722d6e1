using Diten.Emulation.Tests.Results;
using Diten.Model.Scenarios;
using Diten.Model.Worlds;
using Diten.Runs.Execution;
using Diten.Runs.Experiments.Cells;
using Diten.Runs.Experiments.Designs;
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

        var part = PartOf(Trajectories.RecordedIn(folder.Path), "figure-9.conf");

        foreach (var (level, speed) in part.Axes[0].Levels.Zip((double[])[5, 10, 15, 20, 25, 30]))
        {
            var scenario = ScenarioOf(part, level.Changes);
            Assert.Equal(MobilityKind.Trace, scenario.Devices.Mobility);
            Assert.Equal(speed, World.Create(scenario).MobilityReport.Traces!.MeanSpeedMetresPerSecond, 1e-3);
        }
    }

    [Theory]
    [InlineData(true, MobilityKind.Taxi)]
    [InlineData(false, MobilityKind.Waypoint)]
    public void Synthetic_users_keep_the_speeds_of_an_experiment(bool taxi, MobilityKind kind)
    {
        var part = PartOf(taxi ? Trajectories.Taxi() : Trajectories.Waypoint(), "figure-8.conf");

        var scenarios = part.Axes[0].Levels.Select(level => ScenarioOf(part, level.Changes)).ToArray();
        Assert.All(scenarios, scenario => Assert.Equal(kind, scenario.Devices.Mobility));
        Assert.Equal([5, 10, 15, 20, 25, 30], scenarios.Select(scenario => scenario.Devices.SpeedMetresPerSecond));
    }

    [Fact]
    public void Policies_are_trained_with_users_who_move_likewise()
    {
        var design = Trajectories.Taxi().In(DesignFile.Read(ShippedScenarios.Find("paper/text.conf"), quick: false));

        Assert.All(design.Trainings, training => Assert.Contains(training.Set, change => change.Override == "devices.mobility.model=taxi"));
        Assert.NotEmpty(design.Trainings);
    }

    private static ExperimentPart PartOf(Trajectories trajectories, string file) =>
        Assert.Single(trajectories.In(DesignFile.Read(ShippedScenarios.Find(Path.Combine("paper", file)), quick: false)).Parts);

    private static Scenario ScenarioOf(ExperimentPart part, IEnumerable<Change> level) =>
        ScenarioInput.Load(part.Scenario, [.. part.Set.Concat(level).Select(change => change.Override)], null).Scenario;
}
