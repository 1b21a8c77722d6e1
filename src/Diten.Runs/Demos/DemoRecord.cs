using System.Text.Json;
using Diten.Runs.Results;

namespace Diten.Runs.Demos;

/// <summary>What is kept of a demo beside the folders of its acts, to be shown again: <c>demo.json</c>, sealed by a checksum.</summary>
/// <param name="Acts">In their order.</param>
public sealed record DemoRecord(string Title, IReadOnlyList<RecordedAct> Acts)
{
    private const string FileName = "demo.json";
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        RespectRequiredConstructorParameters = true, // what another version left out is no null here
        RespectNullableAnnotations = true,
    };

    /// <summary>A demo of which nothing has been shown.</summary>
    public static DemoRecord Of(DemoScript script) => new(script.Title, [.. script.Acts.Select(act => new RecordedAct(act.Name, act.Title, act.Captions, null, null))]);

    /// <summary>The same with other words of an act.</summary>
    public DemoRecord With(int act, Func<RecordedAct, RecordedAct> change) => this with { Acts = [.. Acts.Select((one, i) => i == act ? change(one) : one)] };

    /// <summary>Writes it into a demo's folder.</summary>
    public void Write(string folder) => SealedText.Write(Path.Combine(folder, FileName), JsonSerializer.Serialize(this, Json) + "\n");

    /// <summary>Reads it from a demo's folder.</summary>
    /// <exception cref="UserErrorException">There is none, or it is damaged.</exception>
    public static DemoRecord Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
            throw new UserErrorException($"--replay: found {folder}, where no {FileName} is; allowed: the folder of a demo that came to its end.");
        try
        {
            if (SealedText.Read(path) is { } text && JsonSerializer.Deserialize<DemoRecord>(text, Json) is { } record)
                return record;
        }
        catch (JsonException)
        {
            // Of another version of Diten: it is told below.
        }

        throw new UserErrorException($"--replay: {path} is damaged or was changed.");
    }
}

/// <summary>What is kept of an act.</summary>
/// <param name="Name">Of its folder.</param>
/// <param name="Captions">What is said from a slot on.</param>
/// <param name="Digest">On all processes; null until the act is over.</param>
/// <param name="Alone">In one process; null until it was run there.</param>
public sealed record RecordedAct(string Name, string Title, SortedDictionary<int, string> Captions, string? Digest, string? Alone);
