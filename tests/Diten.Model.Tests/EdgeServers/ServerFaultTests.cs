using Diten.Model.EdgeServers;
using Diten.Model.Faults;
using Diten.Model.Scenarios;
using Diten.Model.ServerTwins;
using static Diten.Model.Tests.EdgeServers.FaultyServer;

namespace Diten.Model.Tests.EdgeServers;

/// <summary>What faults do to a server itself, slot by slot (model.md §10).</summary>
public sealed class ServerFaultTests
{
    private static readonly Scenario Fifo = Sound with { Servers = Sound.Servers with { Sharing = CpuSharing.Fifo } };

    [Fact]
    public void A_server_that_is_down_loses_its_tasks_in_these_slots_and_in_no_other()
    {
        var server = new FaultyServer(Sound, Fault(FaultKind.Down, FaultWhat.Servers, 1, 2));

        (ServerFacts Facts, TasksExecuted Reply)[] slots =
        [
            server.Execute(0, Task(7, 5e9)), server.Execute(1, Task(7, 5e9, SubmittedTask.Here), Task(8, 5e9)),
            server.Execute(2, Task(7, 5e9, SubmittedTask.Here)), server.Execute(3, Task(7, 5e9, SubmittedTask.Here)),
        ];

        Assert.Equal([false, true, true, false], slots.Select(slot => slot.Reply.Lost));
        Assert.Equal([false, true, true, false], slots.Select(slot => slot.Facts.Down));
        Assert.Equal([0.5, 0, 0, 0.5], slots.Select(slot => slot.Reply.Tasks.Span[0].ComputationSeconds));
        Assert.Equal([1, 2, 1, 1], slots.Select(slot => slot.Facts.Tasks)); // a lost task counts where it was placed
        Assert.Equal([0.5, 0, 0, 0.5], slots.Select(slot => slot.Facts.Utilisation));
        Assert.All(slots, slot => Assert.Equal(10e9, slot.Facts.FreeHertz));
    }

    [Fact]
    public void The_background_of_a_server_that_is_down_goes_on()
    {
        var scenario = Sound with { Servers = new ServersSection { BackgroundRedrawProbability = 1 } };
        var (down, up) = (new FaultyServer(scenario, Fault(FaultKind.Down, FaultWhat.Servers, 1, 2)), new FaultyServer(scenario));

        for (var slot = 0; slot < 4; slot++)
        {
            var (facts, sound) = (down.Execute(slot).Facts, up.Execute(slot).Facts);
            Assert.Equal((sound.FreeHertz, sound.Utilisation), (facts.FreeHertz, facts.Utilisation));
        }

        Assert.Equal(0.5, down.Execute(4, Task(7, down.State.CapacityHertz / 2)).Facts.Utilisation - down.State.Background, 1e-12);
    }

    [Fact]
    public void Services_come_to_and_leave_a_server_that_is_down_and_its_slots_are_none_that_it_served()
    {
        var server = new FaultyServer(Sound, Fault(FaultKind.Down, FaultWhat.Servers, 1, 2));
        server.Execute(0, Task(7, 1e9), Task(9, 1e9));
        EdgeServer.Host(server.State, new MigrateServices(4, 3, 1, [new ServiceState(8, 5)]));
        EdgeServer.Admit(server.State, new SubmitTasks(4, 4, 1, default, new[] { new LeavingService(9, 5) }));

        Assert.Equal([new ServiceState(9, 1)], EdgeServer.ReleaseServices(server.State)[0].Services);
        server.Execute(1, Task(7, 1e9, SubmittedTask.Here), Task(8, 1e9, from: 3), Task(6, 1e9));
        server.Execute(2, Task(7, 1e9, SubmittedTask.Here));
        server.Execute(3, Task(7, 1e9, SubmittedTask.Here), Task(6, 1e9, SubmittedTask.Here));

        Assert.Equal(
            [new ServiceState(6, 1), new ServiceState(7, 2), new ServiceState(8, 5)], EdgeServer.Save(server.State, Sound).Services);
    }

    [Fact]
    public void Work_left_over_stands_still_while_a_server_is_down()
    {
        var server = new FaultyServer(Fifo, Fault(FaultKind.Down, FaultWhat.Servers, 1, 2));
        var left = new List<double>();
        for (var slot = 0; slot < 5; slot++)
        {
            server.Execute(slot, slot is 0 or 1 ? [Task(7 + slot, 60e9)] : []);
            left.Add(server.State.CarriedSeconds);
        }

        Assert.Equal([5.0, 5, 5, 4, 3], left); // 6 s of work in slot 0; that of slot 1 is lost
    }

