using Diten.Model;

namespace Diten.Actors.Tests.Clock;

/// <summary>What the clock makes of nodes that come, leave and are lost.</summary>
public sealed class RunCoordinatorNodesTests
{
    private readonly PaperCity _city = new(slots: 12);
    private readonly PaperClock _clock;

    public RunCoordinatorNodesTests() => _clock = new PaperClock(_city);

    [Fact]
    public void A_node_that_is_lost_before_the_run_begins_is_not_waited_for()
    {
        _clock.On(new SubmitRun(PaperClock.Run(nodes: 2), -1), _clock.Observer);
        _clock.Add("a", "b");
        _clock.AnswerReady("a");

        _clock.Lose("b");

        Assert.Equal(Stage.StartingZones, _clock.Stage);
        Assert.Equal(["a"], _clock.State.Run!.Epoch!.Hosts.Select(host => host.Node));
        Assert.Contains(_clock.Said<RunNotice>(), notice => notice.Kind == RunNoticeKind.NodeLost);
    }

    [Fact]
    public void A_node_that_was_asked_before_the_run_was_changed_is_asked_again_and_one_with_other_files_fails_it()
    {
        _clock.BeginRun(PaperClock.Run(), "a", "b");
        _clock.Assume(run => run with { EarlierWorlds = ["before"], Prepared = run.Prepared! with { WorldFingerprint = "after" } });
        _clock.Add("c");
        Assert.Single(_clock.Said<PrepareRun>(_clock.HostOf("c")));

        _clock.On(PaperCity.Ready("run", "c", false) with { WorldFingerprint = "before" }, _clock.HostOf("c"));
        Assert.Empty(_clock.Said<RunFailed>());
        _clock.Tick();
        Assert.Single(_clock.Said<PrepareRun>(_clock.HostOf("c")));

        _clock.On(PaperCity.Ready("run", "c", false) with { WorldFingerprint = "other" }, _clock.HostOf("c"));
        Assert.Contains("other data files", Assert.Single(_clock.Said<RunFailed>()).Message);
    }

    [Fact]
    public void Whoever_wants_the_run_may_lower_the_number_of_nodes_that_it_waits_for()
    {
        _clock.On(new SubmitRun(PaperClock.Run(nodes: 3), -1), _clock.Observer);
        _clock.Add("a", "b");
        _clock.AnswerReady("a");
        _clock.AnswerReady("b");
        Assert.Equal(Stage.Gathering, _clock.Stage);

        _clock.On(new SubmitRun(PaperClock.Run(nodes: 2), -1), _clock.Observer);
        Assert.Single(_clock.Said<RunAccepted>(_clock.Observer));
        _clock.Tick();

        Assert.Equal(Stage.StartingZones, _clock.Stage);
    }

    [Fact]
    public void A_run_whose_nodes_never_come_fails_within_a_bound_and_says_which_it_has()
    {
        _clock.On(new SubmitRun(PaperClock.Run(nodes: 3), -1), _clock.Observer);
        _clock.Add("a", "b");
        _clock.AnswerReady("a");

        var looks = 0;
        while (_clock.State.Run is not null && ++looks < 100)
        {
            _clock.On(new WatchRun("run", -1), _clock.Observer);
            _clock.On(ClockSignal.Look);
        }

        var failed = Assert.Single(_clock.Said<RunFailed>(_clock.Observer));
        Assert.Equal("Nothing moved for 100 s in slot -1, and 1 of 3 nodes are ready, no answer from b.", failed.Message);
    }

    [Fact]
    public void A_node_that_dies_before_a_slot_is_done_is_survived_even_without_a_journal()
    {
        var clock = new PaperClock(_city, durable: false);
        clock.BeginRun(PaperClock.Run(checkpointEvery: 0), "a", "b");

        clock.Lose("b");

        Assert.Equal(Stage.StartingZones, clock.Stage);
        Assert.Equal((2, -1), (clock.State.Run!.Epoch!.Number, clock.State.Run.Epoch.Slot));
    }

    [Fact]
    public void Without_a_journal_a_node_that_dies_later_ends_the_run()
    {
        var clock = new PaperClock(_city, durable: false);
        clock.BeginRun(PaperClock.Run(checkpointEvery: 0), "a", "b");
        clock.CompleteSlot();

        clock.Lose("b");

        Assert.Equal("node b is lost; without a journal the run cannot go on", Assert.Single(clock.Said<RunFailed>()).Message);
    }

    [Fact]
    public void A_leaving_node_that_dies_is_lost()
    {
        _clock.BeginRun(PaperClock.Run(), "a", "b");
        _clock.On(new LeaveRequested(), _clock.HostOf("b"));
        Assert.Empty(_clock.Said<MayLeave>());

        _clock.Lose("b");

        Assert.Equal(Stage.StartingZones, _clock.Stage);
        Assert.Equal(["a"], _clock.State.Run!.Epoch!.Hosts.Select(host => host.Node));
    }

    [Fact]
    public void The_last_node_leaves_when_the_run_is_stopped_and_kept()
    {
        _clock.BeginRun(PaperClock.Run(nodes: 1), "a");
        _clock.On(new LeaveRequested(), _clock.HostOf("a"));
        Assert.Empty(_clock.Said<MayLeave>());

        _clock.CompleteSlot();
        foreach (var zone in (int[])[0, 1])
            _clock.On(new CheckpointWritten(zone, 1, 1));
        foreach (var zone in (int[])[0, 1])
            _clock.On(new ZoneClosed(zone, 1, new()));

        Assert.True(Assert.Single(_clock.Said<RunEnded>(_clock.Observer)).Outcome.Cancelled);
        _clock.On(new LeaveRequested(), _clock.HostOf("a"));
        Assert.Single(_clock.Said<MayLeave>(_clock.HostOf("a")));
    }

    [Fact]
    public void A_node_that_leaves_where_nothing_is_kept_ends_the_run_with_that_reason()
    {
        _clock.BeginRun(PaperClock.Run(checkpointEvery: 0), "a", "b");

        _clock.On(new LeaveRequested(), _clock.HostOf("b"));

        Assert.Equal("Node b leaves, and without checkpoints its zones cannot go elsewhere.", Assert.Single(_clock.Said<RunFailed>()).Message);
        Assert.Single(_clock.Said<MayLeave>(_clock.HostOf("b")));
    }

    [Fact]
    public void Nodes_are_told_again_that_the_run_is_over()
    {
        _clock.BeginRun(PaperClock.Run(), "a");
        _clock.On(new RunFailed("enough", null), _clock.Observer);
        Assert.Single(_clock.Said<StopZones>(_clock.HostOf("a")));

        _clock.Tick();
        Assert.Single(_clock.Said<StopZones>(_clock.HostOf("a")));

        for (var tick = 0; tick < 20; tick++)
            _clock.Tick();
        Assert.Empty(_clock.Said<StopZones>());
    }
}
