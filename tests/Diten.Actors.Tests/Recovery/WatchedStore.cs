using Akka.Actor;
using Akka.Persistence;
using Akka.Persistence.Snapshot;

namespace Diten.Actors.Tests.Recovery;

/// <summary>A store in memory that gives the same object each time, and finds out whoever changes what it was given: a store on disk would not have forgiven that.</summary>
internal sealed class WatchedStore : MemorySnapshotStore
{
    private readonly Dictionary<(string, long), byte[]> _saved = [];

    protected override Task SaveAsync(SnapshotMetadata metadata, object snapshot, CancellationToken cancellationToken = default)
    {
        _saved[(metadata.PersistenceId, metadata.SequenceNr)] = Bytes(snapshot);
        return base.SaveAsync(metadata, snapshot, cancellationToken);
    }

    protected override async Task<SelectedSnapshot?> LoadAsync(string persistenceId, SnapshotSelectionCriteria criteria, CancellationToken cancellationToken = default)
    {
        var found = await base.LoadAsync(persistenceId, criteria, cancellationToken).ConfigureAwait(false);
        if (found is not null && !Bytes(found.Snapshot).AsSpan().SequenceEqual(_saved[(persistenceId, found.Metadata.SequenceNr)]))
            throw new InvalidOperationException($"Somebody changed what {persistenceId} had saved at {found.Metadata.SequenceNr}.");
        return found;
    }

    private byte[] Bytes(object snapshot) => Context.System.Serialization.FindSerializerFor(snapshot).ToBinary(snapshot);
}
