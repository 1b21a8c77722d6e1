using Diten.Actors;
using Diten.Model.Records;
using Diten.Model.Statistics;
using Diten.Node.Commands;
using Diten.Runs.Experiments;
using Diten.Runs.Progress;
using Diten.Runs.Execution;

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
}
