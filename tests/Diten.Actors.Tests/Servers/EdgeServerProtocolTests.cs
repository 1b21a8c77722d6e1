using Akka.Actor;
using Diten.Actors.Runtime;
using Diten.Model;
using Diten.Model.EdgeServers;
using Diten.Model.Scenarios;
using Diten.Model.ServerTwins;
using Diten.Model.Worlds;

namespace Diten.Actors.Tests.Servers;

public sealed class EdgeServerProtocolTests : EntityKit
{
    [Fact]
    public void A_migration_is_release_then_state_then_arrival_and_only_then_the_task_runs()
    {
        var (old, next) = (NewServer(3), NewServer(4));
        old.Tell(Tasks(server: 3, station: 3, slot: 0, Task(device: 7, SubmittedTask.WithTask)));
        Assert.Equal(3, Assert.Single(Sent<TasksExecuted>(RunSlot(old, 0))).Station);

        old.Tell(Leaves(server: 3, station: 4, slot: 1, device: 7, to: 4));
        next.Tell(Tasks(server: 4, station: 4, slot: 1, Task(device: 7, from: 3)));
        old.Tell(Begin(PhaseKind.Migrate, 1));
        next.Tell(Assert.Single(Sent<MigrateServices>(ExpectDone<PhaseDone>(PhaseKind.Migrate))));

        Assert.Equal([new ExecutedTask(0, 0, 1e9 / FreeHertz(4))], Assert.Single(Sent<TasksExecuted>(RunSlot(next, 1))).Tasks.ToArray());
        next.Tell(Leaves(server: 4, station: 4, slot: 2, device: 7, to: 5)); // it lives there now, after two slots served
        next.Tell(Begin(PhaseKind.Migrate, 2));
        var migration = Assert.Single(Sent<MigrateServices>(ExpectDone<PhaseDone>(PhaseKind.Migrate)));
        Assert.Equal(5, migration.Server);
        Assert.Equal([new ServiceState(7, 2)], migration.Services);
    }

    [Fact]
    public void A_task_does_not_run_where_its_service_has_not_arrived()
    {
        var server = NewServer(4);
        server.Tell(Tasks(server: 4, station: 4, slot: 0, Task(device: 7, from: 3)));

        server.Tell(Begin(PhaseKind.Execute));

        ExpectFailure("server 4", "device 7 has a task here, but its service has not arrived");
    }

    [Fact]
    public void A_service_that_arrives_twice_fails_the_run()
    {
        var server = NewServer(4);
        var services = new MigrateServices(4, 3, 0, [new ServiceState(7, 1)]);

        server.Tell(services);
        server.Tell(services);

        ExpectFailure("server 4", "the service of device 7 arrives, but lives here already");
    }

    [Fact]
    public void A_service_that_leaves_twice_fails_the_run()
    {
        var server = NewServer(4);
        server.Tell(new MigrateServices(4, 3, 0, [new ServiceState(7, 1)]));
        server.Tell(Leaves(server: 4, station: 4, slot: 0, device: 7, to: 5));
        server.Tell(Leaves(server: 4, station: 3, slot: 0, device: 7, to: 3));

        server.Tell(Begin(PhaseKind.Migrate));

        ExpectFailure("server 4", "the service of device 7 should leave, but does not live here");
    }

    [Fact]
    public void Mail_that_comes_with_a_phase_is_seen_to_before_it_and_answers_and_syncs_go_by_the_zone()
    {
        var server = NewServer(4);

        server.Tell(Begin(PhaseKind.Execute) with
        {
            Mail =
            [
                Tasks(server: 4, station: 5, slot: 0, Task(device: 2, SubmittedTask.WithTask)),
                Tasks(server: 4, station: 7, slot: 0, Task(device: 1, SubmittedTask.WithTask)),
            ],
        });

        var done = ExpectDone<ExecutionDone>(PhaseKind.Execute);
        Assert.Equal(2, done.Facts.Tasks);
        Assert.Equal([(EntityKind.Station, 5), (EntityKind.Station, 7), (EntityKind.Twin, 4)], done.Outbox!.Select(mail => (mail.Kind, mail.Id)));
        Assert.Equal([5, 7], Sent<TasksExecuted>(done).Select(executed => executed.Station));
        Assert.Equal(2, SyncOf(done).Tasks);
    }

    [Fact]
    public void A_resync_is_asked_for_once_and_answered_by_one_full_sync()
    {
        var server = NewServer(4, Scenario with { Twins = Scenario.Twins with { Sync = TwinSync.Delta, Resync = TwinResync.Once } });
        server.Tell(new ResyncRequested(4, 0));

        var (first, second) = (SyncOf(RunSlot(server, 0)), SyncOf(RunSlot(server, 1)));

        Assert.Equal((0, true), (first.Sequence, first.Full));
        Assert.Equal((1, false), (second.Sequence, second.Full));
    }

    [Fact]
    public void A_server_has_no_part_in_a_stations_phase()
    {
        NewServer(4).Tell(Begin(PhaseKind.Report));

        ExpectFailure("server 4", "has no part in slot 0, phase Report");
    }

    [Fact]
    public void A_message_of_somebody_elses_protocol_is_not_swallowed() => ExpectUnhandled(NewServer(4), new ReportPlacements(4, 1));

    [Fact]
    public void A_server_that_nobody_wired_fails_at_its_first_phase()
    {
        var props = Props.Create(() => new EdgeServerActor(World, 4));
        Zone.ChildActorOf(props, EmulationProps.ReportAndRestart).Tell(Begin(PhaseKind.Execute));

        ExpectFailure("server 4", "before it was wired");
    }

    private static SynchronizeTwin SyncOf(PhaseDone done) =>
        Assert.IsType<SynchronizeTwin>(Assert.Single(done.Outbox!, mail => mail is { Kind: EntityKind.Twin, Id: 4 }).Message);

    private ExecutionDone RunSlot(IActorRef server, int slot)
    {
        server.Tell(Begin(PhaseKind.Migrate, slot));
        ExpectDone<PhaseDone>(PhaseKind.Migrate);
        server.Tell(Begin(PhaseKind.Execute, slot));
        return ExpectDone<ExecutionDone>(PhaseKind.Execute);
    }

    /// <summary>Free capacity in slot 1, by the server's rules alone.</summary>
    private static double FreeHertz(int server)
    {
        var state = new EdgeServerState(World, server);
        return state.CapacityHertz * (1 - World.Background.Next(state.Background, server, 1));
    }

    private static SubmittedTask Task(int device, int from) => new(device, 0, 1e9, 0.03, from);

    private static SubmitTasks Tasks(int server, int station, int slot, SubmittedTask task) => new(server, station, slot, new[] { task }, default);

    private static SubmitTasks Leaves(int server, int station, int slot, int device, int to) =>
        new(server, station, slot, default, new[] { new LeavingService(device, to) });
}
