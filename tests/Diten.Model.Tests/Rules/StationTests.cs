using Diten.Model.BaseStations;
using Diten.Model.EdgeServers;
using Diten.Model.MobileDevices;
using Diten.Model.Offloading;
using Diten.Model.Scenarios;
using Diten.Model.ServerTwins;
using Diten.Model.SystemTwin;
using Diten.Model.Worlds;

namespace Diten.Model.Tests.Rules;

/// <summary>A base station of a 3 × 3 grid, led by hand: servers 0 to 8, the station in the middle is 4.</summary>
public sealed class StationTests
{
    private static readonly Scenario Scenario = new()
    {
        AreaSideMetres = 450,
        Stations = new StationsSection { DensityPerSquareMetre = 9 / (450.0 * 450.0) },
        Radio = new RadioSection { Channels = 0 },
        Twins = new TwinsSection { DeviationSource = DeviationSource.Emergent },
        Decisions = new DecisionsSection { Rounds = 2, Candidates = 5 },
        Policy = new PolicySection { Name = "lowest-latency" },
    };

    private static readonly World World = World.Create(Scenario);

    [Fact]
    public void The_devices_own_last_task_does_not_count()
    {
        var (batch, _, _) = Decide(lastTask: 4, tasksAtFour: 3);

        Assert.Equal(4, batch.Servers[0]);
        Assert.Equal(2, batch.TasksOfOthers[0]);
        Assert.Equal(10e9 / 3, batch.EstimatedHertz[0], 1);
    }

    [Fact]
    public void A_twin_that_has_not_heard_of_the_devices_own_last_task_leaves_no_fewer_than_none()
    {
        var (batch, _, _) = Decide(lastTask: 4, tasksAtFour: 0);

        Assert.Equal(0, batch.TasksOfOthers[0]);
        Assert.Equal(10e9, batch.EstimatedHertz[0]);
    }

    [Fact]
    public void What_a_device_leaves_and_what_it_chooses_are_both_told()
    {
        var (_, placements, state) = Decide(lastTask: 4, tasksAtFour: 9); // server 4 is full: it goes elsewhere

        Assert.Equal(-1, placements[Array.IndexOf(state.Reach, 4)]);
        Assert.Equal(1, placements[state.Turns[0].Chosen]);
        Assert.Equal(0, placements.Sum());
    }

    [Fact]
    public void A_device_that_stays_changes_no_count()
    {
        var (_, placements, state) = Decide(lastTask: 4, tasksAtFour: 1);

        Assert.Equal(4, state.Reach[state.Turns[0].Chosen]);
        Assert.All(placements, change => Assert.Equal(0, change));
    }

    [Fact]
    public void Nobody_decides_before_its_round()
    {
        var state = Station(lastTask: 4, tasksAtFour: 1, round: 1);
        var placements = new int[state.Reach.Length];

        StationDecisions.Decide(state, World, 0, new DecisionBatch(5), placements);

        Assert.Equal(-1, state.Turns[0].Chosen);
        Assert.Equal(0b10UL, BaseStation.RoundsWithWork(state, World));
    }

    [Fact]
    public void A_task_runs_on_the_true_share_whatever_the_twin_said()
    {
        var (_, _, state) = Decide(lastTask: 4, tasksAtFour: 1);
        var server = new EdgeServerState(World, 4);
        foreach (var submission in StationDecisions.Submit(state))
            EdgeServer.Admit(server, submission);
        var replies = new List<TasksExecuted>();

        EdgeServer.Execute(server, World, 0, new Computing.TaskSheet(), replies);

        Assert.Equal(1e9 / server.FreeHertz, replies[0].Tasks[0].ComputationSeconds, 1e-12); // alone there: all of it, and not 10 GHz
        Assert.NotEqual(10e9, server.FreeHertz);
    }

    [Fact]
    public void Tasks_run_alike_in_whatever_order_they_arrive()
    {
        double[] Run(params int[] order)
        {
            var server = new EdgeServerState(World, 4);
            foreach (var station in order)
                EdgeServer.Admit(server, new SubmitTasks(4, station, 0, new[] { new SubmittedTask(station, 0, 1e9 + station, 0.1, SubmittedTask.WithTask) }, default));
            var replies = new List<TasksExecuted>();
            EdgeServer.Execute(server, World, 0, new Computing.TaskSheet(), replies);
            return [.. replies.OrderBy(r => r.Station).Select(r => r.Tasks[0].ComputationSeconds)];
        }

        Assert.Equal(Run(1, 2, 3, 5), Run(5, 3, 1, 2));
    }

