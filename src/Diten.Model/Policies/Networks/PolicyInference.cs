using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Diten.Model.Policies.Networks;

/// <summary>The forward pass of a policy network: scores of many rows, layer by layer. Immutable and thread-safe.</summary>
/// <remarks>
/// An output is b, to which W x is added in the order of inputs, each product by a fused multiply-add: rounded once, on every machine (where the
/// processor has none, .NET computes the same bits in software). Rows are the lanes of vectors, so a row's scores have the bits that plain
/// code gives for that row alone, whatever stands beside it and however wide the vectors are. Vectors of 512 bits were measured too: 0.86 of
/// the time, but 1.9 times of it where the processor lacks them.
/// </remarks>
public sealed class PolicyInference
{
    /// <summary>Rows that are computed together: two vectors of eight numbers.</summary>
    private const int Block = 16, Lanes = 8;

    private readonly DenseLayer[] _layers;
    private readonly int _widest;

    /// <exception cref="ArgumentException">The weights cannot be used; the message says why.</exception>
    public PolicyInference(PolicyWeights weights)
    {
        if (PolicyShape.Problem(weights) is { } problem)
            throw new ArgumentException($"The policy {problem}.", nameof(weights));
        (Weights, _layers) = (weights, [.. weights.Layers]);
        _widest = _layers.Max(layer => Math.Max(layer.Inputs, layer.Outputs));
    }

    /// <summary>The network.</summary>
    public PolicyWeights Weights { get; }

    /// <summary>Numbers of a row: of one candidate (set), or of a device's whole state (dense).</summary>
    public int Inputs => _layers[0].Inputs;

    /// <summary>Scores of a row: 1 (set), or N (dense).</summary>
    public int Outputs => _layers[^1].Outputs;

    /// <summary>Computes the scores of all rows.</summary>
    /// <param name="inputs"><paramref name="rows"/> × <see cref="Inputs"/>, row-major.</param>
    /// <param name="rows">At least 0.</param>
    /// <param name="scores">Receives <paramref name="rows"/> × <see cref="Outputs"/>, row-major; must not overlap the inputs.</param>
    /// <exception cref="ArgumentException">Inputs or scores are of another length.</exception>
    public void Score(ReadOnlySpan<float> inputs, int rows, Span<float> scores)
    {
        if (inputs.Length != rows * Inputs || scores.Length != rows * Outputs)
            throw new ArgumentException(
                $"{rows} rows have {rows * Inputs} inputs and {rows * Outputs} scores, not {inputs.Length} and {scores.Length}.", nameof(rows));
        var size = _widest * Block;
        var scratch = ArrayPool<float>.Shared.Rent(2 * size); // activations of one layer and of the next, of one block
        for (var first = 0; first < rows; first += Block)
        {
            var count = Math.Min(Block, rows - first);
            Span<float> x = scratch.AsSpan(0, size), y = scratch.AsSpan(size, size);
            Gather(inputs.Slice(first * Inputs, count * Inputs), count, Inputs, x);
            for (var i = 0; i < _layers.Length; i++)
            {
                Apply(_layers[i], i < _layers.Length - 1, x, y);
                var outputs = y;
                y = x;
                x = outputs;
            }

            Scatter(x, Outputs, scores.Slice(first * Outputs, count * Outputs));
        }

        ArrayPool<float>.Shared.Return(scratch);
    }

    /// <summary>Rows become lanes; lanes without a row keep what was there, which no row sees.</summary>
    private static void Gather(ReadOnlySpan<float> rows, int count, int width, Span<float> lanes)
    {
        for (var i = 0; i < width; i++)
        {
            var own = lanes.Slice(i * Block, count);
            var at = i;
            for (var lane = 0; lane < own.Length; lane++, at += width)
                own[lane] = rows[at];
        }
    }

    private static void Scatter(ReadOnlySpan<float> lanes, int width, Span<float> rows)
    {
        for (var lane = 0; rows.Length > 0; lane++, rows = rows[width..])
            for (var i = 0; i < width; i++)
                rows[i] = lanes[i * Block + lane];
    }

