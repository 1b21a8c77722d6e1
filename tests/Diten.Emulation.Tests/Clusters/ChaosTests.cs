using System.Text.RegularExpressions;

namespace Diten.Emulation.Tests.Clusters;

/// <summary>kill -9 of nodes, of the coordinator, of several at once and of the launcher, and pauses; before the first slot, in slots, checkpoints and recoveries.</summary>
[Collection(OneAtATime.Name)]
public sealed class ChaosTests
{
    [Fact]
    [Trait("Category", "Slow")]
    public async Task Ten_strikes_one_of_each_kind_leave_no_trace_in_the_digest()
    {
        var said = await Program.Run(
            0, TimeSpan.FromMinutes(10), "chaos", ScenarioFiles.Shipped("quickstart"), "--set", "slots=200", "--set", "zones.columns=3", "--set", "zones.rows=2",
            "--kills", "10", "--nodes", "3", "--checkpoint-every", "10", "--quiet");

        var counted = Regex.Match(said, @"\d+ kills, (\d+) of them with slots run again.*; (\d+) strikes on launched runs");
        Assert.True(counted.Success, said);
        Assert.InRange(int.Parse(counted.Groups[1].Value) + int.Parse(counted.Groups[2].Value), 10, 100);
        Assert.DoesNotContain("ANOTHER DIGEST", said);
        string[] always = ["(node, process", "(coordinator, process", "(two, process", "(coordinator, checkpoint, process"];
        foreach (var strike in always.Concat(OperatingSystem.IsLinux() ? ["(all)", "(launcher)", "(paused)", "(node, start-up)", "(launcher, start-up)"] : []))
            Assert.Contains(strike, said);
    }

    [Fact]
    public async Task There_must_be_a_node_that_lives_on() =>
        Assert.Contains("--nodes: found 1", await Program.Run(2, "chaos", ScenarioFiles.Shipped("quickstart"), "--nodes", "1"));
}
