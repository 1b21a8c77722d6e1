using Diten.Model.Policies.Networks;
using Diten.Model.Randomness;
using static TorchSharp.torch;

namespace Diten.Learning;

/// <summary>Dense layers with ReLU between them and none after the last, float32. Owns its parameters; not thread-safe.</summary>
internal sealed class Perceptron : IDisposable
{
    /// <param name="layers">At least one; each takes what the one before gives. Copied.</param>
    /// <exception cref="PlatformNotSupportedException">This machine cannot train.</exception>
    public Perceptron(IReadOnlyList<DenseLayer> layers)
    {
        Training.UseOneThread();
        for (var i = 0; i < layers.Count; i++)
        {
            var layer = layers[i];
            if (layer.Weights.Length != layer.Inputs * layer.Outputs || layer.Bias.Length != layer.Outputs || (i > 0 && layer.Inputs != layers[i - 1].Outputs))
                throw new ArgumentException($"Layer {i} does not fit: {layer.Inputs} to {layer.Outputs}, {layer.Weights.Length} weights, {layer.Bias.Length} biases.");
        }

        Parameters = [.. layers.SelectMany(l => (Tensor[])[Parameter(l.Weights, l.Outputs, l.Inputs), Parameter(l.Bias, l.Outputs)])];
    }

    /// <summary>W of shape [outputs, inputs] and b of shape [outputs] of the first layer, then of the next, and so on.</summary>
    public IReadOnlyList<Tensor> Parameters { get; }

    /// <summary>From [..., inputs of the first layer] to [..., outputs of the last].</summary>
    public Tensor Forward(Tensor x)
    {
        for (var i = 0; i < Parameters.Count; i += 2)
        {
            x = nn.functional.linear(x, Parameters[i], Parameters[i + 1]);
            if (i + 2 < Parameters.Count)
                x = nn.functional.relu(x);
        }

        return x;
    }

    /// <summary>A copy of the parameters.</summary>
    public IReadOnlyList<DenseLayer> ToLayers() =>
        [.. Parameters.Chunk(2).Select(p => new DenseLayer((int)p[0].shape[1], (int)p[0].shape[0], Tensors.ToArray(p[0]), Tensors.ToArray(p[1])))];

    /// <summary>First parameters: weights uniform with mean 0 and variance gain² / inputs, gain √2 before a ReLU; biases 0. Pure function of its arguments.</summary>
    /// <param name="seed">Seed of <see cref="RandomStreams"/>.</param>
    /// <param name="network">Which network it is: entity of the draws.</param>
    /// <param name="widths">Inputs, neurons of each hidden layer, outputs.</param>
    /// <param name="lastGain">Gain of the last layer. Small ones make outputs near 0.</param>
    /// <param name="firstLayer">Number of the first layer: slot of its draws.</param>
    public static IReadOnlyList<DenseLayer> Draw(ulong seed, int network, IReadOnlyList<int> widths, double lastGain, int firstLayer = 0)
    {
        var layers = new DenseLayer[widths.Count - 1];
        for (var layer = 0; layer < layers.Length; layer++)
        {
            var (inputs, outputs) = (widths[layer], widths[layer + 1]);
            var bound = (layer == layers.Length - 1 ? lastGain : Math.Sqrt(2)) * Math.Sqrt(3.0 / inputs);
            var weights = new float[outputs * inputs];
            for (var i = 0; i < weights.Length; i++)
                weights[i] = (float)(bound * (2 * RandomStreams.Uniform(seed, network, firstLayer + layer, Purpose.NetworkWeights, i) - 1));
            layers[layer] = new(inputs, outputs, weights, new float[outputs]);
        }

        return layers;
    }

    public void Dispose()
    {
        foreach (var parameter in Parameters)
            parameter.Dispose();
    }

    private static Tensor Parameter(float[] values, params long[] shape) => Tensors.Owned(values, shape).requires_grad_();
}
