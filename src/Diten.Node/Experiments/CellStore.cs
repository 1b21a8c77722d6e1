using System.Security.Cryptography;
using System.Text;
using Diten.Node.Commands;
using Diten.Node.Results;

namespace Diten.Node.Experiments;

/// <summary>Keeps the summary of every finished run of a sweep, so that an interrupted sweep goes on where it was.</summary>
/// <remarks>
/// A file's name says for people what was run, and ends in a hash of the resolved scenario and of this build: a changed scenario or program
/// is another cell and runs again. Files appear whole or not at all.
/// </remarks>
internal sealed class CellStore
{
    private readonly string _output, _folder;

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
    public RunSummary? Find(Cell cell) => File.Exists(PathOf(cell)) ? RunSummary.Read(PathOf(cell)) : null;

    /// <summary>Keeps a finished cell.</summary>
    public void Keep(Cell cell, RunSummary summary)
    {
        var partial = PathOf(cell) + ".partial";
        summary.Write(partial);
        File.Move(partial, PathOf(cell), overwrite: true);
    }

    private string PathOf(Cell cell)
    {
        var identity = Encoding.UTF8.GetBytes(cell.Input.ResolvedText + "\n" + RunSummary.BuildVersion);
        var hash = Convert.ToHexStringLower(SHA256.HashData(identity))[..16];
        var label = string.Concat(cell.Label.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '=' ? c : '_'));
        return Path.Combine(_folder, $"{label[..Math.Min(label.Length, 120)]}-{hash}.json");
    }
}
