using Diten.Runs.Experiments.Designs;

namespace Diten.Runs.Experiments.Findings;

/// <summary>A policy that was trained for an experiment.</summary>
/// <param name="Name">In the experiment's file.</param>
/// <param name="Folder">Of the training, as <c>diten train</c> writes it.</param>
internal sealed record ExperimentTraining(string Name, string Folder);

/// <summary>What an experiment found, and where it was written.</summary>
/// <param name="Runs">Runs in all, those that two cases share counted twice.</param>
/// <param name="Kept">Runs that were kept from an earlier call.</param>
public sealed class ExperimentResult
{
    internal ExperimentResult(string folder, ExperimentDesign design, IReadOnlyList<PartFindings> parts, int runs, int kept) =>
        (Folder, Design, Parts, Runs, Kept) = (folder, design, parts, runs, kept);

    public string Folder { get; }

    public ExperimentDesign Design { get; }

    public int Runs { get; }

    public int Kept { get; }

    internal IReadOnlyList<PartFindings> Parts { get; }

    /// <summary>Policies that were trained.</summary>
    internal IReadOnlyList<ExperimentTraining> Trainings { get; init; } = [];
}
