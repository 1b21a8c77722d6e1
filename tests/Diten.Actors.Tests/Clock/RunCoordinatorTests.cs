using Akka.Actor;
using Diten.Model;
using Diten.Model.Worlds;

namespace Diten.Actors.Tests.Clock;

/// <summary>The clock's rules, turn by turn.</summary>
public sealed class RunCoordinatorTests
{
    private readonly PaperCity _city = new(slots: 12);
    private readonly PaperClock _clock;

    public RunCoordinatorTests() => _clock = new PaperClock(_city);

    [Fact]
    public void A_run_goes_from_its_submission_to_its_end()
    {
        _clock.BeginRun(PaperClock.Run(), "a", "b");
        while (_clock.State.Run!.Epoch is { Slot: < 11 })
        {
            foreach (var zone in _clock.State.Run.Epoch.Checkpoint?.Pending ?? [])
                _clock.On(new CheckpointWritten(zone, 1, _clock.State.Run.Epoch!.Checkpoint!.Commit.Slot));
            _clock.CompleteSlot();
        }

        foreach (var zone in _clock.State.Run.Epoch!.Checkpoint?.Pending ?? [])
            _clock.On(new CheckpointWritten(zone, 1, 10));
        _clock.CompleteSlot();
        foreach (var zone in (int[])[0, 1])
            _clock.On(new ZoneClosed(zone, 1, new()));

        var ended = Assert.Single(_clock.Said<RunEnded>(_clock.Observer));
        Assert.Equal((12, false), (ended.Outcome.SlotsCompleted, ended.Outcome.Cancelled));
        Assert.Equal(_city.Digest, ended.Outcome.Digest);
        Assert.Null(_clock.State.Run);
    }

    [Fact]
    public void The_checkpoint_before_the_last_is_kept_and_older_ones_go()
    {
        var dropped = new List<DropCheckpointsBefore>();
        _clock.BeginRun(PaperClock.Run(checkpointEvery: 3), "a");
        while (_clock.State.Run!.Epoch is { Slot: < 11 })
        {
            foreach (var zone in _clock.State.Run.Epoch.Checkpoint?.Pending ?? [])
            {
                _clock.On(new CheckpointWritten(zone, 1, _clock.State.Run.Epoch!.Checkpoint!.Commit.Slot));
                dropped.AddRange(_clock.Said<DropCheckpointsBefore>());
            }

            _clock.CompleteSlot();
            dropped.AddRange(_clock.Said<DropCheckpointsBefore>());
        }

        Assert.Equal((9, 6), (_clock.State.Run.History.CommittedSlot, _clock.State.Run.History.Earlier!.CommittedSlot));
        Assert.Equal([3, 6], dropped.Select(drop => drop.Slot).Distinct());
    }

    [Fact]
    public void A_journal_of_another_run_of_the_same_name_is_refused()
    {
        _clock.History = RunHistory.Empty.Apply(new RunSubmitted(PaperClock.Run() with { World = "other" }));

        _clock.On(new SubmitRun(PaperClock.Run() with { World = "this" }, -1), _clock.Observer);

        Assert.Equal("the journal holds another run of the name run", Assert.Single(_clock.Said<RunRefused>(_clock.Observer)).Reason);
        Assert.Null(_clock.State.Run);
    }

    [Fact]
    public void A_clock_that_reads_other_files_than_the_run_was_begun_with_fails_it()
    {
        var clock = new PaperClock(_city) { Fingerprint = "changed" };

        clock.On(new SubmitRun(PaperClock.Run() with { World = "as it was" }, -1), clock.Observer);

        Assert.Contains("reads other data files than the run was begun with", Assert.Single(clock.Said<RunFailed>(clock.Observer)).Message);
    }

