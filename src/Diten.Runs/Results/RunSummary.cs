using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using Diten.Actors;

namespace Diten.Runs.Results;

/// <summary>Headline figures of a run: <c>summary.json</c>. Times in seconds, rates as shares; what no task could tell is NaN here, null there.</summary>
/// <param name="Digest">SHA-256 over the slots' digests, hex: equal digests mean equal results.</param>
/// <param name="Slots">Slots of the scenario.</param>
/// <param name="SlotsCompleted">Fewer where <paramref name="Cancelled"/>.</param>
/// <param name="FailureRate">(late + uncovered) / device-slots.</param>
/// <param name="MigrationRate">Migrations / device-slots that are not the first of a journey.</param>
/// <param name="HandoverRate">Hand-overs / device-slots.</param>
/// <param name="RewardPerSlot">Mean R_t (16) of completed tasks.</param>
public sealed record RunSummary(
    string Scenario, ulong Seed, string Version, string Digest, int Slots, int SlotsCompleted, bool Cancelled, long DeviceSlots,
    LatencySummary Latency, double FailureRate, double UncoveredRate, double MigrationRate, double HandoverRate, double RewardPerSlot,
    DeficitQueueSummary DeficitQueue, PredictionSummary Prediction, SystemCostSummary SystemCost, ServersSummary Servers,
    WorldSummary World, RateSummary Rate, MemorySummary Memory, PlatformSummary Platform, IReadOnlyList<ChangedKey> ChangedKeys)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new NotANumberIsNull() },
    };

    /// <summary>What was read from data files, and what was dropped and why, a fact a line; empty where none are named.</summary>
    public IReadOnlyList<string> FilesRead { get; init; } = [];

    /// <summary>Figures of a run that ended.</summary>
    /// <param name="peakBytes">Most memory that the process, or all processes together, held; bytes.</param>
    public static RunSummary From(RunOutcome outcome, RunDescription run, long peakBytes)
    {
        var scenario = run.Scenario;
        var total = outcome.Total;
        double devices = total.Devices, completed = total.Completed;
        return new RunSummary(
            run.Name, scenario.Seed, BuildVersion, Convert.ToHexStringLower(outcome.Digest), scenario.Slots, outcome.SlotsCompleted,
            outcome.Cancelled, total.Devices,
            new LatencySummary(
                total.Latency / completed, total.LatencyCapped / completed, total.Uplink / completed, total.Propagation / completed,
                total.Queueing / completed, total.Computation / completed, total.Outage / completed,
                outcome.Latencies.Quantile(0.5), outcome.Latencies.Quantile(0.95), outcome.Latencies.Quantile(0.99)),
            (total.Late + total.Uncovered) / devices, total.Uncovered / devices,
            (double)total.Migrations / total.MigrationOpportunities, total.HandOvers / devices, total.Reward / completed,
            new DeficitQueueSummary(outcome.FinalDeficitQueueMean, total.DeficitQueue / devices),
            new PredictionSummary(total.PredictionError / completed, total.PredictionAbsoluteError / completed),
            new SystemCostSummary(total.QueriesWithTwins / devices, total.QueriesWithoutTwins / devices),
            new ServersSummary(outcome.UtilisationMean),
            WorldSummary.Of(run),
            new RateSummary(devices / outcome.RunSeconds, outcome.RunSeconds, outcome.StartSeconds),
            new MemorySummary(peakBytes), PlatformSummary.Here(), run.ChangedKeys)
        {
            FilesRead = run.FilesRead,
        };
    }

    /// <summary>Version and build of this program.</summary>
    public static string BuildVersion { get; } =
        typeof(RunSummary).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    /// <summary>Reads a summary.</summary>
    /// <exception cref="InvalidDataException">The file is not a summary; the message names it.</exception>
    public static RunSummary Read(string path) => Parse(File.ReadAllText(path), path);

    /// <summary>Reads a summary's text.</summary>
    /// <param name="path">Where it comes from, for the message.</param>
    /// <exception cref="InvalidDataException">It is no summary.</exception>
    internal static RunSummary Parse(string text, string path)
    {
        try
        {
            return JsonSerializer.Deserialize<RunSummary>(text, Json)
                ?? throw new InvalidDataException($"{path} is not a run's summary: it holds null.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path} is not a run's summary: {e.Message}", e);
        }
    }

    /// <summary>Writes it as indented JSON.</summary>
    public void Write(string path) => File.WriteAllText(path, ToText());

    /// <summary>What <see cref="Write"/> writes.</summary>
    internal string ToText() => JsonSerializer.Serialize(this, Json) + "\n";

    private sealed class NotANumberIsNull : JsonConverter<double>
    {
        public override bool HandleNull => true;

        public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.Null ? double.NaN : reader.GetDouble();

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
        {
            if (double.IsFinite(value))
                writer.WriteNumberValue(value);
            else
                writer.WriteNullValue();
        }
    }
}

/// <summary>T_glob over completed tasks, its parts, and quantiles to 0.8 %; seconds.</summary>
/// <param name="MeanCapped">Mean of min(T_glob, γ).</param>
public sealed record LatencySummary(
    double Mean, double MeanCapped, double UplinkMean, double PropagationMean, double QueueingMean, double ComputationMean,
    double OutageMean, double P50, double P95, double P99);

/// <summary>Q (12): mean over devices after the last slot, and over all device-slots.</summary>
public sealed record DeficitQueueSummary(double Final, double Mean);

/// <summary>Predicted less actual T_glob: mean, and mean absolute value; seconds.</summary>
public sealed record PredictionSummary(double ErrorMean, double AbsoluteErrorMean);

/// <summary>Queries for server state per device and slot, with twins and without.</summary>
public sealed record SystemCostSummary(double WithTwinsPerSlot, double WithoutTwinsPerSlot);

/// <summary>Mean utilisation over servers and slots.</summary>
public sealed record ServersSummary(double UtilisationMean);

/// <summary>What was emulated, in a few words.</summary>
/// <param name="Policy">Name of the policy, as in the scenario.</param>
/// <param name="Beta">β, migrations allowed per slot.</param>
/// <param name="DeadlineMinimum">Earliest γ, seconds.</param>
/// <param name="DeadlineMaximum">Latest γ, seconds.</param>
public sealed record WorldSummary(
    int Devices, int Stations, int Servers, int Candidates, string Policy, double Beta, double DeadlineMinimum, double DeadlineMaximum)
{
    /// <summary>The world of a run.</summary>
    public static WorldSummary Of(RunDescription run) => new(
        run.Scenario.Devices.Count, run.Topology.StationCount, run.Topology.ServerCount, run.Scenario.Decisions.Candidates,
        run.Scenario.Policy.Name, run.Scenario.Objective.Beta,
        run.Scenario.Tasks.DeadlineSeconds.Low, run.Scenario.Tasks.DeadlineSeconds.High);
}

/// <summary>How fast the run was on this machine; no part of the result.</summary>
public sealed record RateSummary(double DeviceSlotsPerSecond, double WallSeconds, double StartSeconds);

/// <summary>Memory that the run took; no part of the result.</summary>
public sealed record MemorySummary(long PeakBytes);

/// <summary>Where it ran: bits are promised equal on one platform and build only.</summary>
public sealed record PlatformSummary(string OperatingSystem, string Runtime, string Architecture)
{
    /// <summary>This platform.</summary>
    public static PlatformSummary Here() => new(
        RuntimeInformation.OSDescription, RuntimeInformation.FrameworkDescription,
        RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant());
}
