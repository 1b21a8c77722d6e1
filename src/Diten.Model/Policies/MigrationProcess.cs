using MathNet.Numerics.LinearAlgebra;

namespace Diten.Model.Policies;

/// <summary>A Markov decision process with two actions, stay and migrate, over states that get worse as their index grows.</summary>
/// <remarks>
/// In a slot the device is in a state x; it stays, or pays a weight and is <paramref name="home"/> at once; then the slot costs what the
/// state it is in now costs; then, with the hop probability, it hops to another state:
/// <code>
/// W(x) = cost(x) + discount [(1 − q) V(x) + q Σ_y hop(x, y) V(y)]
/// V(x) = min{ W(x), weight + W(home) }
/// </code>
/// Where staying is impossible, the cost is infinite; home's is finite. Immutable.
/// </remarks>
/// <param name="cost">Cost of a slot in each state; not decreasing.</param>
/// <param name="hop">Row x: where a hop from x leads, probabilities that sum to 1.</param>
/// <param name="hopProbability">q, 0 to 1.</param>
/// <param name="home">The state that a migration leads to.</param>
/// <param name="discount">Of the next slot's value, [0, 1).</param>
internal sealed class MigrationProcess(double[] cost, double[][] hop, double hopProbability, int home, double discount)
{
    /// <summary>Values are exact to this, in the unit of cost.</summary>
    private const double Tolerance = 1e-10;

    private int States => cost.Length;

    /// <summary>Value iteration from 0.</summary>
    /// <param name="weight">What a migration costs; not negative.</param>
    /// <returns>V(x), discounted cost from x on.</returns>
    public double[] Values(double weight)
    {
        var values = new double[States];
        for (var change = double.PositiveInfinity; change > Tolerance * (1 - discount);)
        {
            var next = new double[States];
            var migrated = weight + Staying(home, values);
            change = 0;
            for (var x = 0; x < States; x++)
            {
                next[x] = Math.Min(Staying(x, values), migrated);
                change = Math.Max(change, Math.Abs(next[x] - values[x]));
            }

            values = next;
        }

        return values;
    }

    /// <summary>Where migrating begins to be better than staying, counted in states; between two of them where both are equal.</summary>
    /// <returns>A number above <c>home</c>; +∞ where only states in which staying is impossible are left.</returns>
    public double Threshold(double weight)
    {
        var values = Values(weight);
        var migrated = weight + Staying(home, values);
        var before = -weight;   // at home, staying is better by the weight
        for (var x = home + 1; x < States; x++)
        {
            var loss = Staying(x, values) - migrated;
            if (double.IsPositiveInfinity(loss))
                break;
            if (loss > 0)
                return x - 1 + before / (before - loss);
            before = loss;
        }

        return double.PositiveInfinity;
    }

    /// <summary>Migrations per slot in the long run, where states above a threshold are left, and those in which staying is impossible.</summary>
    public double Rate(double threshold)
    {
        // Mean number of hops from x until such a state: h(x) = 1 + Σ hop(x, y) h(y) over the states y that are kept.
        var equations = Matrix<double>.Build.Dense(
            States, States, (x, y) => (x == y ? 1 : 0) - (y <= threshold && double.IsFinite(cost[y]) ? hop[x][y] : 0));
        return hopProbability / equations.Solve(Vector<double>.Build.Dense(States, 1))[home];
    }

    /// <summary>The least weight, and at least the given one, with which the long-run rate of migrations is within a limit.</summary>
    /// <returns>
    /// To a millionth of the largest weight that makes sense: with that, nothing migrates that need not, and where even that is too often, it is
    /// what is returned.
    /// </returns>
    public double WeightWithin(double rate, double atLeast)
    {
        if (Rate(Threshold(atLeast)) <= rate)
            return atLeast;
        // A migration saves at most the dearest state's cost, for ever.
        var (low, high) = (atLeast, Math.Max(atLeast, cost.Where(double.IsFinite).Max() / (1 - discount)));
        for (var step = 0; step < 20; step++)
        {
            var middle = (low + high) / 2;
            if (Rate(Threshold(middle)) <= rate)
                high = middle;
            else
                low = middle;
        }

        return high;
    }

    private double Staying(int x, double[] values)
    {
        if (double.IsPositiveInfinity(cost[x]))
            return double.PositiveInfinity;
        var expected = 0.0;
        for (var y = 0; y < States; y++)
            expected += hop[x][y] * values[y];
        return cost[x] + discount * ((1 - hopProbability) * values[x] + hopProbability * expected);
    }
}
