using Akka.Actor;
using Diten.Model;
using Diten.Model.Faults;
using Diten.Model.Scenarios;
using Diten.Model.ServerTwins;
using Diten.Model.Worlds;

namespace Diten.Actors.Tests.Twins;

/// <summary>A twin whose links or whose self are struck by faults, and what of it goes through a checkpoint.</summary>
public sealed class FaultyTwinProtocolTests : EntityKit
{
    private readonly Queue<TwinEstimate> _station = [];
    private readonly Queue<object> _server = [];

    private static readonly Fault Late = new()
    {
        Name = "late",
        Kind = FaultKind.Delay,
        What = FaultWhat.Estimate,
        DelayLowSlots = 1,
        DelayHighSlots = 1,
    };

    private static readonly Fault Struck = new()
    {
        Name = "struck",
        Kind = FaultKind.Crash,
        What = FaultWhat.Twins,
        Timing = FaultTiming.At,
        At = new([1]),
    };

    [Fact]
    public void What_is_published_late_arrives_in_the_same_phase_of_a_later_slot()
    {
        var twin = Published(Of(Late));

        Complete(twin, 0, 8e9);
        Assert.Empty(_station);
        twin.Tell(new ReportPlacements(4, 2));
        Learn(twin, 1);
        Assert.Empty(_station);
        Complete(twin, 1, 7e9);
        Assert.Equal((1, 8e9, -1), Read());
        Assert.Empty(_station);

        Learn(twin, 2);
        Assert.Equal((1, 8e9, 0), Read()); // what it published in the first round of slot 1
        Complete(twin, 2, 6e9);
        Assert.Equal((2, 7e9, -1), Read());
    }

    [Fact]
    public void What_is_on_its_way_goes_through_a_checkpoint_and_nothing_is_published_again()
    {
        var twin = Published(Of(Late));
        Complete(twin, 0, 8e9);
        var saved = Save(twin);
        Assert.Equal(9, saved.Links!.Estimates.Count);

        var restored = NewTwin(4, Of(Late));
        restored.Tell(saved);
        restored.Tell(Begin(PhaseKind.PublishFirst, 0));
        var first = Heard<TwinPublished>(PhaseKind.PublishFirst);
        Assert.Equal((1, 8e9), (first.Believed.Slot, first.Believed.FreeHertz));
        Assert.Null(first.Outbox);
        Assert.Null(first.Happened);
        Learn(restored, 1); // nothing is new
        Assert.Empty(_station);

        Complete(restored, 1, 7e9);
        Assert.Equal((1, 8e9, -1), Read());
        Complete(restored, 2, 6e9);
        Assert.Equal((2, 7e9, -1), Read());
    }

    [Fact]
    public void Lost_and_broken_estimates_reach_nobody_and_doubled_ones_come_twice()
    {
        foreach (var (kind, copies) in new[] { (FaultKind.Drop, 0), (FaultKind.Corrupt, 0), (FaultKind.Duplicate, 2) })
        {
            var twin = Published(Of(Late with { Kind = kind, Probability = 1, Timing = FaultTiming.At, At = new([0]) }));
            Complete(twin, 0, 8e9);
            for (var i = 0; i < copies; i++)
                Assert.Equal((1, 8e9, -1), Read());
            Assert.Empty(_station);
            Complete(twin, 1, 7e9);
            Assert.Equal((2, 7e9, -1), Read());
            Assert.Empty(_station);
        }
    }

