using System.Diagnostics;
using Diten.Emulation.Tests.Results;

namespace Diten.Emulation.Tests.Clusters;

/// <summary>Who waits for a node that does not answer says so, whom it waits for, and for how long.</summary>
[Collection(OneAtATime.Name)]
public sealed class WaitingTests : IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(40);

    private const string Nobody = "127.0.0.1:1";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    [Trait("Takes", "Seconds")]
    public async Task A_run_says_whom_it_asks_and_that_there_is_no_answer()
    {
        File.WriteAllText(_folder.At("tiny.conf"), "area.side = 800 m\ndevices.count = 60\nslots = 5\n");
        using var run = Program.Start("run", _folder.At("tiny.conf"), "--out", _folder.At("run"), "--join", Nobody);
        var since = Stopwatch.StartNew();

        await run.Line($"tiny  asks {Nobody} to run it").WaitAsync(Soon);
        await run.Line($"tiny  no answer from {Nobody} for ").WaitAsync(Soon);

        Assert.InRange(since.Elapsed.TotalSeconds, 0, 30); // 5 s, and what a busy machine takes
        Assert.Contains(" s; gives up after 60 s", run.Said);
    }

    [Fact]
    [Trait("Takes", "Seconds")]
    public async Task A_node_says_that_its_seed_node_does_not_answer()
    {
        using var node = Program.Start("node", "--seed-node", Nobody);

        Assert.Contains("; asks on, until Ctrl-C.", await node.Line($"diten: no answer from {Nobody} for ").WaitAsync(Soon));
    }

    [Fact]
    public async Task A_node_without_seed_nodes_says_that_it_is_alone()
    {
        using var node = Program.Start("node");

        await node.Line("no --seed-node was given: this node is of no cluster until another one is told of it.").WaitAsync(Soon);
    }
}
