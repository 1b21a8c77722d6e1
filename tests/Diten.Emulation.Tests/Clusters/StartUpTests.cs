using System.Collections.Concurrent;
using Diten.Actors;
using Diten.Emulation.Tests.Results;
using Diten.Model.Records;
using Diten.Model.Scenarios;
using Diten.Runs.Hosting;
using Diten.Runs.Scenarios;

namespace Diten.Emulation.Tests.Clusters;

/// <summary>Processes that die before the first slot are done without; where none is left, the run says so at once.</summary>
[Collection(OneAtATime.Name)]
public sealed class StartUpTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ConcurrentQueue<string> _told = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_node_that_is_killed_before_the_run_begins_is_not_waited_for()
    {
        await using var cluster = await Start();
        await Kill(cluster, 2);

        var outcome = await cluster.Self.RunAsync(Run(), new Nobody(), [], CancellationToken.None).WaitAsync(Program.Patience);

        var alone = await Actors.Nodes.Emulation.RunAsync(Town(), new EmulationOptions());
        Assert.Equal(Convert.ToHexString(alone.Digest), Convert.ToHexString(outcome.Digest));
        Assert.Contains(_told, told => told.StartsWith("node 2 has ended", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Where_no_node_is_left_the_run_fails_at_once_and_says_where_the_logs_are()
    {
        await using var cluster = await Start();
        var run = cluster.Self.RunAsync(Run(), new Nobody(), [], CancellationToken.None);
        foreach (var node in (int[])[1, 2, 3])
            await Kill(cluster, node);

        var failed = await Assert.ThrowsAsync<EmulationFailedException>(() => run.WaitAsync(Program.Patience));

        Assert.Equal($"All nodes have ended; what they said is in {_folder.At("logs")}.", failed.Message);
        Assert.Equal(3, Directory.GetFiles(_folder.At("logs")).Length);
    }

    private static async Task Kill(LocalCluster cluster, int node)
    {
        var process = cluster.Processes[node];
        cluster.Kill(node);
        await process.WaitForExitAsync().WaitAsync(Program.Patience);
    }

    private Task<LocalCluster> Start() =>
        LocalCluster.StartAsync(3, threads: 1, journal: null, _folder.At("logs"), _told.Enqueue, CancellationToken.None);

    private static Scenario Town() => new() { Slots = 12, AreaSideMetres = 800, Devices = new DevicesSection { Count = 150 } };

    private static RunSpec Run() => new("start-up", "town", ScenarioFile.Resolve(Town()), 3, new EmulationOptions());

    private sealed class Nobody : IRunObserver
    {
        public void SlotCompleted(SlotReport report)
        {
        }
    }
}
