using Diten.Actors;

namespace Diten.Runs.Results;

/// <summary>Writes the folder of a run slot by slot: beside its place, until it is whole.</summary>
internal interface IFolderWriter : IRunObserver, IAsyncDisposable
{
    /// <summary>Digests of the slots that are written, in order; those of an earlier life of the run are among them.</summary>
    IReadOnlyList<byte[]> Taken { get; }

    /// <summary>Where the folder shall be.</summary>
    string Folder { get; }

    /// <summary>Where it is while the run goes on; what is put there becomes part of it.</summary>
    string WorkPath { get; }

    /// <summary>Writes what is known at the end, and gives the folder its name.</summary>
    /// <param name="peakBytes">Most memory of all processes of the run together, bytes; null = this process.</param>
    RunSummary Complete(RunOutcome outcome, long? peakBytes);
}
