using System.Text;
using Diten.Model.Records;
using Diten.Runs.Execution;
using Diten.Runs.Experiments.Cells;
using Diten.Runs.Experiments.Designs;
using Diten.Runs.Experiments.Findings;
using Diten.Runs.Progress;
using Diten.Runs.Results;

namespace Diten.Runs.Experiments;

/// <summary>Trains the policies of an experiment, those that its folder has not yet, side by side as cores and memory allow.</summary>
/// <remarks>A training's folder is named by a hash of its scenario, of the files that it names and of this build: a changed one is trained anew.
/// Part of a training is of no use, so none is kept, and there are no checkpoints.</remarks>
internal sealed class ExperimentTrainings(Session session, ExperimentDesign design, ExperimentSettings settings)
{
    private readonly Dictionary<string, string> _files = new(StringComparer.Ordinal);
    private readonly List<ExperimentTraining> _done = [];

    /// <summary>Trainings that came to their end, in the order of the design.</summary>
    public IReadOnlyList<ExperimentTraining> Done => _done;

    /// <summary>Trains what is missing.</summary>
    /// <param name="folder">The experiment's.</param>
    /// <param name="stage">Is told which one is trained; null = nobody is.</param>
    /// <exception cref="Model.Scenarios.Keys.ScenarioException">A training's scenario is wrong.</exception>
    /// <exception cref="OperationCanceledException">Stopped; trainings that came to their end stay.</exception>
    public async Task RunAsync(string folder, IExperimentStage? stage, CancellationToken cancel)
    {
        if (!Learning.Training.IsAvailable(out var why))
            throw new UserErrorException($"This machine cannot train, which {design.File} asks for: {why}");
        Job[] jobs = [.. Load().Select(training => new Job(training.Name, training.Input, FolderOf(folder, training.Name, training.Input)))];
        Job[] missing = [.. jobs.Where(job => !File.Exists(job.Card)).OrderByDescending(job => job.Work)]; // the longest first, so that none is left alone with one core at the end
        if (missing.Length > 0)
            await RunAsync(missing, jobs.Length, stage, cancel);
        foreach (var job in jobs)
        {
            _done.Add(new ExperimentTraining(job.Name, job.Folder));
            _files.Add(job.Name, Path.GetFullPath(Path.Combine(job.Folder, PolicyCard.Read(job.Card).File)));
        }
    }

    private async Task RunAsync(Job[] missing, int count, IExperimentStage? stage, CancellationToken cancel)
    {
        var sideBySide = settings.SideBySide([.. missing.Select(job => job.Input.Scenario)], usual: Environment.ProcessorCount);
        var line = new StatusLine(session.Terminal, settings.Quiet);
        var progress = new WorkProgress(line, "training", count - missing.Length, count, missing.Sum(job => job.Work));
        try
        {
            await Parallel.ForEachAsync(missing, new ParallelOptions { MaxDegreeOfParallelism = sideBySide, CancellationToken = cancel }, async (job, stop) =>
            {
                stage?.Trains(job.Name);
                var request = RunRequest.NewTraining(job.Input, new RunSettings { Folder = job.Folder, Overwrite = true, Threads = settings.ThreadsOf(sideBySide), Force = settings.Force }, session.Terminal);
                var (summary, card) = await FolderRun.RunAsync(session, request with { Watch = _ => new Watch(line, progress, job.Name) }, quiet: true, stop);
                if (summary.Cancelled)
                {
                    Directory.Delete(job.Folder, recursive: true); // part of a training is another policy
                    throw new OperationCanceledException(stop);
                }

                if (card is null)
                    throw new UserErrorException($"train.{job.Name}: no version of the policy was trained in {job.Input.Scenario.Learning.Slots} slots: set learning.slots higher.");
                progress.End();
            });
        }
        finally
        {
            line.Clear();
        }
    }

    private static string FolderOf(string folder, string name, ScenarioInput input)
    {
        var hash = InputDigest.Fingerprint(input.ResolvedText, InputDigest.Of(input.Scenario));
        return Path.Combine(folder, "policies", $"{name}-{InputDigest.Sha256Of(Encoding.UTF8.GetBytes(hash + RunSummary.BuildVersion))[..16]}");
    }

    /// <summary>What is trained, checked.</summary>
    /// <exception cref="Model.Scenarios.Keys.ScenarioException">A training's scenario is wrong.</exception>
    public IReadOnlyList<(string Name, ScenarioInput Input)> Load() => [.. design.Trainings.Select(training => (training.Name, Cell.LoadChanged(
        settings with { Scenario = training.Scenario, Seed = training.Seed }, [.. training.Set, .. settings.Set]).ForTraining()))];

    /// <summary>A case with the files of trained policies in it; null where one is not trained yet.</summary>
    public Case? With(Case one)
    {
        var levels = new List<Level>();
        foreach (var level in one.Levels)
        {
            var changes = new List<Change>();
            foreach (var change in level.Changes)
            {
                if (!change.Value.StartsWith(TrainingDesign.Mark, StringComparison.Ordinal))
                    changes.Add(change);
                else if (_files.TryGetValue(change.Value[TrainingDesign.Mark.Length..], out var file))
                    changes.Add(change with { Value = file });
                else
                    return null;
            }

            levels.Add(level with { Changes = changes });
        }

        return new Case(levels);
    }

    /// <param name="Folder">Where its policy is, or shall be.</param>
    private sealed record Job(string Name, ScenarioInput Input, string Folder)
    {
        /// <summary>There once it is trained.</summary>
        public string Card => Path.Combine(Folder, "policy.json");

        /// <summary>Device-slots.</summary>
        public long Work => (long)Input.Scenario.Devices.Count * Input.Scenario.Slots;
    }

    private sealed class Watch(StatusLine line, WorkProgress progress, string name) : IRunWatcher
    {
        public void SlotCompleted(SlotReport report)
        {
            if (report.Learned?.Warning is { } warning)
                line.Tell($"{name}: {warning}");
            progress.Add(report.Total.Devices, name);
        }

        public void Dispose()
        {
        }
    }
}
