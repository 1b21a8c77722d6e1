using Diten.Model.Faults;
using Diten.Model.Scenarios;
using Diten.Model.ServerTwins;

namespace Diten.Model.Tests.ServerTwins;

/// <summary>Dead reckoning: what stations reported since the last sync counts, each report for its slot, and what a sync had already does not.</summary>
public sealed class ReckonedLoadTests
{
    private static readonly Scenario Reckoned = new()
    {
        Twins = new TwinsSection { DeviationSource = DeviationSource.Emergent, Load = TwinLoad.Reckoned },
        Decisions = new DecisionsSection { Answers = AnswerUse.Use },
    };

    private readonly List<TwinEvent> _happened = [];
    private ServerTwinState _twin = ServerTwin.Apply(ServerTwinState.Fresh(9), new TwinSynchronized(1, 0, 8e9, 6), Reckoned.Twins);

    [Fact]
    public void All_that_was_reported_since_the_synced_slot_counts_and_what_a_sync_covers_no_more()
    {
        Report(slot: 1, of: 1, 2);
        Assert.Equal((8, 2), Told(1, 0));
        Report(slot: 1, of: 1, 1);
        Assert.Equal((9, 3), Told(1, 1));
        EndSlot(1);
        Assert.Equal([new TwinCounted(1, 3)], _happened);
        Assert.Equal((9, 0), Told(1, -1)); // for slot 2, of which nothing was reported yet

        Report(slot: 2, of: 1, -1); // late
        Report(slot: 2, of: 0, 5); // so late that the sync had it
        Assert.Equal((8, 0), Told(2, 0));
        EndSlot(2);
        Assert.Equal([new TwinCounted(1, 3), new TwinCounted(1, -1)], _happened);

        Report(slot: 3, of: 3, 4);
        Report(slot: 3, of: 2, -3);
        Assert.Equal((9, 4), Told(3, 2)); // 6 + 2 − 3 + 4
        EndSlot(3, new SynchronizeTwin(9, 2, 1, 7e9, 7)); // of slot 1, two slots late
        Assert.Equal((8, 0), Told(3, -1)); // 7 − 3 + 4
        Assert.Equal([new TwinSynchronized(2, 1, 7e9, 7), new TwinCounted(2, -3), new TwinCounted(3, 4)], _happened[2..]);

        EndSlot(4, new SynchronizeTwin(9, 5, 4, 7e9, 5));
        Assert.Equal((5, 0), Told(4, -1));
        Assert.True(_twin.Counted.IsEmpty);
    }

    [Fact]
    public void The_journal_tells_what_the_twin_counts()
    {
        var begin = _twin;
        var random = new Random(7);
        for (var slot = 1; slot < 300; slot++)
        {
            for (var report = 0; report < 4; report++)
                Report(slot, slot - random.Next(5), random.Next(-3, 4));
            EndSlot(slot, random.Next(6) > 0 ? [] : [new SynchronizeTwin(9, slot + 1, slot - random.Next(3), 8e9, random.Next(9))]);

            Assert.Equal(_twin, _happened.Aggregate(begin, (twin, happened) => ServerTwin.Apply(twin, happened, Reckoned.Twins)));
        }
    }

    [Fact]
    public void Where_it_does_not_reckon_only_reports_of_this_slot_count()
    {
        var lossy = Reckoned with
        {
            Twins = Reckoned.Twins with { Load = TwinLoad.Last },
            Faults = new FaultMap([new Fault { Name = "late", Kind = FaultKind.Delay, What = FaultWhat.Report, DelayLowSlots = 1, DelayHighSlots = 1 }]),
        };

        var twin = ServerTwin.Apply(_twin, new ReportPlacements(9, 4, Slot: 1), 2, lossy);
        Assert.Equal(6, twin.Tasks);
        twin = ServerTwin.Apply(twin, new ReportPlacements(9, 3, Slot: 2), 2, lossy);
        Assert.Equal(9, twin.Tasks);
        Assert.Equal(6, ServerTwin.EndSlot(twin, 2, lossy.Twins, _happened).Tasks);
        Assert.Empty(_happened);
    }

    [Fact]
    public void A_thousand_slots_are_told_apart_and_what_is_older_is_counted_with_the_oldest()
    {
        var changes = PlacementChanges.None;
        for (var slot = 1; slot <= 1005; slot++)
            changes = changes.Add(slot, 2);

        Assert.Equal((1000, 2010), (changes.All.Count, changes.Sum));
        Assert.Equal(new SlotChange(6, 12), changes.All[0]);
        Assert.Equal((999, 1998), (changes.After(6).All.Count, changes.After(6).Sum));
        Assert.True(changes.After(1005).IsEmpty);
    }

    [Fact]
    public void Changes_that_cancel_each_other_are_not_kept()
    {
        var changes = PlacementChanges.None.Add(3, 2).Add(5, 1).Add(4, -1).Add(3, -2);

        Assert.Equal([new SlotChange(4, -1), new SlotChange(5, 1)], changes.All);
        Assert.Equal(PlacementChanges.None.Add(5, 1).Add(4, -1), changes);
        Assert.NotEqual(PlacementChanges.None.Add(5, 1), changes);
    }

    private void Report(int slot, int of, int change) => _twin = ServerTwin.Apply(_twin, new ReportPlacements(9, change, of), slot, Reckoned);

    private void EndSlot(int slot, params SynchronizeTwin[] arrived) =>
        _twin = ServerTwin.EndSlot(TwinSyncs.Take(_twin, [.. arrived], 0, Reckoned.Twins, _happened).State, slot, Reckoned.Twins, _happened);

    private (int Tasks, int Changes) Told(int slot, int round)
    {
        var told = ServerTwin.Publish(_twin, Reckoned, FaultPlan.None, slot, round);
        return (told.Tasks, told.Changes);
    }
}
