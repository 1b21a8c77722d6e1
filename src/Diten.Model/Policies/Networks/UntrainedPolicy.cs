using Diten.Model.Offloading;
using Diten.Model.Randomness;
using Diten.Model.Scenarios;

namespace Diten.Model.Policies.Networks;

/// <summary>Networks that have learned nothing, to measure and to test with.</summary>
public static class UntrainedPolicy
{
    /// <summary>A network with weights and biases drawn uniformly from ±√(3 / inputs), so that activations stay of the order of one.</summary>
    /// <param name="hidden">Widths of the hidden layers; may be none.</param>
    /// <param name="seed">Key of the draws (<see cref="Purpose.Sampling"/>; entity: layer, slot: place in it).</param>
    public static PolicyWeights Create(PolicyNetworkKind kind, DecisionState state, int candidates, ReadOnlySpan<int> hidden, ulong seed)
    {
        int[] sizes = [PolicyShape.Inputs(kind, state, candidates), .. hidden, PolicyShape.Outputs(kind, candidates)];
        var layers = new DenseLayer[sizes.Length - 1];
        for (var i = 0; i < layers.Length; i++)
        {
            var (layer, inputs, outputs) = (i, sizes[i], sizes[i + 1]);
            var bound = Math.Sqrt(3.0 / inputs);
            layers[i] = new DenseLayer(inputs, outputs, Draw(0, inputs * outputs), Draw(inputs * outputs, outputs));

            float[] Draw(int first, int count) =>
                [.. Enumerable.Range(first, count).Select(at => (float)(bound * (2 * RandomStreams.Uniform(seed, layer, at, Purpose.Sampling) - 1)))];
        }

        return new PolicyWeights(kind, state, candidates, [.. Enumerable.Repeat(true, DecisionFeatures.CountOf(state))], layers);
    }

    /// <summary>The set policy of model.md §5: 11 → 32 → 32 → 1, all features.</summary>
    /// <remarks>Its choices mean nothing, so services move from slot to slot.</remarks>
    public static PolicyWeights Set(ulong seed) => Create(PolicyNetworkKind.Set, DecisionState.Diten, 5, [32, 32], seed);

    /// <summary>
    /// The same with choices that make sense: the first unit of each layer hands on the drift-plus-penalty score above the fastest, and the
    /// output is minus that. So it decides like <see cref="DriftPlusPenalty"/>, up to the score's cap and the rounding to single precision,
    /// and costs what any set policy costs.
    /// </summary>
    public static PolicyWeights SetLikeDriftPlusPenalty(ulong seed)
    {
        var policy = Set(seed);
        var (first, second, last) = (policy.Layers[0], policy.Layers[1], policy.Layers[2]);
        HandOn(first, DecisionFeatures.Names.IndexOf("drift-plus-penalty"), 1);
        HandOn(second, 0, 1);
        HandOn(last, 0, -1);
        return policy;

        static void HandOn(DenseLayer layer, int input, float weight)
        {
            layer.Weights.AsSpan(0, layer.Inputs).Clear();
            (layer.Weights[input], layer.Bias[0]) = (weight, 0);
        }
    }
}
