using Diten.Model.Policies;
using Diten.Model.Scenarios;
using Diten.Model.Tests.Offloading;

namespace Diten.Model.Tests.Policies;

public class CostQosTests
{
    /// <summary>Good up to 80 % of the deadline; a migration costs 1, which is 50 ms at 20 per second.</summary>
    private static readonly CostQos Policy = new(margin: 0.2, v: 20, price: 1);

    [Fact]
    public void A_server_that_keeps_the_deadline_with_its_margin_is_not_left()
    {
        // 0.8 · 0.25 s = 0.2 s.
        Assert.Equal(1, Policy.Choice(new Row(0.01, 0.20) { Serving = 1, Deadline = 0.25 }));
        Assert.Equal(0, Policy.Choice(new Row(0.01, 0.201) { Serving = 1, Deadline = 0.25 }));
    }

    [Fact]
    public void When_it_does_not_the_cheapest_is_taken_its_migration_counted()
    {
        // 0.30 s cost 6; 0.26 s and a migration 6.2, 0.24 s and a migration 5.8.
        Assert.Equal(0, Policy.Choice(new Row(0.30, 0.26) { Serving = 0, Deadline = 0.2 }));
        Assert.Equal(2, Policy.Choice(new Row(0.30, 0.26, 0.24) { Serving = 0, Deadline = 0.2 }));
    }

    [Fact]
    public void Two_servers_that_see_saw_about_the_deadline_do_not_make_a_device_go_to_and_fro()
    {
        // Each is late in turn, but never by the price faster than the other: 40 ms between them.
        var (server, moves) = (0, 0);
        for (var slot = 0; slot < 20; slot++)
        {
            double[] predicted = slot % 2 == 0 ? [0.24, 0.20] : [0.20, 0.24];
            var next = Policy.Choice(new Row(predicted) { Serving = server, Deadline = 0.25 });
            moves += next == server ? 0 : 1;
            server = next;
        }

        Assert.Equal(0, moves);
        // Without a price, it is left whenever it breaks its promise and the other keeps it: every slot.
        Assert.Equal(1, new CostQos(0.2, 20, price: 0).Choice(new Row(0.24, 0.20) { Serving = 0, Deadline = 0.25 }));
        Assert.Equal(0, new CostQos(0.2, 20, price: 0).Choice(new Row(0.20, 0.24) { Serving = 1, Deadline = 0.25 }));
    }

    [Fact]
    public void Where_nothing_serves_the_fastest_is_taken_and_of_equals_the_nearer()
    {
        Assert.Equal(1, Policy.Choice(new Row(0.20, 0.19, 0.19) { Serving = -1, Deadline = 0.1 }));
        Assert.Equal(1, Policy.Choice(new Row(0.20, 0.19) { Serving = -1, Free = true, Deadline = 1 }));
        Assert.Equal(0, Policy.Choice(new Row(0.20) { Serving = -1, Deadline = 1 }));
    }

    [Fact]
    public void A_scenarios_weights_reach_it()
    {
        var scenario = new Scenario
        {
            Objective = new ObjectiveSection { V = 10, MigrationCost = 2 },
            Policy = new PolicySection { Name = "cost-qos", QosMargin = 0.5, MigrationWeight = 0.3 },
        };

        // Good up to 0.1 s; a migration costs 0.6, which is 60 ms.
        Assert.Equal(0, Rows.Policy(scenario).Choice(new Row(0.10, 0.01) { Serving = 0, Deadline = 0.2 }));
        Assert.Equal(0, Rows.Policy(scenario).Choice(new Row(0.11, 0.051) { Serving = 0, Deadline = 0.2 }));
        Assert.Equal(1, Rows.Policy(scenario).Choice(new Row(0.11, 0.049) { Serving = 0, Deadline = 0.2 }));
    }
}
