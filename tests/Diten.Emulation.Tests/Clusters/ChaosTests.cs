using System.Text.RegularExpressions;

namespace Diten.Emulation.Tests.Clusters;

/// <summary>kill -9 of nodes, of the coordinator, of two at once.</summary>
[Collection(OneAtATime.Name)]
public sealed class ChaosTests
{
    [Fact]
    [Trait("Category", "Slow")]
    public async Task Twenty_kills_leave_no_trace_in_the_digest()
    {
        var said = await Program.Run(
            0, TimeSpan.FromMinutes(10), "chaos", ScenarioFiles.Shipped("quickstart"), "--set", "slots=1500", "--set", "zones.columns=3", "--set", "zones.rows=2",
            "--kills", "20", "--nodes", "3", "--checkpoint-every", "40", "--quiet");

        var counted = Regex.Match(said, @"\d+ kills, (\d+) of them with slots run again");
        Assert.True(counted.Success, said);
        Assert.InRange(int.Parse(counted.Groups[1].Value), 20, 100);
        Assert.DoesNotContain("ANOTHER DIGEST", said);
        foreach (var victim in (string[])["(node,", "(coordinator,", "(two,"])
            Assert.Contains(victim, said);
    }

    [Fact]
    public async Task There_must_be_a_node_that_lives_on() =>
        Assert.Contains("--nodes: found 1", await Program.Run(2, "chaos", ScenarioFiles.Shipped("quickstart"), "--nodes", "1"));
}
