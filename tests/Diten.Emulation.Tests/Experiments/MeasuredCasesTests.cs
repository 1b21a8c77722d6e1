using Diten.Emulation.Tests.Results;
using Diten.Model.Faults;
using Diten.Model.Scenarios;
using Diten.Model.Worlds;
using Diten.Runs.Experiments;
using Diten.Runs.Experiments.Comparisons;
using Diten.Runs.Results;

namespace Diten.Emulation.Tests.Experiments;

/// <summary>Experiments some of whose cases have faults.</summary>
public sealed class MeasuredCasesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_comparison_has_no_row_of_what_a_case_does_not_tell_and_no_difference_to_it()
    {
        Directory.CreateDirectory(_folder.At("both"));

        ComparisonFiles.Write(_folder.At("both"), "mixed", new Comparison(["plain", "faulty"], [Plain(), Faulty()]), null, null);

        var lines = File.ReadAllLines(_folder.At("both/compare.csv"));
        Assert.Contains("faulty,twins.ageMeanSlots,1,0.5,NaN,,", lines);
        Assert.DoesNotContain(lines, line => line.StartsWith("plain,twins.", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("faulty,latency.mean,1,", StringComparison.Ordinal) && line.EndsWith(",0,NaN", StringComparison.Ordinal));
        Assert.Contains("\"lostRate\"", File.ReadAllText(_folder.At("both/compare.json")));
        Directory.CreateDirectory(_folder.At("plain-only"));
        ComparisonFiles.Write(_folder.At("plain-only"), "plain", new Comparison(["plain"], [Plain()]), null, null);
        Assert.DoesNotContain("lostRate", File.ReadAllText(_folder.At("plain-only/compare.json")));
    }

    [Theory]
    [InlineData(FaultWhat.Sync, null)]
    [InlineData(FaultWhat.Estimate, null)]
    [InlineData(FaultWhat.Servers, "nobody knows what another server would have given")]
    [InlineData(FaultWhat.Backhaul, "nobody knows what another server would have given")]
    public void A_comparison_says_why_faults_leave_it_without_bounds(FaultWhat what, string? why)
    {
        var said = ComparisonBounds.WhyNot(new Scenario { Faults = new FaultMap([new Fault { Name = "any", Kind = FaultKind.Slow, What = what }]) });

        if (why is null)
            Assert.Null(said);
        else
            Assert.Contains(why, said);
    }

    [Fact]
    public void Where_two_runs_part_the_faults_in_force_are_named()
    {
        var ice = new Fault { Name = "ice", Kind = FaultKind.Freeze, What = FaultWhat.Twins, Timing = FaultTiming.Slots, FromSlot = 4, ToSlot = 6 };
        var (none, frozen) = (PlanOf(), PlanOf(ice, ice with { Name = "more" }));

        Assert.Empty(DivergenceSearch.FaultsInForce(5, none, none));
        Assert.Empty(DivergenceSearch.FaultsInForce(6, none, frozen)); // over by then
        Assert.Equal(["In force in slot 5 were the faults ice (freeze, twins), more (freeze, twins)."], DivergenceSearch.FaultsInForce(5, frozen, frozen));
        Assert.Equal(
            ["In force in slot 5 were, in the first: no faults; in the second: ice (freeze, twins)."], DivergenceSearch.FaultsInForce(5, none, PlanOf(ice)));
    }

    private static FaultPlan PlanOf(params Fault[] faults) => World.Create(new Scenario { Faults = new FaultMap(faults) }).Faults;

    private RunSummary Plain() => Of(new SyntheticRun(2, 4), "plain");

    private RunSummary Faulty() => Of(SyntheticRun.WithFaults(2, 4), "faulty");

    private RunSummary Of(SyntheticRun run, string name) => RunSummary.Read(new RunFolder(run.WriteTo(_folder.At($"runs-{name}"), overwrite: true)).SummaryFile);
}
