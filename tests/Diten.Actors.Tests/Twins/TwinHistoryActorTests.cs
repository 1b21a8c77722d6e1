using Akka.Actor;
using Diten.Actors.Tests.Recovery;
using Diten.Model;
using Diten.Model.Faults;
using Diten.Model.Records;
using Diten.Model.Scenarios;
using Diten.Model.ServerTwins;
using Diten.Model.Worlds;

namespace Diten.Actors.Tests.Twins;

/// <summary>The journal is read while a run writes it and after, and says what the run reported.</summary>
public sealed class TwinHistoryActorTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    private static readonly Scenario City = Small.City(devices: 200, slots: 40).Cut(3, 2) with
    {
        Twins = new TwinsSection { Sync = TwinSync.Delta, Resync = TwinResync.Once },
    };

    /// <summary>Every fifth sync of each server is lost.</summary>
    private static readonly Scenario Lossy = City with
    {
        Twins = City.Twins with { Sync = TwinSync.Delta },
        Measure = new MeasureSection { Regret = RegretMeasure.Off },
        Faults = new FaultMap([new Fault
        {
            Name = "lost", Kind = FaultKind.Drop, What = FaultWhat.Sync, Probability = 1, Timing = FaultTiming.At,
            At = new WholeNumbers(Enumerable.Range(0, City.Slots).Where(slot => slot % 5 == 3)),
        }]),
    };

    [Fact]
    public async Task What_the_journal_tells_during_and_after_a_run_is_what_the_run_reported()
    {
        SmallCluster? cluster = null;
        var plan = CityPlan.Create(World.Create(Lossy));
        var whileItRuns = new TaskCompletionSource<IReadOnlyList<TwinSlot>>(TaskCreationOptions.RunContinuationsAsynchronously);
        var observer = new Doing((20, () => _ = PassOn(Read(cluster!, plan, server: 7), whileItRuns)));
        using (cluster = new SmallCluster(Lossy))
        {
            cluster.Add("a");
            cluster.Add("b");

            cluster.Run(nodes: 2, observer);

            await cluster.Outcome.WaitAsync(Soon);
            // The journal may take the last slot after the run is told to be done.
            for (var server = 0; server < plan.World.Topology.ServerCount; server++)
                foreach (var row in (await Read(cluster, plan, server)).Take(City.Slots - 1))
                    AssertSame(observer.Slots[row.Slot].Servers[server], row);
            var early = await whileItRuns.Task.WaitAsync(Soon);
            Assert.InRange(early.Count, 20, City.Slots);
            Assert.All(early, row => AssertSame(observer.Slots[row.Slot].Servers[7], row));
            Assert.Contains(early, row => row.Happened.Any(happened => happened is TwinDesynchronized));
            Assert.Contains(early, row => row.Believed.AgeSlots > 0);
        }
    }

    [Theory]
    [InlineData(TwinEstimator.Kalman, TwinLoad.Reckoned)]
    [InlineData(TwinEstimator.MeanReverting, TwinLoad.Aged)]
    public async Task What_the_journal_tells_of_twins_that_freeze_crash_and_lie_is_what_the_run_reported(TwinEstimator estimator, TwinLoad load)
    {
        var some = new Fault
        {
            Name = "freeze",
            Kind = FaultKind.Freeze,
            What = FaultWhat.Twins,
            Selection = FaultSelection.Share,
            Share = 0.4,
            Timing = FaultTiming.Slots,
            FromSlot = 5,
            ToSlot = 12,
        };
        var city = City with
        {
            Twins = new TwinsSection { Estimator = estimator, Load = load, DeviationSource = DeviationSource.Emergent },
            Faults = new FaultMap(
            [
                some, some with { Name = "crash", Kind = FaultKind.Crash, FromSlot = 9, ToSlot = 20 },
                some with { Name = "oblivion", Kind = FaultKind.Crash, Durable = false, FromSlot = 18, ToSlot = 22 },
                some with { Name = "lie", Kind = FaultKind.Lie, Factor = 2 }, some with { Name = "noise", Kind = FaultKind.Noise, AmountHertz = 1e9 },
                some with { Name = "drift", Kind = FaultKind.Drift, AmountHertz = -1e9, FromSlot = 15, ToSlot = 40 },
                some with { Name = "clock", Kind = FaultKind.ClockSkew, SkewSlots = 2, Timing = FaultTiming.Always },
            ]),
        };
        var (plan, observer) = (CityPlan.Create(World.Create(city)), new Doing());
        using var cluster = new SmallCluster(city);
        cluster.Add("a");

        cluster.Run(nodes: 1, observer);

        await cluster.Outcome.WaitAsync(Soon);
        var happened = new List<TwinEvent>();
        for (var server = 0; server < plan.World.Topology.ServerCount; server++)
            foreach (var row in (await Read(cluster, plan, server)).Take(city.Slots - 1))
            {
                AssertSame(observer.Slots[row.Slot].Servers[server], row);
                happened.AddRange(row.Happened);
            }

        Assert.Contains(happened, e => e is TwinForgot);
    }

    [Fact]
    public async Task A_run_that_the_journal_does_not_know_has_no_rows()
    {
        using var cluster = new SmallCluster(City);

        Assert.Empty(await Read(cluster, CityPlan.Create(World.Create(City)), server: 7));
    }

    private static void AssertSame(in ServerSlotRecord reported, TwinSlot row)
    {
        Assert.Equal((reported.Slot, reported.Server), (row.Slot, row.Truth.Server));
        Assert.Equal((reported.FreeHertz, reported.Tasks, reported.DeviationHertz), (row.Truth.FreeHertz, row.Truth.Tasks, row.DeviationHertz));
        Assert.Equal(
            (reported.TwinFreeHertz, reported.TwinTasks, reported.TwinDeviationHertz, reported.TwinAgeSlots),
            (row.Believed.FreeHertz, row.Believed.Tasks, row.Believed.DeviationHertz, row.Believed.AgeSlots));
    }

    private static async Task<IReadOnlyList<TwinSlot>> Read(SmallCluster cluster, CityPlan plan, int server)
    {
        var twins = await Read(cluster.System, plan.ZoneOf(EntityKind.Twin, server), server);
        var servers = await Read(cluster.System, plan.ZoneOf(EntityKind.Server, server), server);
        return TwinHistory.Of(server, twins, servers, plan.World.Scenario, plan.World.Faults);
    }

    private static Task<IReadOnlyList<TwinRecord>> Read(ActorSystem system, int zone, int server)
    {
        var read = new TaskCompletionSource<IReadOnlyList<TwinRecord>>(TaskCreationOptions.RunContinuationsAsynchronously);
        system.ActorOf(Props.Create(() => new TwinHistoryActor(ZoneStart.TwinJournalIdOf("run", zone), server, read)));
        return read.Task.WaitAsync(Soon);
    }

    private static async Task PassOn(Task<IReadOnlyList<TwinSlot>> read, TaskCompletionSource<IReadOnlyList<TwinSlot>> to)
    {
        try
        {
            to.SetResult(await read);
        }
        catch (Exception failure)
        {
            to.SetException(failure);
        }
    }
}
