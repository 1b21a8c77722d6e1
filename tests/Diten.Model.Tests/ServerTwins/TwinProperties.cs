using Diten.Model.Scenarios;
using Diten.Model.ServerTwins;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Diten.Model.Tests.ServerTwins;

/// <summary>What a sync link does to one sync.</summary>
public enum Fate { Arrives, IsLost, ArrivesTwice, ArrivesLate }

/// <summary>What holds for a twin whatever its link does, and in whatever order stations report.</summary>
[Properties(Arbitrary = [typeof(TwinProperties)])]
public sealed class TwinProperties
{
    private static readonly Scenario Scenario = new() { Twins = new TwinsSection { DeviationSource = DeviationSource.Emergent } };

    [Property]
    public void A_twin_believes_what_some_sync_said_and_never_goes_back(Fate[] fates) =>
        Follow(fates, (before, after, sent) =>
        {
            Assert.True(after.Revision >= before.Revision);
            if (after.Revision < 0)
                return;
            var accepted = sent[after.Revision];
            Assert.Equal((accepted.Slot, accepted.FreeHertz, accepted.Tasks), (after.SyncedSlot, after.FreeHertz, after.SyncedTasks));
        });

    [Property]
    public void A_twin_is_in_sync_again_two_good_syncs_after_the_last_fault(Fate[] fates)
    {
        var (twin, sent) = Follow([.. fates, Fate.Arrives, Fate.Arrives, Fate.Arrives]);

        Assert.Equal(sent.Count - 1, twin.Revision);
        Assert.False(twin.Desynchronized);
        Assert.Equal(0, ServerTwin.Publish(twin, Scenario, sent[^1].Slot + 1).AgeSlots);
    }

    [Property]
    public void Only_the_sync_after_the_last_accepted_one_or_a_full_one_is_accepted(int revision, int sequence, bool full)
    {
        var twin = ServerTwinState.Fresh(3) with { Revision = Math.Abs(revision % 20) };
        var sync = new SynchronizeTwin(3, Math.Abs(sequence % 25), 7, 9e9, 2, full);

        var (happened, reply) = ServerTwin.Decide(twin, sync);

        var isNext = sync.Sequence == twin.Revision + 1;
        var isNew = sync.Sequence > twin.Revision;
        Assert.Equal(isNew && (full || isNext), happened is TwinSynchronized or TwinResynchronized);
        Assert.Equal(isNew && !full && !isNext ? new ResyncRequested(3, twin.Revision + 1) : null, reply);
    }

    [Property]
    public void Placements_count_in_any_order_never_below_zero_and_for_one_slot_only(byte tasks, int[] changes)
    {
        var synced = ServerTwin.Apply(ServerTwinState.Fresh(3), new TwinSynchronized(0, -1, 8e9, tasks), Scenario.Twins);
        ServerTwinState After(IEnumerable<int> order) => order.Aggregate(synced, (twin, change) => ServerTwin.Apply(twin, new ReportPlacements(3, change)));

        Assert.Equal(Math.Max(0, tasks + changes.Sum()), After(changes).Tasks);
        Assert.Equal(After(changes), After(changes.Reverse()));
        Assert.Equal(synced, ServerTwin.EndSlot(After(changes)));
    }

    /// <summary>A server that syncs once a slot over a bad link, and its twin.</summary>
    private static (ServerTwinState Twin, List<SynchronizeTwin> Sent) Follow(
        Fate[] fates, Action<ServerTwinState, ServerTwinState, List<SynchronizeTwin>>? check = null)
    {
        var (twin, sent, resyncDue) = (ServerTwinState.Fresh(3), new List<SynchronizeTwin>(), false);
        var late = new List<SynchronizeTwin>();
        foreach (var fate in fates)
        {
            var number = sent.Count;
            var sync = new SynchronizeTwin(3, number, number - 1, 1e9 * (1 + number * 7 % 13), number * 5 % 11, resyncDue);
            sent.Add(sync);
            resyncDue = false;
            SynchronizeTwin[] arrive = fate switch
            {
                Fate.Arrives => [sync, .. late],
                Fate.ArrivesTwice => [sync, .. late, sync],
                _ => [.. late],
            };
            late = fate == Fate.ArrivesLate ? [sync] : [];
            foreach (var arrived in arrive)
            {
                var (before, decision) = (twin, ServerTwin.Decide(twin, arrived));
                if (decision.Event is not null)
                    twin = ServerTwin.Apply(twin, decision.Event, Scenario.Twins);
                resyncDue |= decision.Reply is not null;
                check?.Invoke(before, twin, sent);
            }
        }

        return (twin, sent);
    }

    public static Arbitrary<Fate> ArbitraryFate() =>
        Arb.From(Gen.Elements(Fate.Arrives, Fate.Arrives, Fate.Arrives, Fate.IsLost, Fate.ArrivesTwice, Fate.ArrivesLate));
}
