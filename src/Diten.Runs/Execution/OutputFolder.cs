using Diten.Runs.Results;

namespace Diten.Runs.Execution;

/// <summary>Finds places to write to.</summary>
public static class OutputFolder
{
    /// <summary>A folder to write to that the user named.</summary>
    /// <param name="mayHold">Whether it may hold something, so that only a file is refused.</param>
    /// <param name="hint">What can be done where it holds something, as the end of a sentence.</param>
    /// <exception cref="UserErrorException">It cannot be written to.</exception>
    public static string Named(string path, bool mayHold = false, string hint = "choose another one")
    {
        if (string.IsNullOrWhiteSpace(path))
            throw new UserErrorException("--out: found nothing; allowed: the name of a folder.");
        if (File.Exists(path))
            throw new UserErrorException($"--out: found {path}, which is a file; allowed: a folder that is empty or does not exist yet.");
        if (!mayHold && !IsFree(path))
            throw new UserErrorException($"--out: found {path}, which is not empty: {hint}.");
        return path;
    }

    /// <summary>Does something that needs the folder; what the file system refuses is told as the user's to mend.</summary>
    /// <exception cref="UserErrorException">It cannot be written to.</exception>
    public static T Use<T>(string path, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"--out: {path} cannot be written to: {problem.Message}");
        }
    }

    /// <inheritdoc cref="Use{T}"/>
    public static void Use(string path, Action action) => Use(path, () =>
    {
        action();
        return true;
    });

    /// <summary>Takes back a folder into which nothing was written.</summary>
    public static void RemoveIfEmpty(string path)
    {
        if (Directory.Exists(path) && !Directory.EnumerateFileSystemEntries(path).Any())
            Directory.Delete(path);
    }

    /// <summary>Whether nothing stands there that writing would mix with.</summary>
    public static bool IsFree(string path) =>
        !File.Exists(path) && (!Directory.Exists(path) || !Directory.EnumerateFileSystemEntries(path).Any());

    /// <summary>The path itself, or the first of path-2, path-3, … that does not exist, is not being written, and has not broken off.</summary>
    public static string Unused(string path)
    {
        var candidate = path;
        for (var number = 2; Path.Exists(candidate) || WorkFolder.IsBeingWritten(candidate) || File.Exists(new RunFolder(candidate).Partial.StartFile); number++)
            candidate = FormattableString.Invariant($"{path}-{number}");
        return candidate;
    }
}
