using Diten.Runs.Experiments.Cells;
using Diten.Runs.Experiments.Designs;
using Diten.Runs.Experiments.Findings;
using Diten.Runs.Results;

namespace Diten.Emulation.Tests.Experiments.Findings;

/// <summary>Estimates and verdicts, from results made by hand.</summary>
public sealed class FindingsTests
{
    private static readonly Axis Loss = Axis.Of("loss", "x", ["0", "0.5", "1"], "here"), Load = Axis.Of("load", "y", ["last", "counted"], "here");

    /// <summary>Latency in seconds, by case (load varies fastest) and seed.</summary>
    private static readonly double[][] Latencies =
    [
        [0.100, 0.110, 0.120], [0.101, 0.111, 0.121], // no loss
        [0.140, 0.152, 0.161], [0.105, 0.114, 0.126],
        [0.200, 0.212, 0.221], [0.110, 0.121, 0.130],
    ];

    [Fact]
    public void Differences_are_world_by_world_and_made_for_each_level_that_is_not_named()
    {
        var estimates = Of(primary: [new("help", EstimateKind.Difference, Metric.Latency, At("load=counted"), At("load=last"))]);

        Assert.Equal(["loss=0", "loss=0.5", "loss=1"], estimates.Select(estimate => estimate.At.ToString()));
        Assert.Equal([0.001, -0.036, -0.0906667], estimates.Select(estimate => estimate.Value), (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.Equal(0, estimates[0].P); // by exactly 1 ms in each world, but for the last bits
        Assert.All(estimates, estimate => Assert.True(estimate.IsPrimary && estimate.Corrected >= estimate.P && estimate.Low <= estimate.Value && estimate.Value <= estimate.High));
        Assert.Equal("1.00, 1.00 to 1.00", estimates[0].Text);
        Assert.Equal("ms", estimates[0].Unit);
    }

    [Fact]
    public void What_was_not_named_beforehand_is_not_corrected()
    {
        var estimates = Of(exploratory: [new("help", EstimateKind.Difference, Metric.Latency, At("load=counted, loss=1"), At("load=last, loss=1"))]);

        Assert.True(double.IsNaN(Assert.Single(estimates).Corrected));
        Assert.False(estimates[0].IsPrimary);
    }

    [Fact]
    public void What_was_named_beforehand_is_corrected_together_and_nothing_else_counts()
    {
        EstimateDesign help = new("help", EstimateKind.Difference, Metric.Latency, At("load=counted"), At("load=last"));
        var estimates = Of(primary: [help], exploratory: [help]);

        var p = estimates.Take(3).Select(estimate => estimate.P).ToArray();
        Assert.True(p[0] == 0 && 0 < p[2] && p[2] < p[1]);
        Assert.Equal([0, Math.Max(p[1], 2 * p[2]), 2 * p[2]], estimates.Take(3).Select(estimate => estimate.Corrected)); // Holm: 3, 2 and 1 times
        Assert.All(estimates.Skip(3), estimate => Assert.True(double.IsNaN(estimate.Corrected)));
    }

    [Fact]
    public void A_share_that_is_won_back_is_of_the_means()
    {
        var estimate = Assert.Single(Of(primary:
        [
            new("back", EstimateKind.Recovered, Metric.Latency, At("load=counted, loss=1"), At("load=last, loss=1")) { Unharmed = At("load=last, loss=0") },
        ]));

        Assert.Equal((0.211 - 0.1203333) / (0.211 - 0.110), estimate.Value, 5);
        Assert.Equal("%", estimate.Unit);
        Assert.StartsWith("90, ", estimate.Text);
        Assert.True(double.IsNaN(estimate.P));
    }

    [Fact]
    public void Curves_cross_between_levels()
    {
        var estimate = Assert.Single(Of(exploratory: [new("flip", EstimateKind.Crossing, Metric.Latency, At("load=last"), At("load=counted")) { Along = "loss" }]));

        Assert.Equal(0.5 * 0.001 / 0.037, estimate.Value, 6); // −1 ms at 0, +36 ms at 0.5
        Assert.Contains("load=last is below until there", estimate.Note);
    }

    [Fact]
    public void Equality_is_tested_within_a_margin()
    {
        var (near, far) = (Margin(0.002), Margin(0.0005));

        Assert.True(near.P < 0.05);
        Assert.True(far.P > 0.05);

        static Estimate Margin(double seconds) => Of(primary:
            [new("same", EstimateKind.Difference, Metric.Latency, At("load=counted, loss=0"), At("load=last, loss=0")) { Margin = seconds }])[0];
    }

    [Theory]
    [InlineData("help", null, double.NegativeInfinity, 0, "holds in part", "Or not.")]
    [InlineData("help", "loss=1", double.NegativeInfinity, -0.08, "holds", "So it is.")]
    [InlineData("help", "loss=1", double.NegativeInfinity, -0.0906, "open", "")]
    [InlineData("help", "loss=1", -0.05, 0.05, "does not hold", "Or not.")]
    [InlineData("nobody", null, -0.05, 0.05, "open", "")]
    public void A_sentence_holds_where_its_whole_interval_lies_in_its_range(string estimate, string? at, double low, double high, string word, string closing)
    {
        var part = Part([new("help", EstimateKind.Difference, Metric.Latency, At("load=counted"), At("load=last"))], []) with
        {
            Claims = [new ClaimDesign("c", "It helps.", estimate, at is null ? null : At(at), low, high) { Then = "So it is.", Otherwise = "Or not." }],
        };

        var claim = Assert.Single(PartFindings.Of(Results(part), null).Claims);

        Assert.Equal((word, closing), (claim.Word, claim.Closing));
    }

    private static IReadOnlyList<Estimate> Of(EstimateDesign[]? primary = null, EstimateDesign[]? exploratory = null) =>
        Runs.Experiments.Findings.Estimates.Of(Results(Part(primary ?? [], exploratory ?? [])));

    private static ExperimentPart Part(EstimateDesign[] primary, EstimateDesign[] exploratory) =>
        new("", "", "", "", [], [Loss, Load], new SeedPlan(1, 3, 3, []), [Metric.Latency]) { Primary = primary, Exploratory = exploratory };

    private static PartResults Results(ExperimentPart part) => new(part, [.. Latencies.Select(seeds => (IReadOnlyList<CellResult>)[.. seeds.Select(latency => new CellResult(
        new RunSummary("s", 1, "v", "d", 1, 1, false, 1, new WorldSummary(1, 1, 1, 1, "p", 0.2, 0.1, 0.2), new RateSummary(1, 1, 1), new MemorySummary(1), PlatformSummary.Here(), [])
        {
            Figures = new Dictionary<string, double> { [Metric.Latency.Name] = latency },
        },
        new CellExtras([], [], null)))])]);

    private static Selection At(string text) => new([.. text.Split(", ").Select(piece => piece.Split('=')).Select(pair => (pair[0], pair[1]))]);
}
