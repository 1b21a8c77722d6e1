using System.Text;
using Diten.Runs.Execution;
using Diten.Runs.Results;

namespace Diten.Runs.Experiments.Cells;

/// <summary>Keeps what came of every finished cell, so that an interrupted experiment goes on where it was.</summary>
/// <remarks>
/// A file's name says for people what was run, and begins with a hash of the resolved scenario, of the data files that it names and of this build:
/// a changed scenario, file or program is another cell and runs again, and one that two parts of an experiment share runs once. Files appear whole
/// or not at all, and end in a line with the SHA-256 of what is before it. Thread-safe.
/// </remarks>
internal sealed class CellStore
{
    private const string Seal = "sha256 ";

    private readonly string _output, _folder;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, string> _inputs = []; // hundreds of runs look at each data file once

    /// <param name="output">The experiment's output folder; made where it does not exist.</param>
    /// <param name="what">What it is, for the message: a sweep.</param>
    /// <exception cref="IOException">It holds something else.</exception>
    public CellStore(string output, string what)
    {
        (_output, _folder) = (output, Path.Combine(output, "cells"));
        if (!Directory.Exists(_folder) && !OutputFolder.IsFree(output))
            throw new IOException($"it holds something that is no {what}.");
        Directory.CreateDirectory(_folder);
    }

    /// <summary>Takes the folder back where no run came to its end.</summary>
    public void RemoveIfEmpty()
    {
        OutputFolder.RemoveIfEmpty(_folder);
        OutputFolder.RemoveIfEmpty(_output);
    }

    /// <summary>The result of a finished cell; null where it has not run.</summary>
    /// <param name="withCourse">Whether its course must be there, too.</param>
    /// <exception cref="InvalidDataException">What is kept of it is damaged; the message names the file.</exception>
    public CellResult? Find(Cell cell, bool withCourse)
    {
        var path = PathOf(cell);
        if (!File.Exists(path))
            return null;
        var text = File.ReadAllText(path);
        var end = text.LastIndexOf(Seal, StringComparison.Ordinal);
        if (end <= 0 || text[end..] != SealOf(text[..end]))
            throw new InvalidDataException($"{path} is damaged or was changed: delete it, and this run is run again.");
        var result = CellResult.Parse(text[..end], path);
        return (withCourse && result.Extras.Course is null) || (cell.WithBounds && result.Extras.Bounds is null) ? null : result;
    }

    /// <summary>Keeps a finished cell.</summary>
    public void Keep(Cell cell, CellResult result)
    {
        var path = PathOf(cell);
        var partial = path + ".partial";
        var text = result.ToText();
        File.WriteAllText(partial, text + SealOf(text));
        File.Move(partial, path, overwrite: true);
    }

    /// <summary>Where a cell is kept: the same for cells that are the same run.</summary>
    public string PathOf(Cell cell)
    {
        string world;
        lock (_gate)
            world = InputDigest.Fingerprint(cell.Input.ResolvedText, InputDigest.Of(cell.Input.Scenario, _inputs));
        var hash = InputDigest.Sha256Of(Encoding.UTF8.GetBytes(world + "\n" + RunSummary.BuildVersion))[..16];
        return Path.Combine(_folder, FormattableString.Invariant($"{cell.Input.Name}-seed{cell.Seed}-{hash}.json"));
    }

    private static string SealOf(string text) => $"{Seal}{InputDigest.Sha256Of(Encoding.UTF8.GetBytes(text))}\n";
}
