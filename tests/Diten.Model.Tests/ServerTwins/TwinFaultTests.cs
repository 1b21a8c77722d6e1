using Diten.Model.Faults;
using Diten.Model.Scenarios;
using Diten.Model.ServerTwins;
using Diten.Model.Worlds;

namespace Diten.Model.Tests.ServerTwins;

/// <summary>What each fault of twins does in its slots, and that it ends. Slots that are struck: 3 and 4, and 7.</summary>
public sealed class TwinFaultTests
{
    private static readonly Fault Struck = new()
    {
        Name = "struck",
        Kind = FaultKind.Freeze,
        What = FaultWhat.Twins,
        Selection = FaultSelection.Ids,
        Ids = new([5]),
        Timing = FaultTiming.At,
        At = new([3, 4, 7]),
    };

    private static readonly TwinsSection Plain = new();

    [Fact]
    public void A_frozen_twin_refuses_syncs_and_publishes_what_it_published_at_the_age_that_it_is()
    {
        var told = Follow(Plain, Struck, 10);

        Assert.Equal([0, 0, 0, 0, 1, 2, 0, 0, 1, 0, 0], told.Select(estimate => estimate.AgeSlots)); // for slots 0 to 10
        Assert.Equal(SyncedTwin.FreeHertz(2), told[3].FreeHertz);
        Assert.Equal(told[3].FreeHertz, told[5].FreeHertz);
        Assert.Equal(told[3].Tasks, told[5].Tasks);
        Assert.Equal(SyncedTwin.FreeHertz(5), told[6].FreeHertz);
        var other = new SyncedTwin(Of(Plain, Struck), 4);
        Run(other, 0, 4);
        Assert.Equal((0, 4), (other.Published().AgeSlots, other.Accepted));
    }

    [Fact]
    public void What_moves_with_age_stands_still_while_a_twin_is_frozen_and_moves_on_where_it_would_be_after_that()
    {
        var twins = new TwinsSection
        {
            Estimator = TwinEstimator.MeanReverting,
            Correlation = 0.5,
            Load = TwinLoad.Aged,
            LoadCorrelation = 0.5,
        };
        var silent = new Fault { Name = "silent", Kind = FaultKind.Cut, What = FaultWhat.Sync, Timing = FaultTiming.Slots, FromSlot = 1, ToSlot = 9 };
        var (free, frozen) = (Follow(twins, silent, 8), Follow(twins, silent, 8, Struck));

        Assert.Equal(free[..4], frozen[..4]);
        for (var slot = 4; slot <= 5; slot++)
        {
            Assert.Equal((free[3].FreeHertz, free[3].Tasks, free[3].TasksPart), (frozen[slot].FreeHertz, frozen[slot].Tasks, frozen[slot].TasksPart));
            Assert.NotEqual(free[slot].FreeHertz, frozen[slot].FreeHertz);
            Assert.Equal(free[slot].AgeSlots, frozen[slot].AgeSlots);
        }

        Assert.Equal(free[6], frozen[6]);
    }

    [Fact]
    public void A_twin_that_keeps_its_state_through_a_crash_is_what_it_was_when_it_began()
    {
        var city = Of(Plain, Struck with { Kind = FaultKind.Crash });
        var twin = new SyncedTwin(city, 5);
        Run(twin, 0, 3);
        var before = twin.Twin;
        Run(twin, 3, 5);

        Assert.Equal(before, twin.Twin);
        Assert.Equal((3, 2), (twin.Accepted, twin.Refused));
        Run(twin, 5, 6);
        Assert.Equal((5, SyncedTwin.FreeHertz(5)), (twin.Twin.SyncedSlot, twin.Twin.FreeHertz));
    }

    [Theory]
    [InlineData(TwinSync.State)]
    [InlineData(TwinSync.Delta)]
    public void A_twin_that_does_not_is_left_with_the_prior_until_it_hears_a_whole_state(TwinSync sync)
    {
        var cut = new Fault { Name = "cut", Kind = FaultKind.Cut, What = FaultWhat.Sync, Timing = FaultTiming.At, At = new([5]) };
        var city = Of(new TwinsSection { Sync = sync }, Struck with { Kind = FaultKind.Crash, Durable = false }, cut);
        var twin = new SyncedTwin(city, 5);
        Run(twin, 0, 4);
        Assert.Equal(new TwinForgot(2, 20e9), twin.Happened[^1]);
        Run(twin, 4, 6);

        var told = twin.Published(); // for slot 6: nothing came in slot 5
        Assert.Equal((20e9, 0, -1, 3, TwinCondition.Desynchronised), (told.FreeHertz, told.Tasks, told.Revision, told.AgeSlots, told.Condition));
        Assert.Single(twin.Happened, happened => happened is TwinForgot);
        Run(twin, 6, 7);
        if (sync == TwinSync.Delta)
        {
            Assert.Equal(new TwinDesynchronized(0), twin.Happened[^1]);
            Assert.Equal((TwinCondition.Resynchronising, 20e9), (twin.Published().Condition, twin.Published().FreeHertz));
            Run(twin, 7, 8); // it dies again, having asked, and forgets that it did
            Assert.Equal(new TwinForgot(2, 20e9), twin.Happened[^1]);
            Assert.False(twin.Twin.Desynchronized);
            Run(twin, 8, 9);
        }

        told = twin.Published();
        Assert.Equal((0, TwinCondition.InSync), (told.AgeSlots, told.Condition));
        Assert.Equal(SyncedTwin.FreeHertz(told.Slot - 1), told.FreeHertz);
        Assert.Equal(
            twin.Twin,
            twin.Happened.Aggregate(new SyncedTwin(city, 5).Twin, (state, happened) => ServerTwin.Apply(state, happened, city.Scenario.Twins)));
    }

