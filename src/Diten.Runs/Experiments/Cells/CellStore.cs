using System.Text;
using Diten.Runs.Execution;
using Diten.Runs.Progress;
using Diten.Runs.Results;

namespace Diten.Runs.Experiments.Cells;

/// <summary>Keeps what came of every finished cell, so that an interrupted experiment goes on where it was.</summary>
/// <remarks>
/// A file's name says for people what was run, and ends in a hash of the resolved scenario, of the data files that it names and of this build:
/// a changed scenario, file or program is another cell and runs again, and one that two parts of an experiment share runs once. Files appear whole
/// or not at all, and end in a line with the SHA-256 of what is before it. Thread-safe.
/// </remarks>
internal sealed class CellStore
{
    private readonly string _output, _folder;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, string> _inputs = []; // hundreds of runs look at each data file once

    private CellStore(string output, string what)
    {
        (_output, _folder) = (output, Path.Combine(output, "cells"));
        if (!Directory.Exists(_folder) && !OutputFolder.IsFree(output))
            throw new IOException($"it holds something that is no {what}.");
        Directory.CreateDirectory(_folder);
    }

    /// <summary>Opens the output folder of an experiment; makes it where it does not exist.</summary>
    /// <param name="named">As the user named it; null = the usual one.</param>
    /// <param name="what">What it is, for the message: a sweep.</param>
    /// <exception cref="UserErrorException">It cannot be used, or holds something else.</exception>
    public static CellStore Open(string? named, string usual, string what)
    {
        var output = OutputFolder.Named(named ?? usual, mayHold: true);
        return OutputFolder.Use(output, () => new CellStore(output, what));
    }

    /// <summary>The output folder.</summary>
    public string Output => _output;

    /// <summary>
    /// Does what runs cells of this folder. Where it is stopped, says that finished ones are kept; where none came to its end, takes the folder back.
    /// </summary>
    public async Task<T> WhileAsync<T>(Terminal terminal, Func<Task<T>> run)
    {
        try
        {
            return await run();
        }
        catch (OperationCanceledException)
        {
            terminal.Complain("finished runs are kept: the same command goes on from there.");
            throw;
        }
        finally
        {
            OutputFolder.RemoveIfEmpty(_folder);
            OutputFolder.RemoveIfEmpty(_output);
        }
    }

    /// <summary>The result of a finished cell; null where it has not run.</summary>
    /// <exception cref="InvalidDataException">What is kept of it is damaged; the message names the file.</exception>
    public CellResult? Find(Cell cell)
    {
        var path = PathOf(cell);
        if (!File.Exists(path))
            return null;
        return SealedText.Read(path) is { } text
            ? CellResult.Parse(text, path)
            : throw new InvalidDataException($"{path} is damaged or was changed: delete it, and this run is run again.");
    }

    /// <summary>Keeps a finished cell, with what was kept of it besides when it ran for somebody else; returns all that is kept now.</summary>
    public CellResult Keep(Cell cell, CellResult result)
    {
        if (Find(cell) is { } before)
            result = result with { Extras = result.Extras.And(before.Extras) };
        SealedText.Write(PathOf(cell), result.ToText());
        return result;
    }

    /// <summary>Where a cell is kept: the same for cells that are the same run.</summary>
    public string PathOf(Cell cell) => Path.Combine(_folder, FormattableString.Invariant($"{cell.Input.Name}-seed{cell.Seed}-{KeyOf(cell)}.json"));

    /// <summary>Hash of all that a cell's result depends on.</summary>
    public string KeyOf(Cell cell)
    {
        string world;
        lock (_gate)
            world = InputDigest.Fingerprint(cell.Input.ResolvedText, InputDigest.Of(cell.Input.Scenario, _inputs));
        return InputDigest.Sha256Of(Encoding.UTF8.GetBytes(world + "\n" + RunSummary.BuildVersion))[..16];
    }
}