    [Theory]
    [InlineData(FaultKind.Drop, false)]
    [InlineData(FaultKind.Corrupt, false)]
    [InlineData(FaultKind.Delay, true)]
    public void A_request_that_is_lost_is_made_again_and_one_that_is_late_comes_late(FaultKind kind, bool comes)
    {
        var fault = new Fault
        {
            Name = "request",
            Kind = kind,
            What = FaultWhat.Request,
            Probability = 1,
            DelayLowSlots = 1,
            DelayHighSlots = 1,
            Timing = FaultTiming.At,
            At = new([1]),
        };
        var world = Of(new TwinsSection { Sync = TwinSync.Delta, DeviationSource = DeviationSource.Emergent, HostsBlock = 1 }, fault);
        var twin = Published(world);
        Complete(twin, 0, 8e9);

        twin.Tell(new SynchronizeTwin(4, 3, 1, 7e9, 1));
        Complete(twin, 1);
        Assert.Empty(_server);
        var saved = Save(twin);
        Assert.Equal(comes ? 1 : 0, saved.Links!.Words.Count);

        twin = NewTwin(4, world);
        twin.Tell(saved);
        twin.Tell(Begin(PhaseKind.PublishFirst, 1));
        Heard<TwinPublished>(PhaseKind.PublishFirst);
        twin.Tell(new SynchronizeTwin(4, 4, 2, 7e9, 1));
        Complete(twin, 2);
        for (var i = 0; i < (comes ? 2 : 1); i++)
            Assert.Equal(new ResyncRequested(4, 2), _server.Dequeue());

        twin.Tell(new SynchronizeTwin(4, 5, 3, 6e9, 1, Full: true));
        Complete(twin, 3);
        Assert.Equal(new ResyncHeard(4, 5), _server.Dequeue());
        Assert.Empty(_server);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_dead_twin_takes_and_publishes_nothing(bool durable)
    {
        var twin = Published(Of(Struck with { Durable = durable }));
        Complete(twin, 0, 8e9);
        Assert.Equal((1, 8e9, -1), Read());

        twin.Tell(new ReportPlacements(4, 2));
        Learn(twin, 1);
        var dead = Complete(twin, 1, 7e9);

        Assert.Empty(_station);
        Assert.Equal(new TwinFacts(4, 0, 1, durable ? TwinCondition.InSync : TwinCondition.Desynchronised), dead.Facts);
        Learn(twin, 2); // it lives again, and says what it is
        var back = _station.Dequeue();
        Assert.Equal(durable ? (8e9, 2, 1) : (20e9, 0, 1), (back.FreeHertz, back.Tasks, back.AgeSlots));
        var believed = Complete(twin, 2, 6e9).Believed; // in slot 2 stations had what it said for slot 1
        Assert.Equal((2, 8e9, 1), (believed.Slot, believed.FreeHertz, believed.AgeSlots));
        Assert.Equal((3, 6e9, -1), Read());
    }

    [Fact]
    public void A_frozen_twin_counts_no_placements_and_says_how_old_it_is()
    {
        var twin = Published(Of(Struck with { Kind = FaultKind.Freeze }));
        Complete(twin, 0, 8e9);
        Read();

        twin.Tell(new ReportPlacements(4, 2));
        Learn(twin, 1);
        Assert.Empty(_station);
        Complete(twin, 1, 7e9);

        var told = _station.Dequeue();
        Assert.Equal((2, 8e9, 2, 1), (told.Slot, told.FreeHertz, told.Tasks, told.AgeSlots));
    }

    [Fact]
    public void A_twin_publishes_the_truth_that_it_is_shown_keeps_it_through_a_checkpoint_and_frozen_stands_still()
    {
        var world = Of(
            new TwinsSection { Exact = TwinExact.Both, DeviationSource = DeviationSource.Emergent, HostsBlock = 1 },
            Struck with { Kind = FaultKind.Freeze, At = new([2]) });
        var twin = Published(world, journal: true);
        twin.Tell(new ShowTruth(4, 0, 7e9, 5));
        Assert.Equal([new TruthShown(7e9, 5)], Complete(twin, 0).Happened);
        Assert.Equal((1, 7e9, -1), Read());
        var saved = Save(twin);
        Assert.Equal(new ShownTruth(7e9, 5), saved.State.Shown);

        twin = NewTwin(4, world);
        twin.Tell(saved);
        twin.Tell(Begin(PhaseKind.PublishFirst, 0));
        Assert.Equal((7e9, 5, 1), Told(Heard<TwinPublished>(PhaseKind.PublishFirst).Believed));
        twin.Tell(new ShowTruth(4, 1, 6e9, 8));
        Complete(twin, 1);
        twin.Tell(new ShowTruth(4, 2, 5e9, 9));
        Assert.Equal((6e9, 8, 2), Told(Complete(twin, 2).Believed));
        twin.Tell(new ShowTruth(4, 3, 4e9, 1));
        Assert.Equal((6e9, 8, 3), Told(Complete(twin, 3).Believed)); // what it told while it was frozen
        Complete(twin, 4);
        Assert.Equal((4e9, 1, 5), Told(Complete(twin, 5).Believed));

        static (double, int, int) Told(TwinEstimate told) => (told.FreeHertz, told.Tasks, told.AgeSlots);
    }

    [Fact]
    public void A_crash_does_not_stop_what_is_on_its_way()
    {
        var twin = Published(Of(Late with { Timing = FaultTiming.At, At = new([0]) }, Struck));
        Complete(twin, 0, 8e9);
        Complete(twin, 1, 7e9);

        Assert.Equal((1, 8e9, -1), Read());
        Assert.Empty(_station);
    }

    [Fact]
    public void A_twin_that_reckons_hands_what_it_keeps_to_the_journal_and_none_else_does()
    {
        var world = Of(new TwinsSection { Load = TwinLoad.Reckoned, DeviationSource = DeviationSource.Emergent, HostsBlock = 1 });
        var twin = Published(world, journal: true);

        twin.Tell(new ReportPlacements(4, 2, Slot: 0));
        Assert.Equal([new TwinCounted(0, 2)], Complete(twin, 0).Happened);
        Read();
        twin.Tell(new SynchronizeTwin(4, 2, 1, 7e9, 5));
        Assert.Equal([new TwinSynchronized(2, 1, 7e9, 5)], Complete(twin, 1).Happened);
    }

    private static World Of(params Fault[] faults) => Of(World.Scenario.Twins, faults);

    private static World Of(TwinsSection twins, params Fault[] faults) =>
        World.Create(World.Scenario with { Twins = twins, Faults = new FaultMap(faults) });

    private IActorRef Published(World world, bool journal = false)
    {
        var twin = NewTwin(4, world, journal);
        twin.Tell(new SynchronizeTwin(4, 0, -1, 9e9, 2));
        twin.Tell(Begin(PhaseKind.PublishFirst, -1));
        Heard<PhaseDone>(PhaseKind.PublishFirst);
        _station.Clear();
        return twin;
    }

    private void Learn(IActorRef twin, int slot)
    {
        twin.Tell(Begin(PhaseKind.Learn, slot));
        Heard<PhaseDone>(PhaseKind.Learn);
    }

    /// <summary>Ends a slot; the server's sync of it is the next one where it has free capacity.</summary>
    private TwinPublished Complete(IActorRef twin, int slot, double? freeHertz = null)
    {
        if (freeHertz is { } free)
            twin.Tell(new SynchronizeTwin(4, slot + 1, slot, free, 2));
        twin.Tell(Begin(PhaseKind.Complete, slot));
        return Heard<TwinPublished>(PhaseKind.Complete);
    }

    private TwinSaved Save(IActorRef twin)
    {
        twin.Tell(Begin(PhaseKind.Checkpoint));
        return Assert.IsType<TwinSaved>(Heard<EntitySaved>(PhaseKind.Checkpoint).State);
    }

    private (int Slot, double FreeHertz, int Round) Read()
    {
        var told = _station.Dequeue();
        return (told.Slot, told.FreeHertz, told.Round);
    }

    /// <summary>The phase is done, and station 3 and server 4 have heard what was for them.</summary>
    private T Heard<T>(PhaseKind kind)
        where T : PhaseDone
    {
        var done = ExpectDone<T>(kind);
        foreach (var mail in done.Outbox ?? [])
            if (mail is { Kind: EntityKind.Station, Id: 3 or ZoneMail.AllInReach })
                _station.Enqueue(Assert.IsType<TwinEstimate>(mail.Message));
            else if (mail.Kind == EntityKind.Server)
                _server.Enqueue(mail.Message);
        return done;
    }
}