    [Fact]
    public void What_a_dead_twin_said_last_grows_old()
    {
        var scenario = Of(Plain, Struck).Scenario;
        var told = new TwinEstimate(5, 7, 6, 1, 8e9, 3, 0) { Round = 2 };

        var silent = ServerTwin.Silent(new ServerTwinState { Revision = 6, SyncedSlot = 5 }, told, scenario.Twins, 12);

        Assert.Equal(told with { Slot = 12, AgeSlots = 6, Round = -1, Condition = TwinCondition.Suspect }, silent);
    }

    [Fact]
    public void A_bias_is_added_to_what_is_published_and_at_least_a_hundredth_is_left()
    {
        Distorts(Struck with { Kind = FaultKind.Bias, AmountHertz = 1e9 }, (free, _) => free + 1e9);
        Distorts(Struck with { Kind = FaultKind.Bias, AmountHertz = -100e9 }, (free, _) => 0.01 * free);
    }

    [Fact]
    public void A_drift_grows_with_every_slot_of_its_stretch_from_the_first_one_on() =>
        Distorts(Struck with { Kind = FaultKind.Drift, AmountHertz = 1e9 }, (free, slot) => free + (slot == 4 ? 2e9 : 1e9));

    [Fact]
    public void A_liar_publishes_a_multiple_of_its_capacity_and_no_tasks()
    {
        var told = Distorts(Struck with { Kind = FaultKind.Lie, Factor = 2 }, (free, _) => 2 * free);

        Assert.Equal([4, 5, 8], told.Where(estimate => estimate.Tasks == 0 && SyncedTwin.Tasks(estimate.Slot - 1) > 0).Select(estimate => estimate.Slot));
    }

    [Fact]
    public void Noise_is_drawn_for_each_publication_and_deviates_as_much_as_was_said()
    {
        var city = Of(Plain, Struck with { Kind = FaultKind.Noise, Selection = FaultSelection.All, Timing = FaultTiming.Always, AmountHertz = 1e8 });
        var errors = new List<double>();
        foreach (var server in Enumerable.Range(0, 400))
            for (var round = -1; round < 4; round++)
                errors.Add(ServerTwin.Publish(new SyncedTwin(city, server).Twin, city.Scenario, city.Faults, 6, round).FreeHertz - SyncedTwin.FreeHertz(-1));

        Assert.Equal(errors.Count, errors.Distinct().Count());
        Assert.InRange(errors.Average(), -4e8 / Math.Sqrt(2000), 4e8 / Math.Sqrt(2000));
        Assert.InRange(Math.Sqrt(errors.Average(error => error * error)), 0.93e8, 1.07e8);
    }

    [Fact]
    public void Distortions_of_a_frozen_twin_stand_still_like_all_that_it_publishes()
    {
        var drift = Struck with { Name = "drift", Kind = FaultKind.Drift, AmountHertz = 1e9, Timing = FaultTiming.Always };
        var told = Follow(Plain, Struck, 6, drift);

        Assert.Equal(SyncedTwin.FreeHertz(2) + 3e9, told[3].FreeHertz);
        Assert.Equal([told[3].FreeHertz, told[3].FreeHertz], [told[4].FreeHertz, told[5].FreeHertz]);
        Assert.Equal(SyncedTwin.FreeHertz(5) + 6e9, told[6].FreeHertz);
    }

    [Fact]
    public void A_skewed_clock_ages_the_syncs_that_come_in_its_slots()
    {
        var told = Follow(Plain, Struck with { Kind = FaultKind.ClockSkew, SkewSlots = -5 }, 9);

        Assert.Equal([0, 0, 0, 0, 5, 5, 0, 0, 5, 0], told.Select(estimate => estimate.AgeSlots));
        Assert.Equal(TwinCondition.Suspect, told[4].Condition);
        Assert.Equal(SyncedTwin.FreeHertz(3), told[4].FreeHertz);
    }

    /// <summary>What the twin of server 5 publishes for slots 0 to <paramref name="slots"/>.</summary>
    private static List<TwinEstimate> Follow(TwinsSection twins, Fault fault, int slots, params Fault[] more)
    {
        var city = Of(twins, [fault, .. more]);
        var twin = new SyncedTwin(city, 5);
        var told = new List<TwinEstimate> { ServerTwin.Publish(twin.Twin, city.Scenario, city.Faults, -1, -1) };
        for (var slot = 0; slot < slots; slot++)
        {
            twin.Step(slot);
            told.Add(twin.Published());
        }

        return told;
    }

    /// <summary>It distorts what is published in its slots, for those after them, and nothing else.</summary>
    private static List<TwinEstimate> Distorts(Fault fault, Func<double, int, double> expected)
    {
        var told = Follow(Plain, fault, 10);
        for (var slot = 0; slot < 10; slot++)
        {
            var free = SyncedTwin.FreeHertz(slot);
            Assert.Equal(slot is 3 or 4 or 7 ? expected(free, slot) : free, told[slot + 1].FreeHertz, 1e-12 * free);
            Assert.Equal(0, told[slot + 1].AgeSlots);
        }

        return told;
    }

    private static void Run(SyncedTwin twin, int from, int to)
    {
        for (var slot = from; slot < to; slot++)
            twin.Step(slot);
    }

    private static World Of(TwinsSection twins, params Fault[] faults) => SyncedTwin.City(twins, faults);
}
