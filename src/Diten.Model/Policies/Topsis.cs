using Diten.Model.Offloading;
using Diten.Model.Scenarios;

namespace Diten.Model.Policies;

/// <summary>How much each attribute of a candidate counts; none negative, only ratios matter.</summary>
/// <param name="Latency">Of predicted latency T̂.</param>
/// <param name="Capacity">Of estimated free CPU f.</param>
/// <param name="Distance">Of the distance to the device.</param>
/// <param name="Migration">Of the cost of a migration.</param>
internal sealed record TopsisWeights(double Latency, double Capacity, double Distance, double Migration)
{
    /// <summary>The weights of a scenario.</summary>
    public static TopsisWeights Of(PolicySection policy) =>
        new(policy.TopsisLatencyWeight, policy.TopsisCapacityWeight, policy.TopsisDistanceWeight, policy.TopsisMigrationWeight);
}

/// <summary>Multi-attribute decision: the candidate nearest to the best and farthest from the worst of all attributes, by TOPSIS.</summary>
/// <remarks>
/// <para>
/// <b>Source.</b> D. Zhao, T. Yang, Y. Jin, Y. Xu, "A service migration strategy based on multiple attribute decision in mobile edge
/// computing", IEEE ICCT 2017 ([13] of the paper), which chooses a server by several performance indicators at once. The method is the
/// classic one, "technique for order of preference by similarity to ideal solution" (C. L. Hwang and K. Yoon, <i>Multiple Attribute
/// Decision Making</i>, 1981).
/// </para>
/// <para>
/// <b>Reading.</b> The paper says of [13] that it balances various performance indicators of edge servers, and no more. The attributes
/// here are those that a base station has of a candidate: predicted latency T̂ (less is better), estimated free CPU f for this task (more is
/// better), distance d (less is better), and migration cost C(e) of eq. (3) (less is better: 0 for the serving server, 𝒞 for each other one).
/// In each slot, for each device by itself, with x_kj attribute j of candidate k:
/// </para>
/// <list type="number">
/// <item>vector normalisation, r_kj = x_kj / √(Σ_k x_kj²), so that units do not matter; an attribute that is 0 for all stays 0;</item>
/// <item>weighting, y_kj = w_j r_kj;</item>
/// <item>the ideal takes the best y_kj of each attribute, the anti-ideal the worst;</item>
/// <item>distances D⁺ of candidate k to the ideal, D⁻ to the anti-ideal, Euclidean;</item>
/// <item>closeness D⁻ / (D⁺ + D⁻); the highest wins, ties to the nearer. Where all candidates are alike, all have closeness 1.</item>
/// </list>
/// <para>
/// <b>Weights.</b> [13]'s are not known here. The defaults, 0.4 for latency, 0.2 for capacity, 0.1 for distance and 0.3 for migration
/// (<c>policy.topsis-…-weight</c>), say that latency is the objective and migration its constraint, and that the other two, of which T̂ is
/// made, break near-ties. They were chosen once, before any run, and not tuned.
/// </para>
/// <para>
/// <b>What to expect.</b> TOPSIS looks at one slot. It knows no budget: a migration costs the same however many there were, so β plays no
/// part. And it ranks candidates by comparison with one another: what a migration counts for depends on how many candidates there are and
/// how far their latencies lie apart, not on seconds gained, so adding a bad candidate may change the order of two others (rank reversal, a
/// known property of the method). In the first slot of a journey nothing is a migration; where the server was lost, everything is, and the
/// attribute tells nothing. Nothing is solved or drawn in advance.
/// </para>
/// </remarks>
/// <param name="weights">What the attributes count.</param>
/// <param name="migrationCost">𝒞, cost of a migration, eq. (3); normalised away unless 0.</param>
internal sealed class Topsis(TopsisWeights weights, double migrationCost) : IOffloadingPolicy
{
    private const int Attributes = 4;

    /// <inheritdoc/>
    public void Decide(DecisionBatch batch, Span<int> choices)
    {
        Span<double> scales = stackalloc double[Attributes], ideal = stackalloc double[Attributes], worst = stackalloc double[Attributes];
        for (var row = 0; row < batch.Count; row++)
        {
            Normalise(batch, row, scales, ideal, worst);
            var (best, closest) = (0, double.NegativeInfinity);
            for (var k = 0; k < batch.CandidateCounts[row]; k++)
            {
                var closeness = Closeness(batch, row, k, scales, ideal, worst);
                if (closeness > closest)
                    (best, closest) = (k, closeness);
            }

            choices[row] = best;
        }
    }

    /// <summary>Closeness of a candidate to the ideal, 0 to 1.</summary>
    internal double Closeness(DecisionBatch batch, int row, int k)
    {
        Span<double> scales = stackalloc double[Attributes], ideal = stackalloc double[Attributes], worst = stackalloc double[Attributes];
        Normalise(batch, row, scales, ideal, worst);
        return Closeness(batch, row, k, scales, ideal, worst);
    }

    /// <summary>Steps 1 to 3: what attributes are multiplied with, and ideal and anti-ideal, least being best.</summary>
    private void Normalise(DecisionBatch batch, int row, Span<double> scales, Span<double> ideal, Span<double> worst)
    {
        for (var j = 0; j < Attributes; j++)
        {
            var (squares, least, most) = (0.0, double.PositiveInfinity, double.NegativeInfinity);
            for (var k = 0; k < batch.CandidateCounts[row]; k++)
            {
                var x = Attribute(batch, row, k, j);
                squares += x * x;
                (least, most) = (Math.Min(least, x), Math.Max(most, x));
            }

            scales[j] = squares > 0 ? Weight(j) / Math.Sqrt(squares) : 0;
            (ideal[j], worst[j]) = (scales[j] * least, scales[j] * most);
        }
    }

    private double Closeness(
        DecisionBatch batch, int row, int k, ReadOnlySpan<double> scales, ReadOnlySpan<double> ideal, ReadOnlySpan<double> worst)
    {
        var (toIdeal, toWorst) = (0.0, 0.0);
        for (var j = 0; j < Attributes; j++)
        {
            var y = scales[j] * Attribute(batch, row, k, j);
            toIdeal += (y - ideal[j]) * (y - ideal[j]);
            toWorst += (y - worst[j]) * (y - worst[j]);
        }

        (toIdeal, toWorst) = (Math.Sqrt(toIdeal), Math.Sqrt(toWorst));
        return toIdeal + toWorst > 0 ? toWorst / (toIdeal + toWorst) : 1;
    }

    /// <summary>Attribute j with the sign that makes less better.</summary>
    private double Attribute(DecisionBatch batch, int row, int k, int j)
    {
        var cell = row * batch.Candidates + k;
        return j switch
        {
            0 => batch.PredictedSeconds[cell],
            1 => -batch.EstimatedHertz[cell],
            2 => batch.DistanceMetres[cell],
            _ => batch.IsMove(row, k) ? migrationCost : 0,
        };
    }

    private double Weight(int j) => j switch
    {
        0 => weights.Latency,
        1 => weights.Capacity,
        2 => weights.Distance,
        _ => weights.Migration,
    };
}
