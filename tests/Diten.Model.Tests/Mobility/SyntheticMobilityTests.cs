using Diten.Model.Mobility;
using Diten.Model.Randomness;
using Diten.Model.Scenarios;
using Diten.Model.Space;
using Diten.Model.Tests.Space;
using FsCheck.Xunit;

namespace Diten.Model.Tests.Mobility;

public class SyntheticMobilityTests
{
    private static readonly Area Square = new(0, 0, 5000, 5000);

    private static readonly MobilityKind[] Kinds =
        [MobilityKind.Waypoint, MobilityKind.GaussMarkov, MobilityKind.Manhattan, MobilityKind.Commuter, MobilityKind.Taxi];

    public static TheoryData<MobilityKind> AllKinds => [.. Kinds];

    [Fact]
    public void A_device_walks_straight_to_its_target_and_stops_there_for_the_rest_of_the_slot()
    {
        var mobility = new RandomWaypoint(seed: 7, Square, stepMetres: 15);
        var state = new MobilityState { X = 100, Y = 200, A = 130, B = 240 };   // 50 m away, direction (0.6, 0.8)

        foreach (var (x, y) in new[] { (109.0, 212.0), (118.0, 224.0), (127.0, 236.0), (130.0, 240.0) })
        {
            Assert.False(mobility.Advance(ref state, device: 3, slot: 40));
            Assert.Equal((x, y), (state.X, state.Y));
        }

        var (first, second) = RandomStreams.UniformPair(7, 3, 40, Purpose.Mobility);
        Assert.Equal((5000 * first, 5000 * second), (state.A, state.B));
    }

    [Fact]
    public void Start_and_first_target_are_the_first_four_draws_of_a_device()
    {
        var area = new Area(-100, 50, 300, 250);
        var state = new RandomWaypoint(seed: 1, area, stepMetres: 15).Start(5);

        double Draw(int index) => RandomStreams.Uniform(1, 5, 0, Purpose.MobilityStart, index);
        Assert.Equal((-100 + 400 * Draw(0), 50 + 200 * Draw(1)), (state.X, state.Y));
        Assert.Equal((-100 + 400 * Draw(2), 50 + 200 * Draw(3)), (state.A, state.B));
    }

    [Fact]
    public void Targets_are_as_far_apart_as_uniform_points_of_a_square()
    {
        var mobility = new RandomWaypoint(seed: 1, Square, stepMetres: 15);
        var mean = Enumerable.Range(0, 20_000).Average(device =>
        {
            var state = mobility.Start(device);
            return double.Hypot(state.A - state.X, state.B - state.Y);
        });

        // 0.5214 sides on average, standard deviation 0.2479: four standard errors.
        Assert.Equal(0.5214 * 5000, mean, 4 * 0.2479 * 5000 / Math.Sqrt(20_000));
    }

    [Fact]
    public void A_commuter_goes_to_work_and_back_home()
    {
        var mobility = new Commuter(seed: 1, Square, stepMetres: 20);
        var state = mobility.Start(9);
        var (home, work) = ((state.X, state.Y), (state.A, state.B));
        var slots = (int)Math.Ceiling(double.Hypot(work.A - home.X, work.B - home.Y) / 20);

        for (var slot = 0; slot < slots; slot++)
            mobility.Advance(ref state, 9, slot);
        Assert.Equal(work, (state.X, state.Y));

        for (var slot = slots; slot < 2 * slots; slot++)
            mobility.Advance(ref state, 9, slot);
        Assert.Equal(home, (state.X, state.Y));
    }

