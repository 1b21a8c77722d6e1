using Diten.Runs.Experiments.Findings;
using Diten.Runs.Plots.Figures;
using Diten.Runs.Reproduction;
using Diten.Runs.Results;

namespace Diten.Emulation.Tests.Reproduction;

/// <summary>Verdicts on the paper's claims, from results made by hand.</summary>
public sealed class PaperClaimsTests
{
    private static readonly string[] Users = ["50", "200", "400"];

    /// <summary>Nearest-first over the scheme, latency: N = 5 in all points, then N = 10 by users.</summary>
    [Theory]
    [InlineData(1.2, 1.3, 1.5, 0.005, "holds", "holds", "holds")]
    [InlineData(1.35, 1.4, 1.6, 0.005, "holds", "does not hold", "holds")]
    [InlineData(1.2, 1.25, 1.3, 0.005, "holds in part", "holds", "holds")] // never 1.4
    [InlineData(1.6, 1.7, 1.8, 0.005, "holds", "does not hold", "does not hold")]
    [InlineData(1.05, 1.02, 1.01, 0.001, "does not hold", "does not hold", "does not hold")]
    [InlineData(1.2, 1.2, 1.2, 0.5, "open", "open", "open")]
    public void Ratios_of_latency_are_held_against_each_reading_of_the_sentence(
        double five, double few, double many, double spread, string both, string digits, string five15)
    {
        var grid = LatencyGrid(spread, (scheme, users) => scheme switch
        {
            GridNames.Learned => 0.2 / five,
            GridNames.Learned10 => 0.2 / (users == "400" ? many : few),
            _ => 0.2,
        });

        var verdicts = MadeUp.Verdicts("K2", [grid]);

        Assert.Equal([both, digits, five15], [verdicts["K2"], verdicts["K2b"], verdicts["K2c"]]);
    }

