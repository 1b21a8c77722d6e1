using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Diten.Actors;

namespace Diten.Runs.Results;

/// <summary>Headline figures of a run: <c>summary.json</c>. Times in seconds, rates as shares; what no task could tell is NaN here, null there.</summary>
/// <param name="Digest">SHA-256 over the slots' digests, hex: equal digests mean equal results.</param>
/// <param name="Slots">Slots of the scenario.</param>
/// <param name="SlotsCompleted">Fewer where <paramref name="Cancelled"/>.</param>
public sealed record RunSummary(
    string Scenario, ulong Seed, string Version, string Digest, int Slots, int SlotsCompleted, bool Cancelled, long DeviceSlots,
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

    /// <summary>What came of each fault, in the order of their names; where there are none it is empty if twins are measured, and else null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<FaultSummary>? Faults { get; init; }

    /// <summary>What was changed while it went on, in order; null = nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<EditSummary>? Edits { get; init; }

    /// <summary>Values of <see cref="Metric.All"/>, by name. Two summaries with equal values hold two dictionaries, and are not equal as records.</summary>
    [JsonIgnore]
    public IReadOnlyDictionary<string, double> Figures { get; init; } = new Dictionary<string, double>();

    /// <summary>The value of a metric; NaN where nothing was measured.</summary>
    public double this[Metric metric] => Figures.GetValueOrDefault(metric.Name, double.NaN);

    /// <summary>Whether it tells a metric at all, if only that there was nothing to measure.</summary>
    public bool Has(Metric metric) => Figures.ContainsKey(metric.Name);

    /// <summary>The summary of a run that ended.</summary>
    /// <param name="peakBytes">Most memory that the process, or all processes together, held; bytes.</param>
    internal static RunSummary From(RunOutcome outcome, RunDescription run, long peakBytes)
    {
        var scenario = run.Scenario;
        return new RunSummary(
            run.Name, scenario.Seed, BuildVersion, Convert.ToHexStringLower(outcome.Digest), scenario.Slots, outcome.SlotsCompleted,
            outcome.Cancelled, outcome.Total.Devices,
            WorldSummary.Of(run),
            new RateSummary(outcome.Total.Devices / outcome.RunSeconds, outcome.RunSeconds, outcome.StartSeconds),
            new MemorySummary(peakBytes), PlatformSummary.Here(), run.ChangedKeys)
        {
            FilesRead = run.FilesRead,
            Figures = MetricsJson.Of(Measured.Of(outcome), scenario.MeasuresTwins),
            Faults = scenario.MeasuresTwins || !scenario.Faults.IsEmpty ? FaultSummary.Of(run, outcome) : null,
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
            var written = JsonNode.Parse(text) as JsonObject ?? throw new InvalidDataException($"{path} is not a run's summary: it is no object.");
            return written.Deserialize<RunSummary>(Json)! with { Figures = MetricsJson.Read(written) };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            throw new InvalidDataException($"{path} is not a run's summary: {e.Message}", e);
        }
    }

    /// <summary>Writes it as indented JSON.</summary>
    public void Write(string path) => File.WriteAllText(path, ToText());

    /// <summary>What <see cref="Write"/> writes.</summary>
    internal string ToText()
    {
        var written = new JsonObject();
        foreach (var (name, value) in JsonSerializer.SerializeToNode(this, Json)!.AsObject().ToArray())
        {
            value?.Parent!.AsObject().Remove(name);
            if (name == "world")
                MetricsJson.Write(Figures, written);
            written[name] = value;
        }

        return written.ToJsonString(Json) + "\n";
    }

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

/// <summary>What was emulated, in a few words.</summary>
/// <param name="Policy">Name of the policy, as in the scenario.</param>
/// <param name="Beta">β, migrations allowed per slot.</param>
/// <param name="DeadlineMinimum">Earliest γ, seconds.</param>
/// <param name="DeadlineMaximum">Latest γ, seconds.</param>
public sealed record WorldSummary(
    int Devices, int Stations, int Servers, int Candidates, string Policy, double Beta, double DeadlineMinimum, double DeadlineMaximum)
{
    /// <summary>The world of a run.</summary>
    internal static WorldSummary Of(RunDescription run) => new(
        run.Scenario.Devices.Count, run.Topology.StationCount, run.Topology.ServerCount, run.Scenario.Decisions.Candidates,
        run.Scenario.Policy.Described, run.Scenario.Objective.Beta,
        run.Scenario.Tasks.DeadlineSeconds.Low, run.Scenario.Tasks.DeadlineSeconds.High);
}

/// <summary>A change that was made while a run went on, in <c>summary.json</c>.</summary>
/// <param name="Slot">The first slot that was otherwise.</param>
/// <param name="What">In words.</param>
public sealed record EditSummary(int Slot, string What)
{
    internal static EditSummary Of(RunEdited edit) => new(edit.Slot, edit.Told);
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