    [Fact]
    public void A_server_that_is_down_tells_nothing_and_uses_up_no_number()
    {
        var server = new FaultyServer(Sound, Fault(FaultKind.Down, FaultWhat.Servers, 1, 2));

        Assert.Equal(0, server.Prime.Sequence);
        Assert.Equal([1], server.Tell(0).Arrived);
        Assert.Equal(0, server.Tell(1).Counts.Sent);
        Assert.Empty(server.Tell(2).Arrived);
        Assert.Equal([2], server.Tell(3).Arrived);
    }

    [Fact]
    public void A_server_that_is_down_hears_nothing()
    {
        var twins = new TwinsSection { Sync = TwinSync.Delta };
        var server = new FaultyServer(Sound with { Twins = twins }, Fault(FaultKind.Down, FaultWhat.Servers, 1));
        server.Execute(1);

        ServerSync.Apply(server.State, new ResyncRequested(4, 1));
        server.Execute(2);
        Assert.False(ServerSync.Observe(server.State, twins)!.Full);

        ServerSync.Apply(server.State, new ResyncRequested(4, 1));
        server.Execute(3);
        Assert.True(ServerSync.Observe(server.State, twins)!.Full);
    }

    [Fact]
    public void A_server_that_is_down_answers_no_query_and_says_with_no_answer_what_it_is_like()
    {
        var scenario = Sound with { Decisions = Sound.Decisions with { Answers = AnswerUse.Use, OnDesync = DesyncResponse.Query } };
        var server = new FaultyServer(scenario, Fault(FaultKind.Down, FaultWhat.Servers, 1));
        Assert.Equal(new ServerAnswer(4, 0, 10e9, 0), ServerAnswers.Of(server.State, server.World.Faults, 0));

        var told = server.Execute(0, Task(7, 1e9), Task(8, 1e9)).Reply;
        Assert.Null(ServerAnswers.Of(server.State, server.World.Faults, 1));
        var silent = server.Execute(1, Task(7, 1e9, SubmittedTask.Here)).Reply;
        Assert.Equal(new ServerAnswer(4, 2, 10e9, 1), ServerAnswers.Of(server.State, server.World.Faults, 2)); // the lost task was placed there

        Assert.Equal(new ServerWord(10e9, 2), told.Word);
        Assert.Null(silent.Word);
    }

    [Fact]
    public void An_answer_holds_the_changes_of_its_slot_and_is_never_below_no_task()
    {
        var server = new FaultyServer(Sound);
        server.Execute(0, Task(7, 1e9), Task(8, 1e9));

        ServerAnswers.Apply(server.State, new ReportPlacements(4, 3));
        Assert.Equal(5, ServerAnswers.Of(server.State, server.World.Faults, 1)!.Tasks);
        ServerAnswers.Apply(server.State, new ReportPlacements(4, -9));
        Assert.Equal(0, ServerAnswers.Of(server.State, server.World.Faults, 1)!.Tasks);

        server.Execute(1, Task(7, 1e9, SubmittedTask.Here));
        Assert.Equal(1, ServerAnswers.Of(server.State, server.World.Faults, 2)!.Tasks); // what ran counts, not what was reported
    }

    [Fact]
    public void Answers_tell_nothing_where_nobody_uses_them()
    {
        var reply = new FaultyServer(Sound).Execute(0, Task(7, 1e9)).Reply;

        Assert.Equal((null, false), (reply.Word, reply.Lost));
    }

    [Fact]
    public void A_slow_server_runs_tells_and_answers_by_what_is_left_of_its_capacity()
    {
        var server = new FaultyServer(Sound, Fault(FaultKind.Slow, FaultWhat.Servers, 1) with { Factor = 0.25 });

        Assert.Equal(0.5, server.Execute(0, Task(7, 5e9)).Reply.Tasks.Span[0].ComputationSeconds);
        var (facts, reply) = server.Execute(1, Task(7, 5e9, SubmittedTask.Here));
        Assert.Equal((2.0, 2.5e9), (reply.Tasks.Span[0].ComputationSeconds, facts.FreeHertz));
        Assert.Equal(2.5e9, ServerSync.Observe(server.State, Sound.Twins)!.FreeHertz);
        Assert.Equal(2.5e9, ServerAnswers.Of(server.State, server.World.Faults, 2)!.FreeHertz);
        Assert.Equal((10e9, 0.5), (facts.CapacityHertz, facts.Utilisation)); // of the capacity that it has
        Assert.Equal(0.5, server.Execute(2, Task(7, 5e9, SubmittedTask.Here)).Reply.Tasks.Span[0].ComputationSeconds);
    }