    [Fact]
    public void A_service_that_is_not_there_cannot_leave()
    {
        var server = new EdgeServerState(World, 4);
        EdgeServer.Admit(server, new SubmitTasks(4, 0, 0, default, new[] { new LeavingService(7, 5) }));

        Assert.Throws<InvariantViolatedException>(() => EdgeServer.ReleaseServices(server));
    }

    [Fact]
    public void A_twin_that_misses_a_sync_asks_for_a_full_one_and_does_not_guess()
    {
        var twin = ServerTwin.Apply(ServerTwinState.Fresh(2), new TwinSynchronized(0, -1, 8e9, 3), Scenario.Twins);

        var decision = ServerTwin.Decide(twin, new SynchronizeTwin(2, 2, 1, 5e9, 1));

        Assert.Equal(new ResyncRequested(2, From: 1), decision.Reply);
        var after = ServerTwin.Apply(twin, decision.Event!, Scenario.Twins);
        Assert.Equal((8e9, 3), (after.FreeHertz, after.SyncedTasks));
        var full = ServerTwin.Decide(after, new SynchronizeTwin(2, 3, 2, 6e9, 4, Full: true));
        Assert.Equal(6e9, ServerTwin.Apply(after, full.Event!, Scenario.Twins).FreeHertz);
        Assert.Equal(default, ServerTwin.Decide(twin, new SynchronizeTwin(2, 0, -1, 1e9, 9)));
    }

    [Fact]
    public void A_twin_counts_the_changes_of_this_slot_only_and_never_below_zero()
    {
        var twin = ServerTwin.Apply(ServerTwinState.Fresh(2), new TwinSynchronized(0, -1, 8e9, 3), Scenario.Twins);

        twin = ServerTwin.Apply(twin, new ReportPlacements(2, -5));

        Assert.Equal(0, twin.Tasks);
        Assert.Equal(3, ServerTwin.EndSlot(twin).Tasks);
    }

    [Fact]
    public void The_system_twin_estimates_rewards_from_what_the_twins_told()
    {
        var twins = Enumerable.Range(0, 9).Select(s => new TwinEstimate(s, 5, 6, 0, 10e9, s == 4 ? 1 : 3, 0)).ToArray();
        var system = SystemTwinRules.Apply(SystemTwinState.Fresh, 5, twins);

        var rewards = SystemTwinRules.EstimateRewards(system, World, new ConsideredTask(225, 225, 1e9, 0.02, 0.5, new ServerId(4), new ServerId(4)));

        Assert.Equal(5, rewards.Count);
        Assert.Equal(0.02 + 0.1, rewards[0].LatencySeconds, 1e-12); // its own task does not count: 10 GHz
        Assert.Equal(-20 * 0.12, rewards[0].Reward, 1e-12);
        Assert.Equal(0.02 + 0.002 + 0.4, rewards[1].LatencySeconds, 1e-12); // a spacing away, three others there
        Assert.Equal(-20 * 0.422 - 0.5, rewards[1].Reward, 1e-12); // and a migration with Q = 0.5
    }

    private static (DecisionBatch Batch, int[] Placements, BaseStationState State) Decide(int lastTask, int tasksAtFour)
    {
        var state = Station(lastTask, tasksAtFour, round: 0);
        var (batch, placements) = (new DecisionBatch(5), new int[state.Reach.Length]);
        StationDecisions.Decide(state, World, 0, batch, placements);
        return (batch, placements, state);
    }

    /// <summary>Station 4 with one device in the middle of its cell; every server has 10 GHz free, the others have one task each.</summary>
    private static BaseStationState Station(int lastTask, int tasksAtFour, byte round)
    {
        var state = new BaseStationState(World, 4);
        state.Arrivals.Add(new MovingDevice(7, new object(), 4, false, default));
        BaseStation.BeginSlot(state, 0);
        foreach (var server in state.Reach)
            StationDecisions.Apply(state, new TwinEstimate(server, 0, 0, 0, 10e9, server == 4 ? tasksAtFour : 1, 0));
        var report = new DeviceReport
        {
            X = 225,
            Y = 225,
            Serving = -1,
            LastTask = lastTask,
            Host = -1,
            Round = round,
            NextStation = 4,
            FirstOfJourney = true,
            Task = new OffloadingTask(5e6, 1e9, 0.2, 0.4),
        };
        Assert.True(BaseStation.Admit(state, 0, report));
        Assert.Throws<InvariantViolatedException>(() => BaseStation.Admit(state, 0, report));
        BaseStation.RoundsWithWork(state, World);
        BaseStation.MeasureUplinks(state, World);
        return state;
    }
}