    [Theory]
    [InlineData("0.11 0.10 0.09 0.10 0.09 0.08", "holds")]
    [InlineData("0.11 0.10 0.09 0.08 0.09 0.10", "holds in part")]
    [InlineData("0.09 0.10 0.11 0.08 0.09 0.10", "does not hold")]
    public void Latency_has_to_fall_at_each_step_of_the_density_and_for_each_deviation(string milliseconds, string verdict)
    {
        var values = milliseconds.Split(' ').Select(value => double.Parse(value, System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        string[] densities = ["25", "40", "60"], deviations = ["0", "1"];
        var grid = MadeUp.Grid("figure-6", Metric.Latency, [(GridNames.Density, densities), (GridNames.Deviation, deviations)], 0.001,
            levels => values[3 * Array.IndexOf(deviations, levels[1]) + Array.IndexOf(densities, levels[0])]);

        Assert.Equal(verdict, MadeUp.Verdicts("K3", [grid])["K3"]);
    }

    [Theory]
    [InlineData(21, "holds", "holds", "holds in part")]
    [InlineData(12, "does not hold", "holds", "holds in part")]
    [InlineData(28, "does not hold", "holds in part", "holds in part")]
    [InlineData(40, "does not hold", "does not hold", "does not hold")] // never
    public void Curves_of_migrations_have_to_cross_where_the_paper_says(double at, string crossing, string above, string always)
    {
        string[] speeds = ["5", "10", "15", "20", "25", "30"];
        string[] schemes = [GridNames.NearestFirst, "learned, β=0.1", "learned, β=0.2", "learned, β=0.4", "drift-plus-penalty, β=0.2"];
        var grid = MadeUp.Grid("figure-8", Metric.MigrationRate, [(GridNames.Speed, speeds), (GridNames.Scheme, schemes)], 0.001, levels =>
        {
            var speed = double.Parse(levels[0], System.Globalization.CultureInfo.InvariantCulture);
            return levels[1] == GridNames.NearestFirst ? 0.01 * speed : 0.005 * (speed + at);
        });

        var verdicts = MadeUp.Verdicts("K6", [grid]);

        Assert.Equal([crossing, crossing, above], [verdicts["K6"], verdicts["K6b"], verdicts["K6c"]]);
        Assert.Equal(always, MadeUp.Verdicts("K16", [grid])["K16"]);
        Assert.Equal("open", MadeUp.Verdicts("K7", [grid])["K7"]); // β makes no difference here
    }

    [Fact]
    public void A_training_has_converged_once_its_means_stay_near_the_last_one()
    {
        // A ramp of 1,000 journeys from −600 to −250, and then its end: within 5 % of it from −262.5 on, as a mean of 100.
        double[] ramp = [.. Enumerable.Range(0, 4000).Select(journey => journey < 1000 ? -600 + 0.35 * journey : -250)];
        var curve = new TrainingCurve("curve-1", ramp, 200);

        var settled = LearningClaims.SettledAsPrinted(curve);

        Assert.InRange(settled, 1000, 1100);
        Assert.True(Math.Abs(ramp.Take(settled).TakeLast(100).Average() + 250) <= 12.5);
        Assert.True(Math.Abs(ramp.Take(settled - 1).TakeLast(100).Average() + 250) > 12.5);
    }

    [Theory]
    [InlineData(1000, 4000, -250, "holds", "holds")]
    [InlineData(3000, 4000, -250, "holds in part", "holds in part")] // in the end it is good, but late
    [InlineData(3000, 4000, -500, "does not hold", "does not hold")]
    [InlineData(1000, 3000, -250, "open", "open")] // too short to be asked
    public void Convergence_needs_time_and_a_good_end(int rampJourneys, int journeys, double end, string printed, string waves)
    {
        double[] rewards = [.. Enumerable.Range(0, journeys).Select(journey => (journey < rampJourneys ? -900 + (end + 900) * journey / rampJourneys : end) + (journey % 2 - 0.5) * 0.1)];
        var grid = MadeUp.Grid(
            "figure-4", Metric.Reward, [(GridNames.Scheme, [GridNames.NearestFirst, GridNames.DriftPlusPenalty])], 0.001,
            levels => levels[0] == GridNames.NearestFirst ? -3.4 : -2.5);
        // Waves that are all alike leave no width to an interval: their luck differs a little.
        var curve = new TrainingCurve("curve-1", [.. rewards.Select((reward, journey) => reward + journey / 200 % 3 * 0.1)], 200);

        var verdicts = MadeUp.Verdicts("K1", [grid], curve);

        Assert.Equal([printed, waves], [verdicts["K1"], verdicts["K1b"]]);
    }

    [Fact]
    public void What_was_not_run_is_open_and_says_so()
    {
        foreach (var claim in PaperClaims.All.Where(claim => claim.Name != "K17"))
        {
            foreach (var reading in claim.Judge(new ReproductionResults([], [], [])))
            {
                Assert.Equal(Verdict.Open, reading.Judgement.Verdict);
                Assert.Equal("Not measured here.", reading.Reason);
            }
        }
    }

    [Theory]
    [InlineData(1, 3, "holds", "does not hold")]
    [InlineData(1.99, 7, "holds", "holds")]
    [InlineData(2.1, 7, "does not hold", "holds")]
    [InlineData(2.3, 7, "does not hold", "does not hold")]
    public void Times_of_decisions_are_held_against_the_square_of_n(double exponent, double nanoseconds, string bound, string growth)
    {
        var cost = new DecisionCost("rule", [.. DecisionCost.Candidates.Select(n => 1e-9 * nanoseconds * Math.Pow(n, exponent))]);

        var verdicts = MadeUp.Verdicts("K17", new ReproductionResults([], [], [cost]));

        Assert.Equal(exponent, cost.Exponent, 1e-9);
        Assert.Equal([bound, growth], [verdicts["K17c"], verdicts["K17d"]]);
    }

    [Fact]
    public void Times_of_decisions_are_told_as_multiples_of_that_at_5_candidates()
    {
        var table = DecisionCost.Table([new DecisionCost("rule", [2e-8, 3e-8, 6e-8, 1.5e-7])]);

        Assert.Equal(["rule", "20 ns", "1.50", "3.00", "7.50"], Assert.Single(table.Rows)[..^1]);
        Assert.Equal("at N = 5, N = 10, N = 20, N = 40", string.Join(", ", table.Head[1..^1]));
    }

    [Fact]
    public void Decisions_of_three_policies_are_timed()
    {
        var costs = DecisionCost.Measure(default);

        Assert.Equal(3, costs.Count);
        Assert.All(costs, cost => Assert.Equal(4, cost.Seconds.Count(seconds => double.IsFinite(seconds) && seconds > 0)));
    }

    [Fact]
    public void The_cost_of_a_decision_is_bounded_by_the_square_of_n_and_grows_with_n()
    {
        var verdicts = MadeUp.Verdicts("K17", []);

        Assert.Equal(["holds", "does not hold", "open", "open"], [verdicts["K17"], verdicts["K17b"], verdicts["K17c"], verdicts["K17d"]]); // times: not measured
    }

    [Fact]
    public void Claims_have_names_of_their_own_and_belong_to_a_figure_that_is_run()
    {
        Assert.Distinct(PaperClaims.All.SelectMany(claim => claim.Judge(new ReproductionResults([], [], []))).Select(reading => reading.Name));
        Assert.All(PaperClaims.All, claim => Assert.Contains(PaperFigure.All, figure => figure.Number == claim.Figure));
        Assert.All(PaperFigure.All, figure => Assert.NotEmpty(figure.Claims));
    }

    [Fact]
    public void What_is_amiss_is_told_with_its_place()
    {
        var grid = LatencyGrid(0.001, (scheme, users) => scheme == GridNames.Learned && users == "50" ? 0.25 : scheme == GridNames.NearestFirst ? 0.2 : 0.15);

        var reading = Assert.Single(PaperClaims.All.Single(claim => claim.Name == "K9").Judge(new ReproductionResults([grid], [], [])));

        Assert.Equal("holds in part", reading.Judgement.Verdict.Word());
        Assert.StartsWith("5 of 6 lie where they must, 1 elsewhere.", reading.Reason);
        Assert.Contains("not so: N=5, users=50: −50.00", reading.Judgement.Measured);
    }

    [Fact]
    public void The_course_of_a_training_is_drawn_from_twice_its_final_reward_on_with_the_band_around_it()
    {
        // Waves of 200: one of −2,250, then some at −250.
        var curve = new TrainingCurve("curve-1", [.. Enumerable.Range(0, 3200).Select(journey => journey < 200 ? -2250.0 : -250)], 200);
        var grid = MadeUp.Grid("figure-4", Metric.Reward, [(GridNames.Scheme, [GridNames.NearestFirst, GridNames.DriftPlusPenalty])], 0.001, levels => levels[0] == GridNames.NearestFirst ? -3.4 : -2.5);

        var figure = Assert.IsType<LinesFigure>(Assert.Single(ReproductionFigures.Of(PaperFigure.All[0], new ReproductionResults([grid], [curve], []))));

        Assert.Equal(-500, figure.YFrom);
        Assert.EndsWith("Cut at −500: the first waves lie below, the lowest at −2,250.", figure.Caption);
        Assert.Equal([new Window("within 5 % of the final value", -262.5, -237.5)], figure.Levels);
        Assert.Equal(16, figure.Series[0].Y.Count);
        Assert.Equal(-2250, figure.Series[0].Y[0].Mean);
    }

    private static PartResults LatencyGrid(double spread, Func<string, string, double> value) => MadeUp.Grid(
        "figure-5", Metric.Latency, [(GridNames.Users, Users), (GridNames.Scheme, [GridNames.NearestFirst, GridNames.Learned, GridNames.Learned10])], spread,
        levels => value(levels[1], levels[0]));
}