    [Fact]
    public void What_slows_a_server_down_twice_multiplies()
    {
        var half = Fault(FaultKind.Slow, FaultWhat.Servers, 1, 2) with { Name = "half", Factor = 0.5 };
        var server = new FaultyServer(Sound, half, half with { Name = "fifth", Factor = 0.2, At = new WholeNumbers([2, 3]) });

        Assert.Equal([10e9, 5e9, 1e9, 2e9, 10e9], Enumerable.Range(0, 5).Select(slot => server.Execute(slot).Facts.FreeHertz));
    }

    [Fact]
    public void A_queue_is_lost_at_the_begin_of_a_slot_and_counted_in_seconds()
    {
        var server = new FaultyServer(Fifo, Fault(FaultKind.LoseQueue, FaultWhat.Servers, 2));
        var first = server.Execute(0, Task(7, 60e9));
        var second = server.Execute(1, Task(7, 10e9, SubmittedTask.Here)); // 5 s are left over, and 1 s comes
        var third = server.Execute(2, Task(7, 60e9, SubmittedTask.Here));
        var fourth = server.Execute(3, Task(7, 10e9, SubmittedTask.Here));

        Assert.Equal([0.0, 0, 5, 0], new[] { first, second, third, fourth }.Select(slot => slot.Facts.QueueLostSeconds));
        Assert.Equal([0.0, 5, 0, 5], new[] { first, second, third, fourth }.Select(slot => slot.Reply.Tasks.Span[0].QueueingSeconds));
    }

    [Fact]
    public void A_server_that_is_down_and_loses_its_queue_has_none_when_it_is_back()
    {
        var server = new FaultyServer(Fifo, Fault(FaultKind.LoseQueue, FaultWhat.Servers, 1), Fault(FaultKind.Down, FaultWhat.Servers, 1));
        server.Execute(0, Task(7, 60e9));

        Assert.Equal(5.0, server.Execute(1).Facts.QueueLostSeconds);
        Assert.Equal(0.0, server.Execute(2, Task(7, 10e9, SubmittedTask.Here)).Reply.Tasks.Span[0].QueueingSeconds);
    }

    [Fact]
    public void Other_servers_are_not_struck()
    {
        var others = Fault(FaultKind.Down, FaultWhat.Servers, 0, 1, 2) with { Selection = FaultSelection.Ids, Ids = new WholeNumbers([3, 5]) };
        var server = new FaultyServer(Sound, others);

        Assert.All(Enumerable.Range(0, 3), slot => Assert.False(server.Execute(slot).Facts.Down));
    }

    [Fact]
    public void What_a_server_remembers_makes_another_one_the_same()
    {
        var scenario = Sound with
        {
            Twins = new TwinsSection { Sync = TwinSync.Delta, Send = TwinSend.OnChange },
            Decisions = Sound.Decisions with { OnDesync = DesyncResponse.Query },
        };
        var (server, other) = (new FaultyServer(scenario), new FaultyServer(scenario));
        server.Execute(0, Task(7, 1e9));
        ServerSync.Observe(server.State, scenario.Twins);
        ServerSync.Apply(server.State, new ResyncRequested(4, 0));

        EdgeServer.Restore(other.State, EdgeServer.Save(server.State, scenario));

        Assert.Equal(ServerAnswers.Of(server.State, server.World.Faults, 1), ServerAnswers.Of(other.State, server.World.Faults, 1));
        ServerSync.Apply(server.State, new ResyncHeard(4, 1)); // the first whole one will be number 2: older word
        ServerSync.Apply(other.State, new ResyncHeard(4, 1));
        var told = new List<int>();
        for (var slot = 1; slot < 4; slot++)
        {
            SubmittedTask[] tasks = slot == 1 ? [Task(7, 1e9, SubmittedTask.Here)] : []; // slot 1 is like slot 0, slot 2 is not, slot 3 is like that
            server.Execute(slot, tasks);
            other.Execute(slot, tasks);
            var sync = ServerSync.Observe(other.State, scenario.Twins);
            Assert.Equal(ServerSync.Observe(server.State, scenario.Twins), sync);
            if (sync is not null)
                told.Add(slot);
        }

        Assert.Equal([2], told);
        Assert.Equal((3, true), (other.State.NextSync, other.State.ResyncDue));
    }
}
