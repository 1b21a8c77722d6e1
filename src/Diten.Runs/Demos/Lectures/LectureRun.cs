using Diten.Actors;
using Diten.Actors.Nodes;
using Diten.Model.Worlds;
using Diten.Runs.Execution;
using Diten.Runs.Experiments.Cells;
using Diten.Runs.Progress;
using Diten.Runs.Results;

namespace Diten.Runs.Demos.Lectures;

/// <summary>Prepares a lecture: computes its intervals and answers from many worlds, and records the pair of each scene and load.</summary>
/// <param name="folder">Where all is kept; null = <c>runs/lecture</c>. What is kept there is not run again.</param>
public sealed class LectureRun(Session session, LectureScript script, string? folder, ILectureStage stage)
{
    private const string UsualFolder = "runs/lecture";

    private int _done, _runs;

    private sealed record Scene(LectureScene Script, Cell[][] Cases, IReadOnlyList<LectureQuestion> Questions);

    /// <summary>Prepares it, and hands it to the stage.</summary>
    /// <exception cref="Model.Scenarios.Keys.ScenarioException">What is wrong with a scenario.</exception>
    /// <exception cref="UserErrorException">A scene asks for what its runs do not have, or the folder cannot be used.</exception>
    /// <exception cref="EmulationFailedException">A run broke off, or came out otherwise than in the interval's worlds.</exception>
    /// <exception cref="OperationCanceledException">Stopped; finished runs stay.</exception>
    public async Task<LectureRecord> RunAsync(CancellationToken cancel)
    {
        Scene[] scenes = [.. script.Scenes.Select(Load)]; // all that can be wrong is told before anything is run
        Cell[] cells = [.. scenes.SelectMany(scene => scene.Cases).SelectMany(seeds => seeds)];
        Cell.Check(cells, session.Terminal, force: false);
        var store = CellStore.Open(folder, UsualFolder, "lecture");
        string[] paths = [.. cells.Select(store.PathOf).Distinct()];
        _runs = paths.Length + Cases;
        Tell(_done = paths.Count(File.Exists));
        return await store.WhileAsync(session.Terminal, async () =>
        {
            var runner = new CellRunner(session with { Emulate = EmulateAsync }, Settings(script.Scenes[0]), new EmulationOptions { ServerRecords = false }) { KeepsSlots = true };
            var (results, _) = await runner.RunAsync(cells, store, null, cancel);
            Tell(_done = paths.Length); // what was kept and told too little was counted twice
            var left = results.Chunk(script.Seeds);
            var recorded = new List<RecordedScene>();
            var kept = LectureRecord.TryRead(store.Output)?.Runs().ToLookup(run => run.Key);
            var done = 0;
            foreach (var scene in scenes)
            {
                CellResult[][] own = [.. left.Skip(done).Take(scene.Cases.Length)];
                var runs = new List<RecordedRun>();
                for (var i = 0; i < own.Length; i++)
                {
                    runs.Add(await RecordAsync(scene, scene.Cases[i][0], own[i], done + i + 1, store, kept, cancel));
                    Tell(Interlocked.Increment(ref _done));
                }

                recorded.Add(Recorded(scene, own, runs));
                done += own.Length;
            }

            var lecture = new LectureRecord(script.Title, script.Text, script.FirstSeed, script.Seeds, recorded);
            lecture.Write(store.Output);
            stage.Begin(lecture);
            return lecture;
        });
    }

    private int Cases => script.Scenes.Sum(scene => scene.Cases.Count);

    private void Tell(int done) => stage.Preparing(Math.Min(done, _runs), _runs);

    private async Task<RunOutcome> EmulateAsync(World world, EmulationOptions options, IRunObserver? observer, CancellationToken cancel)
    {
        var outcome = await session.Emulate(world, options, observer, cancel);
        Tell(Interlocked.Increment(ref _done));
        return outcome;
    }

    private ExperimentSettings Settings(LectureScene scene) => new()
    {
        Scenario = scene.Scenario,
        Set = [.. scene.Set, new Change("pace", "virtual", script.File)], // nobody looks on while it is prepared
        Seed = script.FirstSeed,
        Seeds = script.Seeds,
    };

    private Scene Load(LectureScene scene)
    {
        var cases = scene.Cases.Select(one => Cell.Load(Settings(scene), one, string.Join(' ', one.Levels.Select(level => level.Name).Prepend(scene.Name))).ToArray()).ToArray();
        var scenarios = cases.Select(seeds => seeds[0].Input.Scenario).ToArray();
        var slots = scenarios.Min(scenario => scenario.Slots);
        if (scenarios.Any(scenario => scenario.Slots != slots))
            throw Refused(scene, "sides", $"runs of {string.Join(" and ", scenarios.Select(scenario => scenario.Slots).Distinct())} slots", "as many slots in all runs of a scene");
        foreach (var (at, late) in SlotsOf(scene).Where(one => one.Slot >= slots))
            throw Refused(scene, at, FormattableString.Invariant($"slot {late}"), FormattableString.Invariant($"slots 0 to {slots - 1}, those of its scenario"));
        foreach (var late in scene.Questions.Where(question => question.To > slots && question.To < int.MaxValue))
            throw Refused(scene, $"questions.{late.Name}.slots", FormattableString.Invariant($"slots before {late.To}"), FormattableString.Invariant($"at most {slots}, which its scenario has"));
        foreach (var scenario in scenarios)
        {
            if (scene.Devices.Count > 0 && ChoiceRecorder.WhyNot(scenario) is var (found, allowed))
                throw Refused(scene, "devices", $"devices to choose for, and {found}", allowed);
            if (scene.Devices.Where(device => device >= scenario.Devices.Count).Cast<int?>().FirstOrDefault() is { } unknown)
                throw Refused(scene, "devices", FormattableString.Invariant($"{unknown}"), FormattableString.Invariant($"0 to {scenario.Devices.Count - 1}"));
        }

        var servers = scene.Server is null ? int.MaxValue : cases.Min(seeds => seeds[0].Input.Ready().Topology.ServerCount);
        if (scene.Server >= servers)
            throw Refused(scene, "server", FormattableString.Invariant($"{scene.Server}"), FormattableString.Invariant($"0 to {servers - 1}"));
        return new Scene(scene, cases, [.. scene.Questions.Select(question => question with
        {
            To = Math.Min(question.To, slots),
            Tells = question.Tells < slots ? question.Tells : Math.Min(question.To, slots) - 1,
        })]);
    }

