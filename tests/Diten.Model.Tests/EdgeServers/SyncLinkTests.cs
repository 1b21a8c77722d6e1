using Diten.Model.EdgeServers;
using Diten.Model.Faults;
using Diten.Model.ServerTwins;
using static Diten.Model.Tests.EdgeServers.FaultyServer;

namespace Diten.Model.Tests.EdgeServers;

/// <summary>What arrives of a server's syncs, slot by slot; the sync of slot t has number t + 1 (model.md §10).</summary>
public sealed class SyncLinkTests
{
    [Theory]
    [InlineData(FaultKind.Drop)]
    [InlineData(FaultKind.Cut)]
    public void What_is_dropped_or_cut_is_lost(FaultKind kind) => Expect(
        [Fault(kind, FaultWhat.Sync, 1, 2)], [[1], [], [], [4], [5]], lost: [0, 1, 1, 0, 0]);

    [Fact]
    public void A_limit_lets_every_third_slot_through_and_uses_up_numbers() => Expect(
        [Fault(FaultKind.Limit, FaultWhat.Sync, 0, 1, 2, 3, 4) with { Every = 3 }], [[1], [], [], [4], [], [6]], lost: [0, 1, 1, 0, 1, 0]);

    [Fact]
    public void What_is_delayed_arrives_in_a_later_slot_before_what_is_sent_there() => Expect(
        [Fault(FaultKind.Delay, FaultWhat.Sync, 1) with { DelayLowSlots = 2, DelayHighSlots = 2 }],
        [[1], [], [3], [2, 4], [5]], late: [0, 1, 0, 0, 0], onTheirWay: [0, 1, 1, 0, 0]);

    [Fact]
    public void Two_delays_add() => Expect(
        [
            Fault(FaultKind.Delay, FaultWhat.Sync, 1) with { Name = "one", DelayLowSlots = 1, DelayHighSlots = 1 },
            Fault(FaultKind.Delay, FaultWhat.Sync, 1) with { Name = "two", DelayLowSlots = 2, DelayHighSlots = 2 },
        ],
        [[1], [], [3], [4], [2, 5], [6]], late: [0, 1, 0, 0, 0, 0], onTheirWay: [0, 1, 1, 1, 0, 0]);

    [Fact]
    public void What_is_duplicated_arrives_twice_in_one_slot() => Expect(
        [Fault(FaultKind.Duplicate, FaultWhat.Sync, 1)], [[1], [2, 2], [3]], duplicated: [0, 1, 0]);

    [Fact]
    public void What_is_delayed_and_duplicated_is_one_on_its_way_and_arrives_twice() => Expect(
        [Fault(FaultKind.Duplicate, FaultWhat.Sync, 1), Fault(FaultKind.Delay, FaultWhat.Sync, 1) with { DelayLowSlots = 1, DelayHighSlots = 1 }],
        [[1], [], [2, 2, 3]], late: [0, 1, 0], duplicated: [0, 1, 0], onTheirWay: [0, 1, 0]);

    [Fact]
    public void What_is_corrupted_does_not_arrive_and_is_refused_when_it_is_due() => Expect(
        [
            Fault(FaultKind.Corrupt, FaultWhat.Sync, 1), Fault(FaultKind.Duplicate, FaultWhat.Sync, 1),
            Fault(FaultKind.Delay, FaultWhat.Sync, 1) with { DelayLowSlots = 1, DelayHighSlots = 1 },
        ],
        [[1], [], [3]], late: [0, 1, 0], duplicated: [0, 1, 0], refused: [0, 0, 1], onTheirWay: [0, 1, 0]);

    [Fact]
    public void What_is_on_its_way_arrives_though_the_server_is_down() => Expect(
        [
            Fault(FaultKind.Delay, FaultWhat.Sync, 0) with { DelayLowSlots = 1, DelayHighSlots = 1 },
            Fault(FaultKind.Down, FaultWhat.Servers, 1),
        ],
        [[], [1], [2]], late: [1, 0, 0], onTheirWay: [1, 0, 0], sent: [1, 0, 1]);

