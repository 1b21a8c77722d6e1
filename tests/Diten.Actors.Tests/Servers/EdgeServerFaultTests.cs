using Akka.Actor;
using Diten.Model;
using Diten.Model.EdgeServers;
using Diten.Model.Faults;
using Diten.Model.Scenarios;
using Diten.Model.ServerTwins;

namespace Diten.Actors.Tests.Servers;

/// <summary>What faults do to a server, and to what it tells its twin and stations, through its actor.</summary>
public sealed class EdgeServerFaultTests : EntityKit
{
    [Fact]
    public void Syncs_are_dropped_delayed_duplicated_and_refused_by_slot_and_each_is_counted()
    {
        var server = NewServer(4, With(
            Strike(FaultKind.Drop, 0), Strike(FaultKind.Delay, 1, 4) with { DelayLowSlots = 2, DelayHighSlots = 2 }, Strike(FaultKind.Duplicate, 2),
            Strike(FaultKind.Corrupt, 4)));

        var slots = Enumerable.Range(0, 7).Select(slot => RunSlot(server, slot)).ToArray();

        Assert.Equal([[], [], [2, 2], [1, 3], [], [5], [6]], slots.Select(Arrived)); // no priming: the sync of slot t has number t
        Assert.Equal(
            [
                new SyncCounts(1, 1, 0, 0, 0, 0), new SyncCounts(1, 0, 1, 0, 0, 1), new SyncCounts(1, 0, 0, 1, 0, 1), new SyncCounts(1, 0, 0, 0, 0, 0),
                new SyncCounts(1, 0, 1, 0, 0, 1), new SyncCounts(1, 0, 0, 0, 0, 1), new SyncCounts(1, 0, 0, 0, 1, 0),
            ],
            slots.Select(slot => slot.Facts.Syncs));
        Assert.Equal([1, 2, 1, 1], Tally!.Offered.ToArray()); // corrupt, delay, drop, duplicate
        Assert.Equal([1, 2, 1, 1], Tally.Hit.ToArray());
    }

    [Fact]
    public void A_server_without_faults_counts_its_syncs_and_nobody_counts_faults()
    {
        var server = NewServer(4);

        Assert.Equal(new SyncCounts { Sent = 1 }, RunSlot(server, 0).Facts.Syncs);
        Assert.Null(Tally);
    }

    [Fact]
    public void The_priming_before_slot_0_arrives_whatever_the_faults()
    {
        var server = NewServer(4, With(Strike(FaultKind.Cut) with { Timing = FaultTiming.Always }));
        server.Tell(new CountPresence(4, 12));
        server.Tell(Begin(PhaseKind.Prime, -1));

        var sync = Assert.IsType<SynchronizeTwin>(Assert.Single(ExpectDone<PhaseDone>(PhaseKind.Prime).Outbox!).Message);
        Assert.Equal((0, -1, 12), (sync.Sequence, sync.Slot, sync.Tasks));
        Assert.Empty(Arrived(RunSlot(server, 0)));
    }

    [Fact]
    public void A_server_that_is_down_sends_its_batch_back_lost_and_no_sync()
    {
        var server = NewServer(4, With(Strike(FaultKind.Down, 1) with { What = FaultWhat.Servers }));
        RunSlot(server, 0);
        server.Tell(Tasks(slot: 1, new SubmittedTask(7, 3, 1e9, 0.03, SubmittedTask.WithTask)));

        var down = RunSlot(server, 1);
        var lost = Assert.Single(Sent<TasksExecuted>(down));
        var up = RunSlot(server, 2);

        Assert.True(lost.Lost);
        Assert.Equal([new ExecutedTask(3, 0, 0)], lost.Tasks.ToArray());
        Assert.Equal((true, 1, 0), (down.Facts.Down, down.Facts.Tasks, down.Facts.Syncs.Sent));
        Assert.Single(down.Outbox!);
        Assert.Equal([1], Arrived(up));
    }

    [Fact]
    public void A_restored_server_goes_on_with_its_syncs_on_their_way()
    {
        var scenario = With(Strike(FaultKind.Delay, 0, 1) with { DelayLowSlots = 2, DelayHighSlots = 2 }, Strike(FaultKind.Duplicate, 1));
        var server = NewServer(4, scenario);
        RunSlot(server, 0);
        RunSlot(server, 1);
        server.Tell(Begin(PhaseKind.Checkpoint, 1));
        var saved = (EdgeServerSaved)ExpectDone<EntitySaved>(PhaseKind.Checkpoint).State;

        var other = NewServer(4, scenario);
        other.Tell(saved);

        Assert.Equal(3, saved.Syncs.Count); // one, and another one twice
        var second = RunSlot(other, 2);
        Assert.Equal([0, 2], Arrived(second));
        Assert.Equal(1, second.Facts.Syncs.OnTheirWay);
        Assert.Equal([1, 1, 3], Arrived(RunSlot(other, 3)));
    }

    [Fact]
    public void A_server_that_was_asked_sends_whole_syncs_until_its_twin_says_that_it_has_one()
    {
        var server = NewServer(4, Scenario with { Twins = Scenario.Twins with { Sync = TwinSync.Delta } });
        server.Tell(new ResyncRequested(4, 0));

        Assert.True(SyncOf(RunSlot(server, 0)).Full);
        Assert.True(SyncOf(RunSlot(server, 1)).Full);
        server.Tell(new ResyncHeard(4, 0));
        Assert.False(SyncOf(RunSlot(server, 2)).Full);
    }

