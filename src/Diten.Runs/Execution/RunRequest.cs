using Diten.Actors;
using Diten.Model.Worlds;
using Diten.Runs.Hosting;
using Diten.Runs.Progress;
using Diten.Runs.Results;

namespace Diten.Runs.Execution;

/// <summary>A run or a training that is ready to begin or to go on: all that can be checked before is checked. See <see cref="FolderRun"/>.</summary>
public sealed record RunRequest
{
    /// <summary>Its scenario.</summary>
    public required ScenarioInput Input { get; init; }

    /// <summary>The scenario made ready.</summary>
    public required World World { get; init; }

    /// <summary>How it is begun.</summary>
    public required RunStart Start { get; init; }

    /// <summary>Where its folder shall be, or is.</summary>
    public required string Folder { get; init; }

    /// <summary>Makes who else is told of every slot, from the first on, given where the run's folder is while it goes on; disposed of when it is over. Null = nobody.</summary>
    public Func<RunFolder, IRunWatcher>? Watch { get; init; }

    /// <summary>Is given the processes of a run that has some of its own, when they listen. Null = nobody.</summary>
    public Action<LocalCluster>? Started { get; init; }

    /// <summary>Can change it while it goes on; null = nobody does.</summary>
    public RunHands? Hands { get; init; }

    /// <summary>Whether it goes on in that folder.</summary>
    public bool GoesOn { get; private init; }

    /// <summary>Whether an earlier run in that folder is replaced.</summary>
    public bool Overwrite { get; init; }

    /// <summary>Where the journal is; null = in the folder, or that of the cluster.</summary>
    public JournalLocation? Journal { get; init; }

    /// <summary>This process's node, with the cluster's node to join as seed; null where there is none.</summary>
    public NodeConfiguration? Join { get; init; }

    /// <summary>A run that begins.</summary>
    /// <exception cref="UserErrorException">It cannot be run so, or is too large for this machine and not forced.</exception>
    public static RunRequest New(ScenarioInput input, RunSettings settings, Terminal terminal)
    {
        var (name, nodes) = ($"{input.Name}-seed{input.Scenario.Seed}", settings.Nodes ?? 0);
        var forced = settings.Force || settings.Join is not null; // a cluster that is joined has other machines' memory
        input.Checked(terminal, nodes, forced);
        var folder = FolderOf(settings, name);
        var join = Joined(settings);
        var elsewhere = join is null ? JournalLocation.Chosen(settings.Journal) : null;
        var place = join is not null ? RunStart.InCluster : elsewhere?.Describe() ?? RunStart.InFolder;
        var start = new RunStart
        {
            // Any other journal than the folder's own holds many runs.
            RunId = place == RunStart.InFolder ? name : $"{name}-{DateTime.UtcNow:yyyyMMdd-HHmmss-fff}",
            Name = input.Name,
            Journal = place,
            Nodes = nodes,
            Threads = settings.Threads,
            CheckpointEverySlots = settings.CheckpointEverySlots,
            ServerRecords = settings.ServerRecords,
            DeviceRecordsEvery = settings.DeviceRecordsEvery,
            RecordDevicesEvery = settings.RecordDevicesEvery?.Invoke(input.Scenario.Devices.Count, settings.DeviceRecordsEvery) ?? 0,
            TwinHistory = settings.TwinHistory,
        };
        return new RunRequest
        {
            Input = input,
            World = input.Ready(terminal, nodes, forced),
            Start = start.Holding(input.ResolvedText, InputDigest.Of(input.Scenario)),
            Folder = folder,
            Overwrite = settings.Overwrite,
            Journal = elsewhere,
            Join = join,
        };
    }

    /// <summary>A training that begins; it takes <c>learning.slots</c>.</summary>
    /// <exception cref="Model.Scenarios.Keys.ScenarioException">It has faults, and would be trained elsewhere than in the emulation, or before they begin.</exception>
    /// <exception cref="UserErrorException">It cannot be run so, or is too large for this machine and not forced.</exception>
    public static RunRequest NewTraining(ScenarioInput input, RunSettings settings, Terminal terminal)
    {
        var (name, nodes) = ($"{input.Name}-training-seed{input.Scenario.Seed}", settings.Nodes ?? 0);
        input.Checked(terminal, nodes, settings.Force);
        input = input.ForTraining();
        var start = new RunStart
        {
            RunId = name,
            Name = input.Name,
            Journal = RunStart.InFolder,
            Nodes = nodes,
            Threads = settings.Threads,
            CheckpointEverySlots = settings.CheckpointEverySlots,
            RecordDevicesEvery = settings.RecordDevicesEvery?.Invoke(input.Scenario.Devices.Count, 0) ?? 0,
            Training = true,
        };
        return new RunRequest
        {
            Input = input,
            Folder = FolderOf(settings, name),
            World = input.Ready(terminal, nodes, settings.Force), // first: it names the key of a file that cannot be used
            Start = start.Holding(input.ResolvedText, InputDigest.Of(input.Scenario)),
            Overwrite = settings.Overwrite,
        };
    }

    /// <summary>A run that was stopped or broke off, and goes on.</summary>
    /// <exception cref="UserErrorException">There is none, or it cannot go on; the message says why.</exception>
    public static Task<RunRequest> GoOnAsync(string folder, RunSettings settings, Terminal terminal)
    {
        var run = StoppedRun.Open(folder);
        return run.Start.Training
            ? throw new UserErrorException($"{folder} is a training: go on with it by {run.Start.ResumeCommand(folder)}.")
            : GoOnAsync(run, settings, terminal);
    }

    /// <summary>A training that was stopped or broke off, and goes on.</summary>
    /// <exception cref="UserErrorException">There is none, or it cannot go on; the message says why.</exception>
    public static Task<RunRequest> GoOnTrainingAsync(string folder, RunSettings settings, Terminal terminal)
    {
        var run = StoppedRun.Open(folder);
        return run.Start.Training
            ? GoOnAsync(run, settings, terminal)
            : throw new UserErrorException($"--resume: {folder} is no training: go on with it by {run.Start.ResumeCommand(folder)}.");
    }

    private static async Task<RunRequest> GoOnAsync(StoppedRun run, RunSettings settings, Terminal terminal)
    {
        var start = run.Start with { Nodes = settings.Nodes ?? run.Start.Nodes, Threads = settings.Threads };
        var forced = settings.Force || start.Journal == RunStart.InCluster; // it has other machines' memory
        run.Input.Checked(terminal, start.Nodes, forced);
        var elsewhere = start.Journal is RunStart.InFolder or RunStart.InCluster ? null : JournalLocation.Chosen(settings.Journal);
        var world = run.Input.Ready(start.Nodes, forced);
        await run.RequireSoundAsync(world, elsewhere, settings.From);
        return new RunRequest
        {
            Input = run.Input,
            World = world,
            Start = start,
            Folder = run.Path,
            GoesOn = true,
            Journal = elsewhere,
            Join = Joined(settings),
        };
    }

    private static string FolderOf(RunSettings settings, string usual) => settings.Folder is { } given
        ? OutputFolder.Named(given, settings.Overwrite, "choose another one, or say --overwrite")
        : OutputFolder.Unused($"runs/{usual}");

    private static NodeConfiguration? Joined(RunSettings settings) => settings.Join is null
        ? null
        : NodeConfiguration.Load(settings.Config, ("--join", "diten.node.seed-nodes", $"[{settings.Join}]"));
}
