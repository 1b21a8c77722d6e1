using Diten.Model.Offloading;
using Diten.Model.Policies.Networks;
using Diten.Model.Scenarios;

namespace Diten.Learning.Tests;

public sealed class PolicyNetworkTests
{
    private static readonly bool[] AllFeatures = [.. Enumerable.Repeat(true, DecisionFeatures.Count)];

    [Fact]
    public void A_linear_set_policy_is_the_softmax_of_weighted_features()
    {
        // Score = 2 · first feature + 1: candidates with 0, 0.5 and 1 score 1, 2 and 3.
        using var network = new PolicyNetwork(SetWeights(candidates: 3, [2f, .. new float[10]], bias: 1));

        var probabilities = network.Probabilities(Features([0], [0.5f], [1]), [3]);

        var sum = Math.E + Math.Exp(2) + Math.Exp(3);
        Close([Math.E / sum, Math.Exp(2) / sum, Math.Exp(3) / sum], probabilities);
    }

    [Fact]
    public void A_candidate_that_is_not_there_has_probability_zero_whatever_stands_in_its_place()
    {
        using var network = new PolicyNetwork(SetWeights(candidates: 3, [2f, .. new float[10]], bias: 1));

        var probabilities = network.Probabilities([.. Features([0], [0], [50]), .. Features([7], [50], [50])], [2, 1]);

        Assert.Equal([0.5f, 0.5f, 0f, 1f, 0f, 0f], probabilities);
    }

    [Fact]
    public void A_feature_that_the_policy_does_not_see_reads_as_zero()
    {
        var weights = SetWeights(candidates: 2, [2f, 3f, .. new float[9]], bias: 0) with { Features = [false, .. AllFeatures.Skip(1)] };
        using var network = new PolicyNetwork(weights);

        var probabilities = network.Probabilities(Features([5, 1], [-5, 1]), [2]);

        Assert.Equal([0.5f, 0.5f], probabilities);
    }

    [Fact]
    public void The_papers_policy_reads_the_whole_state_and_scores_each_candidate()
    {
        // Two candidates, state (d, f, f̂, d, f, f̂, Q): hidden ReLU(d₁ − d₀), scores 0 and its triple.
        using var network = new PolicyNetwork(new PolicyWeights(PolicyNetworkKind.Dense, DecisionState.Paper, 2, [],
            [new(7, 1, [-1, 0, 0, 1, 0, 0, 0], [0]), new(1, 2, [0, 3], [0, 0])]));

        var probabilities = network.Probabilities([1, 0, 0, 1.5f, 0, 0, 9, /**/ 1, 0, 0, 0.5f, 0, 0, 9], [2, 2]);

        var second = Math.Exp(1.5) / (1 + Math.Exp(1.5));
        Close([1 - second, second, 0.5, 0.5], probabilities);
    }

    [Theory]
    [InlineData(PolicyNetworkKind.Set, DecisionState.Diten, 11, 1, 32, 2)]
    [InlineData(PolicyNetworkKind.Dense, DecisionState.Diten, 55, 5, 64, 3)]
    [InlineData(PolicyNetworkKind.Dense, DecisionState.Paper, 16, 5, 64, 3)]
    public void A_new_network_has_the_papers_shape_and_is_nearly_uniform(
        PolicyNetworkKind kind, DecisionState state, int inputs, int outputs, int hidden, int layers)
    {
        using var network = new PolicyNetwork(Some.Shape(kind, state), seed: 1);

        var weights = network.ToWeights();
        Assert.Equal([inputs, .. Enumerable.Repeat(hidden, layers)], weights.Layers.Select(l => l.Inputs));
        Assert.Equal([.. Enumerable.Repeat(hidden, layers), outputs], weights.Layers.Select(l => l.Outputs));
        Assert.All(network.Probabilities([.. Enumerable.Range(0, kind == PolicyNetworkKind.Set ? 55 : 5 * inputs / 5).Select(i => i % 7 / 7f)], [5]),
            p => Assert.InRange(p, 0.19f, 0.21f));
    }

    [Fact]
    public void Weights_depend_on_the_seed_alone_and_come_back_unchanged()
    {
        using var one = new PolicyNetwork(Some.Shape(), seed: 1);
        using var again = new PolicyNetwork(Some.Shape(), seed: 1);
        using var other = new PolicyNetwork(Some.Shape(), seed: 2);
        using var copy = new PolicyNetwork(one.ToWeights());

        Assert.Equal(Bits(one), Bits(again));
        Assert.Equal(Bits(one), Bits(copy));
        Assert.NotEqual(Bits(one), Bits(other));
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new PolicyNetwork(Some.Shape(state: DecisionState.Paper), 1));
        Assert.Throws<ArgumentException>(() => new PolicyNetwork(Some.Shape(candidates: 0), 1));
        Assert.Throws<ArgumentException>(() => new PolicyNetwork(SetWeights(2, new float[11], 0) with { Kind = PolicyNetworkKind.Dense }));
        using var network = new PolicyNetwork(Some.Shape(candidates: 2), 1);
        Assert.Throws<ArgumentException>(() => network.Probabilities(new float[21], [2]));
        Assert.Throws<ArgumentException>(() => network.Probabilities(new float[22], [3]));
        Assert.Throws<ArgumentException>(() => network.Probabilities(new float[22], [0]));
    }

    private static PolicyWeights SetWeights(int candidates, float[] weights, float bias) =>
        new(PolicyNetworkKind.Set, DecisionState.Diten, candidates, AllFeatures, [new(11, 1, weights, [bias])]);

    /// <summary>A state: the first features of each candidate, the others 0.</summary>
    private static float[] Features(params float[][] candidates) =>
        [.. candidates.SelectMany(first => first.Concat(new float[DecisionFeatures.Count - first.Length]))];

    private static uint[] Bits(PolicyNetwork network) =>
        [.. network.ToWeights().Layers.SelectMany(l => l.Weights.Concat(l.Bias)).Select(BitConverter.SingleToUInt32Bits)];

    private static void Close(double[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
    }
}
