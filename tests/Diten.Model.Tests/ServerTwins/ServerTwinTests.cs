using Diten.Model.Scenarios;
using Diten.Model.ServerTwins;

namespace Diten.Model.Tests.ServerTwins;

/// <summary>What the twin of a server does with syncs and placements.</summary>
public sealed class ServerTwinTests
{
    private static readonly TwinsSection Twins = new() { DeviationSource = DeviationSource.Emergent };

    [Fact]
    public void A_twin_that_misses_a_sync_asks_for_a_full_one_and_does_not_guess()
    {
        var twin = ServerTwin.Apply(ServerTwinState.Fresh(2), new TwinSynchronized(0, -1, 8e9, 3), Twins);

        var decision = ServerTwin.Decide(twin, new SynchronizeTwin(2, 2, 1, 5e9, 1));

        Assert.Equal(new ResyncRequested(2, From: 1), decision.Reply);
        var after = ServerTwin.Apply(twin, decision.Event!, Twins);
        Assert.Equal((8e9, 3), (after.FreeHertz, after.SyncedTasks));
        var full = ServerTwin.Decide(after, new SynchronizeTwin(2, 3, 2, 6e9, 4, Full: true));
        Assert.Equal(6e9, ServerTwin.Apply(after, full.Event!, Twins).FreeHertz);
        Assert.Equal(default, ServerTwin.Decide(twin, new SynchronizeTwin(2, 0, -1, 1e9, 9)));
    }

    [Fact]
    public void A_twin_counts_the_changes_of_this_slot_only_and_never_below_zero()
    {
        var twin = ServerTwin.Apply(ServerTwinState.Fresh(2), new TwinSynchronized(0, -1, 8e9, 3), Twins);

        twin = ServerTwin.Apply(twin, new ReportPlacements(2, -5));

        Assert.Equal(0, twin.Tasks);
        Assert.Equal(3, ServerTwin.EndSlot(twin).Tasks);
    }
}
