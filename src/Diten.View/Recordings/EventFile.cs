using System.IO.Hashing;
using System.Text;
using System.Text.Json;

namespace Diten.View.Recordings;

/// <summary>The log beside a recording: a line an event, XxHash64 (hex) of the line before it and of the JSON, a tab, and the JSON.</summary>
internal static class EventFile
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <summary>Appends an event.</summary>
    /// <param name="before">Hash of the line before it; empty at the begin.</param>
    /// <returns>Hash of this line.</returns>
    public static string Append(TextWriter file, string before, RecordedEvent happened)
    {
        var json = JsonSerializer.Serialize(happened, Json);
        var hash = Hash(before, json);
        file.Write($"{hash}\t{json}\n");
        file.Flush();
        return hash;
    }

    /// <summary>Reads a log up to its last whole line.</summary>
    /// <exception cref="InvalidDataException">It is damaged; the message names the line.</exception>
    public static List<RecordedEvent> Read(string path)
    {
        var (events, before) = (new List<RecordedEvent>(), "");
        if (!File.Exists(path))
            return events;
        var text = File.ReadAllText(path);
        foreach (var line in text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = line.Split('\t', 2);
            if (parts.Length < 2 || Hash(before, parts[1]) != parts[0])
                throw new InvalidDataException($"{path} is damaged: the checksum of line {events.Count + 1} does not fit.");
            events.Add(JsonSerializer.Deserialize<RecordedEvent>(parts[1], Json)!);
            before = parts[0];
        }

        return events;
    }

    private static string Hash(string before, string json) => XxHash64.HashToUInt64(Encoding.UTF8.GetBytes(before + json)).ToString("x16");
}
