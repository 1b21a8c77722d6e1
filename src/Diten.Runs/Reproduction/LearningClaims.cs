using Diten.Model.Offloading;
using Diten.Model.Policies.Networks;
using Diten.Model.Scenarios;
using Diten.Model.Statistics;
using Diten.Runs.Experiments.Cells;
using Diten.Runs.Results;
using static Diten.Runs.Reproduction.GridNames;

namespace Diten.Runs.Reproduction;

/// <summary>What the paper says of learning: Fig. 4, and the text of Section IV.</summary>
internal static class LearningClaims
{
    /// <summary>Rounds after which the paper sees convergence, as it says.</summary>
    internal const int PaperRounds = 1750;

    private const int LeastRounds = 3200;

    /// <summary>Journeys of the moving mean of rewards, and how far it may be from the final one.</summary>
    private const int Window = 100;

    internal const double Near = 0.05;

    /// <summary>Waves of which the final value is the mean.</summary>
    internal const int FinalWaves = 5;

    /// <summary>How much worse than the rule of (13) a converged policy may be, and what counts as the same reward.</summary>
    private const double NearRule = 0.02, SameReward = 0.01;

    /// <summary>All of them.</summary>
    public static IEnumerable<PaperClaim> All => [.. OfLearning, .. OfDecisions];

    private static IEnumerable<PaperClaim> OfLearning =>
    [
        new(
            "K1", 4, "Fig. 4, Section V", "The reward has converged after some 1,750 rounds of training.",
            [
                new(
                    "a round is a journey; means of 100 journeys, the final one that of the last 100",
                    "for each training: within 5 % of the final value from round 1,750 on at the latest; the final value above nearest-first's, and no more than 2 % below drift-plus-penalty's",
                    results => Converged(results, SettledAsPrinted))
                {
                    Why = LearningReasons.LateByHundreds,
                },
                new(
                    "means of one journey of each device (a wave), the final one that of the last five waves",
                    "the same", results => Converged(results, SettledByWaves))
                {
                    Why = (_, found) => LearningReasons.Late(found),
                },
            ]),
        new(
            "K15", 4, "Fig. 4, Section V", "A small reward means small latency and migration cost.",
            [
                new("as printed: the reward of (16) is smaller where latency is", "reward per slot of the learned policy less that of nearest-first below 0", results => Rewards(results, magnitude: false))
                {
                    Why = (_, _) => "(16) is minus latency and cost: what is better has the larger reward. The sentence needs the next reading.",
                },
                new("small in magnitude", "the same of |reward|", results => Rewards(results, magnitude: true)),
            ]),
        new(
            "K12", 0, "Section IV-D", "Training on the twin of the system does as well as training in reality.",
            [
                new(
                    "the policies are equally good in the emulation, for each training seed", "reward per slot of the one less that of the other within 1 % (90 % interval: two one-sided tests)", OnTwin)
                {
                    Why = LearningReasons.OnTwin,
                },
            ]),
        new(
            "K13", 0, "Section IV-B", "Calibration by (10), with f̂ in the state, takes the deviation's harm from learning.",
            [
                new(
                    "of the latency that deviations cost a policy that sees f̂ and predicts by (8), predicting by (10) wins back nearly all", "share won back above 0.9, for each policy",
                    results => Calibrated(results, Metric.Latency))
                {
                    Why = (results, _) => LearningReasons.Calibration(results, Metric.Latency),
                },
                new("the same of the reward, which is what learning is about", "share won back above 0.9, for each policy", results => Calibrated(results, Metric.Reward))
                {
                    Why = (results, _) => LearningReasons.Calibration(results, Metric.Reward),
                },
            ]),
        new(
            "K14", 0, "Sections IV-A and V", "Decisions are optimal in the long run, not only now.",
            [
                new("looking ahead pays: ε = 0.95 against a training that differs in ε = 0 alone", "reward per slot of the one less that of the other above 0, for each training seed", Foresight)
                {
                    Why = LearningReasons.Foresight,
                },
                new("no journey could have been faster with as many migrations", "latency of the learned policy over the journey frontier at its own migrations at most 1.01", Frontier)
                {
                    Why = (_, found) => LearningReasons.Hindsight(found),
                },
            ]),
    ];

    private static IEnumerable<PaperClaim> OfDecisions =>
    [
        new(
            "K17", 0, "Section IV-E", "A decision among n candidates costs O(n²) operations.",
            [
                new("as a bound: doubling n at most quadruples the multiplications", "ratio at most 4, for each doubling of n up to 640", _ => Doublings(0, 4)),
                new("as the rate of growth: from some n on, doubling it quadruples them", "ratio 3.8 to 4 for the last doubling", _ => Doublings(3.8, 4).TakeLast(1))
                {
                    Why = (_, _) => "Only the first and the last layer grow with n, and each linearly, so that a decision costs O(n). n² would need hidden layers that grow with n, too.",
                },
                new("as a bound on processor time", "exponent of a power law through the times of a decision at most 2, for each policy", results => Exponents(results, 0, 2)),
                new("as the growth of processor time", "the same exponent 1.8 to 2.2", results => Exponents(results, 1.8, 2.2))
                {
                    Why = (_, _) => "A set network is run once a candidate and a score is computed for each, which is O(n); and the paper's network has much that does not grow with n at all.",
                },
            ]),
        new(
            "D1", 0, "not in the paper", "A policy that was trained at a point of a grid is better there than one that was trained once, in the default world.",
            [
                new("", "reward per slot of the one less that of the other above 0, at each of three points", AtThePoint)
                {
                    Why = LearningReasons.AtThePoint,
                },
            ]),
    ];

