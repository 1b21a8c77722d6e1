using Diten.Model.EdgeServers;
using Diten.Model.Scenarios;
using Diten.Model.ServerTwins;
using static Diten.Model.Tests.EdgeServers.FaultyServer;

namespace Diten.Model.Tests.EdgeServers;

/// <summary>In which slots a server tells its twin, and which syncs are whole (model.md §10, Syncs).</summary>
public sealed class ServerSyncTests
{
    [Fact]
    public void Every_slot_is_told_by_default_and_numbers_have_no_gaps() =>
        Assert.Equal([(0, 1), (1, 2), (2, 3), (3, 4)], Told(new TwinsSection(), 4).Select(sync => (sync.Slot, sync.Sequence)));

    [Fact]
    public void Every_third_slot_is_told_and_numbers_have_no_gaps() => Assert.Equal(
        [(0, 1), (3, 2), (6, 3)], Told(new TwinsSection { Send = TwinSend.Every, SendEverySlots = 3 }, 9).Select(sync => (sync.Slot, sync.Sequence)));

    [Fact]
    public void On_change_a_slot_is_told_where_tasks_differ_from_those_last_told_or_the_heartbeat_is_due()
    {
        // Told: nothing before slot 0, then one task in slot 2, none in slot 4, and after four slots of silence slot 8.
        var told = Told(new TwinsSection { Send = TwinSend.OnChange, HeartbeatSlots = 4 }, 11, busy: [2, 3, 9]);

        Assert.Equal([(2, 1, 1), (4, 2, 0), (8, 3, 0), (9, 4, 1), (10, 5, 0)], told.Select(sync => (sync.Slot, sync.Sequence, sync.Tasks)));
    }

    [Fact]
    public void The_heartbeat_counts_from_before_slot_0() =>
        Assert.Equal([2, 5, 8], Told(new TwinsSection { Send = TwinSend.OnChange, HeartbeatSlots = 3 }, 10).Select(sync => sync.Slot));

    [Fact]
    public void On_change_the_capacity_is_compared_with_the_one_last_told()
    {
        // 10, 9.6, 9.2, 9.2, 9.7 GHz: more than 5 % off what was told in slots 2 and 4 only.
        double[] factors = [1, 0.96, 0.92, 0.92, 0.97];
        var twins = new TwinsSection { Send = TwinSend.OnChange, SendChange = 0.05, HeartbeatSlots = 100 };
        var server = new FaultyServer(Sound with { Twins = twins });
        var told = new List<int>();
        for (var slot = 0; slot < factors.Length; slot++)
        {
            server.State.LastSlot = new ToldState(slot, 10e9 * factors[slot], 0);
            if (ServerSync.Observe(server.State, twins) is not null)
                told.Add(slot);
        }

        Assert.Equal([2, 4], told);
    }

    [Fact]
    public void A_change_of_exactly_the_threshold_is_not_told()
    {
        var twins = new TwinsSection { Send = TwinSend.OnChange, SendChange = 0.5, HeartbeatSlots = 100 };
        var server = new FaultyServer(Sound with { Twins = twins });

        server.State.LastSlot = new ToldState(0, 15e9, 0);
        Assert.Null(ServerSync.Observe(server.State, twins));
        server.State.LastSlot = new ToldState(1, 15.1e9, 0);
        Assert.NotNull(ServerSync.Observe(server.State, twins));
    }

    [Fact]
    public void Who_asked_once_gets_one_whole_sync()
    {
        var (twins, server) = Delta(TwinResync.Once);

        Assert.False(Next(server, twins, 0).Full);
        ServerSync.Apply(server.State, new ResyncRequested(4, 1));
        Assert.True(Next(server, twins, 1).Full);
        Assert.False(Next(server, twins, 2).Full);
    }

    [Fact]
    public void Who_asked_gets_whole_syncs_until_one_is_heard()
    {
        var (twins, server) = Delta(TwinResync.UntilHeard);
        Next(server, twins, 0); // number 1

        ServerSync.Apply(server.State, new ResyncRequested(4, 1));
        Assert.Equal((2, true), Of(Next(server, twins, 1)));
        Assert.Equal((3, true), Of(Next(server, twins, 2)));
        ServerSync.Apply(server.State, new ResyncHeard(4, 2));
        Assert.Equal((4, false), Of(Next(server, twins, 3)));

        static (int, bool) Of(SynchronizeTwin sync) => (sync.Sequence, sync.Full);
    }

    [Fact]
    public void Word_of_a_whole_sync_from_before_the_twin_asked_again_ends_nothing()
    {
        var (twins, server) = Delta(TwinResync.UntilHeard);
        ServerSync.Apply(server.State, new ResyncRequested(4, 1));
        Next(server, twins, 0); // number 1
        ServerSync.Apply(server.State, new ResyncRequested(4, 1));

        ServerSync.Apply(server.State, new ResyncHeard(4, 1));
        Assert.True(Next(server, twins, 1).Full); // number 2
        ServerSync.Apply(server.State, new ResyncHeard(4, 2));
        Assert.False(Next(server, twins, 2).Full);
    }

    [Fact]
    public void A_request_waits_for_the_next_sync_that_is_due()
    {
        var twins = new TwinsSection { Sync = TwinSync.Delta, Send = TwinSend.Every, SendEverySlots = 4 };
        var server = new FaultyServer(Sound with { Twins = twins });
        server.Execute(1);
        ServerSync.Apply(server.State, new ResyncRequested(4, 1));

        Assert.Null(ServerSync.Observe(server.State, twins));
        server.Execute(4);
        Assert.True(ServerSync.Observe(server.State, twins)!.Full);
    }

    private static (TwinsSection, FaultyServer) Delta(TwinResync resync)
    {
        var twins = new TwinsSection { Sync = TwinSync.Delta, Resync = resync };
        return (twins, new FaultyServer(Sound with { Twins = twins }));
    }

    private static SynchronizeTwin Next(FaultyServer server, TwinsSection twins, int slot)
    {
        server.Execute(slot);
        return ServerSync.Observe(server.State, twins)!;
    }

    /// <summary>The syncs of some slots, of which the busy ones have a task.</summary>
    private static List<SynchronizeTwin> Told(TwinsSection twins, int slots, params int[] busy)
    {
        var server = new FaultyServer(Sound with { Twins = twins });
        var told = new List<SynchronizeTwin>();
        for (var slot = 0; slot < slots; slot++)
        {
            server.Execute(slot, busy.Contains(slot) ? [Task(slot, 1e9)] : []);
            if (ServerSync.Observe(server.State, twins) is { } sync)
                told.Add(sync);
        }

        return told;
    }
}
