using System.Collections.Immutable;
using Diten.Model.Scenarios;

namespace Diten.Model.Offloading;

/// <summary>The state that Diten's learned policies see: eleven numbers a candidate, of the order of one (model.md §4).</summary>
/// <remarks>
/// In this order: distance in spacings; f / 10 GHz; f̂ / 1 GHz; 10 (T̂ − min T̂); 5 T̂; move, 1 where the candidate would be a
/// migration; log(1 + Q); log(1 + Q) · move; λ / 2·10⁹; rank / N; min(v (T̂ − min T̂) + Q 𝒞 move, 10) / 5, the drift-plus-penalty
/// score above the fastest. min T̂ is over the candidates of that device, the rank of the nearest is 0, and in the first slot of a
/// journey nothing is a move. Unlike (14) this tells which candidate serves now and what the task is, so that (16) can be predicted.
/// With <see cref="DecisionState.DitenAged"/> three more say how old the twin's word is: log(1 + age in slots); 1 where the twin is suspect or
/// worse; standard deviation of ĉ / 1 GHz (model.md §10).
/// </remarks>
/// <param name="spacingMetres">a, distance between neighbouring stations, metres; positive.</param>
/// <param name="v">Weight of latency, per second.</param>
/// <param name="migrationCost">𝒞.</param>
/// <param name="state"><see cref="DecisionState.Diten"/> or <see cref="DecisionState.DitenAged"/>.</param>
public sealed class DecisionFeatures(double spacingMetres, double v, double migrationCost, DecisionState state = DecisionState.Diten)
{
    private readonly int _count = CountOf(state);

    /// <summary>Numbers a candidate with <see cref="DecisionState.Diten"/>, the first with any state that has features.</summary>
    public const int Count = 11;

    /// <summary>Numbers a candidate with <see cref="DecisionState.DitenAged"/>.</summary>
    public const int AgedCount = 14;

    /// <summary>Names of the first <see cref="Count"/>, in order.</summary>
    public static ImmutableArray<string> Names { get; } =
    [
        "distance", "frequency", "deviation", "extra-latency", "latency", "move", "log-queue", "log-queue-move", "cycles", "rank",
        "drift-plus-penalty",
    ];

    private static readonly ImmutableArray<string> AgedNames = [.. Names, "log-age", "suspect", "spread"];

    /// <summary>Numbers a candidate; 0 with the paper's state, which has none of a candidate alone.</summary>
    public static int CountOf(DecisionState state) => state switch
    {
        DecisionState.Paper => 0,
        DecisionState.DitenAged => AgedCount,
        _ => Count,
    };

    /// <summary>Their names, in order, as policy files write them; none with the paper's state.</summary>
    public static ImmutableArray<string> NamesOf(DecisionState state) => state switch
    {
        DecisionState.Paper => [],
        DecisionState.DitenAged => AgedNames,
        _ => Names,
    };

    /// <summary>Hertz of estimated free CPU that read as 1.</summary>
    public const double FrequencyScaleHertz = 10e9;

    /// <summary>Hertz of deviation, and of standard deviation, that read as 1.</summary>
    public const double DeviationScaleHertz = 1e9;

    /// <summary>Cycles of a task that read as 1.</summary>
    public const double CyclesScale = 2e9;

    /// <summary>Scores are cut off here, before they are divided by 5: a long queue must not drown what else there is to see.</summary>
    public const double ScoreCap = 10;

    /// <summary>Writes the features of a row's candidates, nearest first, <see cref="CountOf"/> numbers each.</summary>
    /// <returns>Numbers written: candidates of the row times <see cref="CountOf"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="features"/> is too short.</exception>
    public int Write(DecisionBatch batch, int row, Span<float> features)
    {
        var (candidates, first) = (batch.CandidateCounts[row], row * batch.Candidates);
        features = features[..(candidates * _count)];
        var predicted = batch.PredictedSeconds.AsSpan(first, candidates);
        var fastest = predicted[LowestIndex.Of(predicted)];
        var queue = batch.Queues[row];
        var logQueue = Math.Log(1 + queue);
        for (var k = 0; k < candidates; k++)
        {
            var (slower, move) = (predicted[k] - fastest, batch.IsMove(row, k) ? 1.0 : 0.0);
            var x = features.Slice(k * _count, _count);
            x[0] = (float)(batch.DistanceMetres[first + k] / spacingMetres);
            x[1] = (float)(batch.EstimatedHertz[first + k] / FrequencyScaleHertz);
            x[2] = (float)(batch.DeviationHertz[first + k] / DeviationScaleHertz);
            x[3] = (float)(10 * slower);
            x[4] = (float)(5 * predicted[k]);
            x[5] = (float)move;
            x[6] = (float)logQueue;
            x[7] = (float)(logQueue * move);
            x[8] = (float)(batch.Cycles[row] / CyclesScale);
            x[9] = (float)((double)k / batch.Candidates);
            x[10] = (float)(Math.Min(v * slower + queue * migrationCost * move, ScoreCap) / 5);
            if (_count == AgedCount)
                WriteAge(batch, first + k, x[Count..]);
        }

        return features.Length;
    }

    /// <summary>A clock that goes wrong can make a twin look younger than new: that counts as new.</summary>
    private static void WriteAge(DecisionBatch batch, int cell, Span<float> x)
    {
        x[0] = (float)Math.Log(1 + Math.Max(batch.AgeSlots[cell], 0));
        x[1] = batch.Suspect[cell] ? 1 : 0;
        x[2] = (float)(batch.SpreadHertz[cell] / DeviationScaleHertz);
    }
}
