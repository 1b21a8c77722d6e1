using Diten.Model.Offloading;
using Diten.Model.Scenarios;
using static TorchSharp.torch;

namespace Diten.Learning;

/// <summary>States as networks read them: R rows, N candidates each, of which the first few are valid.</summary>
internal sealed class StateBatch
{
    private StateBatch(Tensor states, Tensor summaries, Tensor invalid) => (States, Summaries, Invalid) = (states, summaries, invalid);

    /// <summary>What the policy reads: [R, N, 11] (set) or [R, width of a state] (dense).</summary>
    public Tensor States { get; }

    /// <summary>What the critic's state part reads: [R, three times the features], minima, means and maxima over the valid candidates (set), or the states (dense).</summary>
    public Tensor Summaries { get; }

    /// <summary>[R, N], true where a row has no such candidate.</summary>
    public Tensor Invalid { get; }

    /// <param name="shape">Of the networks that shall read it.</param>
    /// <param name="states">R states, row-major.</param>
    /// <param name="candidateCounts">Valid candidates of each row, 1 to N.</param>
    /// <exception cref="ArgumentException">Lengths do not fit, or a count is out of range.</exception>
    public static StateBatch Of(NetworkShape shape, ReadOnlySpan<float> states, ReadOnlySpan<int> candidateCounts)
    {
        var (rows, n, width) = (candidateCounts.Length, shape.Candidates, shape.StateWidth);
        if (states.Length != rows * width)
            throw new ArgumentException($"{states.Length} numbers for {rows} states of {width}.");

        var (read, invalid) = (new float[rows * width], new bool[rows * n]);
        for (var row = 0; row < rows; row++)
        {
            var count = candidateCounts[row];
            if (count < 1 || count > n)
                throw new ArgumentException($"Row {row} has {count} valid candidates: 1 to {n} are possible.");
            invalid.AsSpan(row * n + count, n - count).Fill(true);
            var from = states.Slice(row * width, width);
            var to = read.AsSpan(row * width, width);
            if (shape.State == DecisionState.Paper)
                from.CopyTo(to);
            else
                CopySeen(shape.Features, from[..(count * shape.FeatureCount)], to);
        }

        var mask = tensor(invalid, [rows, n]);
        if (shape.Kind == PolicyNetworkKind.Dense)
        {
            var whole = Tensors.Of(read, rows, width);
            return new(whole, whole, mask);
        }

        var features = shape.FeatureCount;
        return new(Tensors.Of(read, rows, n, features), Tensors.Of(Summarise(read, features, candidateCounts, n), rows, 3 * features), mask);
    }

    /// <summary>The rows with these indices, int64.</summary>
    public StateBatch At(Tensor rows)
    {
        var states = States.index_select(0, rows);
        return new(states, ReferenceEquals(Summaries, States) ? states : Summaries.index_select(0, rows), Invalid.index_select(0, rows));
    }

    /// <summary><paramref name="count"/> rows from <paramref name="first"/> on.</summary>
    public StateBatch Slice(int first, int count)
    {
        var states = States.narrow(0, first, count);
        return new(states, ReferenceEquals(Summaries, States) ? states : Summaries.narrow(0, first, count), Invalid.narrow(0, first, count));
    }

    private static void CopySeen(IReadOnlyList<bool> seen, ReadOnlySpan<float> from, Span<float> to)
    {
        for (var i = 0; i < from.Length; i++)
            to[i] = seen[i % seen.Count] ? from[i] : 0;
    }

    /// <summary>Of each row: minima, means and maxima of each feature over its valid candidates, added nearest first.</summary>
    private static float[] Summarise(float[] states, int features, ReadOnlySpan<int> counts, int candidates)
    {
        var summaries = new float[counts.Length * 3 * features];
        for (var row = 0; row < counts.Length; row++)
        {
            for (var f = 0; f < features; f++)
            {
                var (least, sum, most) = (float.PositiveInfinity, 0f, float.NegativeInfinity);
                for (var k = 0; k < counts[row]; k++)
                {
                    var x = states[(row * candidates + k) * features + f];
                    (least, sum, most) = (Math.Min(least, x), sum + x, Math.Max(most, x));
                }

                var at = row * 3 * features + f;
                (summaries[at], summaries[at + features], summaries[at + 2 * features]) = (least, sum / counts[row], most);
            }
        }

        return summaries;
    }
}
