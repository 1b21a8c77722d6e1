using Diten.Model.Input;
using Diten.Runs.Scenarios;

namespace Diten.Runs.Experiments.Designs;

/// <summary>The experiments that come with Diten: <c>scenarios/experiments</c>.</summary>
public static class ShippedExperiments
{
    /// <summary>All files, by name.</summary>
    public static IReadOnlyList<string> Files() =>
        ShippedScenarios.Folder() is { } folder && Path.Combine(folder, "experiments") is var own && Directory.Exists(own)
            ? [.. Directory.EnumerateFiles(own, "*.conf").Order(StringComparer.Ordinal)]
            : [];

    /// <summary>Where to find what somebody looked for in vain, as a sentence; null where none are at hand.</summary>
    public static string? Hint(string path)
    {
        if (Files() is not { Count: > 0 } files)
            return null;
        var near = Suggestion.Nearest(Path.ChangeExtension(Path.GetFileName(path), ".conf"), files.Select(file => Path.GetFileName(file)));
        return files.FirstOrDefault(file => Path.GetFileName(file) == near) is { } meant
            ? $"Did you mean {HoconReader.Shown(meant)}?"
            : $"Those that come with Diten are in {HoconReader.Shown(Path.GetDirectoryName(files[0])!)}: {string.Join(", ", files.Select(file => Path.GetFileName(file)))}.";
    }
}