    [Fact]
    public void Stations_in_reach_hear_what_was_true_where_regret_is_measured()
    {
        var server = NewServer(4, With(Strike(FaultKind.Down, 1) with { What = FaultWhat.Servers }) with { Measure = new MeasureSection() });
        server.Tell(Tasks(slot: 0, new SubmittedTask(7, 3, 1e9, 0.03, SubmittedTask.WithTask)));

        var first = RunSlot(server, 0);
        var second = RunSlot(server, 1);

        Assert.Equal([new ServerMeasured(4, 0, first.Facts.FreeHertz, 0, 1, false)], Published<ServerMeasured>(first));
        Assert.True(Assert.Single(Published<ServerMeasured>(second)).Down);
    }

    [Fact]
    public void Where_nothing_is_measured_and_nobody_asks_stations_hear_nothing_more()
    {
        var done = RunSlot(NewServer(4), 0);

        Assert.IsType<SynchronizeTwin>(Assert.Single(done.Outbox!).Message);
    }

    [Fact]
    public void A_server_that_can_be_asked_publishes_where_there_is_anything_new_and_not_while_it_is_down()
    {
        var server = NewServer(4, With(Strike(FaultKind.Down, 1) with { What = FaultWhat.Servers }) with
        {
            Decisions = Scenario.Decisions with { OnDesync = DesyncResponse.Query },
        });
        server.Tell(new CountPresence(4, 3));
        Answer(server, PhaseKind.Prime, -1);
        var first = Assert.Single(Answer(server, PhaseKind.PublishFirst, -1));
        Assert.Empty(Answer(server, PhaseKind.Learn, 0)); // nothing new
        server.Tell(new ReportPlacements(4, 2));
        var second = Assert.Single(Answer(server, PhaseKind.Learn, 0));
        RunSlot(server, 0);
        Assert.Empty(Answer(server, PhaseKind.Complete, 0)); // down in slot 1: nobody would answer
        server.Tell(new ReportPlacements(4, 2));
        Assert.Empty(Answer(server, PhaseKind.Learn, 1));
        RunSlot(server, 1);
        var third = Assert.Single(Answer(server, PhaseKind.Complete, 1));

        var free = first.FreeHertz;
        Assert.Equal((0, 3), (first.Slot, first.Tasks));
        Assert.Equal(new ServerAnswer(4, 0, free, 5), second);
        Assert.Equal((2, 0), (third.Slot, third.Tasks));
        Assert.NotEqual(0, third.FreeHertz);
    }

    [Fact]
    public void A_restored_server_answers_what_it_would_have_answered()
    {
        var scenario = Scenario with { Decisions = Scenario.Decisions with { OnDesync = DesyncResponse.Query } };
        var server = NewServer(4, scenario);
        server.Tell(Tasks(slot: 0, new SubmittedTask(7, 3, 1e9, 0.03, SubmittedTask.WithTask)));
        RunSlot(server, 0);
        var told = Assert.Single(Answer(server, PhaseKind.Complete, 0));
        server.Tell(Begin(PhaseKind.Checkpoint, 0));
        var saved = (EdgeServerSaved)ExpectDone<EntitySaved>(PhaseKind.Checkpoint).State;

        var other = NewServer(4, scenario);
        other.Tell(saved);

        Assert.Equal((1, 1), (told.Slot, told.Tasks));
        Assert.Equal([told], Answer(other, PhaseKind.PublishFirst, 0));
    }

    private static Scenario With(params Fault[] faults) =>
        Scenario with { Faults = new FaultMap(faults), Measure = new MeasureSection { Regret = RegretMeasure.Off } };

    /// <summary>A fault of all syncs in some slots.</summary>
    private static Fault Strike(FaultKind kind, params int[] at) => new()
    {
        Name = kind.ToString().ToLowerInvariant(),
        Kind = kind,
        What = FaultWhat.Sync,
        Probability = 1,
        Timing = FaultTiming.At,
        At = new WholeNumbers(at),
    };

    private static SubmitTasks Tasks(int slot, SubmittedTask task) => new(4, 4, slot, new[] { task }, default);

    /// <summary>Sequence numbers of the syncs that arrive at the twin.</summary>
    private static int[] Arrived(PhaseDone done) =>
        [.. (done.Outbox ?? []).Select(mail => mail.Message).OfType<SynchronizeTwin>().Select(sync => sync.Sequence)];

    private static SynchronizeTwin SyncOf(PhaseDone done) => done.Outbox!.Select(mail => mail.Message).OfType<SynchronizeTwin>().Single();

    private ServerAnswer[] Answer(IActorRef server, PhaseKind kind, int slot)
    {
        server.Tell(Begin(kind, slot));
        return Published<ServerAnswer>(ExpectDone<PhaseDone>(kind));
    }

    private ExecutionDone RunSlot(IActorRef server, int slot)
    {
        server.Tell(Begin(PhaseKind.Execute, slot));
        return ExpectDone<ExecutionDone>(PhaseKind.Execute);
    }
}
