namespace Diten.Model.Policies.Networks;

/// <summary>The softmax over the scores of a device's candidates, temperature 1, in double precision.</summary>
public static class Softmax
{
    /// <summary>Candidate whose score is highest; the first, i.e. nearest, of equals.</summary>
    /// <param name="scores">At least one.</param>
    public static int ArgMax(ReadOnlySpan<float> scores)
    {
        var best = 0;
        for (var k = 1; k < scores.Length; k++)
            if (scores[k] > scores[best])
                best = k;
        return best;
    }

    /// <summary>π_k = e^(s_k − max s) / Σ_j e^(s_j − max s), sums in the order of candidates.</summary>
    /// <param name="scores">At least one, finite.</param>
    /// <param name="probabilities">Receives as many numbers, which sum to 1.</param>
    public static void Probabilities(ReadOnlySpan<float> scores, Span<double> probabilities)
    {
        var sum = Exponentials(scores, probabilities);
        for (var k = 0; k < scores.Length; k++)
            probabilities[k] /= sum;
    }

    /// <summary>Draws a candidate: the first k with u · Σ_j e_j &lt; e_0 + … + e_k, where e_j = e^(s_j − max s).</summary>
    /// <param name="scores">At least one, finite.</param>
    /// <param name="uniform">u in [0, 1).</param>
    /// <param name="scratch">At least as many numbers as scores; what it holds afterwards has no meaning.</param>
    /// <returns>The candidate, and the probability that it had.</returns>
    public static (int Choice, double Probability) Sample(ReadOnlySpan<float> scores, double uniform, Span<double> scratch)
    {
        var sum = Exponentials(scores, scratch);
        var (choice, reached, wanted) = (0, scratch[0], uniform * sum);
        while (!(wanted < reached) && choice < scores.Length - 1)
            reached += scratch[++choice];
        return (choice, scratch[choice] / sum);
    }

    private static double Exponentials(ReadOnlySpan<float> scores, Span<double> exponentials)
    {
        var (highest, sum) = ((double)scores[ArgMax(scores)], 0.0);
        for (var k = 0; k < scores.Length; k++)
            sum += exponentials[k] = Math.Exp(scores[k] - highest);
        return sum;
    }
}
