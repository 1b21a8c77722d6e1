namespace Diten.Runs.Hosting;

/// <summary>A cluster of processes of this machine that keeps journal and logs in a temporary folder, which goes with it.</summary>
internal sealed class TemporaryCluster : IAsyncDisposable
{
    private readonly DirectoryInfo _folder;

    private TemporaryCluster(DirectoryInfo folder, LocalCluster cluster) => (_folder, Cluster) = (folder, cluster);

    /// <summary>The cluster.</summary>
    public LocalCluster Cluster { get; }

    /// <summary>Starts it; returns when its processes listen.</summary>
    /// <param name="nodes">Number of processes.</param>
    /// <param name="threads">Threads that entities run on, of each process; 0 = the machine's cores shared out.</param>
    /// <exception cref="Actors.EmulationFailedException">None of them came to listen.</exception>
    public static async Task<TemporaryCluster> StartAsync(int nodes, int threads, CancellationToken cancel)
    {
        var folder = Directory.CreateTempSubdirectory("diten-cluster-");
        try
        {
            var journal = new SqliteJournal(Path.Combine(folder.FullName, "diten.db"));
            JournalSettings.Prepare(journal);
            return new TemporaryCluster(folder, await LocalCluster.StartAsync(
                nodes, threads, journal, Path.Combine(folder.FullName, "logs"), static _ => { }, cancel));
        }
        catch
        {
            folder.Delete(recursive: true);
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Cluster.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
