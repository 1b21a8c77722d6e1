using System.Text;
using Diten.Runs.Execution;
using Diten.Runs.Experiments.Cells;
using Diten.Runs.Experiments.Designs;
using Diten.Runs.Experiments.Findings;
using Diten.Runs.Results;

namespace Diten.Runs.Experiments;

/// <summary>Trains the policies of an experiment, those that its folder has not yet, one after another.</summary>
/// <remarks>A training's folder is named by a hash of its scenario, of the files that it names and of this build: a changed one is trained anew.</remarks>
internal sealed class ExperimentTrainings(Session session, ExperimentDesign design, ExperimentSettings settings)
{
    private const int CheckpointEverySlots = 50;

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
        foreach (var (name, input) in Load())
        {
            var hash = InputDigest.Fingerprint(input.ResolvedText, InputDigest.Of(input.Scenario));
            var own = Path.Combine(folder, "policies", $"{name}-{InputDigest.Sha256Of(Encoding.UTF8.GetBytes(hash + RunSummary.BuildVersion))[..16]}");
            var card = Path.Combine(own, "policy.json");
            if (!File.Exists(card))
            {
                stage?.Trains(name);
                var request = RunRequest.NewTraining(input, new RunSettings { Folder = own, Overwrite = true, Threads = settings.Threads, CheckpointEverySlots = CheckpointEverySlots, Force = settings.Force }, session.Terminal);
                var (summary, _) = await FolderRun.RunAsync(session, request, settings.Quiet, cancel);
                if (summary.Cancelled)
                {
                    Directory.Delete(own, recursive: true); // part of a training is another policy
                    throw new OperationCanceledException(cancel);
                }

                if (!File.Exists(card))
                    throw new UserErrorException($"train.{name}: no version of the policy was trained in {input.Scenario.Learning.Slots} slots: set learning.slots higher.");
            }

            _done.Add(new ExperimentTraining(name, own));
            _files.Add(name, Path.GetFullPath(Path.Combine(own, PolicyCard.Read(card).File)));
        }
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
}
