using Diten.Model.Randomness;

namespace Diten.Model.Tests.Randomness;

public class RandomStreamsTests
{
    [Theory]
    [InlineData(0, 0, 0, 0, 0, 0, 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8)]
    [InlineData(0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd)]
    [InlineData(0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0xa4093822, 0x299f31d0, 0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1)]
    public void Philox_gives_the_published_known_answers(
        uint c0, uint c1, uint c2, uint c3, uint k0, uint k1, uint w0, uint w1, uint w2, uint w3) =>
        Assert.Equal((w0, w1, w2, w3), Philox4x32.Block(c0, c1, c2, c3, k0, k1));

    [Fact]
    public void A_draw_is_the_same_whatever_was_drawn_before()
    {
        var keys = (from entity in Enumerable.Range(0, 20) from slot in Enumerable.Range(0, 20) select (entity, slot)).ToArray();
        var forward = keys.ToDictionary(key => key, key => RandomStreams.Uniform(9, key.entity, key.slot, Purpose.Task, 3));

        foreach (var key in keys.Reverse())
        {
            RandomStreams.Normal(9, key.entity, key.slot, Purpose.Task);
            Assert.Equal(forward[key], RandomStreams.Uniform(9, key.entity, key.slot, Purpose.Task, 3));
        }

        Assert.Equal(keys.Length, forward.Values.Distinct().Count());
    }

    [Fact]
    public void Any_other_argument_gives_another_draw()
    {
        double[] draws =
        [
            RandomStreams.Uniform(1, 2, 3, Purpose.Task), RandomStreams.Uniform(2, 2, 3, Purpose.Task),
            RandomStreams.Uniform(1UL << 32 | 1, 2, 3, Purpose.Task), RandomStreams.Uniform(1, 3, 3, Purpose.Task),
            RandomStreams.Uniform(1, 2, 4, Purpose.Task), RandomStreams.Uniform(1, 2, 3, Purpose.Policy),
            RandomStreams.Uniform(1, 2, 3, Purpose.Task, 1), RandomStreams.Uniform(1, 2, 3, Purpose.Task, 2),
        ];

        Assert.Equal(draws.Length, draws.Distinct().Count());
    }

    [Fact]
    public void A_pair_holds_the_draws_of_two_indices_from_53_bits_each()
    {
        // Counter and key all zero but the purpose: words of the block by hand, high word first.
        var (w0, w1, w2, w3) = Philox4x32.Block(0, 0, (uint)Purpose.Task, 2, 0, 0);
        var (first, second) = RandomStreams.UniformPair(0, 0, 0, Purpose.Task, 2);

        Assert.Equal((((ulong)w0 << 32) + w1 >> 11) / 9007199254740992.0, first);
        Assert.Equal((((ulong)w2 << 32) + w3 >> 11) / 9007199254740992.0, second);
        Assert.Equal(first, RandomStreams.Uniform(0, 0, 0, Purpose.Task, 4));
        Assert.Equal(second, RandomStreams.Uniform(0, 0, 0, Purpose.Task, 5));
    }

    [Theory]
    [InlineData(0.0, 0)]
    [InlineData(0.249999, 0)]
    [InlineData(0.25, 1)]
    [InlineData(0.9999999999999999, 3)]
    public void A_uniform_picks_one_of_a_count(double uniform, int index) => Assert.Equal(index, RandomStreams.ToIndex(uniform, 4));

    [Fact]
    public void Uniforms_over_devices_and_slots_fill_the_unit_interval_evenly()
    {
        // 100,000 draws in 100 bins: chi-square with 99 degrees of freedom stays below 149 with probability 0.999.
        foreach (var draws in new[] { OverDevices(k => k), OverSlots(k => k) })
        {
            var bins = new int[100];
            foreach (var draw in draws)
                bins[(int)(draw * 100)]++;
            var expected = draws.Length / 100.0;
            Assert.InRange(bins.Sum(n => (n - expected) * (n - expected) / expected), 50, 149);
            Assert.All(draws, draw => Assert.InRange(draw, 0, Math.BitDecrement(1)));
        }
    }

    [Fact]
    public void Normals_follow_the_normal_distribution()
    {
        var draws = Enumerable.Range(0, 100_000)
            .Select(k => RandomStreams.Normal(5, k % 1000, k / 1000, Purpose.Deviation)).Order().ToArray();

        // Kolmogorov-Smirnov: below 1.95 / √n with probability 0.999.
        var distance = draws
            .Select((draw, k) => Math.Abs(MathNet.Numerics.Distributions.Normal.CDF(0, 1, draw) - (k + 0.5) / draws.Length)).Max();
        Assert.True(distance < 1.95 / Math.Sqrt(draws.Length), $"distance {distance}");
        Assert.InRange(draws.Average(), -0.0105, 0.0105);
        Assert.InRange(draws.Sum(draw => draw * draw) / draws.Length, 0.985, 1.015);
    }

    [Fact]
    public void Neighbouring_devices_slots_indices_and_seeds_are_uncorrelated()
    {
        var draws = OverDevices(k => k);
        // The correlation of n independent pairs has deviation 1/√n; 3.3 of them hold 0.999.
        Assert.InRange(Correlation(draws, OverDevices(k => k + 1)), -0.0104, 0.0104);
        Assert.InRange(Correlation(OverSlots(k => k), OverSlots(k => k + 1)), -0.0104, 0.0104);
        Assert.InRange(Correlation(draws, OverDevices(k => k, index: 1)), -0.0104, 0.0104);
        Assert.InRange(Correlation(draws, OverDevices(k => k, index: 2)), -0.0104, 0.0104);
        Assert.InRange(Correlation(draws, OverDevices(k => k, seed: 12)), -0.0104, 0.0104);
        Assert.InRange(Correlation(draws, OverDevices(k => k, slot: 8)), -0.0104, 0.0104);
    }

    private static double[] OverDevices(Func<int, int> id, ulong seed = 11, int slot = 7, int index = 0) =>
        [.. Enumerable.Range(0, 100_000).Select(k => RandomStreams.Uniform(seed, id(k), slot, Purpose.Task, index))];

    private static double[] OverSlots(Func<int, int> slot) =>
        [.. Enumerable.Range(0, 100_000).Select(k => RandomStreams.Uniform(11, 3, slot(k), Purpose.Task))];

    private static double Correlation(double[] a, double[] b) => MathNet.Numerics.Statistics.Correlation.Pearson(a, b);
}
