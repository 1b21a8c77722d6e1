using Akka.Actor;
using Diten.Actors.Nodes;
using Diten.Model;
using Diten.Model.SystemTwin;
using Diten.Model.Worlds;

namespace Diten.Actors.Tests.Twins;

public sealed class SystemTwinActorTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task The_system_twin_knows_what_the_twins_had_published_for_the_last_slot_and_estimates_rewards_from_it()
    {
        var (world, reports) = (World.Create(Small.City(slots: 4).Cut(2, 2)), new Reports());
        using var running = Emulation.Start(world, new EmulationOptions(), reports);
        await running.Outcome.WaitAsync(Soon);

        var condition = await running.SystemTwin.Ask<SystemTwinState>(new GetSystemCondition(), Soon);
        var task = new ConsideredTask(400, 400, 1.7e9, 0.02, 1.3, new ServerId(12), new ServerId(12));
        var estimated = await running.SystemTwin.Ask<RewardsEstimated>(new GetEstimatedRewards(task), Soon);

        Assert.Equal(3, condition.Slot);
        Assert.Equal(
            reports.Slots[3].Servers.Select(row => (row.Server, row.TwinFreeHertz, row.TwinTasks)),
            condition.Servers.Select(twin => (twin.Server, twin.FreeHertz, twin.Tasks)));
        Assert.Equal((3, 5), (estimated.Slot, estimated.Rewards.Count));
        Assert.Equal(SystemTwinRules.EstimateRewards(condition, world, task), estimated.Rewards);
    }

    [Fact]
    public async Task A_run_that_could_not_be_made_ready_is_when_it_is_described_again()
    {
        using var system = ActorSystem.Create("diten", NodeSettings.Load(1));
        using var inbox = Inbox.Create(system);
        system.EventStream.Subscribe(inbox.Receiver, typeof(Akka.Event.UnhandledMessage));
        var (plan, tried) = (CityPlan.Create(World.Create(Small.City(slots: 4).Cut(2, 2))), 0);
        var plans = new RunPlans(_ => ++tried == 1 ? throw new InvalidDataException("A file is not there yet.") : new PreparedRun(plan, ""));
        var twin = system.ActorOf(Props.Create(() => new SystemTwinActor(plans)));
        var run = new DescribeRun(new RunSpec("run", "small", "", 1, new EmulationOptions()));
        var task = new ConsideredTask(400, 400, 1.7e9, 0.02, 1.3, new ServerId(12), new ServerId(12));
        twin.Tell(new TwinsReported(3, []));

        for (var waited = System.Diagnostics.Stopwatch.StartNew(); (await twin.Ask<RewardsEstimated>(new GetEstimatedRewards(task), Soon)).Slot < 0 && tried < 2;)
        {
            Assert.True(waited.Elapsed < Soon, "The run is never tried again.");
            twin.Tell(run);
        }

        Assert.Equal(2, tried);
        Assert.Throws<TimeoutException>(() => inbox.Receive(TimeSpan.Zero)); // nothing that it does not know what to do with
    }
}
