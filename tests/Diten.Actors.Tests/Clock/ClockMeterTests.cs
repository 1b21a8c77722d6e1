using Diten.Actors.Tests.Metering;
using Diten.Model.Records;

namespace Diten.Actors.Tests.Clock;

/// <summary>What operators are told of a run, by a clock on paper, whose time is ours.</summary>
public sealed class ClockMeterTests : IDisposable
{
    private readonly PaperCity _city = new(slots: 12);
    private readonly Listener _told = new();
    private readonly PaperClock _clock;

    public ClockMeterTests() => _clock = new PaperClock(_city) { Meter = new ClockMeter(_told.Instruments) };

    public void Dispose() => _told.Dispose();

    [Fact]
    public void A_run_is_told_slot_by_slot()
    {
        _clock.BeginRun(PaperClock.Run(checkpointEvery: 100), "a", "b");

        Assert.Equal((0, 12, 1, 2), (_told.Last("diten.run.slot"), _told.Last("diten.run.slots"), _told.Last("diten.epoch"), _told.Last("diten.hosts")));
        for (var slot = 0; slot < 3; slot++)
        {
            _clock.Now += TimeSpan.FromSeconds(2);
            _clock.CompleteSlot();
        }

        Assert.Equal((3, 0), (_told.Sum("diten.slots first"), _told.Sum("diten.slots again")));
        Assert.Equal((6, 3), (_told.Sum("diten.slot.duration"), _told.Times("diten.slot.duration")));
        Assert.Equal(3, _told.Last("diten.run.slot"));
        Assert.Equal((4, 0), (_told.Last("diten.twins in_sync"), _told.Last("diten.twins desynchronised"))); // a server a station
        Assert.Equal((1, 0, 0), (_told.Sum("diten.epochs"), _told.Sum("diten.nodes.lost"), _told.Times("diten.recovery.duration")));
    }

    [Fact]
    public void A_checkpoint_lasts_from_the_asking_to_the_journals_word()
    {
        _clock.BeginRun(PaperClock.Run(checkpointEvery: 2), "a");
        _clock.CompleteSlot();
        _clock.CompleteSlot(); // slot 2 begins with a checkpoint
        _clock.Now += TimeSpan.FromSeconds(4);
        Assert.Equal(0, _told.Times("diten.checkpoint.duration"));
        foreach (var zone in _clock.State.Run!.Epoch!.All)
            _clock.On(new CheckpointWritten(zone, 1, 2));

        Assert.Equal((4, 1, 2), (_told.Sum("diten.checkpoint.duration"), _told.Times("diten.checkpoint.duration"), _told.Last("diten.checkpoint.slot")));
    }

    [Fact]
    public void A_lost_node_is_told_with_what_it_costs()
    {
        _clock.BeginRun(PaperClock.Run(checkpointEvery: 100), "a", "b");
        _clock.CompleteSlot();
        _clock.CompleteSlot();
        _clock.Now += TimeSpan.FromSeconds(10);
        _clock.Lose("b");
        _clock.Now += TimeSpan.FromSeconds(3);
        _clock.StartZones();
        _clock.ReadyZones();
        _clock.Now += TimeSpan.FromSeconds(1);
        for (var slot = 0; slot < 3; slot++)
            _clock.CompleteSlot();

        Assert.Equal((1, 2, 2, 1), (_told.Sum("diten.nodes.lost"), _told.Last("diten.epoch"), _told.Sum("diten.epochs"), _told.Last("diten.hosts")));
        Assert.Equal((3, 2), (_told.Sum("diten.slots first"), _told.Sum("diten.slots again")));
        Assert.Equal((4, 1), (_told.Sum("diten.recovery.duration"), _told.Times("diten.recovery.duration")));
    }

    [Fact]
    public void A_clock_that_takes_over_tells_what_it_took_until_the_first_slot()
    {
        var history = RunHistory.Empty.Apply(new RunSubmitted(PaperClock.Run(checkpointEvery: 100))).Apply(new EpochOpened(1));
        var next = new PaperClock(_city) { Meter = new ClockMeter(_told.Instruments), History = history };
        next.On(new WatchRun("run", TakenSlot: 1), next.Observer); // slots 0 and 1 were done by another clock
        next.Add("a");
        next.Now += TimeSpan.FromSeconds(2);
        next.AnswerReady("a");
        next.Now += TimeSpan.FromSeconds(1);
        next.Tick();
        next.StartZones();
        next.ReadyZones();
        for (var slot = 0; slot < 3; slot++)
            next.CompleteSlot();

        Assert.Equal((1, 2), (_told.Sum("diten.slots first"), _told.Sum("diten.slots again")));
        Assert.Equal((1, 3.5), (_told.Times("diten.recovery.duration"), _told.Sum("diten.recovery.duration"))); // a tick is half a second
        Assert.Equal((2, 1), (_told.Last("diten.epoch"), _told.Last("diten.hosts")));
    }

    [Fact]
    public void Twins_are_told_by_the_condition_that_was_measured()
    {
        _clock.BeginRun(PaperClock.Run(checkpointEvery: 100), "a");
        foreach (var zone in _clock.State.Run!.Epoch!.All)
            _clock.On(_city.Completed(zone, 1, 0), _clock.ZoneOf(zone));
        var report = Assert.Single(_clock.Said<SlotReport>(_clock.Observer));
        report = report with { Twins = new TwinTotals { Twins = 10, InSync = 4, Suspect = 3, Desynchronised = 2, Resynchronising = 1 } };

        new ClockMeter(_told.Instruments).See(_clock.State, _clock.State, [new ClockEffect.Tell(_clock.Observer, report)], _clock.Now);

        Assert.Equal((4, 3), (_told.Last("diten.twins in_sync"), _told.Last("diten.twins suspect")));
        Assert.Equal((2, 1), (_told.Last("diten.twins desynchronised"), _told.Last("diten.twins resynchronising")));
    }

    [Fact]
    public void An_end_is_told_once_and_nothing_is_placed_after_it()
    {
        _clock.BeginRun(PaperClock.Run(checkpointEvery: 100), "a");
        _clock.On(new RunFailed("it cannot go on", null), _clock.Observer);

        Assert.Equal((1, 0, 0), (_told.Sum("diten.runs failed"), _told.Sum("diten.runs completed"), _told.Last("diten.hosts")));
    }
}
