using Diten.Model.Scenarios;
using Diten.Model.ServerTwins;
using Diten.Model.SystemTwin;
using Diten.Model.Tests.BaseStations;
using Diten.Model.Worlds;

namespace Diten.Model.Tests.SystemTwin;

public sealed class SystemTwinTests
{
    /// <summary>Two stations 150 m apart; a migration moves 40 Mbit at 10 Gbit/s, 4 ms.</summary>
    private static readonly World World = World.Create(new Scenario
    {
        AreaSideMetres = 300,
        Stations = new StationsSection { DensityPerSquareMetre = 4 / (300.0 * 300.0) },
        Servers = new ServersSection { MigrationOutage = true, ServiceStateBits = 40e6 },
        Twins = new TwinsSection { DeviationSource = DeviationSource.Emergent },
        Decisions = new DecisionsSection { Candidates = 2 },
    });

    [Fact]
    public void A_world_has_two_milliseconds_a_spacing_and_an_outage_of_state_over_rate()
    {
        Assert.Equal(0.002 / 150, World.Backhaul.SecondsPerMetre, 1e-15);
        Assert.Equal(0.004, World.Backhaul.OutageSeconds, 1e-15);
    }

    [Fact]
    public void The_system_twin_estimates_rewards_from_what_the_twins_told()
    {
        var twins = Enumerable.Range(0, 9).Select(s => new TwinEstimate(s, 5, 6, 0, 10e9, s == 4 ? 1 : 3, 0)).ToArray();
        var system = SystemTwinRules.Apply(SystemTwinState.Fresh, 5, twins);

        var rewards = SystemTwinRules.EstimateRewards(system, NineStations.World, new ConsideredTask(225, 225, 1e9, 0.02, 0.5, new ServerId(4), new ServerId(4)));

        Assert.Equal(5, rewards.Count);
        Assert.Equal(0.02 + 0.1, rewards[0].LatencySeconds, 1e-12); // its own task does not count: 10 GHz
        Assert.Equal(-20 * 0.12, rewards[0].Reward, 1e-12);
        Assert.Equal(0.02 + 0.002 + 0.4, rewards[1].LatencySeconds, 1e-12); // a spacing away, three others there
        Assert.Equal(-20 * 0.422 - 0.5, rewards[1].Reward, 1e-12); // and a migration with Q = 0.5
    }

    [Fact]
    public void The_system_twin_knows_parts_of_tasks()
    {
        var twins = Enumerable.Range(0, 9).Select(s => new TwinEstimate(s, 5, 6, 0, 10e9, 1, 0) { TasksPart = 0.25 }).ToArray();

        var rewards = SystemTwinRules.EstimateRewards(
            SystemTwinRules.Apply(SystemTwinState.Fresh, 5, twins), NineStations.World, new ConsideredTask(225, 225, 1e9, 0.02, 0.5, new ServerId(4), new ServerId(4)));

        Assert.Equal(0.02 + 0.125, rewards[0].LatencySeconds, 1e-12); // 10 GHz / 1.25
    }

    [Fact]
    public void A_migrations_outage_is_part_of_the_estimated_latency()
    {
        var task = new ConsideredTask(75, 75, 1e9, 0.02, 0.5, new ServerId(0), new ServerId(0));

        var rewards = SystemTwinRules.EstimateRewards(SystemTwinRules.Apply(SystemTwinState.Fresh, 0, Published(0)), World, task);

        Assert.Equal(0.02 + 0.1, rewards[0].LatencySeconds, 1e-12);
        Assert.Equal(0.02 + 0.1 + 0.002 + 0.004, rewards[1].LatencySeconds, 1e-12);
    }

    [Fact]
    public void A_report_of_an_earlier_slot_does_not_take_the_place_of_a_later_one()
    {
        var now = SystemTwinRules.Apply(SystemTwinState.Fresh, 5, Published(5));

        Assert.Same(now, SystemTwinRules.Apply(now, 4, Published(4)));
        Assert.Same(now, SystemTwinRules.Apply(now, 5, Published(4)));
        Assert.Equal(6, SystemTwinRules.Apply(now, 6, Published(6)).Servers[0].Slot);
    }

    /// <summary>What four twins tell: 10 GHz free, nobody there.</summary>
    private static TwinEstimate[] Published(int slot) => [.. Enumerable.Range(0, 4).Select(s => new TwinEstimate(s, slot, slot, 0, 10e9, 0, 0))];
}
