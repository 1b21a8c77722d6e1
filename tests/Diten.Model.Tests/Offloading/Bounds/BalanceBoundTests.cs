using Diten.Model.Offloading.Bounds;
using Diten.Model.Randomness;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Diten.Model.Tests.Offloading.Bounds;

[Properties(Arbitrary = [typeof(BalanceBoundTests)])]
public class BalanceBoundTests
{
    [Fact]
    public void Alone_a_device_takes_the_better_server()
    {
        // 0.010 + 1e9 / 10e9 = 0.110 against 0.030 + 1e9 / (20e9 + 5e9) = 0.070.
        var bound = BalanceBound.Of(Slot([1e9], [10e9, 20e9], [0, 5e9], [0.010, 0.030]));

        Assert.Equal([1], bound.Choices);
        Assert.Equal(0.070, bound.LowerSeconds, 12);
        Assert.Equal(0.070, bound.UpperSeconds, 12);
    }

    [Fact]
    public void Equal_tasks_are_balanced_and_the_bound_is_met()
    {
        // Together on the fast one 2 · 2 / 20 = 0.2 s a task; apart 1/20 + 1/10, in sum 0.15 s instead of 0.2 s.
        var bound = BalanceBound.Of(Slot([1e9, 1e9], [20e9, 10e9], [0, 0], [0, 0, 0, 0]));

        Assert.Equal([0, 1], bound.Choices.Order());
        Assert.Equal(0.15, bound.LowerSeconds, 12);
        Assert.Equal(0.15, bound.UpperSeconds, 12);
    }

    [Fact]
    public void Different_tasks_on_one_server_are_bounded_from_below()
    {
        // g = 1/10, 4/10: places cost 0.1 and 0.3 a gigacycle; 3 · 0.1 + 1 · 0.3 = 0.6 against the true (3 + 1) · 0.2 = 0.8.
        var bound = BalanceBound.Of(Slot([1e9, 3e9], [10e9], [0], [0, 0]));

        Assert.Equal(0.6, bound.LowerSeconds, 12);
        Assert.Equal(0.8, bound.UpperSeconds, 12);
    }