    /// <summary>Slots that its runs must have, with their keys.</summary>
    private static IEnumerable<(string At, int Slot)> SlotsOf(LectureScene scene) =>
    [
        .. scene.Captions.Keys.Select(slot => (FormattableString.Invariant($"captions.{slot}"), slot)),
        .. scene.Questions.Select(question => ($"questions.{question.Name}.slot", question.Slot)),
        .. scene.Questions.Where(question => question.Tells < int.MaxValue).Select(question => ($"questions.{question.Name}.tells", question.Tells)),
        .. scene.Questions.Select(question => ($"questions.{question.Name}.slots", question.From)),
    ];

    private UserErrorException Refused(LectureScene scene, string key, string found, string allowed) =>
        new($"{script.File}: lecture.scenes.{scene.Name}.{key}: found {found}; allowed: {allowed}.");

    private async Task<RecordedRun> RecordAsync(
        Scene scene, Cell cell, CellResult[] results, int number, CellStore store, ILookup<string, RecordedRun>? kept, CancellationToken cancel)
    {
        var (key, devices) = (store.KeyOf(cell), scene.Script.Devices);
        var run = new RecordedRun(
            number, $"{scene.Script.Name}-{key}", key, results[0].Summary.Digest, [.. scene.Script.Metrics.Select(metric => LectureMeasures.Course(results, metric))], []);
        var path = Path.Combine(store.Output, run.Folder);
        if (kept?[key].FirstOrDefault(old => old.Folder == run.Folder && old.Digest == run.Digest && old.Choices.Select(one => one.Device).SequenceEqual(devices)) is { } before
            && stage.TryOpen(number, path))
            return run with { Choices = before.Choices };
        var choices = await OutputFolder.Use(path, () => RecordAsync(cell, devices, run.Digest, path, $"{number} of {Cases} to be shown", cancel));
        return stage.TryOpen(number, path) ? run with { Choices = choices } : throw new EmulationFailedException($"{path}: what was recorded cannot be read.");
    }

    /// <summary>Runs a world once more and records it: whole, or not at all.</summary>
    private async Task<IReadOnlyList<DeviceChoices>> RecordAsync(Cell cell, IReadOnlyList<int> devices, string digest, string path, string title, CancellationToken cancel)
    {
        var (partial, world) = (path + ".partial", cell.Input.Ready());
        foreach (var old in new[] { path, partial }.Where(Directory.Exists))
            Directory.Delete(old, recursive: true);
        Directory.CreateDirectory(partial);
        var (line, choices) = (new StatusLine(session.Terminal, quiet: false), devices.Count > 0 ? new ChoiceRecorder(world, devices) : null);
        RunOutcome outcome;
        using (var watcher = stage.Record(partial, cell.Input, world))
        {
            var progress = new RunProgress(line, $"{title}: {cell.Name}", world.Scenario.Slots);
            var observers = choices is null ? new Observers(watcher, progress) : new Observers(watcher, choices, progress);
            outcome = await session.Emulate(world, new EmulationOptions { DeviceRecordsEvery = 1 }, observers, cancel);
        }

        line.Clear();
        cancel.ThrowIfCancellationRequested();
        if (Convert.ToHexStringLower(outcome.Digest) is var found && found != digest)
            throw new EmulationFailedException($"{cell.Label}: one seed came out in two ways, {digest} and {found}.");
        Directory.Move(partial, path);
        return choices?.Choices() ?? [];
    }

    private static RecordedScene Recorded(Scene scene, CellResult[][] results, IReadOnlyList<RecordedRun> runs)
    {
        var (own, loads) = (scene.Script, scene.Script.LoadNames);
        return new RecordedScene(
            own.Name, own.Title, own.Text, own.Captions, [.. own.Sides.Levels.Select(level => level.Name)], own.Loads?.Label ?? "", loads,
            [.. own.Metrics.Select(LectureMeasures.Shown)],
            [.. loads.Select((_, i) => new RecordedPair(
                [runs[2 * i], runs[(2 * i) + 1]],
                [.. own.Metrics.Select(metric => LectureMeasures.Difference(results[2 * i], results[(2 * i) + 1], metric))]))],
            [.. scene.Questions.Select(question => LectureMeasures.Answer(question, results[2 * question.Load], results[(2 * question.Load) + 1]))],
            own.Server);
    }
}
