using Diten.Model.Offloading;

namespace Diten.Model.Policies.Tabular;

/// <summary>The discretised state that tabular Q-learning sees of a device, and what its actions are.</summary>
/// <remarks>
/// While a server serves: 3 places of it among the candidates (nearest, between, farthest) × 7 bins of how much v T̂ the fastest candidate
/// would save × 6 bins of the deficit queue, the last two in units of 𝒞 and in powers of two, since it is their ratio that drift-plus-penalty
/// decides by. Where the server was lost: the bins of the queue. In the first slot of a journey: one state. Immutable.
/// </remarks>
/// <param name="v">Weight of latency, per second.</param>
/// <param name="migrationCost">𝒞; where it is 0, bins are in units of 1.</param>
internal sealed class QStates(double v, double migrationCost)
{
    /// <summary>Stay on the serving server.</summary>
    public const int Stay = 0;

    /// <summary>Take the nearest candidate.</summary>
    public const int Nearest = 1;

    /// <summary>Take the candidate of lowest T̂.</summary>
    public const int Fastest = 2;

    /// <summary>Number of actions.</summary>
    public const int Actions = 3;

    private const int Places = 3;

    /// <summary>Upper ends of all bins but the last, which is open.</summary>
    private static readonly double[] Gains = [1e-12, 0.1, 0.2, 0.4, 0.8, 1.6], Queues = [1e-12, 0.2, 0.4, 0.8, 1.6];

    private static readonly int GainBins = Gains.Length + 1, QueueBins = Queues.Length + 1;
    private static readonly int Lost = Places * GainBins * QueueBins, Begun = Lost + QueueBins;

    /// <summary>Number of states.</summary>
    public static int Count => Begun + 1;

    private readonly double _unit = migrationCost > 0 ? migrationCost : 1;

    /// <summary>By state, the actions that it allows, as <see cref="QTable"/> takes them: staying needs a server.</summary>
    public static uint[] Allowed() =>
        [.. Enumerable.Range(0, Count).Select(state => (state < Lost ? 1u << Stay : 0) | 1u << Nearest | 1u << Fastest)];

    /// <summary>The state of a row.</summary>
    public int Of(DecisionBatch batch, int row)
    {
        if (batch.Free[row])
            return Begun;
        var queue = Bin(batch.Queues[row] * migrationCost / _unit, Queues);
        var serving = batch.ServingIndices[row];
        if (serving < 0)
            return Lost + queue;
        var predicted = Predicted(batch, row);
        var gain = Bin(v * (predicted[serving] - predicted[LowestIndex.Of(predicted)]) / _unit, Gains);
        var place = serving == 0 ? 0 : serving < predicted.Length - 1 ? 1 : 2;
        return (place * GainBins + gain) * QueueBins + queue;
    }

    /// <summary>The candidate that an action, allowed in the row's state, takes.</summary>
    public static int Candidate(DecisionBatch batch, int row, int action) => action switch
    {
        Stay => batch.ServingIndices[row],
        Nearest => 0,
        _ => LowestIndex.Of(Predicted(batch, row)),
    };

    private static ReadOnlySpan<double> Predicted(DecisionBatch batch, int row) =>
        batch.PredictedSeconds.AsSpan(row * batch.Candidates, batch.CandidateCounts[row]);

    private static int Bin(double value, double[] ends)
    {
        var bin = 0;
        while (bin < ends.Length && value > ends[bin])
            bin++;
        return bin;
    }
}