    [Fact]
    public void A_run_that_no_journal_knows_is_asked_for_again()
    {
        _clock.On(new WatchRun("run", -1), _clock.Observer);

        Assert.Single(_clock.Said<RunUnknown>(_clock.Observer));
        Assert.Null(_clock.State.Run);

        _clock.On(new SubmitRun(PaperClock.Run(), -1), _clock.Observer);
        Assert.Single(_clock.Said<RunAccepted>(_clock.Observer));
    }

    [Fact]
    public void A_checkpoint_that_was_not_confirmed_is_asked_for_in_the_middle_of_a_slot_too()
    {
        _clock.BeginRun(PaperClock.Run(checkpointEvery: 2), "a", "b");
        _clock.CompleteSlot();
        _clock.CompleteSlot(); // the slot that follows begins with a checkpoint
        Assert.Equal(2, _clock.State.Run!.Epoch!.Checkpoint!.Commit.Slot);
        _clock.On(new CheckpointWritten(0, 1, 2)); // zone 1's word is lost
        _clock.On(_city.Completed(1, 1, 2)); // and it is done with the slot

        _clock.Tick();

        Assert.Equal(2, Assert.Single(_clock.Said<WriteCheckpoint>(_clock.ZoneOf(1))).Slot);
        Assert.Empty(_clock.Said<WriteCheckpoint>(_clock.ZoneOf(0)));
    }

    [Fact]
    public void A_run_that_waited_for_its_pace_leaves_the_next_one_nothing_to_wait_for()
    {
        var clock = new PaperClock(new PaperCity(slots: 12, pace: 1));
        clock.BeginRun(PaperClock.Run(), "a");
        clock.CompleteSlot();
        Assert.NotNull(clock.State.Run!.PaceDue); // slot 1 begins a second later
        clock.On(new RunFailed("it was enough", null), clock.Observer);

        clock.On(new SubmitRun(PaperClock.Run() with { RunId = "another" }, -1), clock.Observer);
        clock.AnswerReady("a");
        Assert.Null(clock.State.Run!.PaceDue);
        clock.On(ClockSignal.Pace); // the old run's timer
        Assert.Equal(Stage.Gathering, clock.Stage);
    }

    [Fact]
    public void A_run_whose_end_cannot_be_written_down_ends_all_the_same()
    {
        _clock.BeginRun(PaperClock.Run(), "a");
        _clock.JournalIsSlow = true;
        _clock.On(new StopAfterSlot(), _clock.Observer);
        _clock.CompleteSlot();
        foreach (var zone in (int[])[0, 1])
            _clock.On(new CheckpointWritten(zone, 1, 1));
        _clock.JournalIsSlow = false;
        _clock.Store();
        _clock.JournalIsSlow = true;
        foreach (var zone in (int[])[0, 1])
            _clock.On(new ZoneClosed(zone, 1, new()));
        Assert.Equal(Stage.Recording, _clock.Stage);

        _clock.On(new RunJournalBroken("the disk is full"));

        Assert.Equal(1, Assert.Single(_clock.Said<RunEnded>(_clock.Observer)).Outcome.SlotsCompleted);
        Assert.Null(_clock.State.Run);
        _clock.On(new SubmitRun(PaperClock.Run() with { RunId = "another" }, -1), _clock.Observer);
        Assert.Single(_clock.Said<RunAccepted>());
    }

    [Fact]
    public void Word_of_another_observer_or_another_run_takes_no_report()
    {
        _clock.BeginRun(PaperClock.Run(), "a");
        var epoch = _clock.State.Run!.Epoch!;
        foreach (var zone in epoch.All)
            _clock.On(_city.Completed(zone, 1, 0), epoch.Zones[zone]);

        _clock.On(new ReportTaken("run", 7), new PaperRef("somebody"));
        _clock.On(new ReportTaken("another", 7), _clock.Observer);
        Assert.Equal(-1, _clock.State.Run.Taken);

        _clock.On(new ReportTaken("run", 0), _clock.Observer);
        Assert.Equal(0, _clock.State.Run.Taken);
    }

