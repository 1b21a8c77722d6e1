using Diten.Model.Mobility;
using Diten.Model.Randomness;
using Diten.Model.Scenarios;
using Diten.Model.Space;

namespace Diten.Model.Tests.Mobility;

public class TaxiTests
{
    private static readonly Area Plane = new(-1e9, -1e9, 1e9, 1e9), Square = new(0, 0, 5000, 5000);

    /// <summary>A taxi that never turns, never changes its speed, and never stops, but for what a test adds.</summary>
    private static readonly TaxiSection Straight = new()
    {
        TurnEveryMetres = 1e12,
        SpeedEveryMetres = 1e12,
        LightEveryMetres = 1e12,
        FareEveryMetres = 1e12,
        LightsShare = 0,
        FaresShare = 0,
        SpeedVariation = 0,
    };

    /// <summary>How much faster than the mean over all time a taxi with default habits may be.</summary>
    internal static double FastestOverMean
    {
        get
        {
            var habits = new TaxiSection();
            var square = habits.SpeedVariation * habits.SpeedVariation;
            return (1 + square + Math.Sqrt(square * square + square)) / (1 - habits.LightsShare - habits.FaresShare);
        }
    }

    [Fact]
    public void With_nothing_in_the_way_a_taxi_drives_straight_at_its_mean_speed()
    {
        var taxi = new Taxi(seed: 1, Plane, stepMetres: 12, Straight);
        var state = new MobilityState { X = 100, Y = 200, A = 1e12, C = 1, D = Math.PI / 2 };

        taxi.Advance(ref state, device: 0, slot: 0);

        Assert.Equal(100, state.X, 1e-9);
        Assert.Equal(212, state.Y, 1e-9);
    }

    [Fact]
    public void A_taxi_stands_until_its_wait_is_over_and_drives_for_the_rest_of_the_slot()
    {
        var taxi = new Taxi(seed: 1, Plane, stepMetres: 12, Straight);
        var state = new MobilityState { X = 0, Y = 0, A = 20, C = 1, D = 0, I = (int)Taxi.Doing.WaitingForFare };

        taxi.Advance(ref state, device: 0, slot: 0);
        Assert.Equal((0.0, 8.0), (state.X, state.A));   // 20 m of mean driving less the 12 m of a slot
        taxi.Advance(ref state, device: 0, slot: 1);

        Assert.Equal(4, state.X, 1e-9);
        Assert.Equal((int)Taxi.Doing.Driving, state.I);
    }

    [Fact]
    public void A_turn_goes_left_right_back_and_straight_on_as_often_as_it_says()
    {
        var taxi = new Taxi(seed: 3, Plane, stepMetres: 10, Straight with { TurnEveryMetres = 1e6, Left = 0.3, Right = 0.2, Back = 0.1 });
        var turns = new int[4];
        for (var device = 0; device < 10_000; device++)
        {
            var state = new MobilityState { A = 5, C = 1, D = 0 };   // the phase ends in mid-slot, by a turn as good as surely
            taxi.Advance(ref state, device, 7);
            var angle = state.D * 180 / Math.PI;
            turns[angle is >= 45 and <= 135 ? 0 : angle is >= -135 and <= -45 ? 1 : angle == 180 ? 2 : Math.Abs(angle) <= 22.5 ? 3 : throw new InvalidOperationException($"{angle}°")]++;
        }

        Assert.Equal(3000, turns[0], 184.0);   // four standard deviations of binomials
        Assert.Equal(2000, turns[1], 160.0);
        Assert.Equal(1000, turns[2], 120.0);
    }

    [Fact]
    public void Mean_speed_and_shares_of_standing_are_what_the_keys_say_in_every_slot()
    {
        var habits = new TaxiSection { LightsShare = 0.1, FaresShare = 0.2 };
        var taxi = new Taxi(seed: 5, Plane, stepMetres: 10, habits);
        const int Devices = 20_000;
        MobilityState[] states = [.. Enumerable.Range(0, Devices).Select(taxi.Start)];
        foreach (var slots in new[] { 1, 200, 0 })
        {
            Assert.Equal(0.1, states.Count(state => state.I == (int)Taxi.Doing.StandingAtLight) / (double)Devices, 4 * 0.0022);
            Assert.Equal(0.2, states.Count(state => state.I == (int)Taxi.Doing.WaitingForFare) / (double)Devices, 4 * 0.0029);
            // Speeds now: mean 10 m a slot over all time; the standard deviation of one is below 12 m.
            Assert.Equal(10, states.Average(state => state.I == 0 ? state.C * 10 / 0.7 : 0), 4 * 12 / Math.Sqrt(Devices));
            for (var slot = 0; slot < slots; slot++)
                for (var device = 0; device < Devices; device++)
                    taxi.Advance(ref states[device], device, slot);
        }
    }

    [Fact]
    public void Taxis_cover_what_they_are_said_to_although_they_stand_now_and_then()
    {
        var taxi = new Taxi(seed: 5, Plane, stepMetres: 10, Straight with { LightEveryMetres = 1000, LightsShare = 0.1, FareEveryMetres = 2000, FaresShare = 0.2 });
        const int Devices = 20_000;

        var metres = Enumerable.Range(0, Devices).Average(device =>
        {
            var state = taxi.Start(device);
            var (x, y) = (state.X, state.Y);
            taxi.Advance(ref state, device, 0);
            return double.Hypot(state.X - x, state.Y - y);
        });

        Assert.Equal(10, metres, 4 * 6.6 / Math.Sqrt(Devices));   // 0 m or 14.3 m as good as always: a standard deviation of 6.6 m
    }

