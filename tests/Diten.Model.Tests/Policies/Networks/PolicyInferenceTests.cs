using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Diten.Model.Policies.Networks;
using Diten.Model.Scenarios;
using FsCheck.Xunit;

namespace Diten.Model.Tests.Policies.Networks;

public class PolicyInferenceTests
{
    [Fact]
    public void A_forward_pass_worked_by_hand()
    {
        // The paper's state with one candidate has 4 numbers. Hidden: ReLU(1 + 2·1 − 3·0.5) = 1.5, ReLU(−4 + 0.5·2 + 1·(−1)) = 0,
        // ReLU(0 + 1 + 0.5 + 2 − 1) = 2.5. Score: 0.25 + 2·1.5 + 100·0 − 1·2.5 = 0.75.
        var network = new PolicyInference(new PolicyWeights(PolicyNetworkKind.Dense, DecisionState.Paper, 1, [],
        [
            new DenseLayer(4, 3, [2, -3, 0, 0, 0, 0, 0.5f, 1, 1, 1, 1, 1], [1, -4, 0]),
            new DenseLayer(3, 1, [2, 100, -1], [0.25f]),
        ]));
        var scores = new float[2];

        network.Score([1, 0.5f, 2, -1, /* second row: nothing but biases: 2·1 + 0.25 */ 0, 0, 0, 0], 2, scores);

        Assert.Equal([0.75f, 2.25f], scores);
    }

    [Theory]
    [InlineData(PolicyNetworkKind.Set, DecisionState.Diten, 5, new[] { 32, 32 })]
    [InlineData(PolicyNetworkKind.Set, DecisionState.Diten, 5, new int[0])]
    [InlineData(PolicyNetworkKind.Set, DecisionState.Diten, 5, new[] { 1, 7, 3 })]
    [InlineData(PolicyNetworkKind.Dense, DecisionState.Diten, 3, new[] { 6, 9 })]
    [InlineData(PolicyNetworkKind.Dense, DecisionState.Paper, 5, new[] { 64, 64, 64 })]
    [InlineData(PolicyNetworkKind.Dense, DecisionState.Paper, 10, new[] { 5 })]
    public void Scores_have_the_bits_of_a_plain_loop(PolicyNetworkKind kind, DecisionState state, int candidates, int[] hidden)
    {
        var weights = UntrainedPolicy.Create(kind, state, candidates, hidden, seed: 3);
        var network = new PolicyInference(weights);
        for (var rows = 0; rows <= 40; rows++)
        {
            var inputs = Numbers(rows * network.Inputs, seed: rows);
            var scores = new float[rows * network.Outputs];

            network.Score(inputs, rows, scores);

            for (var row = 0; row < rows; row++)
                Assert.Equal(
                    Plain(weights, inputs.AsSpan(row * network.Inputs, network.Inputs)).Select(BitConverter.SingleToInt32Bits),
                    scores[(row * network.Outputs)..((row + 1) * network.Outputs)].Select(BitConverter.SingleToInt32Bits));
        }
    }

    [Property]
    public void However_a_batch_is_split_a_row_has_the_same_bits(int seed)
    {
        var random = new Random(seed);
        var network = new PolicyInference(UntrainedPolicy.Create(PolicyNetworkKind.Dense, DecisionState.Paper, 3, [random.Next(1, 20), 6], (ulong)random.NextInt64()));
        var rows = random.Next(1, 70);
        var inputs = Numbers(rows * network.Inputs, random.Next());
        float[] whole = new float[rows * network.Outputs], parts = new float[rows * network.Outputs];
        network.Score(inputs, rows, whole);

        for (int first = 0, count; first < rows; first += count)
        {
            count = random.Next(1, rows - first + 1);
            network.Score(inputs.AsSpan(first * network.Inputs, count * network.Inputs), count, parts.AsSpan(first * network.Outputs, count * network.Outputs));
        }

        Assert.Equal(whole.Select(BitConverter.SingleToInt32Bits), parts.Select(BitConverter.SingleToInt32Bits));
    }

