using Diten.Model.Policies.Networks;
using Diten.Model.Scenarios;
using TorchSharp;
using static TorchSharp.torch;

namespace Diten.Learning.Tests;

/// <summary>Torch's gradients against finite differences of a second, independent forward pass in double precision.</summary>
public sealed class GradientTests
{
    private const int N = 3;

    [Theory]
    [InlineData(PolicyNetworkKind.Set, DecisionState.Diten)]
    [InlineData(PolicyNetworkKind.Dense, DecisionState.Diten)]
    [InlineData(PolicyNetworkKind.Dense, DecisionState.Paper)]
    public void Gradients_of_the_masked_softmax_and_its_entropy_are_right(PolicyNetworkKind kind, DecisionState state)
    {
        var (shape, rows) = Setup(kind, state);
        using var scope = NewDisposeScope();
        using var network = new PolicyNetwork(Larger(new PolicyNetwork(shape, seed: 3).ToWeights()));

        // Σ_rows c log π(A | S) + c² H, with c = 1, 2, 3, …
        var log = network.LogProbabilities(StateBatch.Of(shape, rows.States, rows.CandidateCounts)).narrow(0, 0, rows.Count);
        var weight = Weights(rows.Count);
        using var zero = 0.0.ToScalar();
        var finite = log.masked_fill(log.isneginf(), zero);
        var loss = (weight * log.gather(1, tensor(rows.Actions).unsqueeze(1)).squeeze(1)).sum() - (weight * weight * (finite.exp() * finite).sum(1)).sum();

        var layers = network.ToWeights().Layers;
        Compare(autograd.grad([loss], [.. network.Parameters]), layers, changed =>
        {
            var sum = 0.0;
            for (var row = 0; row < rows.Count; row++)
            {
                var probabilities = Softmax(Scores(shape, changed, State(rows, row), rows.CandidateCounts[row]));
                sum += (row + 1) * Math.Log(probabilities[rows.Actions[row]]) - (row + 1) * (row + 1) * probabilities.Sum(p => p * Math.Log(p));
            }

            return sum;
        });
    }

    [Theory]
    [InlineData(PolicyNetworkKind.Set, DecisionState.Diten)]
    [InlineData(PolicyNetworkKind.Dense, DecisionState.Paper)]
    public void Gradients_of_the_value_network_are_right(PolicyNetworkKind kind, DecisionState state)
    {
        var (shape, rows) = Setup(kind, state);
        using var scope = NewDisposeScope();
        using var network = new ValueNetwork(shape, Biased(new ValueNetwork(shape, seed: 3).ToLayers()));

        var values = network.Predict(StateBatch.Of(shape, rows.States, rows.CandidateCounts).Slice(0, rows.Count), tensor(rows.Actions));
        var loss = (Weights(rows.Count) * values).sum();

        Compare(autograd.grad([loss], [.. network.Parameters]), network.ToLayers(), changed =>
            Enumerable.Range(0, rows.Count).Sum(row => (row + 1) * Forward(changed, Summary(shape, State(rows, row), rows.CandidateCounts[row]))[0]));
    }

    [Theory]
    [InlineData(PolicyNetworkKind.Set, DecisionState.Diten)]
    [InlineData(PolicyNetworkKind.Dense, DecisionState.Paper)]
    public void Gradients_of_the_network_of_state_and_action_are_right(PolicyNetworkKind kind, DecisionState state)
    {
        var (shape, rows) = Setup(kind, state);
        using var scope = NewDisposeScope();
        using var network = new ActionValueNetwork(shape, Biased(new ActionValueNetwork(shape, seed: 3).ToLayers()));

        var values = network.Predict(StateBatch.Of(shape, rows.States, rows.CandidateCounts).Slice(0, rows.Count), tensor(rows.Actions));
        var loss = (Weights(rows.Count) * values).sum();

        Compare(autograd.grad([loss], [.. network.Parameters]), network.ToLayers(), changed => Enumerable.Range(0, rows.Count).Sum(row =>
        {
            var (seen, chosen) = (State(rows, row), (int)rows.Actions[row]);
            double[] action = kind == PolicyNetworkKind.Set ? seen[(11 * chosen)..(11 * chosen + 11)] : [.. Enumerable.Range(0, N).Select(k => k == chosen ? 1.0 : 0)];
            double[] hidden = [.. Forward([changed[0]], Summary(shape, seen, rows.CandidateCounts[row])), .. Forward([changed[1]], action)];
            return (row + 1) * Forward([.. changed.Skip(2)], [.. hidden.Select(h => Math.Max(h, 0))])[0];
        }));
    }

