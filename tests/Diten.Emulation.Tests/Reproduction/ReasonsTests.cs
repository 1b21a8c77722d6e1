using Diten.Runs.Experiments.Findings;
using Diten.Runs.Reproduction;
using Diten.Runs.Results;
using static Diten.Runs.Reproduction.GridNames;

namespace Diten.Emulation.Tests.Reproduction;

/// <summary>Why verdicts are what they are: from results made by hand.</summary>
public sealed class ReasonsTests
{
    private static readonly string[] Few = ["50", "400"], Speeds = ["5", "15", "25"], Schemes = [NearestFirst, Learned, Learned10];
    private static readonly string[] ByBeta = [NearestFirst, "learned, β=0.1", "learned, β=0.2", "learned, β=0.4", "drift-plus-penalty, β=0.2"];

    [Theory]
    [InlineData(0.2 / 1.4, "The gain is larger than 1.25 in 2 of 2 points:", "smaller")]
    [InlineData(0.2 / 1.1, "The gain is smaller than 1.15 in 2 of 2 points.", "larger")]
    public void A_gain_is_larger_or_smaller_than_it_is_read(double latency, string said, string notSaid)
    {
        var reason = Reason("K2b", MadeUp.Grid("figure-5", Metric.Latency, [(GridNames.Users, Few), (Scheme, Schemes)], 0.001, at => at[1] == NearestFirst ? 0.2 : latency));

        Assert.StartsWith("0 of 2 lie where they must, 2 elsewhere. " + said, reason);
        Assert.DoesNotContain(notSaid, reason);
    }

    [Fact]
    public void Where_latency_is_far_from_the_deadline_the_page_tells_how_busy_servers_are_and_whether_it_rises()
    {
        var reason = Reason("K10b", MadeUp.Grid(
            "figure-5", [(GridNames.Users, Few), (Scheme, Schemes)], 0.0001, (Metric.LatencyCapped, at => at[1] == Learned10 ? 0.19 : at[0] == "400" ? 0.15 : 0.14),
            (Metric.Utilisation, at => at[1] == Learned ? 0.3 : 0.4), (Metric.FailureRate, _ => 0.25)));

        Assert.EndsWith(
            "At 400 users: with nearest-first servers are used to 40.0 %, 25.0 % of the tasks fail, and from 50 users on capped latency changed by +10.00 ms; "
            + "with learned, N=5 servers are used to 30.0 %, 25.0 % of the tasks fail, and from 50 users on capped latency changed by +10.00 ms.", reason);
    }

    [Fact]
    public void Where_curves_cross_elsewhere_the_page_tells_at_which_speeds_it_is_less_and_where_the_other_scheme_crosses()
    {
        var reason = Reason("K6", MadeUp.Grid("figure-8", Metric.MigrationRate, [(Speed, Speeds), (Scheme, ByBeta)], 0.0001, at =>
        {
            var speed = double.Parse(at[0], System.Globalization.CultureInfo.InvariantCulture);
            return at[1] == NearestFirst ? 0.01 * speed : 0.005 * (speed + (at[1] == "learned, β=0.2" ? 10 : 20));
        }));

        Assert.Equal("It lies elsewhere. It migrates less than nearest-first at 15 m/s and 25 m/s. It migrates more at 5 m/s. With drift-plus-penalty, β=0.2 they cross at 20.0 m/s.", reason);
    }

    [Fact]
    public void Of_any_speed_the_page_tells_how_it_is_at_those_that_the_paper_speaks_of()
    {
        var reason = Reason("K16", MadeUp.Grid("figure-8", Metric.MigrationRate, [(Speed, Speeds), (Scheme, ByBeta)], 0.0001, at => at[1] == NearestFirst ? 0.1 : at[0] == "5" ? 0.2 : 0.05));

        Assert.Equal("2 of 3 lie where they must, 1 elsewhere. Fig. 8 itself says it of speeds above 21 m/s only, where it is so at 1 of 1.", reason);
    }

    [Fact]
    public void Where_a_larger_budget_changes_nothing_the_page_tells_how_much_of_the_smaller_one_is_used()
    {
        var reason = Reason("K7", MadeUp.Grid(
            "figure-8", Metric.MigrationRate, [(Speed, ["5"]), (Scheme, ByBeta)], 0.0001, at => at[1] switch { "learned, β=0.1" => 0.05, "learned, β=0.2" => 0.04, _ => 0.06 }));

        Assert.EndsWith("1 elsewhere. Used of the smaller budget there: β=0.1 at 5 m/s: 50.0 %.", reason);
    }

    [Fact]
    public void Where_few_tasks_fail_the_page_tells_how_few()
    {
        var reason = Reason("K5-candidates", MadeUp.Grid(
            "figure-7", Metric.FailureRate, [(GridNames.Users, Few), (Scheme, Schemes)], 0.0001, at => at[0] == "50" ? 0.02 : at[1] == Learned10 ? 0.1 : 0.2));

        Assert.EndsWith("Undecided: users=50 (its interval has 0 in it). At 50 users 2.0 % of the tasks fail with 5 candidates.", reason);
    }

