using Diten.Actors;
using Diten.Emulation.Tests.Results;
using Diten.Model.Faults;
using Diten.Model.Scenarios;
using Diten.Model.Scenarios.Keys;
using Diten.Runs.Execution;
using Diten.Runs.Results;
using Diten.Runs.Scenarios;

namespace Diten.Emulation.Tests.Scenarios;

/// <summary>The shipped scenario of each kind of fault is run, with fewer devices: every fault in it strikes, and the run is another one than without it.</summary>
public sealed class FaultExamplesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string> Kinds => [.. FaultCatalogue.Kinds.Select(kind => kind.Name)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task The_faults_of_an_example_strike_and_change_what_is_decided(string kind)
    {
        string[] fewer = kind == "lose-queue" ? ["slots=45"] : ["slots=45", "devices.count=80"]; // a queue takes many
        var input = ScenarioInput.Load(Path.Combine(ShippedScenarios.Folder()!, "faults", kind + ".conf"), fewer, null);

        var (outcome, faults) = await RunAsync(input);

        Assert.Equal(45, outcome.SlotsCompleted);
        Assert.Contains(faults, fault => fault.Kind == kind);
        Assert.Equal(kind == "lose-queue", outcome.Twins!.Total.QueueLost > 0);
        var struck = File.ReadLines(_folder.At("faults.csv")).Skip(1).Select(line => line.Split(',')[0]).ToHashSet();
        Assert.Equal(faults.Select(fault => fault.Name), struck.Order(StringComparer.Ordinal));
        foreach (var fault in faults)
        {
            Assert.True(fault.Hit > 0, $"{fault.Name} was offered {fault.Offered} times and never struck");
            var without = input.Scenario with { Faults = new FaultMap(input.Scenario.Faults.All.Where(other => other.Name != fault.Name)) };
            var (peaceful, _) = await RunAsync(input.With(without));
            Assert.True(!outcome.Digest.SequenceEqual(peaceful.Digest), $"{fault.Name}: same digest as without it");
        }
    }

    private async Task<(RunOutcome Outcome, IReadOnlyList<FaultSummary> Faults)> RunAsync(ScenarioInput input)
    {
        var world = input.Ready();
        var run = input.Describe(world);
        FaultFile.Write(_folder.Path, run);
        var outcome = await Actors.Nodes.Emulation.RunAsync(world, new EmulationOptions());
        return (outcome, FaultSummary.Of(run, outcome));
    }
}
