using Akka.Actor;
using Diten.Model.EdgeServers;
using Diten.Model.Scenarios;
using Diten.Model.ServerTwins;
using Diten.Model.Worlds;

namespace Diten.Actors.Tests.Twins;

public sealed class ServerTwinProtocolTests : EntityKit
{
    [Fact]
    public void Before_the_run_a_twin_tells_all_stations_in_reach_what_its_server_said()
    {
        var twin = Primed();

        twin.Tell(Begin(PhaseKind.PublishFirst, -1));

        var done = ExpectDone<PhaseDone>(PhaseKind.PublishFirst);
        Assert.Equal([new TwinEstimate(4, 0, 0, 0, 9e9, 2, 0)], Published<TwinEstimate>(done));
        Assert.Single(done.Outbox!);
    }

    [Fact]
    public void Between_rounds_a_twin_publishes_what_is_new_and_is_silent_where_nothing_is()
    {
        var twin = Ready();

        twin.Tell(Begin(PhaseKind.Learn));
        Assert.Null(ExpectDone<PhaseDone>(PhaseKind.Learn).Outbox);

        twin.Tell(new ReportPlacements(4, 2));
        twin.Tell(new ReportPlacements(4, -1));
        twin.Tell(Begin(PhaseKind.Learn));
        Assert.Equal(3, Assert.Single(Published<TwinEstimate>(ExpectDone<PhaseDone>(PhaseKind.Learn))).Tasks); // 2 there, 2 came, 1 left
    }

    [Fact]
    public void At_a_slots_end_the_zone_is_told_what_stations_had_believed_and_stations_what_is_true_now()
    {
        var twin = Ready();
        twin.Tell(new ReportPlacements(4, 5));
        twin.Tell(new SynchronizeTwin(4, 1, 0, 8e9, 6));

        twin.Tell(Begin(PhaseKind.Complete));

        var done = ExpectDone<TwinPublished>(PhaseKind.Complete);
        Assert.Equal(new TwinEstimate(4, 0, 0, 0, 9e9, 2, 0), done.Believed);
        Assert.Equal([new TwinEstimate(4, 1, 1, 0, 8e9, 6, 0)], Published<TwinEstimate>(done));
    }

    [Fact]
    public void A_sync_that_comes_again_changes_nothing()
    {
        var twin = Ready();
        twin.Tell(new SynchronizeTwin(4, 0, -1, 1e9, 99));

        twin.Tell(Begin(PhaseKind.Learn));

        Assert.Null(ExpectDone<PhaseDone>(PhaseKind.Learn).Outbox);
    }

    [Fact]
    public void A_twin_that_missed_a_sync_asks_its_server_for_a_full_one_and_grows_old_until_it_comes()
    {
        var twin = Ready(World.Create(World.Scenario with
        {
            Twins = World.Scenario.Twins with { Sync = TwinSync.Delta, Resync = TwinResync.Once },
        }));

        twin.Tell(new SynchronizeTwin(4, 2, 1, 7e9, 1));
        twin.Tell(Begin(PhaseKind.Complete, 1));
        var missed = ExpectDone<TwinPublished>(PhaseKind.Complete);
        Assert.Equal(new TwinFacts(4, 0, 1, TwinCondition.Resynchronising), missed.Facts);
        Assert.Equal([new ResyncRequested(4, 1)], Sent<ResyncRequested>(missed));
        Assert.Equal([new TwinEstimate(4, 2, 0, 2, 9e9, 2, 0) { Condition = TwinCondition.Resynchronising }], Published<TwinEstimate>(missed));

        twin.Tell(new SynchronizeTwin(4, 3, 2, 6e9, 5, Full: true));
        twin.Tell(Begin(PhaseKind.Complete, 2));
        var whole = ExpectDone<TwinPublished>(PhaseKind.Complete);
        Assert.Null(whole.Facts); // it is as nearly all are
        Assert.Equal([new TwinEstimate(4, 3, 3, 0, 6e9, 5, 0)], Published<TwinEstimate>(whole));
    }

    [Fact]
    public void A_twin_has_no_part_in_a_servers_phase()
    {
        NewTwin(4).Tell(Begin(PhaseKind.Execute));

        ExpectFailure("twin 4", "has no part in slot 0, phase Execute");
    }

    [Fact]
    public void A_message_of_somebody_elses_protocol_is_not_swallowed() => ExpectUnhandled(NewTwin(4), new CountPresence(4, 1));

    private IActorRef Primed(World? world = null)
    {
        var twin = NewTwin(4, world);
        twin.Tell(new SynchronizeTwin(4, 0, -1, 9e9, 2));
        return twin;
    }

    private IActorRef Ready(World? world = null)
    {
        var twin = Primed(world);
        twin.Tell(Begin(PhaseKind.PublishFirst, -1));
        ExpectDone<PhaseDone>(PhaseKind.PublishFirst);
        return twin;
    }
}