    private static (NetworkShape Shape, Transitions Rows) Setup(PolicyNetworkKind kind, DecisionState state)
    {
        var shape = Some.Shape(kind, state, N) with { PolicyWidths = [6, 5], CriticWidths = [6, 5] };
        return (shape, Transitions.Of(Some.Episodes(shape, seed: 5, count: 2, length: 4), new(), shape, version: 0));
    }

    /// <summary>The last layer a hundred times larger: far from uniform, where gradients say more.</summary>
    private static PolicyWeights Larger(PolicyWeights weights) => weights with
    {
        Layers = Biased([.. weights.Layers.SkipLast(1), weights.Layers[^1] with { Weights = [.. weights.Layers[^1].Weights.Select(w => 100 * w)] }]),
    };

    /// <summary>Biases that are not 0: a neuron that nothing reaches would sit on the kink of its ReLU.</summary>
    private static IReadOnlyList<DenseLayer> Biased(IReadOnlyList<DenseLayer> layers) =>
        [.. layers.Select(l => l with { Bias = [.. l.Bias.Select((_, i) => 0.1f * (i % 3 + 1))] })];

    private static void Compare(IList<Tensor> gradients, IReadOnlyList<DenseLayer> layers, Func<(double[] W, double[] B, int Inputs)[], double> loss)
    {
        const double Step = 1e-6;
        (double[] W, double[] B, int Inputs)[] changed =
            [.. layers.Select(l => (Array.ConvertAll(l.Weights, x => (double)x), Array.ConvertAll(l.Bias, x => (double)x), l.Inputs))];
        double[][] parameters = [.. changed.SelectMany(l => (double[][])[l.W, l.B])];
        for (var p = 0; p < parameters.Length; p++)
        {
            var actual = Tensors.ToArray(gradients[p]);
            for (var i = 0; i < parameters[p].Length; i++)
            {
                var kept = parameters[p][i];
                parameters[p][i] = kept + Step;
                var above = loss(changed);
                parameters[p][i] = kept - Step;
                var below = loss(changed);
                parameters[p][i] = kept;
                var expected = (above - below) / (2 * Step);
                Assert.Equal(expected, actual[i], 1e-4 * Math.Max(1, Math.Abs(expected)));
            }
        }
    }

    private static Tensor Weights(int rows) => Tensors.Of([.. Enumerable.Range(1, rows).Select(i => (float)i)], rows);

    private static double[] State(Transitions rows, int row)
    {
        var width = rows.States.Length / rows.CandidateCounts.Length;
        return Array.ConvertAll(rows.States[(row * width)..((row + 1) * width)], x => (double)x);
    }

    private static double[] Scores(NetworkShape shape, (double[] W, double[] B, int Inputs)[] layers, double[] state, int count) =>
        shape.Kind == PolicyNetworkKind.Set
            ? [.. Enumerable.Range(0, count).Select(k => Forward(layers, state[(11 * k)..(11 * k + 11)])[0])]
            : Forward(layers, state)[..count];

    private static double[] Summary(NetworkShape shape, double[] state, int count)
    {
        if (shape.Kind == PolicyNetworkKind.Dense)
            return state;
        double[][] byFeature = [.. Enumerable.Range(0, 11).Select(f => Enumerable.Range(0, count).Select(k => state[11 * k + f]).ToArray())];
        return [.. byFeature.Select(x => x.Min()), .. byFeature.Select(x => x.Average()), .. byFeature.Select(x => x.Max())];
    }

    private static double[] Softmax(double[] scores)
    {
        var sum = scores.Sum(Math.Exp);
        return [.. scores.Select(s => Math.Exp(s) / sum)];
    }

    private static double[] Forward((double[] W, double[] B, int Inputs)[] layers, double[] x)
    {
        for (var l = 0; l < layers.Length; l++)
        {
            var (w, b, inputs) = layers[l];
            var input = x;
            x = [.. b.Select((bias, o) => bias + Enumerable.Range(0, inputs).Sum(i => w[o * inputs + i] * input[i]))];
            if (l < layers.Length - 1)
                x = [.. x.Select(y => Math.Max(y, 0))];
        }

        return x;
    }
}
