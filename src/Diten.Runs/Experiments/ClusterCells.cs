using Diten.Actors;
using Diten.Runs.Execution;
using Diten.Runs.Experiments.Cells;
using Diten.Runs.Hosting;

namespace Diten.Runs.Experiments;

/// <summary>Runs cells on a cluster of processes of this machine, one after another.</summary>
internal sealed class ClusterCells : IAsyncDisposable
{
    private const int CheckpointEverySlots = 50;

    private readonly DirectoryInfo _folder;
    private readonly LocalCluster _cluster;
    private readonly int _nodes;
    private int _runs;

    private ClusterCells(DirectoryInfo folder, LocalCluster cluster, int nodes) => (_folder, _cluster, _nodes) = (folder, cluster, nodes);

    /// <summary>Starts the cluster; returns when all its nodes listen.</summary>
    public static async Task<ClusterCells> StartAsync(int nodes, ExperimentSettings settings, CancellationToken cancel)
    {
        var folder = Directory.CreateTempSubdirectory("diten-experiment-");
        try
        {
            var journal = new SqliteJournal(Path.Combine(folder.FullName, "diten.db"));
            JournalSettings.Prepare(journal);
            var cluster = await LocalCluster.StartAsync(nodes, settings.Threads, journal, Path.Combine(folder.FullName, "logs"), static _ => { }, cancel);
            return new ClusterCells(folder, cluster, nodes);
        }
        catch
        {
            folder.Delete(recursive: true);
            throw;
        }
    }

    /// <summary>What runs a cell there.</summary>
    public Emulate EmulatorOf(Cell cell) => async (_, options, observer, cancel) =>
    {
        var own = options with { CheckpointEverySlots = CheckpointEverySlots, WorkerThreads = 0 };
        var spec = new RunSpec(FormattableString.Invariant($"cell-{Interlocked.Increment(ref _runs)}"), cell.Input.Name, cell.Input.ResolvedText, _nodes, own);
        return await _cluster.Self.RunAsync(spec, observer!, [], cancel);
    };

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
