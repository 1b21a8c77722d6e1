using Diten.Model.Policies.Networks;
using Diten.Model.Scenarios;

namespace Diten.Learning.Tests;

/// <summary>What nodes compute in plain C# is what torch computes.</summary>
public sealed class InferenceTests
{
    [Theory]
    [InlineData(PolicyNetworkKind.Set, DecisionState.Diten, 5)]
    [InlineData(PolicyNetworkKind.Set, DecisionState.Diten, 10)]
    [InlineData(PolicyNetworkKind.Dense, DecisionState.Diten, 5)]
    [InlineData(PolicyNetworkKind.Dense, DecisionState.Diten, 10)]
    [InlineData(PolicyNetworkKind.Dense, DecisionState.Paper, 5)]
    [InlineData(PolicyNetworkKind.Set, DecisionState.DitenAged, 5)]
    [InlineData(PolicyNetworkKind.Dense, DecisionState.DitenAged, 3)]
    public void Probabilities_are_torchs_within_a_hundred_thousandth(PolicyNetworkKind kind, DecisionState state, int candidates)
    {
        const int Rows = 500;
        var random = new Random(7);
        // Weights far from those of an untrained network, so that probabilities are far from uniform.
        var weights = UntrainedPolicy.Create(kind, state, candidates, kind == PolicyNetworkKind.Set ? [32, 32] : [64, 64, 64], seed: 3);
        var width = PolicyShape.StateWidth(state, candidates);
        var states = new float[Rows * width];
        int[] counts = [.. Enumerable.Range(0, Rows).Select(_ => random.Next(1, candidates + 1))];
        var perCandidate = state == DecisionState.Paper ? 3 : width / candidates;
        for (var row = 0; row < Rows; row++)
            for (var i = 0; i < counts[row] * perCandidate; i++)
                states[row * width + i] = (float)(4 * random.NextDouble() - 1);

        using var torch = new PolicyNetwork(weights);
        var expected = torch.Probabilities(states, counts);
        var found = Probabilities(new PolicyInference(weights), states, counts, candidates, width);

        for (var i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - found[i]) < 1e-5, $"row {i / candidates}, candidate {i % candidates}: {expected[i]} by torch, {found[i]} here");
        Assert.True(expected.Max() > 2.0 / candidates, "the network is too near to uniform to show anything");
    }

    /// <summary>As <see cref="LearnedPolicy"/> does it: of a set network, only the candidates that there are.</summary>
    private static double[] Probabilities(PolicyInference network, float[] states, int[] counts, int candidates, int width)
    {
        var probabilities = new double[counts.Length * candidates];
        for (var row = 0; row < counts.Length; row++)
        {
            var set = network.Weights.Kind == PolicyNetworkKind.Set;
            var rows = set ? counts[row] : 1;
            var scores = new float[rows * network.Outputs];
            network.Score(states.AsSpan(row * width, rows * network.Inputs), rows, scores);
            Softmax.Probabilities(scores.AsSpan(0, counts[row]), probabilities.AsSpan(row * candidates, counts[row]));
        }

        return probabilities;
    }
}
