using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using Diten.Actors;
using Diten.Model.Records;
using Diten.Runs;
using Diten.Runs.Execution;
using Diten.Runs.Hosting;
using Diten.Runs.Progress;

namespace Diten.Bench;

/// <summary>Runs a subject of <c>diten bench</c>, each in a process of its own: what one leaves behind shall not weigh on the next.</summary>
public static class BenchRunner
{
    private static readonly JsonSerializerOptions Format = new() { Converters = { new JsonStringEnumConverter() } };

    /// <summary>Runs a subject in this process.</summary>
    public static async Task<BenchSample> RunHereAsync(Session session, BenchSubject subject, BenchWorkload workload, CancellationToken cancel)
    {
        var meter = new BenchMeter(subject, workload);
        switch (subject)
        {
            case BenchSubject.Array:
                return meter.Result(RunArrays(workload, meter));
            case BenchSubject.Floor:
                return meter.Result(await MessageFloor.RunAsync(workload, meter));
            case BenchSubject.Product when workload is { Learned: true } and not { Nodes: 0, CheckpointEvery: 0 }:
                throw new UserErrorException("--learned is measured in one process, without a journal: leave out --nodes and --checkpoint-every.");
            case BenchSubject.Product when workload is not { Nodes: 0, CheckpointEvery: 0 }:
                return await BenchCluster.RunAsync(workload, cancel);
            case BenchSubject.Product:
                return await RunProductAsync(
                    session, workload, new EmulationOptions { WorkerThreads = workload.Threads, ServerRecords = false }, null, cancel);
            case BenchSubject.Learning when workload is not { Nodes: 0, CheckpointEvery: 0, Learned: false, Faults: false }:
                throw new UserErrorException("--only learning is measured in one process, without a journal: leave out --nodes, --checkpoint-every, --learned and --faults.");
            case BenchSubject.Learning:
                return await LearningBench.RunAsync(workload, meter, cancel);
            default:
                throw new ArgumentOutOfRangeException(nameof(subject), subject, "Not a subject.");
        }
    }

    /// <summary>Runs the product in this process.</summary>
    /// <param name="options">What else the run is asked to do.</param>
    /// <param name="observer">Is told of every slot, within what is measured; null = nobody.</param>
    public static async Task<BenchSample> RunProductAsync(
        Session session, BenchWorkload workload, EmulationOptions options, IRunObserver? observer, CancellationToken cancel)
    {
        var meter = new BenchMeter(BenchSubject.Product, workload);
        var outcome = await session.Emulate(workload.World(), options, new MeterObserver(meter, observer), cancel);
        if (outcome.Cancelled)
            throw new OperationCanceledException(cancel);
        return meter.Result(outcome.RunSeconds);
    }

    private static double RunArrays(BenchWorkload workload, BenchMeter meter)
    {
        using var model = new ArrayModel(workload.World());
        var started = Stopwatch.GetTimestamp();
        for (var slot = 0; slot < workload.AllSlots; slot++)
        {
            model.RunSlot(slot);
            meter.SlotCompleted(slot);
        }

        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    /// <summary>Runs what is planned, one after another, each in a process of its own.</summary>
    /// <param name="plan">With the share of it that is done before each.</param>
    /// <exception cref="UserErrorException">One of them failed.</exception>
    public static async IAsyncEnumerable<BenchSample> RunApartAsync(
        IEnumerable<(BenchItem Item, double Done)> plan, StatusLine line, [EnumeratorCancellation] CancellationToken cancel)
    {
        foreach (var (item, done) in plan)
        {
            line.Show(() => $"{done:P0}  {item}");
            yield return await RunApartAsync(BenchBuild.This, item, cancel);
        }

        line.Clear();
    }

    /// <summary>Runs each item by this build and by another one, in turn: the second pair begins with the other one, and so on.</summary>
    /// <exception cref="UserErrorException">One of them failed, or the other build does not know what is measured.</exception>
    public static async IAsyncEnumerable<BenchPair> RunPairsAsync(
        IReadOnlyList<BenchItem> items, int repeat, BenchBuild other, StatusLine line, [EnumeratorCancellation] CancellationToken cancel)
    {
        for (var turn = 0; turn < repeat; turn++)
        {
            for (var i = 0; i < items.Count; i++)
            {
                var (item, done) = (items[i], (turn * items.Count + i) / (double)(repeat * items.Count));
                line.Show(() => $"{done:P0}  {item}, and by {other.Name}");
                var ownFirst = turn % 2 == 0;
                var first = await RunApartAsync(ownFirst ? BenchBuild.This : other, item, cancel);
                var second = await RunApartAsync(ownFirst ? other : BenchBuild.This, item, cancel);
                yield return ownFirst ? new(item, first, second) : new(item, second, first);
            }
        }

        line.Clear();
    }

    /// <summary>Runs an item in a child process, and waits for it.</summary>
    /// <exception cref="UserErrorException">The child failed.</exception>
    private static async Task<BenchSample> RunApartAsync(BenchBuild build, BenchItem item, CancellationToken cancel)
    {
        var start = build.Start(["bench", "--only", item.Subject.ToString().ToLowerInvariant(), "--json", .. Words(item.Workload)]);
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        using var child = Process.Start(start) ?? throw new UserErrorException($"{start.FileName} cannot be started.");
        try
        {
            var (output, errors) = (child.StandardOutput.ReadToEndAsync(cancel), child.StandardError.ReadToEndAsync(cancel));
            await child.WaitForExitAsync(cancel);
            if (child.ExitCode != 0)
                throw new UserErrorException($"{build.Name} failed to measure {item}: {(await errors).Trim()}");
            return Parse(await output);
        }
        finally
        {
            if (!child.HasExited)
                child.Kill();
        }
    }

    public static string ToJson(BenchSample sample) => JsonSerializer.Serialize(sample, Format);

    /// <summary>Reads the line with the result: where a million actors end slowly, the actor system warns of it before.</summary>
    private static BenchSample Parse(string output) =>
        output.Split('\n').LastOrDefault(line => line.StartsWith('{')) is { } json && JsonSerializer.Deserialize<BenchSample>(json, Format) is { } sample
            ? sample
            : throw new UserErrorException("A measuring process printed no result.");

    private static IEnumerable<string> Words(BenchWorkload workload)
    {
        foreach (var (option, value) in ((string, int)[])
                 [
                     ("--devices", workload.Devices), ("--slots", workload.Slots), ("--warm-up", workload.WarmUpSlots),
                     ("--rounds", workload.Rounds), ("--channels", workload.Channels), ("--threads", workload.Threads),
                     ("--nodes", workload.Nodes), ("--checkpoint-every", workload.CheckpointEvery),
                 ])
        {
            yield return option;
            yield return value.ToString(CultureInfo.InvariantCulture);
        }

        if (workload.DealZones)
            yield return "--deal-zones";
        if (workload.Learned)
            yield return "--learned";
        if (workload.Faults)
            yield return "--faults";
    }

    internal sealed class MeterObserver(BenchMeter meter, IRunObserver? other = null) : IRunObserver
    {
        public void SlotCompleted(SlotReport report)
        {
            other?.SlotCompleted(report);
            meter.SlotCompleted(report.Slot);
        }

        public void Noticed(RunNotice notice) => other?.Noticed(notice);

        public void ClusterSeen(ClusterStatus status) => other?.ClusterSeen(status);
    }
}
