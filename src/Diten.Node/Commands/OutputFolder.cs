using Diten.Node.Results;

namespace Diten.Node.Commands;

/// <summary>Finds places to write to.</summary>
internal static class OutputFolder
{
    /// <summary>Whether nothing stands there that writing would mix with.</summary>
    public static bool IsFree(string path) =>
        !File.Exists(path) && (!Directory.Exists(path) || !Directory.EnumerateFileSystemEntries(path).Any());

    /// <summary>The path itself, or the first of path-2, path-3, … that does not exist and is not being written by another run.</summary>
    public static string Unused(string path)
    {
        var candidate = path;
        for (var number = 2; Path.Exists(candidate) || RunWriter.IsBeingWritten(candidate); number++)
            candidate = FormattableString.Invariant($"{path}-{number}");
        return candidate;
    }
}
