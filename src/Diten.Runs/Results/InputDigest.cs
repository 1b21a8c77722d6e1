using System.Security.Cryptography;
using System.Text;
using Diten.Model.Scenarios;
using Diten.Model.Scenarios.Keys;

namespace Diten.Runs.Results;

/// <summary>A data file that a scenario names, and what it held.</summary>
/// <param name="Key">The scenario's key that names it or its folder.</param>
/// <param name="Name">Its path from the folder that the key names; just its name where the key names a file.</param>
/// <param name="File">Its path.</param>
/// <param name="Sha256">Of its bytes, hex.</param>
public sealed record InputDigest(string Key, string Name, string File, string Sha256)
{
    /// <summary>Looks at all files that a scenario names, in the order of keys and names.</summary>
    /// <param name="known">Digests by path that need not be taken again, and where new ones go; null = all are taken.</param>
    /// <exception cref="IOException">One of them cannot be read.</exception>
    public static IReadOnlyList<InputDigest> Of(Scenario scenario, Dictionary<string, string>? known = null)
    {
        var digests = new List<InputDigest>();
        foreach (var key in ScenarioKeys.All.Where(key => key.IsPath))
            foreach (var (name, file) in Files(key.Format(scenario)))
                Add(key.Name, name, file);
        foreach (var one in scenario.Policy.Switches.All.Where(one => one.File is not null))
            Add(ScenarioKeys.SwitchesKey, FormattableString.Invariant($"{one.Slot}/{Path.GetFileName(one.File)}"), one.File!);
        return digests;

        void Add(string key, string name, string file)
        {
            if (known is null || !known.TryGetValue(file, out var sha256))
                sha256 = Sha256Of(file);
            known?.TryAdd(file, sha256);
            digests.Add(new InputDigest(key, name, file, sha256));
        }
    }

    /// <summary>SHA-256 of a scenario's text and of the files that it names, hex: equal ones are one world.</summary>
    public static string Fingerprint(string scenarioText, IReadOnlyList<InputDigest> inputs)
    {
        var text = new StringBuilder(Sha256Of(Encoding.UTF8.GetBytes(scenarioText))).Append('\n');
        foreach (var input in inputs)
            text.Append(input.Key).Append('\t').Append(input.Name).Append('\t').Append(input.Sha256).Append('\n');
        return Sha256Of(Encoding.UTF8.GetBytes(text.ToString()));
    }

    /// <summary>The first difference between two lists of files, in words; null = none.</summary>
    public static string? Change(IReadOnlyList<InputDigest> was, IReadOnlyList<InputDigest> isNow)
    {
        var now = isNow.ToDictionary(input => (input.Key, input.Name));
        foreach (var before in was)
        {
            if (!now.Remove((before.Key, before.Name), out var found))
                return $"{before.Key}: {before.File} is gone; its SHA-256 was {before.Sha256}.";
            if (found.Sha256 != before.Sha256)
                return $"{before.Key}: {before.File} has changed: its SHA-256 was {before.Sha256}, and is {found.Sha256}.";
        }

        return now.Values.FirstOrDefault() is { } added ? $"{added.Key}: {added.File} is new: the run was begun without it." : null;
    }

    /// <summary>SHA-256 of bytes, hex.</summary>
    internal static string Sha256Of(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static string Sha256Of(string file)
    {
        using var stream = System.IO.File.OpenRead(file);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    private static IEnumerable<(string Name, string File)> Files(string path)
    {
        if (path.Length == 0)
            return [];
        if (!Directory.Exists(path))
            return [(Path.GetFileName(path), path)];
        return Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories)
            .Select(file => (Path.GetRelativePath(path, file), file)).OrderBy(file => file.Item1, StringComparer.Ordinal);
    }
}
