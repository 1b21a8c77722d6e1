using Diten.Emulation.Tests.Reproduction;
using Diten.Emulation.Tests.Results;
using Diten.Model.Statistics;
using Diten.Runs.Execution;
using Diten.Runs.Experiments.Cells;
using Diten.Runs.Experiments.Findings;
using Diten.Runs.Reproduction;
using Diten.Runs.Results;
using Diten.Runs.Scenarios;
using Diten.Runs.Sensitivity;

namespace Diten.Emulation.Tests.Sensitivity;

public sealed class SensitivityTests : IDisposable
{
    private static readonly Metric[] Measured = [Metric.Latency, Metric.FailureRate, Metric.MigrationRate, Metric.QueriesWithTwins, Metric.QueriesWithoutTwins];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string> Readings => [.. ModelReadings.All.Select(reading => reading.Name)];

    [Theory]
    [MemberData(nameof(Readings))]
    public void What_one_could_take_is_a_scenario_and_not_what_Diten_takes(string name)
    {
        var file = Path.Combine(ShippedScenarios.Folder()!, "paper.conf");
        var paper = ScenarioInput.Load(file, [], null);

        Assert.All(ModelReadings.All.Single(reading => reading.Name == name).Others, other =>
            Assert.NotEqual(paper.ResolvedText, ScenarioInput.Load(file, [.. other.Changes.Select(change => change.Override)], null).ResolvedText));
    }

    [Fact]
    public void Names_of_readings_of_alternatives_and_of_claims_are_all_different()
    {
        string[] levels = [.. ModelReadings.All.SelectMany(reading => reading.Others.Select(other => SensitivityEffects.LevelOf(reading, other)))];

        Assert.Equal(levels.Length, levels.Distinct().Count());
        Assert.Equal(SensitivityClaims.All.Count, SensitivityClaims.All.Select(claim => claim.Name).Distinct().Count());
    }

    [Fact]
    public void Claims_have_the_names_of_the_page_of_the_figures_and_each_of_that_page_is_here_or_left_out_with_a_reason()
    {
        string[] page = [.. PaperClaims.All.SelectMany(claim => claim.Judge(new ReproductionResults([], [], []))).Select(reading => reading.Name)];
        string[] here = [.. SensitivityClaims.All.Select(claim => page.Contains(claim.Name) ? claim.Name : claim.Name.Split('-')[0]).Distinct()];

        Assert.Equal(page.Order(StringComparer.Ordinal), here.Concat(SensitivityClaims.LeftOut.SelectMany(left => left.Names)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_no_reading_is_run_with_is_told_on_the_page()
    {
        var path = _folder.At("page.md");
        var cases = SensitivityClaims.Cases(50).Levels.Select(level => level.Name).ToArray();
        var effects = new SensitivityEffects(MadeUp.Grid(
            "readings", [(SensitivityEffects.Axis, [SensitivityEffects.Base]), (SensitivityClaims.Axis, cases)], 0.001,
            [.. Measured.Select(metric => (metric, (Func<string[], double>)(_ => 1)))]));

        SensitivityPage.Write(path, new SensitivityResult(_folder.Path, isQuick: false, 2.5, 50, effects, effects, effects, []), "diten sensitivity");

        var page = File.ReadAllText(path);
        Assert.Contains("\n- K6: it is about the learned policy;", page);
        Assert.Contains("not varied: candidates are the N nearest servers; ", page);
        Assert.Contains("| hosts of twins |", page);
        Assert.Contains("each its own: `twins.hosts-block=1`", page);
    }

    [Fact]
    public void Each_case_of_a_claim_is_run_and_each_case_is_of_a_claim()
    {
        var used = SensitivityClaims.All.SelectMany(claim => new[] { claim.Of.Case, claim.Against.Case }).Distinct().Order();

        Assert.Equal(SensitivityClaims.Cases(50).Levels.Select(level => level.Name).Order(), used);
    }

    [Fact]
    public void A_claim_is_the_first_of_its_means_less_the_second()
    {
        string[] cases = [.. SensitivityClaims.Cases(50).Levels.Select(level => level.Name)];
        var effects = new SensitivityEffects(MadeUp.Grid(
            "readings", [(SensitivityEffects.Axis, [SensitivityEffects.Base]), (SensitivityClaims.Axis, cases)], 0.001,
            [.. Measured.Select(metric => (metric, (Func<string[], double>)(at => metric == Metric.Latency && at[1] == "proposed" ? 0.9 : 1)))]));

        var (below, above) = (effects[Claim("K9"), SensitivityEffects.Base], effects[Claim("K11"), SensitivityEffects.Base]);

        Assert.Equal((Verdict.Holds, Verdict.DoesNotHold), (below.Verdict, above.Verdict));
        Assert.Equal((-0.1, 0.1), (Math.Round(below.Difference.Mean, 9), Math.Round(above.Difference.Mean, 9)));

        static SensitivityClaim Claim(string name) => SensitivityClaims.All.Single(claim => claim.Name == name);
    }

    [Fact]
    public void Every_tornado_says_in_what_its_axis_is()
    {
        Assert.Equal("Difference of failed (share)", SensitivityPage.AxisOf(Metric.FailureRate).Label);
        Assert.Equal("Difference of latency (ms)", SensitivityPage.AxisOf(Metric.Latency).Label);
        Assert.All(SensitivityClaims.All.Where(claim => claim.Of.Metric.Unit != "queries"), claim => Assert.NotEmpty(SensitivityPage.AxisOf(claim.Of.Metric).Unit));
    }

    [Theory]
    [InlineData(-3, 1, Verdict.Holds)]
    [InlineData(-1, 2, Verdict.Open)]
    [InlineData(3, 1, Verdict.DoesNotHold)]
    [InlineData(0, 0, Verdict.DoesNotHold)]   // nothing ever fails: then not fewer tasks fail
    [InlineData(double.NaN, double.NaN, Verdict.Open)]
    [InlineData(-3, double.NaN, Verdict.Open)]
    internal void A_claim_holds_where_the_whole_interval_is_below_0(double mean, double halfWidth, Verdict expected) =>
        Assert.Equal(expected, SensitivityClaim.VerdictOf(new MeanInterval(mean, halfWidth, 3)));

    [Theory]
    [InlineData(Verdict.DoesNotHold, Verdict.Holds, true)]
    [InlineData(Verdict.Holds, Verdict.DoesNotHold, true)]
    [InlineData(Verdict.Open, Verdict.Holds, false)]
    [InlineData(Verdict.Holds, Verdict.Holds, false)]
    internal void Only_the_opposite_is_a_flip(Verdict verdict, Verdict basis, bool flips) => Assert.Equal(flips, SensitivityRanking.Flips(verdict, basis));
}
