using System.Text;
using Diten.Runs.Execution;
using Diten.Runs.Results;

namespace Diten.Runs.Experiments;

/// <summary>Keeps the summary of every finished run of a sweep, so that an interrupted sweep goes on where it was.</summary>
/// <remarks>
/// A file's name says for people what was run, and ends in a hash of the resolved scenario, of the data files that it names and of this build:
/// a changed scenario, file or program is another cell and runs again. Files appear whole or not at all, and end in a line with the SHA-256 of
/// what is before it.
/// </remarks>
internal sealed class CellStore
{
    private const string Seal = "sha256 ";

    private readonly string _output, _folder;
    private readonly Dictionary<string, string> _inputs = []; // a sweep of hundreds of runs looks at each data file once

    /// <param name="output">The sweep's output folder; made where it does not exist.</param>
    /// <exception cref="IOException">It holds something, and that is no sweep.</exception>
    public CellStore(string output)
    {
        (_output, _folder) = (output, Path.Combine(output, "cells"));
        if (!Directory.Exists(_folder) && !OutputFolder.IsFree(output))
            throw new IOException("it holds something that is no sweep.");
        Directory.CreateDirectory(_folder);
    }

    /// <summary>Takes the folder back where no run came to its end.</summary>
    public void RemoveIfEmpty()
    {
        OutputFolder.RemoveIfEmpty(_folder);
        OutputFolder.RemoveIfEmpty(_output);
    }

    /// <summary>The summary of a finished cell; null where it has not run.</summary>
    /// <exception cref="InvalidDataException">What is kept of it is damaged; the message names the file.</exception>
    public RunSummary? Find(Cell cell)
    {
        var path = PathOf(cell);
        if (!File.Exists(path))
            return null;
        var text = File.ReadAllText(path);
        var end = text.LastIndexOf(Seal, StringComparison.Ordinal);
        return end > 0 && text[end..] == SealOf(text[..end]) ? RunSummary.Parse(text[..end], path)
            : throw new InvalidDataException($"{path} is damaged or was changed: delete it, and this run is run again.");
    }

    /// <summary>Keeps a finished cell.</summary>
    public void Keep(Cell cell, RunSummary summary)
    {
        var partial = PathOf(cell) + ".partial";
        var text = summary.ToText();
        File.WriteAllText(partial, text + SealOf(text));
        File.Move(partial, PathOf(cell), overwrite: true);
    }

    private static string SealOf(string text) => $"{Seal}{InputDigest.Sha256Of(Encoding.UTF8.GetBytes(text))}\n";

    private string PathOf(Cell cell)
    {
        var world = InputDigest.Fingerprint(cell.Input.ResolvedText, InputDigest.Of(cell.Input.Scenario, _inputs));
        var hash = InputDigest.Sha256Of(Encoding.UTF8.GetBytes(world + "\n" + RunSummary.BuildVersion))[..16];
        var label = string.Concat(cell.Label.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '=' ? c : '_'));
        return Path.Combine(_folder, $"{label[..Math.Min(label.Length, 120)]}-{hash}.json");
    }
}
