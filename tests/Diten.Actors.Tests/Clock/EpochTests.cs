using Diten.Model.MobileDevices;

namespace Diten.Actors.Tests.Clock;

/// <summary>How epochs follow each other, turn by turn.</summary>
public sealed class EpochTests
{
    private static readonly PaperCity City = new(slots: 12);

    private readonly PaperClock _clock = new(City);

    [Fact]
    public void A_run_of_which_no_slot_is_done_in_five_epochs_fails()
    {
        _clock.BeginRun(PaperClock.Run(), "a");
        for (var epoch = 1; epoch <= 5; epoch++)
        {
            Assert.Equal(epoch, _clock.State.Run!.Epoch!.Number);
            _clock.On(new EpochBroken(epoch, "the store is away"), _clock.HostOf("a"));
        }

        Assert.Equal(6, _clock.State.Run!.Epoch!.Number);
        _clock.On(new EpochBroken(6, "the store is away"), _clock.HostOf("a"));

        Assert.Equal("No slot was done in 5 epochs. The last one: the store is away", Assert.Single(_clock.Said<RunFailed>()).Message);
    }

    [Theory]
    [InlineData(4, true)]
    [InlineData(3, false)]
    public void A_run_goes_on_only_where_whoever_watches_it_has_all_slots_before(int taken, bool goesOn)
    {
        _clock.History = RunHistory.Empty.Apply(new RunSubmitted(PaperClock.Run(nodes: 1))).Apply(new EpochOpened(1))
            .Apply(new CheckpointCommitted(5, 1, new byte[5 * 32], default, 0, 0));
        _clock.On(new SubmitRun(PaperClock.Run(nodes: 1), taken), _clock.Observer);
        _clock.Add("a");

        _clock.AnswerReady("a");

        Assert.Equal(goesOn ? Stage.StartingZones : null, _clock.Stage);
        if (!goesOn)
            Assert.StartsWith("Results are kept of the first 4 slots only", Assert.Single(_clock.Said<RunFailed>()).Message);
    }

    [Fact]
    public void A_zone_of_an_epoch_that_is_over_completes_no_slot_of_the_next_one()
    {
        _clock.BeginRun(PaperClock.Run(), "a", "b");
        _clock.Lose("b");
        _clock.StartZones();
        _clock.ReadyZones();
        Assert.Equal((2, 0), (_clock.State.Run!.Epoch!.Number, _clock.State.Run.Epoch.Slot));

        _clock.On(City.Completed(0, epoch: 1, slot: 0));

        Assert.Equal([0, 1], _clock.State.Run.Epoch!.Pending);
    }

    [Fact]
    public void A_zone_that_says_twice_that_a_slot_is_done_hands_its_travellers_over_once()
    {
        _clock.BeginRun(PaperClock.Run(), "a");
        var completed = City.Completed(0, epoch: 1, slot: 0) with { Travellers = [new MobileDeviceState { Device = 1, Station = 3 }] };
        _clock.On(completed);
        _clock.On(completed);

        _clock.On(City.Completed(1, epoch: 1, slot: 0));

        Assert.Single(_clock.Said<BeginSlot>().SelectMany(begin => begin.Arrivals));
    }

    [Fact]
    public void A_run_that_is_complete_does_not_close_while_a_checkpoint_is_being_written()
    {
        _clock.BeginRun(PaperClock.Run(checkpointEvery: 10), "a");
        for (var slot = 0; slot < 12; slot++)
            _clock.CompleteSlot();
        Assert.Equal((Stage.Running, 10), (_clock.Stage, _clock.State.Run!.Epoch!.Checkpoint!.Commit.Slot));

        _clock.On(new CheckpointWritten(0, 1, 10));
        _clock.On(new CheckpointWritten(1, 1, 10));

        Assert.Equal(2, _clock.Said<CloseZone>().Count);
    }

    [Fact]
    public void For_another_observer_that_lacks_reports_slots_are_run_again()
    {
        _clock.BeginRun(PaperClock.Run(), "a");
        _clock.CompleteSlot();
        _clock.CompleteSlot();

        _clock.On(new SubmitRun(PaperClock.Run(), -1), new PaperRef("another"));

        Assert.Equal((2, -1), (_clock.State.Run!.Epoch!.Number, _clock.State.Run.Epoch.Slot));
    }
}
