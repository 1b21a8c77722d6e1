using Diten.Model.Statistics;
using Diten.Runs.Results;
using static Diten.Runs.Reproduction.GridNames;

namespace Diten.Runs.Reproduction;

/// <summary>What the paper says of latency and failures: Figs. 5 to 7.</summary>
internal static class LatencyClaims
{
    /// <summary>The mean deadline of a task, U[150, 250] ms, which capped latency cannot exceed.</summary>
    private const double DeadlineSeconds = 0.2;

    /// <summary>How near to the deadline counts as having approached it.</summary>
    private const double NearDeadline = 0.9;

    /// <summary>All of them.</summary>
    public static IEnumerable<PaperClaim> All => [.. OfLatency, .. OfDensityAndFailures];

    private static IEnumerable<PaperClaim> OfLatency =>
    [
        new(
            "K2", 5, "Fig. 5, Section V", "Nearest-first is slower than the proposed scheme, about 1.2 times at N = 5 and up to 1.5 times at N = 10.",
            [
                new("“about 1.2 times … even 1.5 times”: the first belongs to N = 5, the second to N = 10", "ratio above 1.1 for all users at N = 5; the largest at N = 10 at least 1.4; larger at N = 10 than at N = 5", RatioByCandidates),
                new("the same words by their digits: 1.2 means 1.15 to 1.25, for N = 5 only", "ratio 1.15 to 1.25 for all users at N = 5", results => Ratios(results, Learned, 1.15, 1.25))
                {
                    Why = LatencyReasons.Gain,
                },
                new("both belong to N = 5: “1.2 times, even 1.5 times”", "ratio 1.15 to 1.55 for all users at N = 5", results => Ratios(results, Learned, 1.15, 1.55))
                {
                    Why = LatencyReasons.Gain,
                },
            ]),
        new(
            "K9", 5, "Fig. 5, Section V", "The latency of the proposed scheme is below that of nearest-first, always.",
            [
                new("", "latency of nearest-first less that of the scheme above 0, for all users and both N", results => AgainstNearest(results["figure-5"], Metric.Latency)),
            ]),
        new(
            "K10", 5, "Fig. 5, Section V", "With more users latency comes near to the deadline.",
            [
                new("“approach” as a direction: latency, no more than its deadline counted of any task, rises", "capped latency rises at each step of the users, for each scheme", results =>
                    from scheme in new[] { NearestFirst, Learned, Learned10 }
                    from check in Rises(results["figure-5"], Users, Metric.LatencyCapped, (Scheme, scheme), scheme)
                    select check),
                new("“approach” as a limit: it is reached within a tenth where users are most", "capped latency at the most users above nine tenths of the mean deadline, 180 ms, for each scheme",
                    results => DeadlineReached(results, Metric.LatencyCapped, double.PositiveInfinity))
                {
                    Why = LatencyReasons.Deadline,
                },
                new("latency as it is, uncapped, near to it", "latency at the most users within a tenth of the mean deadline, 180 to 220 ms, for each scheme",
                    results => DeadlineReached(results, Metric.Latency, (2 - NearDeadline) * DeadlineSeconds))
                {
                    Why = LatencyReasons.Deadline,
                },
            ]),
        new(
            "K11", 5, "Fig. 5, Section V", "More candidates, less latency.",
            [
                new("", "latency at N = 5 less that at N = 10 above 0, for all users", results => ByCandidates(results["figure-5"], Metric.Latency)),
            ]),
    ];

    private static IEnumerable<PaperClaim> OfDensityAndFailures =>
    [
        new(
            "K3", 6, "Fig. 6, Section V", "Latency falls as base stations stand more densely.",
            [
                new("", "less latency at each step of the density, for each mean f̂", DensityFalls),
            ]),
        new(
            "K4", 6, "Fig. 6, Section V", "Latency falls as the mean deviation f̂ grows, at each density.",
            [
                new("", "less latency at each step of f̂, for each density", DeviationFalls),
            ]),
        new(
            "K5", 7, "Fig. 7, Section V", "Fewer tasks fail with the proposed scheme than with nearest-first, always.",
            [
                new("", "failure rate of nearest-first less that of the scheme above 0, for all users and both N", results => AgainstNearest(results["figure-7"], Metric.FailureRate)),
            ]),
        new(
            "K5-users", 7, "Fig. 7, Section V", "More users, more failures.",
            [
                new("", "failure rate rises at each step of the users, for each scheme", results =>
                    from scheme in new[] { NearestFirst, Learned, Learned10 }
                    from check in Rises(results["figure-7"], Users, Metric.FailureRate, (Scheme, scheme), scheme)
                    select check),
            ]),
        new(
            "K5-candidates", 7, "Fig. 7, Section V", "More candidates, fewer failures.",
            [
                new("", "failure rate at N = 5 less that at N = 10 above 0, for all users", results => ByCandidates(results["figure-7"], Metric.FailureRate))
                {
                    Why = LatencyReasons.FewFailures,
                },
            ]),
    ];

