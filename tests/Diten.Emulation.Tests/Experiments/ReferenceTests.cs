using Diten.Actors;
using Diten.Model.Faults;
using Diten.Model.Policies;
using Diten.Model.Records;
using Diten.Model.Scenarios;
using Diten.Model.Statistics;
using Diten.Node.Commands;
using Diten.Runs;
using Diten.Runs.Execution;
using Diten.Runs.Experiments.Reference;
using Diten.Runs.Progress;

namespace Diten.Emulation.Tests.Experiments;

public sealed class ReferenceTests
{
    [Theory]
    [InlineData(100, 1, 103, 2, Agreement.Agrees)]          // intervals touch
    [InlineData(100, 0.1, 101.5, 0.1, Agreement.Agrees)]    // 1.5 %
    [InlineData(100, 1, 103.1, 2, Agreement.Misses)]        // up to 6 away
    [InlineData(100, 1, 106.1, 2, Agreement.Contradicts)]
    [InlineData(-100, 1, -103.1, 2, Agreement.Misses)]
    [InlineData(100, 1, 101.6, double.NaN, Agreement.Misses)] // one seed has no interval
    public void A_figure_agrees_by_overlap_or_by_a_share_of_the_reference(
        double reference, double half, double measured, double halfMeasured, Agreement expected) =>
        Assert.Equal(expected, ReferenceAgreement.Of(new MeanInterval(measured, halfMeasured, 2), new ReferenceFigure(reference, half)));

    [Fact]
    public void Two_figures_may_miss_and_none_contradict()
    {
        Assert.True(ReferenceAgreement.Holds([Agreement.Agrees, Agreement.Misses, Agreement.Misses]));
        Assert.False(ReferenceAgreement.Holds([Agreement.Misses, Agreement.Misses, Agreement.Misses]));
        Assert.False(ReferenceAgreement.Holds([Agreement.Agrees, Agreement.Contradicts]));
    }

    [Fact]
    public async Task All_58_figures_of_the_reference_are_held_against_runs_the_uplink_once_a_world()
    {
        var (output, runs) = (new StringWriter(), 0);
        // Every run has an uplink of 14 ms, which one of the three worlds has, and a latency of 100 ms, which none has.
        var session = new Session(new Terminal(output, output), (_, _, _, _) =>
        {
            runs++;
            var totals = new SlotTotals { Devices = 1000, InTime = 1000, Uplink = 14, Latency = 100, MigrationOpportunities = 1 };
            return Task.FromResult(new RunOutcome(100, [1], totals, new LatencyHistogram(), 0, 0, false, 1, 1));
        });

        var code = await CommandTree.RunAsync(["reference", "--seeds", "2", "--quiet"], session);

        Assert.Equal((1, 22), (code, runs));
        var told = output.ToString();
        Assert.Contains("58 figures: 1 agree,", told);
        Assert.Contains("NO AGREEMENT", told);
        Assert.Equal(["14.01 ± 0.01", "26.60 ± 0.40", "35.90 ± 0.50"], ReferenceFigures.Rows.Where(row => row.Uplink is not null)
            .Select(row => FormattableString.Invariant($"{row.Uplink!.Value.Mean:F2} ± {row.Uplink.Value.HalfWidth:F2}")).Order());
        Assert.Matches(@"14\.01 ± 0\.01\s*\n.*ok\s*\n", told);
        Assert.Matches(@"26\.60 ± 0\.40\s*\n.*CONTRADICTS\s*\n", told);
    }

    [Theory]
    [InlineData(7, 0)]    // one world: 0.9944^7 = 0.961, none needs to miss
    [InlineData(58, 1)]   // 0.722 + 0.236 = 0.958
    [InlineData(338, 4)]  // 2 of 58 scaled would be 11
    public void Of_other_tables_as_many_may_miss_as_chance_allows(int figures, int allowed) =>
        Assert.Equal(allowed, ReferenceAgreement.AllowedOf(figures));

    [Fact]
    public void The_worlds_with_faults_are_48_of_seven_figures_each_and_two_know_queries()
    {
        var table = ReferenceTable.Faults;

        Assert.Equal((48, 338, 4), (table.Rows.Count, table.Count, table.AllowedMisses));
        Assert.Equal(table.Rows.Count, table.Rows.Select(row => row.World).Distinct().Count());
        Assert.Equal(["drop 90 %, query", "freeze 30 %, query"], table.Rows.Where(row => row.All.Count == 8).Select(row => row.World));
        Assert.All(table.Rows, row => Assert.Equal(["twins.deviation.source=emergent", "measure.regret=on"], row.Overrides[..2]));
        Assert.All(table.Rows, row => Assert.All(row.All, figure => Assert.Contains(figure.Metric, table.Columns)));
        var lossy = table.Only(["drop 97 %"]).Rows.Single(); // the whole name of a world means that one
        Assert.Equal((197.8, 3.0), (lossy.All[0].Figure.Mean, lossy.All[0].Figure.HalfWidth));
        Assert.Equal(["drop 90 %, query", "freeze 30 %, query"], table.Only(["QUERY"]).Rows.Select(row => row.World));
        Assert.Throws<UserErrorException>(() => table.Only(["sunny"]));
    }

    [Fact]
    public void Policies_of_the_worlds_with_faults_are_there()
    {
        foreach (var policy in ReferenceTable.Faults.Rows.Select(row => row.Policy).Distinct())
            Assert.NotNull(PolicyCatalogue.Shipped.Find(policy));
    }

    [Fact]
    public async Task All_worlds_with_faults_can_be_run()
    {
        var (output, scenarios) = (new StringWriter(), new List<Scenario>());
        var session = new Session(new Terminal(output, output), (world, _, _, _) =>
        {
            lock (scenarios) // as many run side by side as there are cores
                scenarios.Add(world.Scenario);
            return Task.FromResult(new RunOutcome(100, [1], new SlotTotals { Devices = 1 }, new LatencyHistogram(), 0, 0, false, 1, 1));
        });

        var code = await CommandTree.RunAsync(["reference", "faults", "--seeds", "2", "--quiet"], session);

        Assert.Equal((1, 96), (code, scenarios.Count));
        Assert.All(scenarios, scenario => Assert.True(scenario is { MeasuresRegret: true, Twins.DeviationSource: DeviationSource.Emergent }));
        Assert.Contains("338 figures:", output.ToString());
        var frozen = ReferenceTable.Faults.Rows.Count(row => row.World.StartsWith("freeze 30 %", StringComparison.Ordinal));
        Assert.Equal((3, 6), (frozen, scenarios.Count(scenario => scenario.Faults.All is [{ Kind: FaultKind.Freeze, Share: 0.3, FromSlot: 20, ToSlot: 80 }])));
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task Three_worlds_with_faults_agree_with_the_reference()
    {
        var output = new StringWriter();

        var code = await CommandTree.RunAsync(
            ["reference", "faults", "--seeds", "5", "--quiet", "--rows", "drop 90 %", "--rows", "drop 90 %, load reckoned", "--rows", "10 % lie, answers used"],
            new Session(new Terminal(output, output)));

        Assert.True(code == 0, output.ToString());
        Assert.Contains("21 figures:", output.ToString());
    }
}
