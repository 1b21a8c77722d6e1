using Diten.Actors;
using Diten.Emulation.Tests.Results;
using Diten.Model.Records;
using Diten.Model.Statistics;
using Diten.Node.Commands;
using Diten.Runs.Execution;
using Diten.Runs.Progress;
using Diten.Runs.Results;

namespace Diten.Emulation.Tests.Execution;

/// <summary>A run of a small town that was stopped a third of the way, to be damaged and gone on with; in this process, without plots.</summary>
internal sealed class StoppedTown : IDisposable
{
    public const int Slots = 40, CheckpointEvery = 4, StoppedFrom = 13;

    private static readonly Session Here = new(new Terminal(TextWriter.Null, TextWriter.Null));

    private readonly TemporaryFolder _folder = new();
    private int _copies;

    private StoppedTown()
    {
    }

    /// <summary>The run's folder.</summary>
    public string Path => _folder.At("run");

    /// <summary>Folder of the same run undisturbed.</summary>
    public string Undisturbed => _folder.At("undisturbed");

    /// <summary>Its digest.</summary>
    public string Digest { get; private set; } = "";

    /// <summary>A data file that the scenario names.</summary>
    public string Sites => _folder.At("sites.csv");

    public static async Task<StoppedTown> MakeAsync(int devices = 80)
    {
        var town = new StoppedTown();
        File.WriteAllText(town.Sites, "longitude,latitude\n" + string.Concat(Enumerable.Range(0, 16).Select(i => $"10.00{20 + (i % 4 * 20)},50.00{20 + (i / 4 * 20)}\n")));
        File.WriteAllText(town._folder.At("town.conf"), $"""
            seed = 5
            slots = {Slots}
            stations.topology = sites
            stations.sites-file = sites.csv
            devices.count = {devices}
            devices.mobility.speed = 30 m/s
            zones.columns = 2
            zones.rows = 2
            """);
        var input = ScenarioInput.Load(town._folder.At("town.conf"), [], null);
        var request = RunRequest.New(input, new RunSettings { Folder = town.Path, Threads = 1, CheckpointEverySlots = CheckpointEvery }, Here.Terminal);
        var (world, start) = (request.World, request.Start);
        await using (var undisturbed = new RunWriter(town.Undisturbed, input.Describe(world)))
        {
            var whole = await Here.Emulate(world, start.Options, undisturbed, default);
            undisturbed.Complete(whole, 1);
            town.Digest = Convert.ToHexString(whole.Digest);
        }

        using var stop = new CancellationTokenSource();
        await using var writer = new RunWriter(town.Path, input.Describe(world), start: start);
        var (outcome, _) = await new RunExecution(Here, request, new Stopping(writer, stop), _ => { }).RunAsync(writer.WorkPath, [], stop.Token);
        writer.Complete(outcome, 1);
        Assert.True(outcome.Cancelled);
        return town;
    }

    /// <summary>A copy of the run's folder, to be damaged.</summary>
    public string Copy()
    {
        var copy = _folder.At($"copy-{_copies++}");
        foreach (var file in Files(Path))
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(System.IO.Path.Combine(copy, file))!);
            File.Copy(System.IO.Path.Combine(Path, file), System.IO.Path.Combine(copy, file));
        }

        return copy;
    }

    /// <summary>Goes on with a run as <c>diten resume</c> does.</summary>
    /// <returns>What it says where it is refused or fails, one foreseen line or more; else null, and the run's digest.</returns>
    public static async Task<(string? Refusal, string? Digest)> ResumeAsync(string path, int? from = null)
    {
        try
        {
            var request = await RunRequest.GoOnAsync(path, new RunSettings { Threads = 1, From = from }, Here.Terminal);
            await using var writer = RunWriter.Resume(path, request.Input.Describe(request.World), request.Start);
            var (outcome, _) = await new RunExecution(Here, request, writer, _ => { }).RunAsync(writer.WorkPath, [.. writer.Taken], default);
            writer.Complete(outcome, 1);
            return (null, Convert.ToHexString(outcome.Digest));
        }
        catch (Exception foreseen) when (Failures.Describe(foreseen) is { Code: not 0 } failure)
        {
            return (string.Join('\n', failure.Lines), null);
        }
    }

    /// <summary>All files of a folder, by their path in it, in order.</summary>
    public static string[] Files(string folder) =>
        [.. Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Select(file => System.IO.Path.GetRelativePath(folder, file)).Order(StringComparer.Ordinal)];

    public void Dispose() => _folder.Dispose();

    private sealed class Stopping(RunWriter writer, CancellationTokenSource stop) : IRunObserver
    {
        public void SlotCompleted(SlotReport report)
        {
            writer.SlotCompleted(report);
            if (report.Slot == StoppedFrom)
                stop.Cancel(); // the clock is two checkpoints ahead at most
        }
    }
}