    /// <summary>A check for each step of an axis: whether a metric rises there.</summary>
    /// <param name="sign">−1 = it must fall.</param>
    internal static IEnumerable<Check> Rises(PaperGrid grid, string axis, Metric metric, (string Axis, string Level) at, string name, int sign = 1) =>
        from step in grid.Steps(axis)
        let change = PaperGrid.Difference(grid.Values(metric, (axis, step.Higher), at), grid.Values(metric, (axis, step.Lower), at))
        select Check.Of($"{name}, {axis} {step.Lower} → {step.Higher}", change, sign > 0 ? double.Epsilon : double.NegativeInfinity, sign > 0 ? double.PositiveInfinity : -double.Epsilon, CheckUnit.Of(metric));

    private static IEnumerable<Check> Ratios(ReproductionResults results, string scheme, double least, double most)
    {
        var grid = results["figure-5"];
        return grid.Levels(Users).Select(users => Check.Of($"{scheme}, users={users}", RatioOf(grid, users, scheme), least, most, CheckUnit.Ratio));
    }

    private static IEnumerable<Check> RatioByCandidates(ReproductionResults results)
    {
        var grid = results["figure-5"];
        if (grid.Levels(Users) is not { Count: > 0 } users)
            yield break;
        foreach (var check in Ratios(results, Learned, 1.1, double.PositiveInfinity))
            yield return check;
        var largest = users.Select(one => (Users: one, Ratio: RatioOf(grid, one, Learned10))).MaxBy(one => one.Ratio.Estimate);
        yield return Check.Of($"{Learned10}, users={largest.Users}, the largest", largest.Ratio, 1.4, double.PositiveInfinity, CheckUnit.Ratio);
        foreach (var one in users)
        {
            var (nearest, five, ten) = (Latency(grid, one, NearestFirst), Latency(grid, one, Learned), Latency(grid, one, Learned10));
            var more = Bootstrap.Of(nearest.Length, worlds => Bootstrap.Mean(nearest, worlds) / Bootstrap.Mean(ten, worlds) - Bootstrap.Mean(nearest, worlds) / Bootstrap.Mean(five, worlds));
            yield return Check.Of($"ratio at N=10 less that at N=5, users={one}", more, double.Epsilon, double.PositiveInfinity, CheckUnit.Ratio);
        }
    }

    private static BootstrapInterval RatioOf(PaperGrid grid, string users, string scheme) => PaperGrid.Ratio(Latency(grid, users, NearestFirst), Latency(grid, users, scheme));

    private static double[] Latency(PaperGrid grid, string users, string scheme) => grid.Values(Metric.Latency, (Users, users), (Scheme, scheme));

    private static IEnumerable<Check> AgainstNearest(PaperGrid grid, Metric metric) =>
        from scheme in Proposed
        from users in grid.Levels(Users)
        let less = PaperGrid.Difference(grid.Values(metric, (Users, users), (Scheme, NearestFirst)), grid.Values(metric, (Users, users), (Scheme, scheme.Name)))
        select Check.Of($"{scheme.Candidates}, users={users}", less, double.Epsilon, double.PositiveInfinity, CheckUnit.Of(metric));

    private static IEnumerable<Check> ByCandidates(PaperGrid grid, Metric metric) =>
        from users in grid.Levels(Users)
        let less = PaperGrid.Difference(grid.Values(metric, (Users, users), (Scheme, Learned)), grid.Values(metric, (Users, users), (Scheme, Learned10)))
        select Check.Of($"users={users}", less, double.Epsilon, double.PositiveInfinity, CheckUnit.Of(metric));

    private static IEnumerable<Check> DeadlineReached(ReproductionResults results, Metric metric, double most)
    {
        var grid = results["figure-5"];
        return grid.Levels(Users) is not [.., var full] ? [] : new[] { NearestFirst, Learned, Learned10 }.Select(scheme => Check.Of(
            $"{scheme}, users={full}", grid.Mean(metric, (Users, full), (Scheme, scheme)), NearDeadline * DeadlineSeconds, most, CheckUnit.Of(metric)));
    }

    private static IEnumerable<Check> DensityFalls(ReproductionResults results)
    {
        var grid = results["figure-6"];
        return grid.Levels(Deviation).SelectMany(deviation => Rises(grid, Density, Metric.Latency, (Deviation, deviation), $"f̂={deviation}", sign: -1));
    }

    private static IEnumerable<Check> DeviationFalls(ReproductionResults results)
    {
        var grid = results["figure-6"];
        return grid.Levels(Density).SelectMany(density => Rises(grid, Deviation, Metric.Latency, (Density, density), $"{density}/km²", sign: -1));
    }
}
