using System.IO.Hashing;
using System.Text;
using System.Text.Json;

namespace Diten.View.Recordings;

/// <summary>A log beside a recording, of events or of what nodes held: a line an entry, XxHash64 (hex) of the line before it and of the JSON, a tab, and the JSON.</summary>
internal static class LogFile
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <summary>Appends an entry.</summary>
    /// <param name="before">Hash of the line before it; empty at the begin.</param>
    /// <returns>Hash of this line.</returns>
    public static string Append<T>(TextWriter file, string before, T entry)
    {
        var json = JsonSerializer.Serialize(entry, Json);
        var hash = Hash(before, json);
        file.Write($"{hash}\t{json}\n");
        file.Flush();
        return hash;
    }

    /// <summary>Reads a log up to its last whole line.</summary>
    /// <exception cref="InvalidDataException">It is damaged; the message names the line.</exception>
    public static List<T> Read<T>(string path)
    {
        var (entries, before) = (new List<T>(), "");
        if (!File.Exists(path))
            return entries;
        var text = File.ReadAllText(path);
        foreach (var line in text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = line.Split('\t', 2);
            if (parts.Length < 2 || Hash(before, parts[1]) != parts[0])
                throw new InvalidDataException($"{path} is damaged: the checksum of line {entries.Count + 1} does not fit.");
            entries.Add(JsonSerializer.Deserialize<T>(parts[1], Json)!);
            before = parts[0];
        }

        return entries;
    }

    private static string Hash(string before, string json) => XxHash64.HashToUInt64(Encoding.UTF8.GetBytes(before + json)).ToString("x16");
}