    [Fact]
    public void Taxis_start_into_all_directions()
    {
        var taxi = new Taxi(seed: 5, Plane, stepMetres: 10, new());
        double[] headings = [.. Enumerable.Range(0, 10_000).Select(device => taxi.Start(device).D)];

        Assert.Equal(0, headings.Average(Math.Cos), 4 * 0.0071);
        Assert.Equal(0, headings.Average(Math.Sin), 4 * 0.0071);
    }

    [Fact]
    public void Speeds_vary_as_much_as_is_said()
    {
        var taxi = new Taxi(seed: 5, Plane, stepMetres: 10, Straight with { SpeedVariation = 0.5 });
        double[] speeds = [.. Enumerable.Range(0, 20_000).Select(device => taxi.Start(device).C)];

        Assert.Equal(1, speeds.Average(), 0.015);
        Assert.Equal(0.5, Math.Sqrt(speeds.Average(speed => (speed - 1) * (speed - 1))), 0.015);
    }

    [Fact]
    public void At_twice_the_speed_the_same_journeys_take_half_the_time()
    {
        var (slow, fast) = (new Taxi(seed: 1, Plane, stepMetres: 10, new()), new Taxi(seed: 2, Plane, stepMetres: 20, new()));

        // Different draws, so distributions are compared: displacement over 60 slots and over 30.
        Assert.Equal(1, MeanSquare(slow, 60) / MeanSquare(fast, 30), 0.12);

        static double MeanSquare(Taxi taxi, int slots) => Enumerable.Range(0, 4000).Average(device =>
        {
            var state = taxi.Start(device);
            var (x, y) = (state.X, state.Y);
            for (var slot = 0; slot < slots; slot++)
                taxi.Advance(ref state, device, slot);
            return (state.X - x) * (state.X - x) + (state.Y - y) * (state.Y - y);
        });
    }

    [Fact]
    public void Taxis_stay_evenly_spread_over_the_area()
    {
        var taxi = new Taxi(seed: 3, Square, stepMetres: 25, new());
        var inFirstQuarter = 0;
        for (var device = 0; device < 4000; device++)
        {
            var state = taxi.Start(device);
            for (var slot = 0; slot < 300; slot++)
                taxi.Advance(ref state, device, slot);
            inFirstQuarter += state is { X: < 2500, Y: < 2500 } ? 1 : 0;
        }

        Assert.Equal(1000, inFirstQuarter, 110.0);   // four standard deviations
    }

    [Theory]
    [InlineData(96, 50, 0, 94, 50, Math.PI)]                  // eastbound, 4 m before the border
    [InlineData(50, 96, Math.PI / 2, 50, 94, -Math.PI / 2)]   // northbound
    public void The_border_is_a_mirror_for_taxis(double x, double y, double heading, double toX, double toY, double back)
    {
        var taxi = new Taxi(seed: 3, new Area(0, 0, 100, 100), stepMetres: 10, Straight);
        var state = new MobilityState { X = x, Y = y, A = 1e9, C = 1, D = heading };

        taxi.Advance(ref state, 0, 0);

        Assert.Equal(toX, state.X, 1e-9);
        Assert.Equal(toY, state.Y, 1e-9);
        Assert.Equal(back, state.D, 1e-12);
    }

    [Fact]
    public void Draws_of_a_slot_are_those_that_the_page_of_randomness_names()
    {
        var taxi = new Taxi(seed: 9, Plane, stepMetres: 10, Straight with { SpeedEveryMetres = 100, SpeedVariation = 1 });
        var state = new MobilityState { A = 4, C = 1, D = 0 };

        taxi.Advance(ref state, device: 6, slot: 11);

        var k = 1 + Math.Sqrt(2);   // of variation 1
        double Draw(int index) => RandomStreams.Uniform(9, 6, 11, Purpose.Mobility, index);
        Assert.Equal((k + 1) * Math.Pow(Draw(1), k), state.C, 1e-12);
        Assert.Equal(-Math.Log(1 - Draw(2)) * 100 - 6, state.A, 1e-4);   // the other events are as good as never
    }

    [Fact]
    public void Each_phase_that_ends_in_a_slot_has_draws_of_its_own()
    {
        var taxi = new Taxi(seed: 9, Plane, stepMetres: 10, Straight with { SpeedEveryMetres = 5, SpeedVariation = 1 });
        double Draw(int slot, int index) => RandomStreams.Uniform(9, 6, slot, Purpose.Mobility, index);
        double Length(int slot, int phase) => -Math.Log(1 - Draw(slot, 4 * phase + 2)) * 5;
        // A slot in which two phases end: one after 4 m, and the next one within the 6 m that are left, but no third.
        var slot = Enumerable.Range(0, 100).First(slot => Length(slot, 0) < 6 && Length(slot, 0) + Length(slot, 1) > 6);
        var state = new MobilityState { A = 4, C = 1, D = 0 };

        taxi.Advance(ref state, device: 6, slot);

        var k = 1 + Math.Sqrt(2);   // of variation 1
        Assert.Equal((k + 1) * Math.Pow(Draw(slot, 5), k), state.C, 1e-12);
    }

    [Theory]
    [InlineData(0, 0.1)]
    [InlineData(400, 1.0)]
    public void Habits_that_are_none_are_refused(double turnEvery, double fares) => Assert.Throws<ArgumentOutOfRangeException>(
        () => new Taxi(1, Square, 10, new TaxiSection { TurnEveryMetres = turnEvery, FaresShare = fares }));
}