    [Fact]
    public void What_looking_ahead_changes_is_told_of_the_seeds_where_it_does_not_pay()
    {
        Dictionary<string, double> rewards = new() { ["discount 0.95, seed 1"] = -2.4, ["discount 0, seed 1"] = -2.5, ["discount 0.95, seed 2"] = -2.55, ["discount 0, seed 2"] = -2.5 };

        var reason = Reason("K14", MadeUp.Grid(
            "long-run", [(Policy, [.. rewards.Keys])], 0.0001, (Metric.Reward, at => rewards[at[0]]), (Metric.Latency, at => at[0] == "discount 0.95, seed 2" ? 0.121 : 0.12), (Metric.MigrationRate, _ => 0.1)));

        Assert.Equal(
            "1 of 2 lie where they must, 1 elsewhere. ε = 0.95 less ε = 0: training seed 2, −2.0 % of the reward (the latency by +1.00 ms, the migration rate by 0.0000).", reason);
    }

    [Fact]
    public void How_little_deviations_harm_is_told_and_what_calibration_costs()
    {
        string[] cases = ["learned, no deviation", "learned, predicting by (8)", "learned, predicting by (10)"];
        double[] latencies = [0.1, 0.1002, 0.1001], rewards = [-2.5, -2.51, -2.52];

        var grid = MadeUp.Grid(
            "calibration", [(Compared, cases)], 1e-6, (Metric.Latency, at => latencies[Array.IndexOf(cases, at[0])]), (Metric.Reward, at => rewards[Array.IndexOf(cases, at[0])]), (Metric.MigrationRate, _ => 0.1));

        const string calibration = "predicting by (10) instead changes the latency by −0.10 ms, the reward by −0.010, the migration rate by 0.0000.";
        Assert.Equal($"It lies elsewhere. Deviations change the latency of learned by +0.20 ms where it predicts by (8); {calibration}", Reason("K13", grid));
        Assert.Equal($"It lies elsewhere. Deviations change the reward of learned by −0.010 where it predicts by (8); {calibration}", Reason("K13b", grid));
    }

    [Fact]
    public void What_is_open_has_a_reason_too()
    {
        string[] levels = ["a, trained there", "a, trained once", "b, trained there", "b, trained once"];

        var reading = Read("D1", MadeUp.Grid("trained-at-the-point", [(Compared, levels)], 0.1, (Metric.Reward, _ => -2.5), (Metric.Latency, _ => 0.1), (Metric.MigrationRate, _ => 0.1)));

        Assert.Equal(Verdict.Open, reading.Judgement.Verdict);
        Assert.StartsWith("0 of 2 lie where they must, 0 elsewhere, 2 are undecided. Undecided: a (its interval has 0 in it); b (its interval has 0 in it). Trained there less trained once: a, ", reading.Reason);
    }

    [Fact]
    public void A_single_number_that_is_undecided_says_what_its_interval_has_in_it() => Assert.Equal(
        "Its interval has 0 in it: more worlds would be needed to say.",
        Reason("K15", MadeUp.Grid("figure-4", Metric.Reward, [(Scheme, [NearestFirst, Learned])], 0.1, _ => -2.5)).Split(" (16)")[0]);

    [Fact]
    public void Trainings_that_settle_late_by_hundreds_are_told_with_when_they_settle_by_waves()
    {
        // From wave 3 on all is over, but that the journeys of a wave differ: its first hundred is better than its second.
        double[] rewards = [.. Enumerable.Range(0, 4000).Select(journey => (journey < 400 ? -600 : -250) + (journey % 200 < 100 ? 20 : -20) + journey / 200 % 3 * 0.1)];
        var grid = MadeUp.Grid("figure-4", Metric.Reward, [(Scheme, [NearestFirst, DriftPlusPenalty])], 0.001, at => at[0] == NearestFirst ? -3.4 : -2.5);

        var curve = new TrainingCurve("curve-1", rewards, 200);

        var readings = PaperClaims.All.Single(claim => claim.Name == "K1").Judge(new ReproductionResults([grid], [curve], []));

        Assert.InRange(LearningClaims.SettledByWaves(curve), 500, 620);
        Assert.EndsWith($"By means of whole waves, the next reading, curve-1 after {LearningClaims.SettledByWaves(curve)} rounds.", readings[0].Reason);
        Assert.Equal("2 of 2 lie where they must, 0 elsewhere.", readings[1].Reason);
    }

    private static string Reason(string name, PartResults results) => Read(name, results).Reason;

    private static JudgedReading Read(string name, PartResults results) =>
        PaperClaims.All.SelectMany(claim => claim.Judge(new ReproductionResults([results], [], []))).Single(reading => reading.Name == name);
}
