using Diten.Model.Statistics;
using Diten.Runs.Experiments.Cells;
using Diten.Runs.Experiments.Findings;
using Diten.Runs.Results;

namespace Diten.Runs.Sensitivity;

/// <summary>A direction that the paper claims, as a difference of two means that must be below 0.</summary>
/// <param name="Name">For tables and file names: that of the reading of <c>diten reproduce</c> whose direction it is, with what part of it.</param>
/// <param name="Figure">The paper's.</param>
/// <param name="Says">What is claimed.</param>
/// <param name="Of">Case, and what is measured of it.</param>
/// <param name="Against">What is taken off.</param>
internal sealed record SensitivityClaim(string Name, int Figure, string Says, (string Case, Metric Metric) Of, (string Case, Metric Metric) Against)
{
    /// <summary>How a difference bears on a claim: it is shown only where the whole interval is below 0.</summary>
    public static Verdict VerdictOf(MeanInterval difference) => Verdicts.Of(difference.Low, difference.High, double.NegativeInfinity, -double.Epsilon);
}

/// <summary>The claims, and the cases that they are measured on.</summary>
internal static class SensitivityClaims
{
    private const string Proposed = "proposed", Nearest = "nearest-first", Ten = "proposed, N = 10", Sparse = "25 stations a km²", Dense = "80 stations a km²",
        Under = "f̂ −0.5 GHz", Over = "f̂ 1 GHz", Few = "half the users", Many = "twice the users", Slow = "proposed, 5 m/s", Fast = "proposed, 30 m/s",
        SlowNearest = "nearest-first, 5 m/s", FastNearest = "nearest-first, 30 m/s", Tight = "β 0.1", Wide = "β 0.4";

    /// <summary>Name of the axis of cases.</summary>
    public const string Axis = "case";

    /// <summary>What each case changes, after the reading has made its changes. The proposed scheme is the rule of (13), which needs no training for each reading.</summary>
    /// <param name="users">Devices of the world.</param>
    public static Axis Cases(int users) => new(Axis,
    [
        Case(Proposed), Case(Nearest, "policy.name=nearest-first"), Case(Ten, "decisions.candidates=10"),
        Case(Sparse, "stations.density=25 /km2"), Case(Dense, "stations.density=80 /km2"),
        Case(Under, "twins.deviation.mean=-0.5 GHz"), Case(Over, "twins.deviation.mean=1 GHz"),
        Case(Few, FormattableString.Invariant($"devices.count={users / 2}")), Case(Many, FormattableString.Invariant($"devices.count={users * 2}")),
        Case(Slow, "devices.mobility.speed=5 m/s"), Case(Fast, "devices.mobility.speed=30 m/s"),
        Case(SlowNearest, "devices.mobility.speed=5 m/s", "policy.name=nearest-first"),
        Case(FastNearest, "devices.mobility.speed=30 m/s", "policy.name=nearest-first"),
        Case(Tight, "objective.beta=0.1"), Case(Wide, "objective.beta=0.4"),
    ]);

    /// <summary>All, by figure.</summary>
    public static IReadOnlyList<SensitivityClaim> All { get; } =
    [
        Of("K9", 5, "The proposed scheme has less latency than nearest-first.", Metric.Latency, Proposed, Nearest),
        Of("K11", 5, "More candidates, less latency.", Metric.Latency, Ten, Proposed),
        Of("K3", 6, "Latency falls as stations stand more densely.", Metric.Latency, Dense, Sparse),
        Of("K4", 6, "Latency falls as the mean deviation grows.", Metric.Latency, Over, Under),
        Of("K5", 7, "Fewer tasks fail than with nearest-first.", Metric.FailureRate, Proposed, Nearest),
        Of("K5-users", 7, "More users, more failures.", Metric.FailureRate, Few, Many),
        Of("K5-candidates", 7, "More candidates, fewer failures.", Metric.FailureRate, Ten, Proposed),
        Of("K6-speed", 8, "Who moves faster migrates more often.", Metric.MigrationRate, Slow, Fast),
        Of("K6b-fast", 8, "At 30 m/s it migrates less than nearest-first.", Metric.MigrationRate, Fast, FastNearest),
        Of("K6b-slow", 8, "At 5 m/s nearest-first migrates less, so that the two cross.", Metric.MigrationRate, SlowNearest, Slow),
        Of("K7", 8, "A smaller β, fewer migrations.", Metric.MigrationRate, Tight, Wide),
        new("K8", 9, "With twins decisions take fewer queries than without.", (Proposed, Metric.QueriesWithTwins), (Proposed, Metric.QueriesWithoutTwins)),
        Of("K8-candidates", 9, "More candidates, more queries.", Metric.QueriesWithTwins, Proposed, Ten),
    ];

    /// <summary>Readings of the page of <c>diten reproduce</c> that are not held against other readings of the model, and why.</summary>
    public static IReadOnlyList<(IReadOnlyList<string> Names, string Why)> LeftOut { get; } =
    [
        (["K1", "K1b", "K12", "K13", "K13b", "K14", "D1"], "they are about trainings, and each reading would want trainings of its own"),
        (["K2", "K2b", "K2c", "K10b", "K10c", "K14b"], "they are about how large a number is, and this page asks for directions alone: those of K2 are K9 and K11"),
        (["K6"], "it is about the learned policy; K6b is the same of drift-plus-penalty, and is here as what makes its curves cross: less at 30 m/s, more at 5 m/s"),
        (["K6c", "K16"], "K6b-fast and K6b-slow are their two ends"),
        (["K10"], "capped latency rises where failures do: K5-users"),
        (["K15", "K15b"], "they are about the sign of (16), which no reading changes"),
        (["K17", "K17b", "K17c", "K17d"], "what a decision costs has no world"),
    ];

    private static SensitivityClaim Of(string name, int figure, string says, Metric metric, string less, string more) => new(name, figure, says, (less, metric), (more, metric));

    private static Level Case(string name, params string[] settings) => new(name, [.. settings.Select(setting => Change.Parse(setting, "sensitivity"))]);
}
