using Diten.Runs.Experiments.Cells;
using Diten.Runs.Experiments.Findings;
using Diten.Runs.Reproduction;
using Diten.Runs.Results;
using static Diten.Runs.Reproduction.GridNames;

namespace Diten.Emulation.Tests.Reproduction;

/// <summary>Claims that one number is larger than another at every point of a grid, and those of a number and its bound; from results made by hand.</summary>
public sealed class ClaimDirectionsTests
{
    private const double Spread = 0.001, Step = 0.1;

    private static readonly string[] Few = ["50", "200", "400"], Speeds = ["5", "15", "30"], Schemes = [NearestFirst, Learned, Learned10];
    private static readonly string[] ByBeta = [NearestFirst, "learned, β=0.1", "learned, β=0.2", "learned, β=0.4", "drift-plus-penalty, β=0.2"];

    /// <summary>Grids in which a claim is true where sign(levels) is 1, and the opposite where it is −1; and a level where it can be made untrue alone.</summary>
    private static readonly Dictionary<string, (Func<Func<string[], int>, PartResults> Grid, string Exception)> Directions = new(StringComparer.Ordinal)
    {
        ["K9"] = (sign => Users("figure-5", Metric.Latency, at => at[1] == NearestFirst ? 0 : -sign(at)), "200"),
        ["K10"] = (sign => Users("figure-5", Metric.LatencyCapped, at => sign(at) * Array.IndexOf(Few, at[0])), Learned10),
        ["K11"] = (sign => Users("figure-5", Metric.Latency, at => at[1] == Learned10 ? -sign(at) : 0), "400"),
        ["K4"] = (sign => Grid("figure-6", Metric.Latency, [(Density, ["25", "40"]), (Deviation, ["-0.5", "0", "1"])], at => -sign(at) * Array.IndexOf(["-0.5", "0", "1"], at[1])), "40"),
        ["K5"] = (sign => Users("figure-7", Metric.FailureRate, at => at[1] == NearestFirst ? 0 : -sign(at)), "50"),
        ["K5-users"] = (sign => Users("figure-7", Metric.FailureRate, at => sign(at) * Array.IndexOf(Few, at[0])), NearestFirst),
        ["K5-candidates"] = (sign => Users("figure-7", Metric.FailureRate, at => at[1] == Learned10 ? -sign(at) : 0), "200"),
        ["K6-speed"] = (sign => Grid("figure-8", Metric.MigrationRate, [(Speed, Speeds), (Scheme, ByBeta)], at => sign(at) * Array.IndexOf(Speeds, at[0])), NearestFirst),
        ["K7"] = (sign => Grid("figure-8", Metric.MigrationRate, [(Speed, Speeds), (Scheme, ByBeta)], at => sign(at) * Array.IndexOf(ByBeta, at[1])), "5"),
        ["K8"] = (sign => MadeUp.Grid("figure-9", [(Speed, Speeds), (Candidates, ["5", "10"])], Spread, (Metric.QueriesWithTwins, _ => 1), (Metric.QueriesWithoutTwins, at => 1 + Step * sign(at))), "10"),
        ["K8-candidates"] = (sign => MadeUp.Grid(
            "figure-9", [(Speed, Speeds), (Candidates, ["5", "10"])], Spread,
            (Metric.QueriesWithTwins, at => 1 + (at[1] == "10" ? Step * sign(at) : 0)), (Metric.QueriesWithoutTwins, at => 2 + (at[1] == "10" ? Step * sign(at) : 0))), "30"),
        ["D1"] = (sign => Grid(
            "trained-at-the-point", Metric.Reward, [(Compared, ["a, trained there", "a, trained once", "b, trained there", "b, trained once"])],
            at => at[0].EndsWith("there", StringComparison.Ordinal) ? -sign(at) : 0, of: -2.5), "a, trained there"), // a reward nearer to 0 is a larger one
        ["K16"] = (sign => Grid("figure-8", Metric.MigrationRate, [(Speed, Speeds), (Scheme, ByBeta)], at => at[1] == "learned, β=0.2" ? -sign(at) : 0), "15"),
    };

