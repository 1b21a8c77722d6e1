using Diten.Model.Scenarios;
using Diten.Model.ServerTwins;

namespace Diten.Model.Tests.ServerTwins;

/// <summary>What a twin makes of the syncs that come in a slot, by pattern of arrival; a sync of number n tells of slot n − 1, n GHz and n tasks.</summary>
public sealed class TwinSyncsTests
{
    private static readonly TwinsSection State = new() { Sync = TwinSync.State };

    private static readonly TwinsSection Delta = new() { Sync = TwinSync.Delta }, Once = Delta with { Resync = TwinResync.Once };

    private readonly List<TwinEvent> _happened = [];

    [Fact]
    public void Of_whole_states_the_newest_counts_and_older_and_repeated_ones_are_ignored()
    {
        var first = Take(Primed(), State, Sync(3), Sync(5), Sync(5), Sync(4));

        Assert.Equal((5, 4, 5e9, 5), Known(first.State));
        Assert.Equal((1, 2), (first.Accepted, first.Refused));
        Assert.Equal([new TwinSynchronized(5, 4, 5e9, 5)], _happened);
        Assert.Equal((null, null), (first.Request, first.Heard));

        var second = Take(first.State, State, Sync(2), Sync(5));

        Assert.Equal(first.State, second.State);
        Assert.Equal((0, 2), (second.Accepted, second.Refused));
    }

    [Fact]
    public void A_slot_in_which_nothing_comes_changes_nothing_and_asks_nothing()
    {
        foreach (var twins in new[] { State, Delta })
            Assert.Equal(new TwinIntake(Primed(), 0, 0), Take(Primed(), twins));
        Assert.Empty(_happened);
    }

    [Fact]
    public void Changes_are_taken_in_turn_whatever_the_order_in_which_they_come()
    {
        var taken = Take(Primed(), Delta, Sync(2), Sync(1), Sync(1), Sync(3));

        Assert.Equal((3, 2, 3e9, 3), Known(taken.State));
        Assert.Equal((3, 0), (taken.Accepted, taken.Refused));
        Assert.Equal([1, 2, 3], _happened.Cast<TwinSynchronized>().Select(e => e.Sequence));
    }

    [Fact]
    public void After_a_gap_nothing_is_accepted_but_a_whole_one_and_whenever_it_is_seen_it_is_asked_for()
    {
        var gap = Take(Primed(), Once, Sync(2));
        Assert.Equal((0, 1, new ResyncRequested(9, 1)), (gap.Accepted, gap.Refused, gap.Request));
        Assert.Equal((0, -1, 10e9, 4), Known(gap.State));
        Assert.True(gap.State.Desynchronized);

        var silence = Take(gap.State, Once);
        Assert.Null(silence.Request);

        var again = Take(silence.State, Once, Sync(3));
        Assert.Equal(new ResyncRequested(9, 1), again.Request);

        var filled = Take(again.State, Once, Sync(1)); // the missing one, late: it is too late
        Assert.Equal((0, 1, null), (filled.Accepted, filled.Refused, filled.Request));
        Assert.Equal(gap.State, filled.State);

        var whole = Take(filled.State, Once, Sync(5) with { Full = true });
        Assert.Equal((1, 0, null, null), (whole.Accepted, whole.Refused, whole.Request, whole.Heard));
        Assert.Equal((5, 4, 5e9, 5), Known(whole.State));
        Assert.False(whole.State.Desynchronized);
        Assert.Equal([new TwinDesynchronized(1), new TwinResynchronized(5, 4, 5e9, 5)], _happened);
    }

    [Fact]
    public void A_gap_that_a_whole_one_closes_in_the_same_slot_is_not_asked_for()
    {
        var taken = Take(Primed(), Delta, Sync(4) with { Full = true }, Sync(2), Sync(5));

        Assert.Equal((2, 1, null, new ResyncHeard(9, 4)), (taken.Accepted, taken.Refused, taken.Request, taken.Heard));
        Assert.Equal(5, taken.State.Revision);
        Assert.Equal([new TwinDesynchronized(1), new TwinResynchronized(4, 3, 4e9, 4), new TwinSynchronized(5, 4, 5e9, 5)], _happened);
    }

    [Fact]
    public void A_gap_after_a_whole_one_is_asked_for_and_the_whole_one_is_said_to_be_heard()
    {
        var taken = Take(Primed(), Delta, Sync(3) with { Full = true }, Sync(6));

        Assert.Equal((new ResyncRequested(9, 4), new ResyncHeard(9, 3)), (taken.Request, taken.Heard));
        Assert.True(taken.State.Desynchronized);
    }

    [Fact]
    public void Each_whole_one_that_it_takes_over_is_said_to_be_heard_and_an_old_one_is_not()
    {
        var first = Take(Primed(), Delta, Sync(3) with { Full = true });
        var second = Take(first.State, Delta, Sync(4) with { Full = true });
        var old = Take(second.State, Delta, Sync(2) with { Full = true });

        Assert.Equal((new ResyncHeard(9, 3), new ResyncHeard(9, 4), null), (first.Heard, second.Heard, old.Heard));
        Assert.Equal((0, 1), (old.Accepted, old.Refused));
    }

    [Fact]
    public void A_twin_that_does_not_listen_refuses_each_sync_once()
    {
        List<SynchronizeTwin> arrived = [Sync(2), Sync(1), Sync(2)];

        Assert.Equal(new TwinIntake(Primed(), 0, 2), TwinSyncs.Refuse(Primed(), arrived));
    }

    [Fact]
    public void A_skewed_clock_has_a_sync_look_younger_or_older()
    {
        var young = TwinSyncs.Take(Primed(), [Sync(1)], 3, State, _happened).State;
        var old = TwinSyncs.Take(Primed(), [Sync(1)], -3, State, _happened).State;

        var emergent = new Scenario { Twins = new TwinsSection { DeviationSource = DeviationSource.Emergent } };
        Assert.Equal((3, -3), (young.SyncedSlot, old.SyncedSlot));
        Assert.Equal(0, ServerTwin.Publish(young, emergent, 1).AgeSlots); // it came of slot 0, and is believed to be of slot 3
        Assert.Equal(2, ServerTwin.Publish(young, emergent, 6).AgeSlots); // and is 5
        Assert.Equal(3, ServerTwin.Publish(old, emergent, 1).AgeSlots);
    }

    /// <summary>10 GHz and 4 tasks before the run.</summary>
    private static ServerTwinState Primed() =>
        ServerTwin.Apply(ServerTwinState.Fresh(9), new TwinSynchronized(0, -1, 10e9, 4), new TwinsSection());

    private static SynchronizeTwin Sync(int number) => new(9, number, number - 1, number * 1e9, number);

    private TwinIntake Take(in ServerTwinState twin, TwinsSection twins, params SynchronizeTwin[] arrived) =>
        TwinSyncs.Take(twin, [.. arrived], 0, twins, _happened);

    private static (int, int, double, int) Known(in ServerTwinState twin) => (twin.Revision, twin.SyncedSlot, twin.FreeHertz, twin.SyncedTasks);
}
