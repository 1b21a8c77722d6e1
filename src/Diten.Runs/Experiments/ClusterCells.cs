using Diten.Actors;
using Diten.Runs.Execution;
using Diten.Runs.Experiments.Cells;
using Diten.Runs.Hosting;

namespace Diten.Runs.Experiments;

/// <summary>Runs cells on a cluster of processes of this machine, which is started for the first of them: where all are kept, there is none.</summary>
/// <param name="nodes">Number of processes.</param>
/// <param name="threads">Of each process; 0 = the machine's cores shared out.</param>
internal sealed class ClusterCells(int nodes, int threads, CancellationToken stop) : IAsyncDisposable
{
    private const int CheckpointEverySlots = 50;

    private readonly Lazy<Task<TemporaryCluster>> _cluster = new(() => TemporaryCluster.StartAsync(nodes, threads, stop));
    private int _runs;

    /// <summary>What runs a cell there.</summary>
    public Emulate EmulatorOf(Cell cell) => async (_, options, observer, cancel) =>
    {
        var cluster = (await _cluster.Value).Cluster;
        var own = options with { CheckpointEverySlots = CheckpointEverySlots, WorkerThreads = 0 };
        var spec = new RunSpec(FormattableString.Invariant($"cell-{Interlocked.Increment(ref _runs)}"), cell.Input.Name, cell.Input.ResolvedText, nodes, own);
        return await cluster.Self.RunAsync(spec, observer!, [], cancel);
    };

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_cluster is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
            await _cluster.Value.Result.DisposeAsync();
    }
}
