using Akka.Actor.Setup;
using Diten.Actors;
using Diten.Actors.Nodes;
using Diten.Model.Worlds;
using Diten.Runs.Hosting;
using Diten.Runs.Scenarios;

namespace Diten.Bench;

/// <summary>Measures the product with a journal, or on the processes of a cluster.</summary>
internal static class BenchCluster
{
    public static async Task<BenchSample> RunAsync(BenchWorkload workload, CancellationToken cancel)
    {
        var folder = Directory.CreateTempSubdirectory("diten-bench-");
        try
        {
            JournalLocation? journal = null;
            if (workload.CheckpointEvery > 0)
                JournalSettings.Prepare(journal = new SqliteJournal(Path.Combine(folder.FullName, "diten.db")));
            return workload.Nodes == 0 ? await RunHereAsync(workload, journal!, cancel) : await RunOnClusterAsync(workload, journal, folder.FullName, cancel);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<BenchSample> RunHereAsync(BenchWorkload workload, JournalLocation location, CancellationToken cancel)
    {
        var meter = new BenchMeter(BenchSubject.Product, workload);
        var run = Spec(workload, "");
        var journal = new EmulationJournal(run, JournalSettings.For(location), ActorSystemSetup.Create(JournalSettings.Setup(location)), []);
        var outcome = await Emulation.RunAsync(
            World.Create(workload.Scenario()), run.Options, new BenchRunner.MeterObserver(meter), journal, cancel);
        cancel.ThrowIfCancellationRequested();
        return meter.Result(outcome.RunSeconds);
    }

    private static async Task<BenchSample> RunOnClusterAsync(BenchWorkload workload, JournalLocation? journal, string folder, CancellationToken cancel)
    {
        await using var cluster = await LocalCluster.StartAsync(
            workload.Nodes, workload.Threads, journal, Path.Combine(folder, "logs"), static _ => { }, cancel);
        var meter = new BenchMeter(BenchSubject.Product, workload, cluster);
        var run = Spec(workload, ScenarioFile.Resolve(workload.Scenario()));
        var outcome = await cluster.Self.RunAsync(run, new BenchRunner.MeterObserver(meter), [], cancel);
        cancel.ThrowIfCancellationRequested();
        return meter.Result(outcome.RunSeconds);
    }

    private static RunSpec Spec(BenchWorkload workload, string scenario) => new("bench", "bench", scenario, Math.Max(1, workload.Nodes), new EmulationOptions
    {
        WorkerThreads = workload.Threads,
        ServerRecords = false,
        CheckpointEverySlots = workload.CheckpointEvery,
        TwinJournal = workload.CheckpointEvery > 0,
        DealZones = workload.DealZones,
    });
}
