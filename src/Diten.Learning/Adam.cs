using Diten.Model.Learning;
using TorchSharp;
using static TorchSharp.torch;

namespace Diten.Learning;

/// <summary>Kingma and Ba's Adam, over the parameters of one network. All that it remembers can be saved and restored bit by bit. Dispose of it.</summary>
/// <remarks>
/// m ← β₁ m + (1 − β₁) g, v ← β₂ v + (1 − β₂) g², w ← w − rate · m̂ / (√v̂ + 10⁻⁸), with m̂ = m / (1 − β₁ᵗ) and v̂ = v / (1 − β₂ᵗ);
/// β₁ = 0.9, β₂ = 0.999.
/// </remarks>
internal sealed class Adam : IDisposable
{
    private const double Beta1 = 0.9, Beta2 = 0.999, Epsilon = 1e-8;

    private readonly IReadOnlyList<Tensor> _parameters;
    private readonly Tensor[] _means, _squares;
    private readonly double _rate;

    /// <param name="parameters">Whose steps it takes.</param>
    /// <param name="rate">Step size.</param>
    /// <param name="memory">Where it continues; null at the start.</param>
    /// <exception cref="ArgumentException">The memory is of other parameters.</exception>
    public Adam(IReadOnlyList<Tensor> parameters, double rate, AdamMemory? memory = null)
    {
        if (memory is not null && !(IsOf(parameters, memory.Means) && IsOf(parameters, memory.Squares)))
            throw new ArgumentException("What Adam remembers is of another network.", nameof(memory));
        (_parameters, _rate, Steps) = (parameters, rate, memory?.Steps ?? 0);
        _means = [.. parameters.Select((p, i) => Restore(p, memory?.Means[i]))];
        _squares = [.. parameters.Select((p, i) => Restore(p, memory?.Squares[i]))];
    }

    /// <summary>t, steps taken so far.</summary>
    public long Steps { get; private set; }

    /// <summary>One step down the gradients, one of each parameter.</summary>
    public void Step(IList<Tensor> gradients)
    {
        using var off = no_grad();
        Steps++;
        var (correction1, correction2) = (1 - Math.Pow(Beta1, Steps), 1 - Math.Pow(Beta2, Steps));
        using Scalar keepMean = Beta1.ToScalar(), takeMean = (1 - Beta1).ToScalar(), keepSquare = Beta2.ToScalar(), takeSquare = (1 - Beta2).ToScalar();
        using Scalar correction = (1 / correction2).ToScalar(), epsilon = Epsilon.ToScalar(), one = 1.0.ToScalar(), step = (-_rate / correction1).ToScalar();
        for (var i = 0; i < _parameters.Count; i++)
        {
            _means[i].mul_(keepMean).add_(gradients[i], takeMean);
            _squares[i].mul_(keepSquare).addcmul_(gradients[i], gradients[i], takeSquare);
            _parameters[i].addcdiv_(_means[i], _squares[i].mul(correction).sqrt_().add_(epsilon, one), step);
        }
    }

    /// <summary>A copy of what it remembers.</summary>
    public AdamMemory ToMemory() => new(Steps, [.. _means.Select(Tensors.ToArray)], [.. _squares.Select(Tensors.ToArray)]);

    public void Dispose()
    {
        foreach (var tensor in _means.Concat(_squares))
            tensor.Dispose();
    }

    private static bool IsOf(IReadOnlyList<Tensor> parameters, IReadOnlyList<float[]> values) =>
        values.Count == parameters.Count && values.Zip(parameters).All(pair => pair.First.Length == pair.Second.NumberOfElements);

    private static Tensor Restore(Tensor parameter, float[]? values) =>
        Tensors.Owned(values ?? new float[parameter.NumberOfElements], parameter.shape);
}