    [Fact]
    public void At_a_crossing_half_go_straight_on_and_a_quarter_each_way()
    {
        var mobility = new Manhattan(seed: 1, new Area(0, 0, 400, 400), stepMetres: 15, spacingMetres: 200);   // streets at 100 and 300
        var turns = new Dictionary<(double, double), int>();
        for (var device = 0; device < 10_000; device++)
        {
            var state = new MobilityState { X = 100, Y = 90, I = 1, J = 0 };   // northbound, 10 m before the first crossing
            mobility.Advance(ref state, device, 3);
            turns[(state.X, state.Y)] = turns.GetValueOrDefault((state.X, state.Y)) + 1;
        }

        Assert.Equal(3, turns.Count);
        Assert.Equal(5000, turns[(100, 105)], 200.0);   // four standard deviations of a binomial
        Assert.Equal(2500, turns[(95, 100)], 173.0);
        Assert.Equal(2500, turns[(105, 100)], 173.0);
    }

    [Fact]
    public void A_street_ends_at_the_border_and_the_device_drives_back()
    {
        var mobility = new Manhattan(seed: 1, new Area(0, 0, 400, 400), stepMetres: 15, spacingMetres: 200);
        var state = new MobilityState { X = 100, Y = 395, I = 1, J = 2 };   // northbound, 5 m before the border

        mobility.Advance(ref state, 0, 0);

        Assert.Equal((100, 390, 3, 1), (state.X, state.Y, state.I, state.J));   // southbound, upper crossing ahead
    }

    [Fact]
    public void Streets_stay_evenly_used()
    {
        var mobility = new Manhattan(seed: 2, Square, stepMetres: 15, spacingMetres: 500);   // 10 + 10 streets, 250 m from the border
        var states = Run(mobility, devices: 4000, slots: 400);

        Assert.All(states, state => Assert.True(IsOnStreet(state.X) || IsOnStreet(state.Y), $"({state.X}, {state.Y})"));
        Assert.Equal(0.5, states.Count(state => IsOnStreet(state.X) && !IsOnStreet(state.Y)) / 4000.0, 0.032);
        Assert.Equal(2500, states.Average(state => state.X), 4 * 1443 / Math.Sqrt(4000));
        Assert.Equal(0.25, states.Count(state => state.X < 2500 && state.Y < 2500) / 4000.0, 0.028);

        static bool IsOnStreet(double place) => Math.Abs(Math.IEEERemainder(place - 250, 500)) < 1e-6;
    }

    [Fact]
    public void Gauss_Markov_devices_stay_evenly_spread_and_keep_their_mean_speed()
    {
        var mobility = new GaussMarkov(seed: 3, Square, meanSpeedMetresPerSecond: 25, memory: 0.85, slotSeconds: 1);
        var states = Run(mobility, devices: 4000, slots: 400);

        Assert.Equal(25, states.Average(state => state.C), 4 * 6.25 / Math.Sqrt(4000));
        Assert.Equal(2500, states.Average(state => state.X), 4 * 1443 / Math.Sqrt(4000));
        Assert.Equal(1443, Math.Sqrt(states.Average(state => Math.Pow(state.Y - 2500, 2))), 40.0);   // side / √12
        Assert.Equal(Math.Sqrt(0.5), Math.Sqrt(states.Average(state => Math.Pow(Math.Cos(state.D), 2))), 0.03);   // no direction preferred
    }

    [Fact]
    public void With_full_memory_Gauss_Markov_is_a_straight_line()
    {
        var mobility = new GaussMarkov(seed: 3, new Area(-1e9, -1e9, 1e9, 1e9), meanSpeedMetresPerSecond: 10, memory: 1, slotSeconds: 0.5);
        var state = mobility.Start(0);
        var (x, y, speed, heading) = (state.X, state.Y, state.C, state.D);

        for (var slot = 0; slot < 100; slot++)
            mobility.Advance(ref state, 0, slot);

        Assert.Equal(x + 50 * speed * Math.Cos(heading), state.X, 1e-3);
        Assert.Equal(y + 50 * speed * Math.Sin(heading), state.Y, 1e-3);
    }