    /// <summary>In the order of kinds, whatever their names: a cut leaves nothing to the limit, and that leaves nothing to drops.</summary>
    [Fact]
    public void A_cut_comes_before_a_limit_and_that_before_a_drop_and_that_before_all_others()
    {
        var server = new FaultyServer(
            Sound,
            Fault(FaultKind.Corrupt, FaultWhat.Sync, 1, 3, 4, 6) with { Name = "a" },
            Fault(FaultKind.Drop, FaultWhat.Sync, 1, 3, 4) with { Name = "b" },
            Fault(FaultKind.Limit, FaultWhat.Sync, 1, 3, 4) with { Name = "c", Every = 2 },
            Fault(FaultKind.Cut, FaultWhat.Sync, 1) with { Name = "d" });

        for (var slot = 0; slot < 7; slot++)
            server.Tell(slot);

        // Slot 1 is cut, 3 is not let through, 4 is let through and dropped, 6 is corrupted.
        Assert.Equal([1, 1, 2, 1], server.Tally.Offered.ToArray());
        Assert.Equal([1, 1, 1, 1], server.Tally.Hit.ToArray());
    }

    [Fact]
    public void Nothing_before_slot_0_is_struck()
    {
        var world = new FaultyServer(Sound, Fault(FaultKind.Cut, FaultWhat.Sync) with { Timing = FaultTiming.Always }).World;
        var arrived = new List<SynchronizeTwin>();

        new SyncLink(world.Faults, 4).Carry(new SynchronizeTwin(4, 0, -1, 1e9, 0), -1, null, arrived);

        Assert.Single(arrived);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(77)]
    public void What_was_sent_has_arrived_was_lost_or_refused_or_is_on_its_way(ulong seed)
    {
        var always = new Fault { Name = "drop", Kind = FaultKind.Drop, What = FaultWhat.Sync, Probability = 0.3 };
        var server = new FaultyServer(
            Sound with { Seed = seed },
            always,
            always with { Name = "late", Kind = FaultKind.Delay, DelayHighSlots = 5, Stay = 0.5 },
            always with { Name = "twice", Kind = FaultKind.Duplicate },
            always with { Name = "broken", Kind = FaultKind.Corrupt, Probability = 0.2 });
        var (sent, lost, refused, late, twice, arrived) = (0, 0, 0, 0, 0, new List<int>());
        for (var slot = 0; slot < 500; slot++)
        {
            var (numbers, counts) = server.Tell(slot);
            (sent, lost, refused) = (sent + counts.Sent, lost + counts.Lost, refused + counts.Refused);
            (late, twice) = (late + counts.Late, twice + counts.Duplicated);
            arrived.AddRange(numbers);
            Assert.Equal(sent, arrived.Distinct().Count() + lost + refused + counts.OnTheirWay);
        }

        Assert.Equal(500, sent);
        Assert.All(new[] { lost, refused, late, twice }, count => Assert.InRange(count, 50, 400));
        Assert.NotEqual(arrived.Order(), arrived); // some overtook others
    }

    [Fact]
    public void A_link_that_is_restored_delivers_what_was_on_its_way()
    {
        var late = Fault(FaultKind.Delay, FaultWhat.Sync, 0, 1, 2) with { DelayLowSlots = 2, DelayHighSlots = 2 };
        var world = new FaultyServer(Sound, late, Fault(FaultKind.Duplicate, FaultWhat.Sync, 1)).World;
        var (first, arrived) = (new SyncLink(world.Faults, 4), new List<SynchronizeTwin>());
        first.Carry(new SynchronizeTwin(4, 1, 0, 1e9, 0), 0, null, arrived);
        first.Carry(new SynchronizeTwin(4, 2, 1, 1e9, 0), 1, null, arrived);

        var second = new SyncLink(world.Faults, 4);
        second.Restore(first.Save());

        Assert.Equal(2, second.Carry(new SynchronizeTwin(4, 3, 2, 1e9, 0), 2, null, arrived).OnTheirWay);
        Assert.Equal([1], arrived.Select(sync => sync.Sequence));
        second.Carry(null, 3, null, arrived);
        Assert.Equal([2, 2], arrived.Select(sync => sync.Sequence));
    }

    private static void Expect(
        Fault[] faults, int[][] arrived, int[]? lost = null, int[]? late = null, int[]? duplicated = null, int[]? refused = null,
        int[]? onTheirWay = null, int[]? sent = null)
    {
        var server = new FaultyServer(Sound, faults);
        for (var slot = 0; slot < arrived.Length; slot++)
        {
            var (numbers, counts) = server.Tell(slot);
            Assert.Equal(arrived[slot], numbers);
            Assert.Equal(
                new SyncCounts(
                    sent?[slot] ?? 1, lost?[slot] ?? 0, late?[slot] ?? 0, duplicated?[slot] ?? 0, refused?[slot] ?? 0, onTheirWay?[slot] ?? 0),
                counts);
        }
    }
}