    public static TheoryData<string> Names => [.. Directions.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_direction_has_to_be_that_of_the_claim_at_every_point(string claim)
    {
        var (grid, exception) = Directions[claim];
        string Verdict(Func<string[], int> sign) => MadeUp.Verdicts(claim, [grid(sign)])[claim];

        Assert.Equal("holds", Verdict(_ => 1));
        Assert.Equal("does not hold", Verdict(_ => -1));
        Assert.Equal("holds in part", Verdict(at => at.Contains(exception) ? -1 : 1));
    }

    [Theory]
    [InlineData(0.185, 0.19, 0.19, "holds", "holds")]
    [InlineData(0.175, 0.175, 0.175, "does not hold", "does not hold")]
    [InlineData(0.185, 0.225, 0.225, "holds", "does not hold")]   // far beyond it is not near to it
    [InlineData(0.185, 0.19, 0.15, "holds", "holds in part")]   // each scheme has to be near to it
    public void Latency_is_near_to_the_deadline_within_a_tenth_of_it(double capped, double nearest, double learned, string limit, string asItIs)
    {
        var grid = MadeUp.Grid(
            "figure-5", [(GridNames.Users, Few), (Scheme, Schemes)], Spread,
            (Metric.LatencyCapped, at => at[0] == "400" ? capped : 0.1), (Metric.Latency, at => at[0] == "400" ? at[1] == NearestFirst ? nearest : learned : 0.1));

        var verdicts = MadeUp.Verdicts("K10", [grid]);

        Assert.Equal([limit, asItIs], [verdicts["K10b"], verdicts["K10c"]]);
    }

    [Theory]
    [InlineData(0.98, "does not hold")]
    [InlineData(0.995, "holds")]
    [InlineData(1.005, "holds")]
    [InlineData(1.02, "does not hold")]
    public void Training_on_the_twin_may_differ_by_a_hundredth_either_way(double ratio, string verdict)
    {
        string[] levels = ["trained in reality, seed 1", "trained on the twin, seed 1"];
        var grid = MadeUp.Grid("training-on-twin", Metric.Reward, [(Policy, levels)], 0.0005, at => at[0] == levels[1] ? -2.5 * ratio : -2.5);

        Assert.Equal(verdict, MadeUp.Verdicts("K12", [grid])["K12"]);
    }

    [Theory]
    [InlineData(0.1005, 0.1002, "holds")]
    [InlineData(0.1005, 0.105, "holds in part")]
    [InlineData(0.105, 0.1085, "does not hold")]
    public void Calibration_has_to_win_back_nine_tenths_of_what_deviations_cost(double learned, double rule, string verdict)
    {
        string[] cases = [.. from policy in new[] { "learned", "drift-plus-penalty" } from world in new[] { "no deviation", "predicting by (8)", "predicting by (10)" } select $"{policy}, {world}"];
        double[] latency = [0.1, 0.11, learned, 0.1, 0.11, rule];

        Assert.Equal(verdict, MadeUp.Verdicts("K13", [MadeUp.Grid("calibration", Metric.Latency, [(Compared, cases)], 0.0001, at => latency[Array.IndexOf(cases, at[0])])])["K13"]);
    }

    [Theory]
    [InlineData(-2.4, -2.4, "holds")]
    [InlineData(-2.4, -2.6, "holds in part")]
    [InlineData(-2.6, -2.6, "does not hold")]
    public void Looking_ahead_pays_where_the_reward_is_larger_than_that_of_the_same_seed(double first, double second, string verdict)
    {
        Dictionary<string, double> rewards = new() { ["discount 0.95, seed 1"] = first, ["discount 0, seed 1"] = -2.5, ["discount 0.95, seed 2"] = second, ["discount 0, seed 2"] = -2.5 };

        Assert.Equal(verdict, MadeUp.Verdicts("K14", [MadeUp.Grid("long-run", Metric.Reward, [(Policy, [.. rewards.Keys])], Spread, at => rewards[at[0]])])["K14"]);
    }

    [Theory]
    [InlineData(0.100, -2.50, "holds", "holds")]
    [InlineData(0.100, -2.60, "holds", "does not hold")]   // faster, and dearly bought
    [InlineData(0.109, -2.50, "does not hold", "holds")]
    public void Calibration_is_asked_for_latency_and_for_reward(double latency, double reward, string ofLatency, string ofReward)
    {
        string[] cases = ["drift-plus-penalty, no deviation", "drift-plus-penalty, predicting by (8)", "drift-plus-penalty, predicting by (10)"];
        double[] latencies = [0.1, 0.11, latency], rewards = [-2.5, -2.55, reward];

        var verdicts = MadeUp.Verdicts("K13", [MadeUp.Grid(
            "calibration", [(Compared, cases)], 0.0001, (Metric.Latency, at => latencies[Array.IndexOf(cases, at[0])]), (Metric.Reward, at => rewards[Array.IndexOf(cases, at[0])]))]);

        Assert.Equal([ofLatency, ofReward], [verdicts["K13"], verdicts["K13b"]]);
    }

    [Theory]
    [InlineData(1.005, 1.005, "holds")]
    [InlineData(1.005, 1.02, "holds in part")]
    [InlineData(1.02, 1.02, "does not hold")]
    public void Latency_may_be_a_hundredth_above_what_could_have_been(double five, double ten, string verdict)
    {
        var grid = MadeUp.Grid(
            "figure-5", [(GridNames.Users, Few), (Scheme, Schemes)], 0.0001,
            (Metric.Latency, at => 0.1 * (at[1] == Learned ? five : ten)), (BoundMetric.AtOwnMigrations, _ => 0.1));

        Assert.Equal(verdict, MadeUp.Verdicts("K14", [grid])["K14b"]);
    }

    [Theory]
    [InlineData(-2.5, -3.4, "does not hold", "holds")]
    [InlineData(-3.4, -2.5, "holds", "does not hold")]
    public void A_small_reward_is_small_as_a_number_or_in_magnitude(double learned, double nearest, string number, string magnitude)
    {
        var verdicts = MadeUp.Verdicts("K15", [MadeUp.Grid("figure-4", Metric.Reward, [(Scheme, [NearestFirst, Learned])], Spread, at => at[0] == Learned ? learned : nearest)]);

        Assert.Equal([number, magnitude], [verdicts["K15"], verdicts["K15b"]]);
    }

    [Fact]
    public void Queries_of_a_journey_are_those_of_all_its_slots()
    {
        var grid = MadeUp.Grid("figure-9", [(Speed, ["30"]), (Candidates, ["5", "10"])], 0, (Metric.QueriesWithTwins, _ => 2), (Metric.QueriesWithoutTwins, _ => 5));

        var reading = Assert.Single(PaperClaims.All.Single(claim => claim.Name == "K8").Judge(new ReproductionResults([grid], [], [])));

        Assert.All(reading.Judgement.Checks, check => Assert.Equal(3 * 1500 / 30.0, check.Value, 1e-9));
    }

    [Fact]
    public void Queries_have_to_grow_without_twins_too()
    {
        var grid = MadeUp.Grid(
            "figure-9", [(Speed, Speeds), (Candidates, ["5", "10"])], Spread, (Metric.QueriesWithTwins, at => at[1] == "10" ? 1.1 : 1), (Metric.QueriesWithoutTwins, at => at[1] == "10" ? 1.9 : 2));

        Assert.Equal("holds in part", MadeUp.Verdicts("K8-candidates", [grid])["K8-candidates"]);
    }

    [Fact]
    public void The_rule_and_the_learned_policy_cross_nearest_first_each_at_a_place_of_its_own()
    {
        string[] speeds = ["5", "10", "15", "20", "25", "30"];
        var grid = MadeUp.Grid("figure-8", Metric.MigrationRate, [(Speed, speeds), (Scheme, ByBeta)], Spread, at =>
        {
            var speed = double.Parse(at[0], System.Globalization.CultureInfo.InvariantCulture);
            return at[1] == NearestFirst ? 0.01 * speed : 0.005 * (speed + (at[1] == "learned, β=0.2" ? 12 : 21));
        });

        var verdicts = MadeUp.Verdicts("K6", [grid]);

        Assert.Equal(["does not hold", "holds"], [verdicts["K6"], verdicts["K6b"]]);
    }

    [Fact]
    public void A_wave_is_the_mean_of_journeys_that_are_driven_at_the_same_time() =>
        Assert.Equal([2.0, 6], new TrainingCurve("curve-1", [1, 3, 5, 7, 9], 2).Waves()); // one that is not whole is none

    private static PartResults Users(string name, Metric metric, Func<string[], int> steps) => Grid(name, metric, [(GridNames.Users, Few), (Scheme, Schemes)], steps);

    /// <summary>A grid whose values lie so many steps of a tenth above or below the middle.</summary>
    private static PartResults Grid(string name, Metric metric, (string Axis, string[] Levels)[] axes, Func<string[], int> steps, double of = 0.2) =>
        MadeUp.Grid(name, metric, axes, Spread, at => of * (1 + Step * steps(at)));
}