    [Fact]
    public void Where_the_floor_bites_the_envelope_replaces_what_is_not_convex()
    {
        // c = 10, f̂ = −3: g = 1/7, 4/4, 9/1, 16/1, 25/1 per GHz. The slope of 3 to 4 (7) is less than that of 2 to 3 (8).
        var marginals = new double[5];
        PlaceCosts.Marginals(marginals, 10, -3);

        Assert.Equal([1 / 7.0, 6 / 7.0, 7.5, 7.5, 9], marginals, (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Fact]
    public void A_slot_without_tasks_is_legal()
    {
        var bound = BalanceBound.Of(Slot([], [10e9], [0], []));

        Assert.Equal((0.0, 0.0, 0), (bound.LowerSeconds, bound.UpperSeconds, bound.Choices.Length));
    }

    [Property(MaxTest = 300)]
    public void No_placement_beats_the_lower_bound_and_the_upper_one_is_a_placement(BalanceSlot slot)
    {
        var bound = BalanceBound.Of(slot);

        var best = Placements(slot, 0, new int[slot.Count]).Min(choices => BalanceBound.TotalSeconds(slot, choices));

        Assert.InRange(bound.LowerSeconds, 0, best * (1 + 1e-12));
        Assert.InRange(bound.UpperSeconds, best * (1 - 1e-12), double.PositiveInfinity);
    }

    [Property(MaxTest = 300)]
    public void The_bound_is_exact_for_equal_tasks_above_the_floor(BalanceSlot slot)
    {
        slot = slot with { Cycles = [.. slot.Cycles.Select(_ => 1.5e9)], DeviationHertz = [.. slot.DeviationHertz.Select(Math.Abs)] };

        var bound = BalanceBound.Of(slot);

        Assert.Equal(bound.UpperSeconds, bound.LowerSeconds, 12);
        Assert.Equal(Placements(slot, 0, new int[slot.Count]).Min(choices => BalanceBound.TotalSeconds(slot, choices)), bound.LowerSeconds, 12);
    }

    [Property(MaxTest = 300)]
    public void The_matching_is_the_least_of_all_matchings(BalanceSlot slot)
    {
        var (choices, seconds) = PlaceMatching.Solve(slot);

        Assert.Equal(LeastMatching(slot), seconds, 12);
        for (var device = 0; device < slot.Count; device++)
            Assert.InRange(choices[device], slot.Start[device], slot.Start[device + 1] - 1);
    }

    [Theory]
    [InlineData(400, 1024, 10, 1.02)]
    [InlineData(1500, 512, 10, 1.15)]
    public void A_citys_slot_is_matched_and_its_bounds_are_close(int devices, int servers, int candidates, double apart)
    {
        var bound = BalanceBound.Of(Random(devices, servers, candidates));

        Assert.InRange(bound.UpperSeconds / bound.LowerSeconds, 1, apart);
    }

    /// <summary>Devices on a ring of servers, each with the next few as candidates.</summary>
    internal static BalanceSlot Random(int devices, int servers, int candidates)
    {
        double Draw(int entity, int index) => RandomStreams.Uniform(1, entity, 0, Purpose.Sampling, index);
        var near = Enumerable.Range(0, devices).Select(device => (int)(Draw(device, 0) * servers)).ToArray();
        return new BalanceSlot
        {
            Start = [.. Enumerable.Range(0, devices + 1).Select(device => device * candidates)],
            Servers = [.. near.SelectMany(first => Enumerable.Range(first, candidates).Select(server => server % servers))],
            BaseSeconds = [.. near.SelectMany((_, device) => Enumerable.Range(0, candidates).Select(k => 0.02 + 0.002 * k + 0.001 * Draw(device, 2 + k)))],
            Cycles = [.. near.Select((_, device) => 1e9 + 1.5e9 * Draw(device, 1))],
            FreeHertz = [.. Enumerable.Range(0, servers).Select(server => 8e9 + 16e9 * Draw(server, 100))],
            DeviationHertz = [.. Enumerable.Range(0, servers).Select(server => -0.5e9 + 2e9 * Draw(server, 101))],
        };
    }

    /// <summary>Up to six devices on up to three servers, deviations to and below the floor.</summary>
    public static Arbitrary<BalanceSlot> ArbitrarySlot() => Arb.From(
        from servers in Gen.Choose(1, 3)
        from devices in Gen.Choose(1, 6)
        from free in Gen.ArrayOf(Gen.Choose(5, 20), servers)
        from deviation in Gen.ArrayOf(Gen.Elements(-9, -4, -2, -1, 0, 1, 3), servers)
        from cycles in Gen.ArrayOf(Gen.Choose(2, 30), devices)
        from seconds in Gen.ArrayOf(Gen.Choose(0, 100), devices * servers)
        select Slot([.. cycles.Select(c => c * 1e8)], [.. free.Select(f => f * 1e9)], [.. deviation.Select(d => d * 1e9)], [.. seconds.Select(s => s * 1e-3)]));

    private static BalanceSlot Slot(double[] cycles, double[] free, double[] deviation, double[] seconds) => new()
    {
        Start = [.. Enumerable.Range(0, cycles.Length + 1).Select(device => device * free.Length)],
        Servers = [.. cycles.SelectMany(_ => Enumerable.Range(0, free.Length))],
        BaseSeconds = seconds,
        Cycles = cycles,
        FreeHertz = free,
        DeviationHertz = deviation,
    };

    private static IEnumerable<int[]> Placements(BalanceSlot slot, int device, int[] choices)
    {
        if (device == slot.Count)
        {
            yield return choices;
            yield break;
        }

        for (choices[device] = slot.Start[device]; choices[device] < slot.Start[device + 1]; choices[device]++)
            foreach (var placement in Placements(slot, device + 1, choices))
                yield return placement;
    }

    /// <summary>Dynamic programming over subsets of places: place by place of every server, which are taken.</summary>
    private static double LeastMatching(BalanceSlot slot)
    {
        var (servers, places) = (slot.FreeHertz.Length, slot.Count);
        var marginals = new double[servers * places];
        for (var server = 0; server < servers; server++)
            PlaceCosts.Marginals(marginals.AsSpan(server * places, places), slot.FreeHertz[server], slot.DeviationHertz[server]);
        var least = new Dictionary<int, double> { [0] = 0 };
        for (var device = 0; device < slot.Count; device++)
        {
            var next = new Dictionary<int, double>();
            foreach (var (taken, before) in least)
            {
                for (var place = 0; place < marginals.Length; place++)
                {
                    if ((taken & (1 << place)) != 0)
                        continue;
                    var cost = before + slot.BaseSeconds[slot.Start[device] + place / places] + slot.Cycles[device] * marginals[place];
                    next[taken | (1 << place)] = Math.Min(cost, next.GetValueOrDefault(taken | (1 << place), double.PositiveInfinity));
                }
            }

            least = next;
        }

        return least.Values.Min();
    }
}
