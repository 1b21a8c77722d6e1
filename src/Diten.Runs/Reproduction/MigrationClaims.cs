using Diten.Model.Statistics;
using Diten.Runs.Results;
using static Diten.Runs.Reproduction.GridNames;

namespace Diten.Runs.Reproduction;

/// <summary>What the paper says of migrations and of queries for state: Figs. 8 and 9, and the abstract.</summary>
internal static class MigrationClaims
{
    /// <summary>A journey of Fig. 9, metres.</summary>
    public const double JourneyMetres = 1500;

    /// <summary>Above it Fig. 8 has the proposed scheme below the benchmark, as the paper says; m/s.</summary>
    public const double PaperSpeed = 21;

    /// <summary>β of the paper's remark on 21 m/s.</summary>
    private const string Beta02 = "learned, β=0.2";

    private const string Rule02 = "drift-plus-penalty, β=0.2";

    private static readonly string[] ByBeta = ["learned, β=0.1", Beta02, "learned, β=0.4"];

    /// <summary>All of them.</summary>
    public static IEnumerable<PaperClaim> All =>
    [
        new(
            "K6", 8, "Fig. 8, Section V", "At β = 0.2 the proposed scheme migrates less than nearest-first above some 21 m/s.",
            [
                new("the proposed scheme is the learned one", "the curves cross between 18 and 25 m/s", results => Crossing(results, Beta02))
                {
                    Why = (results, _) => MigrationReasons.Crossing(results, Beta02, other: Rule02),
                },
                new("the proposed scheme decides by (13), slot by slot, and does not look ahead", "the curves cross between 18 and 25 m/s", results => Crossing(results, Rule02))
                {
                    Why = (results, _) => MigrationReasons.Crossing(results, Rule02, other: Beta02),
                },
                new("no more than is said: above 21 m/s it is lower", "migration rate of nearest-first less that of the learned one above 0 at each speed above 21 m/s", results => Below(results, Beta02, PaperSpeed)),
            ]),
        new(
            "K6-speed", 8, "Fig. 8, Section V", "Who moves faster migrates more often.",
            [
                new("", "migration rate rises at each step of the speed, for each β and for nearest-first", results =>
                    from scheme in ByBeta.Prepend(NearestFirst)
                    from check in LatencyClaims.Rises(results["figure-8"], Speed, Metric.MigrationRate, (Scheme, scheme), scheme)
                    select check),
            ]),
        new(
            "K7", 8, "Fig. 8, Section V", "A smaller β, fewer migrations.",
            [
                new("", "migration rate rises at each step of β, at each speed", ByBetas)
                {
                    Why = MigrationReasons.Budgets,
                },
            ]),
        new(
            "K8", 9, "Fig. 9, Section V", "With twins a journey costs fewer queries for server state than without.",
            [
                new("", "queries a journey without twins less those with twins above 0, at each speed and N", results =>
                    from at in Journeys(results)
                    select Check.Of(at.Name, PaperGrid.Difference(at.Without, at.With), double.Epsilon, double.PositiveInfinity, Queries)),
            ]),
        new(
            "K8-candidates", 9, "Fig. 9, Section V", "More candidates, more queries, with twins and without.",
            [
                new("", "queries a journey at N = 10 less those at N = 5 above 0, at each speed, with twins and without", results =>
                    from speed in results["figure-9"].Levels(Speed)
                    let five = Journey(results["figure-9"], speed, "5")
                    let ten = Journey(results["figure-9"], speed, "10")
                    from check in new[]
                    {
                        Check.Of($"with twins, {speed} m/s", PaperGrid.Difference(ten.With, five.With), double.Epsilon, double.PositiveInfinity, Queries),
                        Check.Of($"without, {speed} m/s", PaperGrid.Difference(ten.Without, five.Without), double.Epsilon, double.PositiveInfinity, Queries),
                    }
                    select check),
            ]),
        new(
            "K16", 8, "abstract", "The proposed scheme migrates less than the benchmark.",
            [
                new("as the abstract says it, at any speed", "migration rate of nearest-first less that of the learned one at β = 0.2 above 0, at each speed", results => Below(results, Beta02, above: 0))
                {
                    Why = (_, found) => MigrationReasons.AtAnySpeed(found),
                },
            ]),
    ];

