using Diten.Model.BaseStations;
using Diten.Model.EdgeServers;
using Diten.Model.Faults;
using Diten.Model.Scenarios;
using Diten.Model.ServerTwins;
using Diten.Model.Tests.BaseStations;
using Diten.Model.Worlds;
using static Diten.Model.Tests.BaseStations.OneStation;

namespace Diten.Model.Tests.ServerTwins;

/// <summary>
/// Twins that publish what is true of one quantity, or of both, at values worked out by hand. Before the run the server had 10 GHz and 4 tasks, in slot
/// 0 14 GHz and 6; the syncs of slots 1 and 2 are lost, in which it had 9 GHz and 3, and 8 GHz and 11.
/// </summary>
public sealed class ExactTwinTests
{
    [Theory]
    [InlineData(TwinExact.None, 14, 8)] // what was synced, and the two changes
    [InlineData(TwinExact.Capacity, 8, 8)]
    [InlineData(TwinExact.Tasks, 14, 13)]
    [InlineData(TwinExact.Both, 8, 13)]
    public void What_is_exact_is_that_of_the_slot_before_with_this_slots_changes_and_the_rest_is_as_it_was(TwinExact exact, double gigahertz, int tasks)
    {
        var scenario = With(new TwinsSection { Exact = exact });
        var twin = ServerTwin.Apply(Shown(scenario), new ReportPlacements(9, 2), 3, scenario);

        var told = ServerTwin.Publish(twin, scenario, FaultPlan.None, 3, 0);

        Assert.Equal((gigahertz * 1e9, tasks, 0.0), (told.FreeHertz, told.Tasks, told.TasksPart));
        Assert.Equal((1, 2, TwinCondition.InSync), (told.Revision, told.AgeSlots, told.Condition)); // those of the sync of slot 0
    }

    [Fact]
    public void It_grows_old_as_its_syncs_do()
    {
        var scenario = With(new TwinsSection { Exact = TwinExact.Both });

        Assert.Equal(TwinCondition.Suspect, ServerTwin.Publish(Shown(scenario), scenario, 5).Condition);
    }

    [Theory]
    [InlineData(TwinLoad.Last)]
    [InlineData(TwinLoad.Aged)]
    [InlineData(TwinLoad.Mean)]
    [InlineData(TwinLoad.Reckoned)]
    public void Exact_tasks_know_of_no_load_rule(TwinLoad load)
    {
        var scenario = With(new TwinsSection { Exact = TwinExact.Tasks, Load = load });
        var happened = new List<TwinEvent>();
        var twin = ServerTwin.Apply(Synced(scenario), new ReportPlacements(9, 5, 1), 1, scenario);
        twin = ServerTwin.EndSlot(twin, 1, scenario.Twins, happened); // what was reported of slot 1 is in the truth of slot 2
        twin = ServerTwin.Show(twin, new ShowTruth(9, 2, 8e9, 11), scenario.Twins, happened);
        twin = ServerTwin.Apply(twin, new ReportPlacements(9, -12, 3), 3, scenario);

        Assert.Equal((0, 0.0), Tasks(ServerTwin.Publish(twin, scenario, FaultPlan.None, 3, 0))); // never below zero
        twin = ServerTwin.Apply(twin, new ReportPlacements(9, 3, 3), 3, scenario);
        Assert.Equal((2, 0.0), Tasks(ServerTwin.Publish(twin, scenario, FaultPlan.None, 3, 1)));
    }

    [Theory]
    [InlineData(TwinEstimator.Ewma)]
    [InlineData(TwinEstimator.Kalman)]
    public void An_exact_capacity_has_no_error_and_no_spread(TwinEstimator estimator)
    {
        var believed = ServerTwin.Publish(Shown(With(new TwinsSection { Estimator = estimator })), With(new TwinsSection { Estimator = estimator }), 3);
        var scenario = With(new TwinsSection { Estimator = estimator, Exact = TwinExact.Capacity });
        var told = ServerTwin.Publish(Shown(scenario), scenario, 3);

        Assert.NotEqual(0, believed.DeviationHertz);
        Assert.Equal((8e9, 0.0, 0.0), (told.FreeHertz, told.DeviationHertz, told.SpreadHertz));
    }

    [Fact]
    public void A_twin_that_forgot_is_shown_the_truth_again()
    {
        var scenario = With(new TwinsSection { Exact = TwinExact.Both });
        var twin = ServerTwin.Forget(Shown(scenario), 2, scenario, []);
        Assert.Equal((20e9, 0), (ServerTwin.Publish(twin, scenario, 3).FreeHertz, ServerTwin.Publish(twin, scenario, 3).Tasks));

        var happened = new List<TwinEvent>();
        twin = ServerTwin.Show(twin, new ShowTruth(9, 2, 8e9, 11), scenario.Twins, happened);

        Assert.Equal([new TruthShown(8e9, 11)], happened);
        Assert.Equal((8e9, 11, -1), (ServerTwin.Publish(twin, scenario, 3).FreeHertz, ServerTwin.Publish(twin, scenario, 3).Tasks, twin.Revision));
    }

    [Theory]
    [InlineData(TwinExact.None, 6, 7)]
    [InlineData(TwinExact.Capacity, 12, 7)]
    [InlineData(TwinExact.Tasks, 6, 2)]
    [InlineData(TwinExact.Both, 12, 2)]
    public void An_answer_of_the_server_takes_the_place_of_what_is_not_exact(TwinExact exact, double gigahertz, int tasks)
    {
        var scenario = NineStations.Scenario;
        var station = new OneStation(scenario with
        {
            Decisions = scenario.Decisions with { Answers = AnswerUse.Use },
            Twins = scenario.Twins with { Exact = exact },
        });
        station.Begin(4, Device());
        station.Decide();
        station.Execute(0.1, freeHertz: 6e9, serverTasks: 7);
        station.Publish(4, 5, freeHertz: 12e9, tasks: 2, age: 2);

        station.Begin(5, Device(lastTask: -1));
        station.Decide();

        Assert.Equal(tasks, station.Batch.TasksOfOthers[0]);
        Assert.Equal(gigahertz * 1e9 / (1 + tasks), station.Batch.EstimatedHertz[0], 1e-3);
    }

    [Fact]
    public void A_server_shows_its_last_slot_even_while_it_is_down()
    {
        var state = new EdgeServerState(World.Create(NineStations.Scenario), 4) { Down = true, LastSlot = new ToldState(7, 8e9, 3) };

        Assert.Equal(new ShowTruth(4, 7, 8e9, 3), ServerSync.Show(state));
    }

    private static (int, double) Tasks(TwinEstimate told) => (told.Tasks, told.TasksPart);

    private static Scenario With(TwinsSection twins) => new() { Twins = twins with { DeviationSource = DeviationSource.Emergent } };

    private static ServerTwinState Synced(Scenario scenario)
    {
        var twin = ServerTwin.Apply(ServerTwinState.Fresh(9), new TwinSynchronized(0, -1, 10e9, 4), scenario.Twins);
        return ServerTwin.Apply(twin, new TwinSynchronized(1, 0, 14e9, 6), scenario.Twins);
    }

    /// <summary>Synced of slot 0, and shown slots 1 and 2.</summary>
    private static ServerTwinState Shown(Scenario scenario)
    {
        var twin = ServerTwin.Apply(Synced(scenario), new TruthShown(9e9, 3), scenario.Twins);
        return ServerTwin.Apply(twin, new TruthShown(8e9, 11), scenario.Twins);
    }
}