    /// <summary>The first journey from which on moving means stay near the mean of the last hundred.</summary>
    internal static int SettledAsPrinted(TrainingCurve curve)
    {
        var rewards = curve.Rewards;
        var final = rewards.TakeLast(Window).Average();
        var sum = rewards.TakeLast(Window).Sum();
        for (var settled = rewards.Count; settled > Window; settled--)
        {
            sum += rewards[settled - 1 - Window] - rewards[settled - 1]; // of those that end one journey earlier
            if (Math.Abs(sum / Window - final) > Near * Math.Abs(final))
                return settled;
        }

        return Window;
    }

    /// <summary>The same of means of whole waves.</summary>
    internal static int SettledByWaves(TrainingCurve curve) => PolicyCard.Settled([.. curve.Rewards.Select(reward => (float)reward)], curve.WaveJourneys);

    private static IEnumerable<Check> Converged(ReproductionResults results, Func<TrainingCurve, int> settled)
    {
        var grid = results["figure-4"];
        if (!grid.Has(Scheme, NearestFirst, DriftPlusPenalty))
            yield break;
        double Of(string scheme) => grid.Mean(Metric.Reward, (Scheme, scheme)).Mean * grid.JourneySlots;
        var (nearest, rule) = (Of(NearestFirst), Of(DriftPlusPenalty));
        foreach (var curve in results.Trainings.Where(training => training.IsCurve && training.Rewards.Count >= LeastRounds))
        {
            yield return Check.Exactly(curve.Name, settled(curve), 0, PaperRounds, CheckUnit.Rounds);
            var final = MeanInterval.Of([.. curve.Waves().TakeLast(FinalWaves)]);
            yield return Check.Of($"{curve.Name}, final reward of a journey", final, Math.Max(nearest, rule * (1 + NearRule)), double.PositiveInfinity, Reward);
        }
    }

    private static CheckUnit Reward { get; } = new("", 1, 1);

    private static IEnumerable<Check> Rewards(ReproductionResults results, bool magnitude)
    {
        var grid = results["figure-4"];
        if (!grid.Has(Scheme, NearestFirst, Learned))
            return [];
        double[] Of(string scheme) => [.. grid.Values(Metric.Reward, (Scheme, scheme)).Select(reward => magnitude ? Math.Abs(reward) : reward)];
        return [Check.Of("", PaperGrid.Difference(Of(Learned), Of(NearestFirst)), double.NegativeInfinity, -double.Epsilon, CheckUnit.Of(Metric.Reward))];
    }

    private static IEnumerable<Check> OnTwin(ReproductionResults results)
    {
        foreach (var (seed, real, twin) in LearningPairs.OnTwin(results))
        {
            var margin = SameReward * Math.Abs(real.Mean(Metric.Reward).Mean);
            var same = Equivalence.Of(twin.Values(Metric.Reward), real.Values(Metric.Reward), margin);
            yield return new Check(seed, same.Mean, same.Low, same.High, -margin, margin, CheckUnit.Of(Metric.Reward));
        }
    }

    private static IEnumerable<Check> Calibrated(ReproductionResults results, Metric metric)
    {
        foreach (var (policy, without, by8, by10) in LearningPairs.Calibration(results))
        {
            var back = RecoveredShare.Of(without.Values(metric), by8.Values(metric), by10.Values(metric));
            yield return Check.Of(back.Defined ? policy : $"{policy}, where deviations do no harm that is shown", back.Share, 0.9, double.PositiveInfinity, CheckUnit.Ratio);
        }
    }

    private static IEnumerable<Check> Foresight(ReproductionResults results) => LearningPairs.Foresight(results).Select(MoreReward);

    private static Check MoreReward((string Name, PaperCase Of, PaperCase Against) pair) =>
        Check.Of(pair.Name, pair.Of.Less(pair.Against, Metric.Reward), double.Epsilon, double.PositiveInfinity, CheckUnit.Of(Metric.Reward));

    private static IEnumerable<Check> Frontier(ReproductionResults results)
    {
        var grid = results["figure-5"];
        return from scheme in Proposed
               from users in grid.Levels(Users)
               let ratio = PaperGrid.Ratio(grid.Values(Metric.Latency, (Users, users), (Scheme, scheme.Name)), grid.Values(BoundMetric.AtOwnMigrations, (Users, users), (Scheme, scheme.Name)))
               select Check.Of($"{scheme.Candidates}, users={users}", ratio, 0, 1.01, CheckUnit.Ratio with { Decimals = 3 });
    }

    private static IEnumerable<Check> AtThePoint(ReproductionResults results) => LearningPairs.AtThePoint(results).Select(MoreReward);

    private static IEnumerable<Check> Exponents(ReproductionResults results, double least, double most) =>
        results.Costs.Select(cost => Check.Exactly(cost.Policy, cost.Exponent, least, most, CheckUnit.Ratio));

    /// <summary>Multiplications of the paper's network (three hidden layers, state (14)) at 2n candidates over those at n.</summary>
    private static IEnumerable<Check> Doublings(double least, double most)
    {
        for (var n = 5; n <= 320; n *= 2)
            yield return Check.Exactly(FormattableString.Invariant($"n {n} → {2 * n}"), (double)Multiplications(2 * n) / Multiplications(n), least, most, CheckUnit.Ratio);
    }

    private static long Multiplications(int candidates)
    {
        const int hidden = 64;
        int[] sizes = [PolicyShape.Inputs(PolicyNetworkKind.Dense, DecisionState.Paper, candidates), hidden, hidden, hidden, PolicyShape.Outputs(PolicyNetworkKind.Dense, candidates)];
        return sizes.Zip(sizes.Skip(1), (inputs, outputs) => (long)inputs * outputs).Sum();
    }
}