    private static CheckUnit Queries { get; } = new("queries", 1, 1);

    /// <summary>Queries for server state a journey of <see cref="JourneyMetres"/>, with twins and without, a value a world.</summary>
    public static (string Name, double[] With, double[] Without) Journey(PaperGrid grid, string speed, string candidates)
    {
        var slots = JourneyMetres / double.Parse(speed, System.Globalization.CultureInfo.InvariantCulture);
        double[] Of(Metric metric) => [.. grid.Values(metric, (Speed, speed), (Candidates, candidates)).Select(queries => queries * slots)];
        return ($"N={candidates}, {speed} m/s", Of(Metric.QueriesWithTwins), Of(Metric.QueriesWithoutTwins));
    }

    private static IEnumerable<(string Name, double[] With, double[] Without)> Journeys(ReproductionResults results) =>
        from candidates in results["figure-9"].Levels(Candidates)
        from speed in results["figure-9"].Levels(Speed)
        select Journey(results["figure-9"], speed, candidates);

    private static IEnumerable<Check> Crossing(ReproductionResults results, string scheme)
    {
        if (CrossingOf(results["figure-8"], scheme) is not { } found)
            return [];
        var speeds = results["figure-8"].Levels(Speed);
        // Curves that do not cross have no place; that they do not is as sure as no resample crosses.
        var outside = !found.Exists && found.CrossingShare < 0.05;
        return [outside
            ? new Check($"{scheme} and {NearestFirst}: no crossing from {speeds[0]} to {speeds[^1]} m/s", double.NaN, double.PositiveInfinity, double.PositiveInfinity, 18, 25, CheckUnit.Speed)
            : Check.Of($"{scheme} and {NearestFirst} cross at", found.Place, 18, 25, CheckUnit.Speed)];
    }

    /// <summary>Where the migration rates of a scheme and of nearest-first cross; null where there are not two speeds.</summary>
    internal static Model.Statistics.Crossing? CrossingOf(PaperGrid grid, string scheme)
    {
        if (grid.Levels(Speed) is not { Count: > 1 } speeds)
            return null;
        double[][] Curve(string of) => [.. speeds.Select(speed => grid.Values(Metric.MigrationRate, (Speed, speed), (Scheme, of)))];
        return Model.Statistics.Crossing.Of([.. speeds.Select(PlaceOf)], Curve(scheme), Curve(NearestFirst));
    }

    /// <summary>Migrations of nearest-first less those of a scheme, at each speed above one.</summary>
    internal static IEnumerable<Check> Below(ReproductionResults results, string scheme, double above)
    {
        var grid = results["figure-8"];
        return from speed in grid.Levels(Speed)
               where PlaceOf(speed) > above
               let less = PaperGrid.Difference(grid.Values(Metric.MigrationRate, (Speed, speed), (Scheme, NearestFirst)), grid.Values(Metric.MigrationRate, (Speed, speed), (Scheme, scheme)))
               select Check.Of($"{speed} m/s", less, double.Epsilon, double.PositiveInfinity, CheckUnit.Of(Metric.MigrationRate));
    }

    private static IEnumerable<Check> ByBetas(ReproductionResults results)
    {
        var grid = results["figure-8"];
        return from speed in grid.Levels(Speed)
               from step in ByBeta.Zip(ByBeta.Skip(1), (lower, higher) => (First: lower, Second: higher))
               let more = PaperGrid.Difference(grid.Values(Metric.MigrationRate, (Speed, speed), (Scheme, step.Second)), grid.Values(Metric.MigrationRate, (Speed, speed), (Scheme, step.First)))
               select Check.Of($"{step.First} → {step.Second[9..]}, {speed} m/s", more, double.Epsilon, double.PositiveInfinity, CheckUnit.Of(Metric.MigrationRate));
    }

    private static double PlaceOf(string speed) => double.Parse(speed, System.Globalization.CultureInfo.InvariantCulture);
}