    /// <summary>The hash was written down once; a processor with other vectors, or none, must come to it, too.</summary>
    [Fact]
    public void Scores_have_the_same_bits_on_every_machine()
    {
        var network = new PolicyInference(UntrainedPolicy.Set(1));
        var scores = new float[37];

        network.Score([.. Enumerable.Range(0, 37 * 11).Select(i => i * 37 % 101 / 64f - 0.7f)], 37, scores);

        Assert.Equal("a8f3c793ceeca4d3", Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(scores.AsSpan())))[..16]);
    }

    [Fact]
    public void Threads_share_a_network()
    {
        var network = new PolicyInference(UntrainedPolicy.Set(1));
        var inputs = Numbers(50 * 11, seed: 1);
        var expected = new float[50];
        network.Score(inputs, 50, expected);

        Parallel.For(0, 200, _ =>
        {
            var scores = new float[50];
            network.Score(inputs, 50, scores);
            Assert.Equal(expected, scores);
        });
    }

    [Fact]
    public void Inputs_and_scores_must_have_the_length_of_the_rows()
    {
        var network = new PolicyInference(UntrainedPolicy.Set(1));

        Assert.Contains("2 rows have 22 inputs and 2 scores, not 21 and 2",
            Assert.Throws<ArgumentException>(() => network.Score(new float[21], 2, new float[2])).Message);
        Assert.Throws<ArgumentException>(() => network.Score(new float[22], 2, new float[3]));
    }

    public static TheoryData<string, PolicyWeights> Unusable()
    {
        var good = UntrainedPolicy.Set(1);
        var (first, last) = (good.Layers[0], good.Layers[^1]);
        return new()
        {
            { "has no layers", good with { Layers = [] } },
            { "says of 3 features whether it sees them; there are 11", good with { Features = [true, true, false] } },
            { "is a set network that reads the paper's state", good with { State = DecisionState.Paper } },
            { "was made for 0 candidates; allowed: 1 to 1000", good with { Candidates = 0 } },
            { "has 1 inputs in layer 3, after 32 outputs of the one before", good with { Layers = [first, good.Layers[1], new(1, 1, [1], [0])] } },
            { "has 33 inputs", good with { Kind = PolicyNetworkKind.Dense, Candidates = 3, Layers = [new(33, 2, new float[66], [0, 0])] } },
            { "has 11 inputs and 32 outputs; set networks with state diten for 5 candidates have 11 and 1", good with { Layers = [first] } },
            { "has 3 weights and 1 biases in layer 3, of 32 inputs and 1 outputs", good with { Layers = [first, good.Layers[1], last with { Weights = [1, 2, 3] }] } },
            { "has the bias NaN in layer 3 at 0", good with { Layers = [first, good.Layers[1], last with { Bias = [float.NaN] }] } },
            { "has the weight Infinity in layer 1 at 0", good with { Layers = [first with { Weights = [float.PositiveInfinity, .. first.Weights[1..]] }, good.Layers[1], last] } },
        };
    }

    [Theory]
    [MemberData(nameof(Unusable))]
    public void Weights_that_cannot_be_used_are_refused(string reason, PolicyWeights weights) =>
        Assert.Contains(reason, Assert.Throws<ArgumentException>(() => new PolicyInference(weights)).Message);

    internal static float[] Numbers(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (float)(4 * random.NextDouble() - 2))];
    }

    /// <summary>The definition, one number at a time.</summary>
    private static float[] Plain(PolicyWeights weights, ReadOnlySpan<float> state)
    {
        var x = state.ToArray();
        foreach (var layer in weights.Layers)
        {
            var y = (float[])layer.Bias.Clone();
            for (var output = 0; output < layer.Outputs; output++)
            {
                for (var input = 0; input < layer.Inputs; input++)
                    y[output] = MathF.FusedMultiplyAdd(layer.Weights[output * layer.Inputs + input], x[input], y[output]);
                if (layer != weights.Layers[^1])
                    y[output] = Math.Max(y[output], 0);
            }

            x = y;
        }

        return x;
    }
}
