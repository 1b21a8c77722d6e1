using System.Threading.Channels;
using Akka.Actor;
using Akka.Configuration;
using Akka.Persistence;
using Diten.Actors;
using Diten.Actors.Nodes;
using Diten.Actors.Runtime;
using Diten.Model.Learning;
using Diten.Model.Scenarios;
using Diten.Model.Worlds;

namespace Diten.Learning.Tests;

/// <summary>What the learner tells the clock, said twice where it was not heard, and never before it is true.</summary>
public sealed class LearnerActorTests : IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    private static readonly CityPlan City = CityPlan.Create(World.Create(new Scenario
    {
        Slots = 8,
        AreaSideMetres = 200,
        Stations = new StationsSection { DensityPerSquareMetre = 1e-4 },
        Devices = new DevicesSection { Count = 3 },
        Decisions = new DecisionsSection { Candidates = 2 },
        Zones = new ZonesSection { Columns = 1, Rows = 1 },
    }));

    private static readonly RunSpec Run = new("run", "small", "", 1, new EmulationOptions { CheckpointEverySlots = 2, Training = true });

    private readonly ActorSystem _system = ActorSystem.Create("learner", ConfigurationFactory.ParseString("""
        akka.persistence.snapshot-store.plugin = "akka.persistence.snapshot-store.inmem"
        akka.persistence.snapshot-store.inmem.class = "Akka.Persistence.Snapshot.MemorySnapshotStore, Akka.Persistence"
        """).WithFallback(NodeSettings.Load(1)));

    private readonly Channel<object> _told = Channel.CreateUnbounded<object>();
    private readonly ManualResetEventSlim _clockTakes = new(true), _clockHears = new();
    private readonly IActorRef _clock;

    public LearnerActorTests() => _clock = new Clock(_told.Writer, _clockHears, _clockTakes);

    public void Dispose()
    {
        _clockTakes.Set();
        _system.Dispose();
    }

    [Fact]
    public async Task It_is_not_ready_before_it_has_a_policy_however_often_it_is_started()
    {
        using var made = new ManualResetEventSlim();
        var learner = Start(0, () =>
        {
            made.Wait(Soon);
            return NewTrainer();
        });
        _clockTakes.Reset();
        learner.Tell(new StartZone([]));
        learner.Tell(new DescribeWait()); // its answer keeps the learner's thread, while its networks are made
        Assert.True(_clockHears.Wait(Soon));
        learner.Tell(new StartZone([]));
        made.Set();
        Assert.True(SpinWait.SpinUntil(() => Waiting(learner) == 2, Soon)); // said again, and that the networks are there
        _clockTakes.Set();

        Assert.IsType<WaitDescribed>(await Heard());
        Assert.NotNull(Assert.IsType<ZoneReady>(await Heard()).Policy);
    }

    [Fact]
    public async Task A_word_that_was_lost_is_said_again()
    {
        var learner = await Ready();
        learner.Tell(new StartZone([]));
        Assert.NotNull(Assert.IsType<ZoneReady>(await Heard()).Policy);

        learner.Tell(new WriteCheckpoint(0, []));
        Assert.Equal(0, Assert.IsType<CheckpointWritten>(await Heard()).Slot);
        learner.Tell(new WriteCheckpoint(0, []));
        Assert.Equal(0, Assert.IsType<CheckpointWritten>(await Heard()).Slot);
        learner.Tell(new BeginSlot(0, [], CheckpointFirst: true)); // the same checkpoint, asked for with the slot
        Assert.Equal(0, Assert.IsType<CheckpointWritten>(await Heard()).Slot);
    }

    [Fact]
    public async Task That_a_slot_is_done_is_said_again_to_a_clock_that_has_not_heard()
    {
        var learner = await Ready();
        learner.Tell(new BeginSlot(0, []));
        learner.Tell(new EpisodeBatch(0, 1, 0, DecisionRows.None));
        Assert.Equal(0, Assert.IsType<ZoneSlotCompleted>(await Heard()).Slot);

        learner.Tell(new BeginSlot(0, []));

        Assert.Equal(0, Assert.IsType<ZoneSlotCompleted>(await Heard()).Slot);
    }

    [Fact]
    public async Task Decisions_of_an_epoch_that_is_over_complete_no_slot()
    {
        var learner = await Ready();
        learner.Tell(new BeginSlot(0, []));
        learner.Tell(new EpisodeBatch(0, 0, 0, DecisionRows.None)); // epoch 0

        learner.Tell(new DescribeWait());

        Assert.IsType<WaitDescribed>(await Heard());
    }

    [Fact]
    public async Task Why_it_cannot_go_on_is_said_whenever_the_clock_asks()
    {
        var learner = Start(5, NewTrainer);
        learner.Tell(new StartZone([]));
        Assert.Contains("no checkpoint of slot 5", Assert.IsType<EpochBroken>(await Heard()).Why);

        learner.Tell(new DescribeWait());

        Assert.Contains("no checkpoint of slot 5", Assert.IsType<EpochBroken>(await Heard()).Why);
    }

    [Fact]
    public async Task A_checkpoint_of_an_older_build_is_told_as_one()
    {
        var learner = Start(5, NewTrainer);
        learner.Tell(new StartZone([]));
        Assert.IsType<EpochBroken>(await Heard());

        learner.Tell(new LoadSnapshotResult(
            new SelectedSnapshot(new SnapshotMetadata("run", 5, DateTime.UnixEpoch), new LearnerSaved(5, null) { RunMark = Run.Mark }), 5));

        Assert.Contains("older build", Assert.IsType<EpochBroken>(await Heard()).Why);
    }

    [Theory]
    [InlineData(6, true, "no checkpoint of slot 5")]
    [InlineData(5, false, "of another run")]
    public async Task A_checkpoint_of_another_slot_or_run_is_not_taken(int slot, bool ofTheRun, string why)
    {
        var learner = Start(5, NewTrainer);
        learner.Tell(new StartZone([]));
        Assert.IsType<EpochBroken>(await Heard());

        learner.Tell(new LoadSnapshotResult(
            new SelectedSnapshot(new SnapshotMetadata("run", slot, DateTime.UnixEpoch), new LearnerSaved(slot, null) { RunMark = ofTheRun ? Run.Mark : 0 }), slot));

        Assert.Contains(why, Assert.IsType<EpochBroken>(await Heard()).Why);
    }

    [Fact]
    public async Task What_is_made_while_it_stops_is_let_go_when_nobody_works_with_it_any_more()
    {
        using var began = new ManualResetEventSlim();
        using var made = new ManualResetEventSlim();
        var trainer = NewTrainer();
        var learner = Start(0, () =>
        {
            began.Set();
            made.Wait(Soon);
            _ = trainer.Weights; // in use: it must not be disposed yet
            return trainer;
        });
        learner.Tell(new StartZone([]));
        Assert.True(began.Wait(Soon));

        await learner.GracefulStop(Soon);
        _ = trainer.Weights;
        made.Set();

        Assert.True(SpinWait.SpinUntil(() => IsDisposed(trainer), Soon));
    }

    [Fact]
    public void A_training_that_is_cancelled_ends_between_two_passes()
    {
        using var trainer = NewTrainer();

        Assert.Throws<OperationCanceledException>(
            () => trainer.Train(new TrainVersion(1, 4, [Some.Episode([(1, 0, 1), (2, 1, 1)])], []), new CancellationToken(canceled: true)));
    }

    private static Trainer NewTrainer() => new(City.World.Scenario, City.World.Topology);

    private static bool IsDisposed(Trainer trainer)
    {
        try
        {
            _ = trainer.Weights;
            return false;
        }
        catch (InvalidOperationException)
        {
            return true;
        }
    }

    private static int Waiting(IActorRef actor) => ((ActorRefWithCell)actor).Underlying.NumberOfMessages;

    private async Task<IActorRef> Ready()
    {
        var learner = Start(0, NewTrainer);
        learner.Tell(new StartZone([]));
        Assert.IsType<ZoneReady>(await Heard());
        return learner;
    }

    private IActorRef Start(int fromSlot, Func<Trainer> trainer)
    {
        var start = new ZoneStart(City, 1, Run, 1, fromSlot, FirstDevices.None, _clock);
        return _system.ActorOf(Props.Create(() => new LearnerActor(start, trainer)));
    }

    private async Task<object> Heard() => await _told.Reader.ReadAsync().AsTask().WaitAsync(Soon);

    /// <summary>Takes what it is told on the teller's thread, when it wants to.</summary>
    private sealed class Clock(ChannelWriter<object> told, ManualResetEventSlim hears, ManualResetEventSlim takes) : MinimalActorRef
    {
        public override ActorPath Path { get; } = new RootActorPath(new Address("akka", "test")) / "user" / "clock";

        public override IActorRefProvider Provider => throw new NotSupportedException("It lives in no system.");

        protected override void TellInternal(object message, IActorRef sender)
        {
            hears.Set();
            takes.Wait(Soon);
            told.TryWrite(message);
        }
    }
}
