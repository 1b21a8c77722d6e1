using System.Text.Json;
using Diten.Runs.Results;

namespace Diten.Runs.Demos.Lectures;

/// <summary>What is kept of a lecture beside its recordings, and what its page is made of: <c>lecture.json</c>, sealed by a checksum.</summary>
/// <param name="FirstSeed">The one that is shown.</param>
/// <param name="Seeds">Worlds behind every interval.</param>
public sealed record LectureRecord(string Title, string Text, ulong FirstSeed, int Seeds, IReadOnlyList<RecordedScene> Scenes)
{
    /// <summary>Its file in the lecture's folder.</summary>
    public const string FileName = "lecture.json";

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        RespectRequiredConstructorParameters = true, // what another version left out is no null here
        RespectNullableAnnotations = true,
    };

    /// <summary>All runs, in the order of their numbers, which are from 1 on.</summary>
    public IEnumerable<RecordedRun> Runs() => Scenes.SelectMany(scene => scene.Pairs).SelectMany(pair => pair.Runs);

    /// <summary>As UTF-8 JSON.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, Json);

    /// <summary>Writes it into a lecture's folder.</summary>
    internal void Write(string folder) => SealedText.Write(Path.Combine(folder, FileName), JsonSerializer.Serialize(this, Json) + "\n");

    /// <summary>Whether a folder holds a lecture that was prepared.</summary>
    public static bool IsIn(string folder) => File.Exists(Path.Combine(folder, FileName));

    /// <summary>Reads it from a lecture's folder.</summary>
    /// <exception cref="UserErrorException">There is none, or it is damaged.</exception>
    public static LectureRecord Read(string folder) => IsIn(folder)
        ? TryRead(folder) ?? throw new UserErrorException($"--replay: {Path.Combine(folder, FileName)} is damaged or was changed.")
        : throw new UserErrorException($"--replay: found {folder}, where no {FileName} is; allowed: the folder of a lecture that was prepared.");

    /// <summary>Reads it; null where there is none, or it is damaged.</summary>
    internal static LectureRecord? TryRead(string folder)
    {
        try
        {
            return IsIn(folder) && SealedText.Read(Path.Combine(folder, FileName)) is { } text ? JsonSerializer.Deserialize<LectureRecord>(text, Json) : null;
        }
        catch (JsonException)
        {
            return null; // of another version of Diten
        }
    }
}

/// <summary>What is kept of a scene.</summary>
/// <param name="Sides">Names of the two.</param>
/// <param name="LoadLabel">What the slider moves along; empty where there is none.</param>
/// <param name="Loads">Names of the loads; a single empty one where there is no slider.</param>
/// <param name="Figures">What is shown beside each other.</param>
/// <param name="Pairs">One a load.</param>
/// <param name="Server">Whose belief, truth and decisions are drawn; null = nobody's.</param>
public sealed record RecordedScene(
    string Name, string Title, string Text, SortedDictionary<int, string> Captions, IReadOnlyList<string> Sides, string LoadLabel, IReadOnlyList<string> Loads,
    IReadOnlyList<ShownFigure> Figures, IReadOnlyList<RecordedPair> Pairs, IReadOnlyList<RecordedQuestion> Questions, int? Server);

/// <summary>A figure as people see it.</summary>
/// <param name="Title">With its unit.</param>
/// <param name="Scale">What a value is multiplied by.</param>
public sealed record ShownFigure(string Title, double Scale, int Digits);

/// <summary>The two runs of a scene at one load.</summary>
/// <param name="Differences">Second side less first, over whole runs, by figure: mean, low and high of the 95 % interval; null = none.</param>
public sealed record RecordedPair(IReadOnlyList<RecordedRun> Runs, IReadOnlyList<double?[]> Differences);

/// <summary>A run that was recorded, and what its case came to in all worlds.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Folder">Within the lecture's.</param>
/// <param name="Key">Hash of all that its result depends on.</param>
/// <param name="Figures">In the order of the scene's.</param>
/// <param name="Choices">Of each device for which one may choose.</param>
public sealed record RecordedRun(int Number, string Folder, string Key, string Digest, IReadOnlyList<RecordedCourse> Figures, IReadOnlyList<DeviceChoices> Choices);

/// <summary>A figure of one case.</summary>
/// <param name="Shown">Of the run that is shown, slot by slot.</param>
/// <param name="Slots">Mean, low and high of the 95 % interval over all worlds, slot by slot; null = none.</param>
/// <param name="Run">Likewise of whole runs.</param>
public sealed record RecordedCourse(IReadOnlyList<double?> Shown, IReadOnlyList<double?[]> Slots, double?[] Run);

/// <summary>A question, and what was measured.</summary>
/// <param name="Load">Number of the load that it is put at.</param>
/// <param name="Figure">What is compared.</param>
/// <param name="From">First slot of the mean.</param>
/// <param name="To">Slot after its last.</param>
/// <param name="Means">Of the two sides: mean, low and high of the 95 % interval.</param>
/// <param name="Difference">Second side less first, world by world: mean, low and high of the 95 % interval.</param>
/// <param name="Measured">The difference, for people.</param>
public sealed record RecordedQuestion(
    string Name, int Slot, int Tells, int Load, string Asks, ShownFigure Figure, int From, int To, IReadOnlyList<RecordedAnswer> Answers, string Because,
    IReadOnlyList<double?[]> Means, double?[] Difference, string Measured);

/// <summary>An answer, and what became of it.</summary>
/// <param name="Lies">Where the difference must lie.</param>
/// <param name="Verdict">right, wrong, or open: the interval reaches into its range and beyond.</param>
public sealed record RecordedAnswer(string Says, string Lies, string Verdict);

/// <summary>What a device could have chosen, slot by slot.</summary>
public sealed record DeviceChoices(int Device, IReadOnlyList<DeviceChoice> Slots);

/// <summary>A decision of a run, with what each candidate promised and would have given; seconds.</summary>
/// <param name="Serving">Server that served it before; −1 where a journey begins.</param>
/// <param name="Chosen">Number of the candidate that the policy took.</param>
/// <param name="DeadlineSeconds">After that the task is late.</param>
/// <param name="Candidates">Nearest first.</param>
public sealed record DeviceChoice(int Slot, int Serving, int Chosen, double DeadlineSeconds, IReadOnlyList<OfferedCandidate> Candidates);

/// <summary>A candidate.</summary>
/// <param name="Tasks">What its twin takes for its number of tasks.</param>
/// <param name="Predicted">T_glob on the word of its twin, seconds.</param>
/// <param name="True">T_glob that it would have given, everybody else where they were, seconds.</param>
/// <param name="Regret">That, less the least of all candidates, seconds.</param>
public sealed record OfferedCandidate(int Server, double Metres, int Tasks, double Predicted, double True, double Regret);
