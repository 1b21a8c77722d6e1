using System.Collections.Immutable;
using Akka.Actor;
using Akka.Configuration;
using Akka.Persistence;
using Akka.Persistence.Journal;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using Diten.Actors.Nodes;
using Diten.Actors.Runtime;
using Diten.Model.MobileDevices;
using Diten.Model.Records;
using Diten.Model.Scenarios;
using Diten.Model.Statistics;
using Diten.Model.Worlds;

namespace Diten.Actors.Tests.Zones;

/// <summary>A zone without neighbours, with a snapshot store and a journal of its twins in memory: what it tells the clock, and what it keeps.</summary>
public sealed class KeptZoneProtocolTests : TestKit
{
    private static readonly Config Memory = ConfigurationFactory.ParseString($$"""
        akka.persistence.journal.plugin = "slow"
        slow.class = "{{typeof(SlowJournal).AssemblyQualifiedName}}"
        akka.persistence.snapshot-store.plugin = "akka.persistence.snapshot-store.inmem"
        akka.persistence.snapshot-store.inmem.class = "Akka.Persistence.Snapshot.MemorySnapshotStore, Akka.Persistence"
        """);

    private static readonly CityPlan Plan = CityPlan.Create(World.Create(new Scenario
    {
        AreaSideMetres = 200,
        Stations = new StationsSection { DensityPerSquareMetre = 1e-4 },
        Devices = new DevicesSection { Count = 3 },
    }));

    private static readonly RunSpec Run = new("run", "", "", 1, new EmulationOptions { CheckpointEverySlots = 2, TwinJournal = true });

    private readonly TestProbe _clock;
    private readonly IActorRef _store;

    public KeptZoneProtocolTests()
        : base(Memory.WithFallback(NodeSettings.Load(1)).WithFallback(EntityKit.Patience)) =>
        (_clock, _store) = (CreateTestProbe("clock"), Persistence.Instance.Apply(Sys).SnapshotStoreFor(null));

    [Fact]
    public void That_a_slot_is_done_is_said_once_and_again_to_a_clock_that_has_not_heard()
    {
        var zone = Ready();
        zone.Tell(new BeginSlot(0, []), _clock);
        Assert.Equal(0, _clock.ExpectMsg<ZoneSlotCompleted>().Slot);
        UntilNothingIsWaitedFor(zone); // the journal has the slot, and nothing else was said

        zone.Tell(new BeginSlot(0, []), _clock);

        Assert.Equal(0, _clock.ExpectMsg<ZoneSlotCompleted>().Slot);
    }

    [Fact]
    public void A_checkpoint_holds_who_comes_with_its_slot_and_stays_when_older_ones_go()
    {
        var zone = Ready();
        for (var slot = 0; slot < 2; slot++)
        {
            zone.Tell(new BeginSlot(slot, []), _clock);
            _clock.ExpectMsg<ZoneSlotCompleted>();
        }

        UntilNothingIsWaitedFor(zone);
        zone.Tell(new WriteCheckpoint(2, [new MobileDeviceState { Device = 2 }]), _clock);
        Assert.Equal(2, _clock.ExpectMsg<CheckpointWritten>().Slot);

        zone.Tell(new DropCheckpointsBefore(2), _clock);
        UntilNothingIsWaitedFor(zone);

        _store.Tell(new LoadSnapshot("run/zone-0", SnapshotSelectionCriteria.Latest, long.MaxValue), TestActor);
        var kept = Assert.IsType<ZoneCheckpoint>(ExpectMsg<LoadSnapshotResult>().Snapshot?.Snapshot);
        Assert.Equal(2, kept.Slot);
        Assert.Equal(2, Assert.Single(kept.Arrivals).Device);
    }

    [Fact]
    public void A_checkpoint_counts_only_with_the_journal_up_to_it()
    {
        var zone = Ready();
        UntilNothingIsWaitedFor(zone);
        var written = SlowJournal.Hold();
        zone.Tell(new BeginSlot(0, []), _clock);
        _clock.ExpectMsg<ZoneSlotCompleted>();
        zone.Tell(new WriteCheckpoint(1, []), _clock);
        AwaitCondition(() =>
        {
            _store.Tell(new LoadSnapshot("run/zone-0", SnapshotSelectionCriteria.Latest, long.MaxValue), TestActor);
            return ExpectMsg<LoadSnapshotResult>().Snapshot is not null;
        });

        zone.Tell(new DescribeWait(), _clock);
        Assert.Contains("waits for the journal", _clock.ExpectMsg<WaitDescribed>().Waiting);
        written.SetResult();

        Assert.Equal(1, _clock.ExpectMsg<CheckpointWritten>().Slot);
    }