    [Fact]
    public void The_border_is_a_mirror_for_Gauss_Markov()
    {
        var mobility = new GaussMarkov(seed: 3, new Area(0, 0, 100, 100), meanSpeedMetresPerSecond: 10, memory: 1, slotSeconds: 1);
        var state = new MobilityState { X = 96, Y = 50, C = 10, A = 0.1, D = 0 };   // eastbound, 4 m before the border

        mobility.Advance(ref state, 0, 0);

        Assert.Equal(94, state.X, 1e-9);
        Assert.Equal(50, state.Y, 1e-9);
        Assert.Equal((Math.PI, Math.PI - 0.1), (state.D, state.A));
    }

    [Property(MaxTest = 40)]
    public void Nobody_leaves_the_area_or_goes_faster_than_allowed(ulong seed, uint device, byte speedTenths, byte model)
    {
        var (kind, speed) = (Kinds[model % Kinds.Length], speedTenths * 10.0);   // up to 2.5 km/s: several borders and crossings a slot
        var area = new Area(-300, 100, 900, 600);
        var mobility = Mobilities.Create(Of(kind, seed, speed), area).Mobility;
        var allowed = 0.5 * speed * kind switch { MobilityKind.GaussMarkov => 2, MobilityKind.Taxi => TaxiTests.FastestOverMean, _ => 1 };
        var state = mobility.Start((int)(device >> 1));
        for (var slot = 0; slot < 200; slot++)
        {
            var (x, y) = (state.X, state.Y);
            Assert.True(area.Contains(x, y), $"{kind}: ({x}, {y}) in slot {slot}");
            Assert.False(mobility.Advance(ref state, (int)(device >> 1), slot));
            Assert.True(double.Hypot(state.X - x, state.Y - y) <= allowed + 1e-9, $"{kind} in slot {slot}");
        }
    }

    [Theory]
    [MemberData(nameof(AllKinds))]
    public void A_path_depends_on_seed_and_device_only_not_on_the_order_of_devices(MobilityKind kind)
    {
        var mobility = Mobilities.Create(Of(kind, seed: 11, speed: 30), Square).Mobility;
        var again = Mobilities.Create(Of(kind, seed: 11, speed: 30), Square).Mobility;
        var together = Run(mobility, devices: 20, slots: 300);

        for (var device = 19; device >= 0; device--)
        {
            var alone = again.Start(device);
            for (var slot = 0; slot < 300; slot++)
                again.Advance(ref alone, device, slot);
            Assert.Equal(together[device], alone);
        }

        Assert.NotEqual(together[0].X, Run(Mobilities.Create(Of(kind, seed: 12, speed: 30), Square).Mobility, 1, 300)[0].X);
    }

    [Theory]
    [MemberData(nameof(AllKinds))]
    public void Without_speed_nobody_moves(MobilityKind kind)
    {
        var report = Mobilities.Create(Of(kind, seed: 1, speed: 0), Square);
        var state = report.Mobility.Start(0);
        var (x, y) = (state.X, state.Y);

        for (var slot = 0; slot < 10; slot++)
            report.Mobility.Advance(ref state, 0, slot);

        Assert.Equal((x, y), (state.X, state.Y));
        Assert.Null(report.Traces);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_speed_that_is_none_is_refused(double speed) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Mobilities.Create(Of(MobilityKind.Waypoint, 1, speed), Square));

    private static Scenario Of(MobilityKind kind, ulong seed, double speed) => new()
    {
        Seed = seed,
        SlotLengthSeconds = 0.5,
        Devices = new DevicesSection { Mobility = kind, SpeedMetresPerSecond = speed },
    };

    /// <summary>The devices' states after some slots, moved slot by slot.</summary>
    private static MobilityState[] Run(IMobility mobility, int devices, int slots)
    {
        MobilityState[] states = [.. Enumerable.Range(0, devices).Select(mobility.Start)];
        for (var slot = 0; slot < slots; slot++)
            for (var device = 0; device < devices; device++)
                mobility.Advance(ref states[device], device, slot);
        return states;
    }
}
