using Diten.Model.Input;
using Diten.Runs.Experiments.Findings;
using Diten.Runs.Results;

namespace Diten.Runs.Reproduction;

/// <summary>Rewards while a policy was trained.</summary>
/// <param name="Name">Of the training, in its file.</param>
/// <param name="Rewards">Σ R_t, eq. (16), of each journey that ended in the emulation, by first slot and device.</param>
/// <param name="WaveJourneys">Journeys that are driven at the same time, one of each device: they share good and bad luck.</param>
internal sealed record TrainingCurve(string Name, IReadOnlyList<double> Rewards, int WaveJourneys)
{
    /// <summary>What the names of trainings begin with that Fig. 4 is about.</summary>
    private const string Mark = "curve-";

    /// <summary>Time that it took, seconds.</summary>
    public double WallSeconds { get; init; }

    /// <summary>Of the machine that trained: where it is the same, so is the policy; empty where it is not known.</summary>
    public string Fingerprint { get; init; } = "";

    /// <summary>Whether Fig. 4 is about it.</summary>
    public bool IsCurve => Name.StartsWith(Mark, StringComparison.Ordinal);

    /// <summary>Means of whole waves, in order.</summary>
    public IEnumerable<double> Waves()
    {
        for (var from = 0; from + WaveJourneys <= Rewards.Count; from += WaveJourneys)
            yield return Rewards.Skip(from).Take(WaveJourneys).Average();
    }

    /// <summary>Reads it from the folder of a training.</summary>
    public static TrainingCurve Read(ExperimentTraining training)
    {
        var folder = new RunFolder(training.Folder);
        var journeys = CsvTable.Read(Path.Combine(folder.Tables, "journeys.csv"), header: true, FieldSeparator.Comma);
        var summary = RunSummary.Read(folder.SummaryFile);
        return new TrainingCurve(
            training.Name, [.. journeys.Rows.Select(row => double.Parse(row[2], System.Globalization.CultureInfo.InvariantCulture))], summary.World.Devices)
        {
            WallSeconds = summary.Rate.WallSeconds,
            Fingerprint = PolicyCard.Read(Path.Combine(training.Folder, "policy.json")).Fingerprint,
        };
    }
}
