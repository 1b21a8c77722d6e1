using Diten.Model.Input;

namespace Diten.Runs.Scenarios;

/// <summary>The scenario files that come with Diten.</summary>
public static class ShippedScenarios
{
    /// <summary>Folder <c>scenarios</c> in the current folder or above it, else above the program's; null where there is none.</summary>
    public static string? Folder()
    {
        foreach (var start in new[] { Directory.GetCurrentDirectory(), AppContext.BaseDirectory })
        {
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            {
                var candidate = Path.Combine(folder.FullName, "scenarios");
                if (File.Exists(Path.Combine(candidate, "quickstart.conf")))
                    return candidate;
            }
        }

        return null;
    }

    /// <summary>All files, by name.</summary>
    public static IReadOnlyList<string> Files() =>
        Folder() is { } folder ? [.. Directory.EnumerateFiles(folder, "*.conf").Order(StringComparer.Ordinal)] : [];

    /// <summary>One of them.</summary>
    /// <exception cref="UserErrorException">It is not there.</exception>
    public static string Find(string name) =>
        Folder() is { } folder && Path.Combine(folder, name) is var file && File.Exists(file)
            ? file
            : throw new UserErrorException($"scenarios/{name} is neither here nor above: run this in Diten's folder, or name a scenario file.");

    /// <summary>Where to find what somebody looked for in vain, as a sentence; null where no scenarios are at hand.</summary>
    /// <param name="path">A file that is not there.</param>
    public static string? Hint(string path)
    {
        if (Files() is not { Count: > 0 } files) return null;
        string[] names = [.. files.Select(file => Path.GetFileName(file))];
        var near = Suggestion.Nearest(Path.ChangeExtension(Path.GetFileName(path), ".conf"), names);
        var folder = HoconReader.Shown(Folder()!);
        return near is not null
            ? $"Did you mean {Path.Combine(folder, near)}?"
            : $"Those that come with Diten are in {folder}: {string.Join(", ", names)}.";
    }

    /// <summary>The comment lines that a file starts with, as one sentence.</summary>
    public static string Purpose(string file) => string.Join(' ', File.ReadLines(file)
        .TakeWhile(line => line.StartsWith('#')).Select(line => line.TrimStart('#').Trim()).TakeWhile(line => line.Length > 0));
}
