using System.Diagnostics;
using System.Globalization;
using Diten.Model.Offloading;
using Diten.Model.Policies.Networks;
using Diten.Model.Scenarios;
using Diten.Model.Worlds;
using Diten.Runs.Experiments.Pages;

namespace Diten.Runs.Reproduction;

/// <summary>Processor time of one decision of a policy, by the number of candidates N.</summary>
/// <param name="Policy">For people.</param>
/// <param name="Seconds">Of one device's decision, for each N of <see cref="Candidates"/>; positive.</param>
internal sealed record DecisionCost(string Policy, IReadOnlyList<double> Seconds)
{
    /// <summary>The N that are measured.</summary>
    public static IReadOnlyList<int> Candidates { get; } = [5, 10, 20, 40];

    // A turn of one policy and N takes some milliseconds at most, so that many of them are not interrupted however busy the machine is.
    private const int Turns = 200, Repeats = 5, Devices = 64;

    /// <summary>b of the power law N^b that is nearest to the times, by least squares of their logarithms.</summary>
    public double Exponent
    {
        get
        {
            double[] x = [.. Candidates.Select(n => Math.Log(n))], y = [.. Seconds.Select(seconds => Math.Log(seconds))];
            var (meanX, meanY) = (x.Average(), y.Average());
            return x.Zip(y, (a, b) => (a - meanX) * (b - meanY)).Sum() / x.Sum(a => (a - meanX) * (a - meanX));
        }
    }

    /// <summary>Measures drift-plus-penalty, a set network and the paper's: of many turns the one that took least time, which load on the machine disturbs little.</summary>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    public static IReadOnlyList<DecisionCost> Measure(CancellationToken cancel)
    {
        var rows = Candidates.Select(n => (Batch: Batch(n), Policies: Policies(n))).ToArray();
        var least = rows.Select(row => row.Policies.Select(_ => double.PositiveInfinity).ToArray()).ToArray();
        var choices = new int[Devices];
        for (var turn = 0; turn < Turns; turn++)
        {
            cancel.ThrowIfCancellationRequested();
            for (var n = 0; n < rows.Length; n++)
                for (var policy = 0; policy < least[n].Length; policy++)
                {
                    var started = Stopwatch.GetTimestamp();
                    for (var i = 0; i < Repeats; i++)
                        rows[n].Policies[policy].Policy.Decide(rows[n].Batch, choices);
                    least[n][policy] = Math.Min(least[n][policy], Stopwatch.GetElapsedTime(started).TotalSeconds / (Repeats * Devices));
                }
        }

        return [.. rows[0].Policies.Select((one, policy) => new DecisionCost(one.Name, [.. least.Select(times => times[policy])]))];
    }

    /// <summary>Times as multiples of that at the least N, and their exponents.</summary>
    public static PageTable Table(IReadOnlyList<DecisionCost> costs) => new(
        FormattableString.Invariant($"Time of a decision over that at N = {Candidates[0]}, and the exponent b of the power law N^b through them"),
        ["policy", FormattableString.Invariant($"at N = {Candidates[0]}"), .. Candidates.Skip(1).Select(n => FormattableString.Invariant($"N = {n}")), "b"],
        [.. costs.Select(cost => (string[])
            [cost.Policy, string.Create(CultureInfo.InvariantCulture, $"{cost.Seconds[0] * 1e9:#,0} ns"), .. cost.Seconds.Skip(1).Select(time => Number(time / cost.Seconds[0])), Number(cost.Exponent)])]);

    private static string Number(double value) => value.ToString("F2", CultureInfo.InvariantCulture);

    private static (string Name, IOffloadingPolicy Policy)[] Policies(int candidates)
    {
        var scenario = new Scenario() with { Decisions = new DecisionsSection { Candidates = candidates } };
        var paper = scenario with { Decisions = scenario.Decisions with { State = DecisionState.Paper } };
        LearnedPolicy Learned(PolicyWeights weights, Scenario of) => new(weights, of, spacingMetres: 156.25);
        return
        [
            ("drift-plus-penalty", World.Create(scenario).Policy),
            ("Diten's set network, 11 → 32 → 32 → 1 for each candidate", Learned(UntrainedPolicy.Set(1), scenario)),
            ("the paper's dense network, three hidden layers of 64", Learned(UntrainedPolicy.Create(PolicyNetworkKind.Dense, DecisionState.Paper, candidates, [64, 64, 64], 1), paper)),
        ];
    }

    /// <summary>Devices whose states differ: what they are makes no difference to what a decision costs.</summary>
    private static DecisionBatch Batch(int candidates)
    {
        var batch = new DecisionBatch(candidates);
        batch.Begin(slot: 0, Devices);
        for (var row = 0; row < Devices; row++)
        {
            batch.AddRow();
            (batch.Devices[row], batch.CandidateCounts[row], batch.ServingIndices[row]) = (row, candidates, row % candidates);
            (batch.Queues[row], batch.Cycles[row]) = (row % 3, 1.5e9 + 1e6 * row);
            for (var cell = row * candidates; cell < (row + 1) * candidates; cell++)
            {
                (batch.DistanceMetres[cell], batch.EstimatedHertz[cell]) = (60 * (cell % candidates), 1e9 * (1 + 7 * cell % 11));
                batch.PredictedSeconds[cell] = 0.03 + batch.Cycles[row] / batch.EstimatedHertz[cell];
            }
        }

        return batch;
    }
}
