using Diten.Model.Offloading;
using Diten.Model.Policies;
using Diten.Model.Scenarios;
using Diten.Model.Space;
using Diten.Model.Tests.Offloading;
using FsCheck.Xunit;

namespace Diten.Model.Tests.Policies;

public class DistanceMdpTests
{
    /// <summary>Near (costs 0) and far (costs 1): a near device gets far with probability ½ a slot, a far one stays far; discount ½.</summary>
    private static MigrationProcess NearAndFar(double hopProbability = 1) =>
        new([0, 1], [[0.5, 0.5], [0, 1]], hopProbability, home: 0, discount: 0.5);

    [Fact]
    public void Value_iteration_solves_the_case_worked_by_hand()
    {
        // Migrating when far, weight 1: V(near) = ½ (½ V(near) + ½ V(far)), V(far) = 1 + V(near): ½ and 3/2; staying there would cost
        // 1 + ½ · 3/2 = 7/4. With weight 2, staying for ever costs 1 / (1 − ½) = 2, and V(near) = ¼ V(near) + ¼ · 2 = 2/3: less than 2 + 2/3.
        var cheap = NearAndFar().Values(weight: 1);
        Assert.Equal(0.5, cheap[0], 9);
        Assert.Equal(1.5, cheap[1], 9);

        var dear = NearAndFar().Values(weight: 2);
        Assert.Equal(2 / 3.0, dear[0], 9);
        Assert.Equal(2, dear[1], 9);
    }

    [Fact]
    public void The_threshold_lies_where_staying_and_migrating_cost_the_same()
    {
        // Migrating costs 1 more than staying at near, and ¼ less at far: equal at 1 / (1 + ¼) of the way.
        Assert.Equal(0.8, NearAndFar().Threshold(weight: 1), 9);
        Assert.Equal(double.PositiveInfinity, NearAndFar().Threshold(weight: 2));
        // It is worth it up to a weight of 4/3: 3/2 w = 1 + 3/4 w.
        Assert.True(double.IsFinite(NearAndFar().Threshold(weight: 1.333)));
        Assert.False(double.IsFinite(NearAndFar().Threshold(weight: 1.334)));
    }

    [Fact]
    public void The_rate_is_that_of_the_chain()
    {
        // From near it takes two slots on average until it is far; slower hops take as much longer.
        Assert.Equal(0.5, NearAndFar().Rate(threshold: 0.8), 12);
        Assert.Equal(0.1, NearAndFar(hopProbability: 0.2).Rate(threshold: 0.8), 12);
        Assert.Equal(0, NearAndFar(hopProbability: 0).Rate(threshold: 0.8));
    }

    [Fact]
    public void The_weight_is_raised_until_the_rate_is_within_the_budget_and_no_further()
    {
        Assert.Equal(1, NearAndFar().WeightWithin(rate: 0.5, atLeast: 1));
        // To migrate less than every other slot is not to migrate at all: from 4/3 on.
        Assert.Equal(4 / 3.0, NearAndFar().WeightWithin(rate: 0.4, atLeast: 1), 5);
    }

    /// <summary>Migrating is better from some distance on, and from there on everywhere.</summary>
    [Property(MaxTest = 60)]
    public void The_best_policy_is_a_threshold(byte speed, byte reach, byte weight)
    {
        var width = 1 / 16.0;
        var process = DistanceMdp.Process(0.5 + reach / 100.0, width, cellsPerSlot: speed / 200.0, costPerSpacing: 0.04);
        var (values, home) = (process.Values(weight / 100.0), (int)Math.Round(0.3826 / width));

        var migrates = values.Select(value => value >= values[home] + weight / 100.0 - 1e-9).Skip(home + 1).ToArray();

        Assert.True(migrates[^1]);   // the server is lost
        Assert.Equal(migrates.Order(), migrates);
    }

    [Fact]
    public void Where_migrations_cost_nothing_it_is_nearest_first()
    {
        var policy = Solve(new Scenario { Policy = new PolicySection { MigrationWeight = 0 } });

        // Whoever is not at the nearest server is at least half a spacing, 78 m, from his.
        Assert.InRange(policy.ThresholdMetres, 0, 78);
        Assert.Equal(0, policy.Weight);
    }

    [Fact]
    public void A_tighter_budget_means_a_farther_threshold_and_its_rate_is_kept()
    {
        DistanceMdp[] policies = [.. new[] { 1, 0.08, 0.06, 0.05 }
            .Select(beta => Solve(new Scenario { Objective = new ObjectiveSection { Beta = beta } }))];

        Assert.Equal(policies.Select(p => p.ThresholdMetres).Order(), policies.Select(p => p.ThresholdMetres));
        Assert.Equal(0.1, policies[0].Weight, 12);   // the scenario's own
        Assert.All(policies.Skip(1), policy => Assert.True(policy.Weight > 0.1));
        Assert.True(policies[1].Rate <= 0.08 && policies[2].Rate <= 0.06);
    }

    [Fact]
    public void A_budget_that_lost_servers_overdraw_leaves_only_those_migrations()
    {
        var policy = Solve(new Scenario { Objective = new ObjectiveSection { Beta = 0 } });

        Assert.Equal(double.PositiveInfinity, policy.ThresholdMetres);
        Assert.InRange(policy.Rate, 1e-3, 0.1);
    }

    [Fact]
    public void Its_threshold_decides_and_the_nearest_is_where_it_goes()
    {
        var policy = Solve(new Scenario());
        var threshold = policy.ThresholdMetres;

        Assert.InRange(threshold, 78, 200);
        Assert.Equal(2, policy.Choice(new Row(0.1, 0.1, 0.9) { Distances = [80, 90, threshold], Serving = 2 }));
        Assert.Equal(0, policy.Choice(new Row(0.9, 0.1, 0.1) { Distances = [80, 90, threshold + 0.001], Serving = 2 }));
        Assert.Equal(0, policy.Choice(new Row(0.9, 0.1) { Serving = -1 }));
        Assert.Equal(0, policy.Choice(new Row(0.9, 0.1) { Serving = -1, Free = true }));
    }

    [Theory]
    [InlineData(0, 5, 1)]        // nobody moves
    [InlineData(300, 5, 1)]      // two spacings a slot
    [InlineData(15, 1, 1)]       // one candidate
    [InlineData(15, 1000, 1)]    // nearly all servers are candidates
    [InlineData(15, 5, 0.001)]   // one server
    public void Any_world_has_a_solution(double speed, int candidates, double serversShare)
    {
        var policy = Solve(new Scenario
        {
            Devices = new DevicesSection { SpeedMetresPerSecond = speed },
            Decisions = new DecisionsSection { Candidates = candidates },
            Stations = new StationsSection { ServersShare = serversShare },
        });

        Assert.True(policy.ThresholdMetres > 0);
        Assert.InRange(policy.Rate, 0, 1);
        Assert.True(double.IsFinite(policy.Weight));
    }

    private static DistanceMdp Solve(Scenario scenario) => DistanceMdp.Solve(Surroundings.Of(scenario, Topologies.Create(scenario).Topology));
}
