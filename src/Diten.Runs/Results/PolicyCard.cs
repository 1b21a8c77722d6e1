using System.Text.Json;
using Diten.Learning;
using Diten.Model.Learning;
using Diten.Model.Offloading;
using Diten.Model.Policies.Networks;
using Diten.Model.Records;
using Diten.Model.Scenarios;

namespace Diten.Runs.Results;

/// <summary>What a policy is, what it was trained on and how well it did there: <c>policy.json</c>, beside the policy's file.</summary>
/// <param name="File">The policy's file.</param>
/// <param name="Sha256">Of its weights, hex: equal trainings have equal ones.</param>
/// <param name="Network">Sizes of its layers.</param>
/// <param name="Features">What it sees of each candidate, see <see cref="DecisionFeatures"/>; with the paper's state, eq. (14).</param>
/// <param name="TrainedOn">Name of the scenario.</param>
/// <param name="Slots">Slots of the training run.</param>
/// <param name="Journeys">Journeys that ended in the emulation while it was trained.</param>
/// <param name="Decisions">Decisions that trained the policy.</param>
/// <param name="Version">Versions that were made.</param>
/// <param name="Digest">Of the training run's emulation, hex.</param>
/// <param name="Last">How it did in the last slots of training, while it tried things out.</param>
/// <param name="SettledAfter">Journeys after which rewards stayed within 5 % of what they were in the end, see <see cref="Settled"/>.</param>
/// <param name="Warnings">Where training seemed to collapse.</param>
/// <param name="ChangedKeys">Keys of the scenario that differ from the defaults; those of its own policy only where that one decided, too.</param>
public sealed record PolicyCard(
    string File, string Sha256, string Network, IReadOnlyList<string> Features, string TrainedOn, ulong Seed, int Slots, int Journeys, long Decisions,
    int Version, string Digest, PolicyScores Last, int SettledAfter, IReadOnlyList<string> Warnings, string BuiltBy, IReadOnlyList<ChangedKey> ChangedKeys)
{
    /// <summary>
    /// Of the machine that wrote this card, see <see cref="TrainingFingerprint"/>: where it is the same, so are the weights. The learner's, unless
    /// it lived in a cluster elsewhere. Empty in cards of older builds, and where that machine cannot train.
    /// </summary>
    public string Fingerprint { get; init; } = "";

    private const int LastJourneys = 100;

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>Describes a policy that was trained.</summary>
    /// <param name="rows">All versions, at least one.</param>
    /// <param name="fingerprint">Of the machine, see <see cref="TrainingFingerprint"/>.</param>
    internal static PolicyCard Of(string file, PolicyPublished policy, RunDescription run, RunSummary summary, IReadOnlyList<TrainingRow> rows, string fingerprint)
    {
        var last = RewardsOfLast(rows, out var slots);
        var measured = new Measured(slots);
        return new PolicyCard(
            file, PolicyFile.Hash(policy.Weights), PolicyShape.Describe(policy.Weights),
            policy.Weights.State == DecisionState.Paper ? ["eq. (14)"] : [.. DecisionFeatures.NamesOf(policy.Weights.State).Where((_, i) => policy.Weights.Features[i])],
            run.Name, run.Scenario.Seed, summary.SlotsCompleted, rows.Sum(row => row.Report.JourneyRewards.Count), rows.Sum(row => row.Report.Rows.Policy),
            policy.Version, summary.Digest,
            new PolicyScores(
                last.Count == 0 ? double.NaN : last.Average(), Metric.Reward.Of(measured), Metric.Latency.Of(measured), Metric.FailureRate.Of(measured),
                Metric.MigrationRate.Of(measured), rows[^1].Report.Entropy),
            Settled([.. rows.SelectMany(row => row.Report.JourneyRewards)], Math.Max(LastJourneys, run.Scenario.Devices.Count)),
            [.. rows.Select(row => row.Report).Where(report => report.Warning is not null).Select(report => $"version {report.Version}: {report.Warning}")],
            summary.Version, [.. run.ChangedKeys.Where(key => Matters(key, run.Scenario))])
        {
            Fingerprint = fingerprint,
        };
    }

    /// <summary>The scenario's own policy decides only before the first version does: often never.</summary>
    private static bool Matters(ChangedKey changed, Scenario scenario) =>
        !changed.Key.StartsWith("policy.", StringComparison.Ordinal) || scenario.Learning.LeadSlots(scenario.Devices.JourneySlots) > 0;

    /// <summary>
    /// Convergence, as the paper's Fig. 4 shows it: the first journey from which on the mean of the last window stays within 5 % of what it was in
    /// the end, i.e. in the last five windows. All journeys where there are no five windows.
    /// </summary>
    /// <param name="window">Journeys; one of each device, since those that drive at the same time share good and bad luck.</param>
    internal static int Settled(IReadOnlyList<float> rewards, int window)
    {
        if (rewards.Count < 5 * window)
            return rewards.Count;
        var sums = new double[rewards.Count + 1];
        for (var i = 0; i < rewards.Count; i++)
            sums[i + 1] = sums[i] + rewards[i];
        double Mean(int end, int count) => (sums[end] - sums[end - count]) / count;
        var (settled, final) = (rewards.Count, Mean(rewards.Count, 5 * window));
        while (settled > window && Math.Abs(Mean(settled - 1, window) - final) <= 0.05 * Math.Abs(final))
            settled--;
        return settled;
    }

    /// <summary>The journeys that ended last, some hundred where there are as many, and what happened in the slots of their versions.</summary>
    private static List<float> RewardsOfLast(IReadOnlyList<TrainingRow> rows, out SlotTotals slots)
    {
        var rewards = new List<float>();
        slots = default;
        for (var i = rows.Count - 1; i >= 0 && rewards.Count < LastJourneys; i--)
        {
            rewards.AddRange(rows[i].Report.JourneyRewards);
            slots.Add(rows[i].Slots);
        }

        return rewards;
    }

    /// <summary>Reads a card.</summary>
    public static PolicyCard Read(string path) =>
        JsonSerializer.Deserialize<PolicyCard>(System.IO.File.ReadAllText(path), Json) ?? throw new InvalidDataException($"{path} is empty.");

    public void Write(string path) => System.IO.File.WriteAllText(path, JsonSerializer.Serialize(this, Json) + "\n");
}

/// <summary>How a policy did.</summary>
/// <param name="RewardPerJourney">Mean sum of R_t (16).</param>
/// <param name="LatencyMean">Mean T_glob, seconds.</param>
/// <param name="Entropy">Nats.</param>
public sealed record PolicyScores(
    double RewardPerJourney, double RewardPerSlot, double LatencyMean, double FailureRate, double MigrationRate, double Entropy);