    /// <summary>One layer for a block of rows: four outputs at a time, as many as keep the multiply-adds of two vectors busy.</summary>
    private static void Apply(DenseLayer layer, bool rectify, ReadOnlySpan<float> x, Span<float> y)
    {
        var (inputs, outputs) = (layer.Inputs, layer.Outputs);
        ReadOnlySpan<float> weights = layer.Weights, bias = layer.Bias;
        var output = 0;
        for (; output + 4 <= outputs; output += 4)
            Four(weights.Slice(output * inputs, 4 * inputs), bias.Slice(output, 4), x[..(inputs * Block)], rectify, y.Slice(output * Block, 4 * Block));
        for (; output < outputs; output++)
            One(weights.Slice(output * inputs, inputs), bias[output], x[..(inputs * Block)], rectify, y.Slice(output * Block, Block));
    }

    /// <summary>
    /// References in place of spans, and a method of its own: with spans the compiler kept sums in memory in every other process, depending on
    /// what it had seen first, and took twice the time. The caller's slices are the checks.
    /// </summary>
    private static void Four(ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, ReadOnlySpan<float> x, bool rectify, Span<float> y)
    {
        var inputs = x.Length / Block;
        ref var lanes = ref MemoryMarshal.GetReference(x);
        ref var w0 = ref MemoryMarshal.GetReference(weights);
        ref var w1 = ref Unsafe.Add(ref w0, inputs);
        ref var w2 = ref Unsafe.Add(ref w1, inputs);
        ref var w3 = ref Unsafe.Add(ref w2, inputs);
        Vector256<float> a0 = Vector256.Create(bias[0]), b0 = a0, a1 = Vector256.Create(bias[1]), b1 = a1;
        Vector256<float> a2 = Vector256.Create(bias[2]), b2 = a2, a3 = Vector256.Create(bias[3]), b3 = a3;
        for (var i = 0; i < inputs; i++)
        {
            var a = Vector256.LoadUnsafe(ref lanes, (nuint)(i * Block));
            var b = Vector256.LoadUnsafe(ref lanes, (nuint)(i * Block + Lanes));
            var w = Vector256.Create(Unsafe.Add(ref w0, i));
            a0 = Vector256.FusedMultiplyAdd(w, a, a0);
            b0 = Vector256.FusedMultiplyAdd(w, b, b0);
            w = Vector256.Create(Unsafe.Add(ref w1, i));
            a1 = Vector256.FusedMultiplyAdd(w, a, a1);
            b1 = Vector256.FusedMultiplyAdd(w, b, b1);
            w = Vector256.Create(Unsafe.Add(ref w2, i));
            a2 = Vector256.FusedMultiplyAdd(w, a, a2);
            b2 = Vector256.FusedMultiplyAdd(w, b, b2);
            w = Vector256.Create(Unsafe.Add(ref w3, i));
            a3 = Vector256.FusedMultiplyAdd(w, a, a3);
            b3 = Vector256.FusedMultiplyAdd(w, b, b3);
        }

        Store(a0, b0, rectify, y);
        Store(a1, b1, rectify, y[Block..]);
        Store(a2, b2, rectify, y[(2 * Block)..]);
        Store(a3, b3, rectify, y[(3 * Block)..]);
    }

    private static void One(ReadOnlySpan<float> weights, float bias, ReadOnlySpan<float> x, bool rectify, Span<float> y)
    {
        Vector256<float> a = Vector256.Create(bias), b = a;
        for (var i = 0; i < weights.Length; i++)
        {
            var lanes = x.Slice(i * Block, Block);
            var w = Vector256.Create(weights[i]);
            a = Vector256.FusedMultiplyAdd(w, Vector256.Create(lanes), a);
            b = Vector256.FusedMultiplyAdd(w, Vector256.Create(lanes[Lanes..]), b);
        }

        Store(a, b, rectify, y);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector256<float> a, Vector256<float> b, bool rectify, Span<float> to)
    {
        if (rectify)
            (a, b) = (Rectified(a), Rectified(b));
        a.CopyTo(to);
        b.CopyTo(to[Lanes..]);
    }

    /// <summary>ReLU: x where x &gt; 0, else +0 (also for NaN).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Rectified(Vector256<float> x) => x & Vector256.GreaterThan(x, Vector256<float>.Zero);
}