    [Fact]
    public void A_zone_goes_on_while_its_journal_is_some_slots_behind_and_waits_where_it_is_too_far_behind()
    {
        var zone = Ready();
        UntilNothingIsWaitedFor(zone);
        var written = SlowJournal.Hold();
        for (var slot = 0; slot < TwinJournalActor.SlotsBehind; slot++)
        {
            zone.Tell(new BeginSlot(slot, []), _clock);
            Assert.Equal(slot, _clock.ExpectMsg<ZoneSlotCompleted>().Slot);
        }

        zone.Tell(new BeginSlot(TwinJournalActor.SlotsBehind, []), _clock);
        do
            zone.Tell(new DescribeWait(), _clock);
        while (_clock.ExpectMsg<WaitDescribed>().Waiting?.Contains("waits for the journal") != true); // entities that it waits for answer, too
        written.SetResult();

        _clock.FishForMessage<ZoneSlotCompleted>(completed => completed.Slot == TwinJournalActor.SlotsBehind);
    }

    [Fact]
    public void A_zone_is_closed_when_its_journal_has_all_slots()
    {
        var zone = Ready();
        UntilNothingIsWaitedFor(zone);
        var written = SlowJournal.Hold();
        zone.Tell(new BeginSlot(0, []), _clock);
        _clock.ExpectMsg<ZoneSlotCompleted>();

        zone.Tell(new CloseZone(), _clock);
        zone.Tell(new DescribeWait(), _clock);
        Assert.Contains("waits for the journal", _clock.ExpectMsg<WaitDescribed>().Waiting);
        written.SetResult();

        _clock.ExpectMsg<ZoneClosed>();
    }

    [Fact]
    public void A_checkpoint_of_another_zone_is_not_taken()
    {
        _store.Tell(
            new SaveSnapshot(
                new SnapshotMetadata("run/zone-0", 4, DateTime.UnixEpoch),
                new ZoneCheckpoint(1, 4, [], [], [], [], new LatencyHistogram()) { RunMark = Run.Mark }), TestActor);
        ExpectMsg<SaveSnapshotSuccess>();

        Start(fromSlot: 4);

        Assert.Contains("of another run or zone", _clock.ExpectMsg<EpochBroken>().Why);
    }

    [Fact]
    public void A_later_checkpoint_does_not_stand_in_for_the_one_that_counts()
    {
        _store.Tell(
            new SaveSnapshot(
                new SnapshotMetadata("run/zone-0", 6, DateTime.UnixEpoch),
                new ZoneCheckpoint(0, 6, [], [], [], [], new LatencyHistogram()) { RunMark = Run.Mark }), TestActor);
        ExpectMsg<SaveSnapshotSuccess>();

        Start(fromSlot: 4);

        Assert.Contains("no checkpoint of slot 4", _clock.ExpectMsg<EpochBroken>().Why);
    }

    private IActorRef Ready()
    {
        var zone = Start(fromSlot: 0);
        _clock.ExpectMsg<ZoneReady>();
        return zone;
    }

    private IActorRef Start(int fromSlot)
    {
        var start = new ZoneStart(Plan, 0, Run, 1, fromSlot, FirstDevices.None, _clock) { DevicePool = Sys.ActorOf(Props.Create(() => new DevicePoolActor())) };
        var zone = _clock.ChildActorOf(
            Props.Create(() => new ZoneActor(start)),
            EmulationProps.ReportAndRestart);
        zone.Tell(new StartZone([]), _clock);
        return zone;
    }

    private void UntilNothingIsWaitedFor(IActorRef zone)
    {
        do
            zone.Tell(new DescribeWait(), _clock);
        while (_clock.ExpectMsg<WaitDescribed>().Waiting is not null);
    }

    private sealed class SlowJournal : MemoryJournal
    {
        private static volatile Task _held = Task.CompletedTask;

        /// <summary>From now on nothing is written, until the result is set.</summary>
        public static TaskCompletionSource Hold()
        {
            var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _held = source.Task;
            return source;
        }

        protected override async Task<IImmutableList<Exception>> WriteMessagesAsync(IEnumerable<AtomicWrite> messages, CancellationToken cancellationToken)
        {
            await _held;
            return await base.WriteMessagesAsync(messages, cancellationToken);
        }
    }
}
