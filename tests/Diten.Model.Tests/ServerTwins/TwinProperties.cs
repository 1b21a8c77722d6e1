using Diten.Model.Faults;
using Diten.Model.Scenarios;
using Diten.Model.ServerTwins;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Diten.Model.Tests.ServerTwins;

/// <summary>Faults of a twin's links, in slots up to 40, and how it takes syncs.</summary>
public sealed record BadLinks(TwinsSection Twins, double Drop, double Corrupt, double Duplicate, int Delay, double Stay, double DropRequests, bool Freezes);

/// <summary>What holds for a twin whatever its link does, and in whatever order stations report.</summary>
[Properties(Arbitrary = [typeof(TwinProperties)], MaxTest = 60)]
public sealed class TwinProperties
{
    private const int FaultySlots = 40;

    private static readonly Scenario Scenario = new() { Twins = new TwinsSection { DeviationSource = DeviationSource.Emergent } };

    [Property]
    public void A_twin_believes_what_some_sync_said_and_never_goes_back(BadLinks links)
    {
        var twin = new SyncedTwin(City(links), 7);
        for (var slot = 0; slot < FaultySlots; slot++)
        {
            var before = twin.Twin;
            twin.Step(slot);

            var after = twin.Twin;
            Assert.True(after.Revision >= before.Revision);
            Assert.True(after.SyncedSlot >= before.SyncedSlot && after.SyncedSlot <= slot);
            if (after.Revision == 0)
                continue;
            var accepted = twin.Sent[after.Revision - 1];
            Assert.Equal((accepted.Slot, accepted.FreeHertz, accepted.Tasks), (after.SyncedSlot, after.FreeHertz, after.SyncedTasks));
        }
    }

    [Property]
    public void Each_sync_is_accepted_lost_refused_or_on_its_way(BadLinks links)
    {
        var twin = new SyncedTwin(City(links), 7);
        for (var slot = 0; slot < FaultySlots + 20; slot++)
        {
            twin.Step(slot);
            Assert.Equal(twin.Sent.Count, twin.Accepted + twin.Lost + twin.Refused + twin.OnTheirWay);
        }
    }

    /// <summary>Whole states at once; else what was on its way comes first, then a gap is seen, asked for, and closed.</summary>
    [Property]
    public void A_twin_is_in_sync_again_soon_after_the_last_fault(BadLinks links)
    {
        var twin = new SyncedTwin(City(links), 7);
        for (var slot = 0; slot < FaultySlots; slot++)
            twin.Step(slot);
        var soon = links.Twins.Sync == TwinSync.State ? 1 : 3;
        for (var slot = FaultySlots; slot < FaultySlots + soon; slot++)
            twin.Step(slot);

        for (var slot = FaultySlots + soon; slot < FaultySlots + soon + 20; slot++)
        {
            Assert.Equal((0, TwinCondition.InSync), (twin.Published().AgeSlots, twin.Published().Condition));
            Assert.Equal(SyncedTwin.FreeHertz(slot - 1), twin.Published().FreeHertz);
            twin.Step(slot);
        }
    }

    [Property]
    public void Of_syncs_that_rest_on_each_other_only_the_next_or_a_whole_one_is_accepted(int revision, int sequence, bool full, bool asked)
    {
        var twins = new TwinsSection { Sync = TwinSync.Delta };
        var twin = ServerTwinState.Fresh(3) with { Revision = Math.Abs(revision % 20), Desynchronized = asked };
        var sync = new SynchronizeTwin(3, Math.Abs(sequence % 25), 7, 9e9, 2, full);

        var taken = TwinSyncs.Take(twin, [sync], 0, twins, []);

        var isNext = sync.Sequence == twin.Revision + 1;
        var isNew = sync.Sequence > twin.Revision;
        Assert.Equal(isNew && (full || isNext && !asked), taken.Accepted == 1);
        Assert.Equal(1, taken.Accepted + taken.Refused);
        Assert.Equal(isNew && !full && !isNext ? new ResyncRequested(3, twin.Revision + 1) : null, taken.Request);
        Assert.Equal(isNew && full ? new ResyncHeard(3, sync.Sequence) : null, taken.Heard);
    }

    [Property]
    public void Placements_count_in_any_order_never_below_zero_and_for_one_slot_only(byte tasks, int[] changes)
    {
        var synced = ServerTwin.Apply(ServerTwinState.Fresh(3), new TwinSynchronized(0, -1, 8e9, tasks), Scenario.Twins);
        ServerTwinState After(IEnumerable<int> order) =>
            order.Aggregate(synced, (twin, change) => ServerTwin.Apply(twin, new ReportPlacements(3, change), 0, Scenario));

        Assert.Equal(Math.Max(0, tasks + changes.Sum()), After(changes).Tasks);
        Assert.Equal(After(changes), After(changes.Reverse()));
        Assert.Equal(synced, ServerTwin.EndSlot(After(changes), 0, Scenario.Twins, []));
    }

    private static Diten.Model.Worlds.World City(BadLinks links)
    {
        var sync = new Fault
        {
            Name = "a",
            Kind = FaultKind.Drop,
            What = FaultWhat.Sync,
            Timing = FaultTiming.Slots,
            FromSlot = 0,
            ToSlot = FaultySlots,
            Probability = links.Drop,
        };
        return SyncedTwin.City(
            links.Twins, sync,
            sync with { Name = "b", Kind = FaultKind.Corrupt, Probability = links.Corrupt },
            sync with { Name = "c", Kind = FaultKind.Duplicate, Probability = links.Duplicate },
            sync with { Name = "d", Kind = FaultKind.Delay, DelayHighSlots = links.Delay, Stay = links.Stay },
            sync with { Name = "e", What = FaultWhat.Request, Probability = links.DropRequests },
            sync with
            {
                Name = "f",
                Kind = FaultKind.Freeze,
                What = FaultWhat.Twins,
                FromSlot = links.Freezes ? 10 : 0,
                ToSlot = links.Freezes ? 20 : 0,
            });
    }

    public static Arbitrary<BadLinks> ArbitraryLinks() => Arb.From(
        from delta in Gen.Elements(false, true)
        from once in Gen.Elements(false, true)
        from drop in Gen.Elements(0, 0.3, 0.8)
        from corrupt in Gen.Elements(0, 0.2)
        from duplicate in Gen.Elements(0, 0.3)
        from delay in Gen.Choose(0, 4)
        from stay in Gen.Elements(0, 0.5)
        from request in Gen.Elements(0, 0.5)
        from freezes in Gen.Elements(false, true)
        select new BadLinks(
            new TwinsSection
            {
                Sync = delta ? TwinSync.Delta : TwinSync.State,
                Resync = once ? TwinResync.Once : TwinResync.UntilHeard,
                DeviationSource = DeviationSource.Emergent,
            },
            drop, corrupt, duplicate, delay, stay, request, freezes));
}