    [Fact]
    public void Another_observer_that_lacks_reports_gets_them_whatever_the_run_waits_for()
    {
        _clock.History = RunHistory.Empty;
        _clock.On(new SubmitRun(PaperClock.Run(), 9), _clock.Observer);
        Assert.Equal((Stage.Gathering, 9), (_clock.Stage, _clock.State.Run!.Taken));
        var another = new PaperRef("another");

        _clock.On(new SubmitRun(PaperClock.Run(), -1), another);

        Assert.Equal(-1, _clock.State.Run.Taken);
        Assert.Equal(another, _clock.State.Run.Observer);
    }

    [Fact]
    public void Who_only_watches_does_not_take_a_run_from_an_observer_that_is_there()
    {
        _clock.BeginRun(PaperClock.Run(), "a");
        var another = new PaperRef("another");

        _clock.On(new WatchRun("run", -1), another);
        Assert.Equal(_clock.Observer, _clock.State.Run!.Observer);

        Seconds(4);
        _clock.On(new WatchRun("run", -1), another);
        Assert.Equal(another, _clock.State.Run.Observer);
    }

    [Fact]
    public void A_clock_that_slept_does_not_take_its_own_silence_for_that_of_the_observer()
    {
        _clock.BeginRun(PaperClock.Run(), "a");

        _clock.Now += TimeSpan.FromMinutes(10); // what the observer said meanwhile comes after the ticks of that time
        for (var tick = 0; tick < 20; tick++)
            _clock.On(ClockSignal.Tick);
        _clock.On(new WatchRun("run", -1), new PaperRef("another"));

        Assert.Equal((Stage.Running, _clock.Observer), (_clock.Stage, _clock.State.Run!.Observer));
    }

    [Fact]
    public void A_run_that_nobody_asks_for_is_let_go()
    {
        _clock.BeginRun(PaperClock.Run(), "a");

        Seconds(29);
        _clock.On(new WatchRun("run", -1), _clock.Observer);
        Seconds(29);
        Assert.Equal(Stage.Running, _clock.Stage);

        Seconds(2);
        Assert.Null(_clock.State.Run);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_run_that_is_stopped_before_its_first_slot_ends_at_once(bool zonesHaveStarted)
    {
        _clock.On(new SubmitRun(PaperClock.Run(nodes: 2), -1), _clock.Observer);
        _clock.Add("a", "b");
        _clock.AnswerReady("a");
        if (zonesHaveStarted)
            _clock.AnswerReady("b");

        _clock.On(new StopAfterSlot(), _clock.Observer);

        var ended = Assert.Single(_clock.Said<RunEnded>(_clock.Observer));
        Assert.Equal((0, true), (ended.Outcome.SlotsCompleted, ended.Outcome.Cancelled));
        Assert.Null(_clock.State.Run);
        Assert.Equal(2, _clock.Said<StopZones>().Count);
    }

    [Fact]
    public void Somebody_else_cannot_stop_a_run()
    {
        _clock.BeginRun(PaperClock.Run(), "a");

        _clock.On(new StopAfterSlot(), new PaperRef("somebody"));

        Assert.False(_clock.State.Run!.Stopping);
    }

    /// <summary>Time passes, and the clock is awake.</summary>
    private void Seconds(int seconds)
    {
        for (var tick = 0; tick < 2 * seconds; tick++)
            _clock.Tick();
    }

    [Fact]
    public void A_message_that_no_clock_knows_is_not_swallowed()
    {
        var (_, effects) = RunCoordinator.On(_clock.State, "hello", ActorRefs.Nobody, TimeSpan.Zero);

        Assert.Equal([new ClockEffect.Unknown("hello")], effects);
    }

    [Fact]
    public void A_state_that_cannot_be_is_noticed()
    {
        _clock.BeginRun(PaperClock.Run(), "a");

        var broken = _clock.State with { Run = _clock.State.Run! with { Stage = Stage.Gathering } };

        Assert.Contains("an epoch goes on", Assert.Throws<InvariantViolatedException>(() => broken.AssertInvariants()).Message);
    }
}
