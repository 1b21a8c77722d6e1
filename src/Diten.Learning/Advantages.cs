using Diten.Model.Scenarios;

namespace Diten.Learning;

/// <summary>How much better each action was than what the critic expected, and what the critic should have said. Pure: no torch.</summary>
internal static class Advantages
{
    /// <summary>Of each row, before the update: the advantage of its action, and the target of the critic's prediction; units of scaled reward.</summary>
    /// <param name="values">What each state is worth: S_t of each row, then what follows truncated episodes.</param>
    /// <param name="predictions">V(S_t) or Q(S_t, A_t) of each row.</param>
    /// <param name="learning">Says which of the two the critic estimates, ε and λ.</param>
    public static (double[] Advantages, double[] Targets) Estimate(Transitions rows, float[] values, float[] predictions, LearningSection learning)
    {
        var (advantages, targets) = (new double[rows.Count], new double[rows.Count]);
        for (var row = rows.Count - 1; row >= 0; row--)
        {
            var target = rows.Rewards[row] + learning.Discount * (rows.Next[row] == Transitions.Nothing ? 0 : values[rows.Next[row]]); // R_t + ε V(S_{t+1})
            if (learning.Critic == CriticKind.ActionValue)
            {
                advantages[row] = predictions[row] - values[row]; // Q(S, A) − Σ_a π(a|S) Q(S, a)
                targets[row] = target;
            }
            else
            {
                var error = target - predictions[row]; // θ_t of (17), and A_t = θ_t + ελ A_{t+1}
                advantages[row] = error + (rows.Continues(row) ? learning.Discount * learning.AdvantageDecay * advantages[row + 1] : 0);
                targets[row] = advantages[row] + predictions[row];
            }
        }

        return (advantages, targets);
    }

    /// <summary>Shifts and scales the advantages of these rows to mean 0 and standard deviation 1.</summary>
    public static void Normalise(double[] advantages, int[] rows)
    {
        if (rows.Length == 0)
            return;
        var mean = rows.Average(row => advantages[row]);
        var deviation = Math.Sqrt(rows.Average(row => (advantages[row] - mean) * (advantages[row] - mean)));
        foreach (var row in rows)
            advantages[row] = (advantages[row] - mean) / (deviation + 1e-8);
    }

    /// <summary>1 − Var(target − prediction) / Var(target); 0 where all targets are alike.</summary>
    public static double ExplainedVariance(float[] predictions, double[] targets)
    {
        var spread = Variance(targets);
        return spread > 0 ? 1 - Variance([.. targets.Select((t, row) => t - predictions[row])]) / spread : 0;
    }

    private static double Variance(double[] values)
    {
        var mean = values.Average();
        return values.Average(x => (x - mean) * (x - mean));
    }
}
