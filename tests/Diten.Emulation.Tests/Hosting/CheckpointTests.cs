using Akka.Persistence;

namespace Diten.Emulation.Tests.Hosting;

/// <summary>Snapshots under sequence numbers that their writer gives, as zones keep checkpoints: sequence number = slot.</summary>
public sealed class CheckpointTests
{
    public static TheoryData<DatabaseKind> Databases => JournalTests.Databases;

    [SkippableTheory]
    [MemberData(nameof(Databases))]
    public void A_checkpoint_is_loaded_for_exactly_its_slot_and_deleted(DatabaseKind kind)
    {
        using var database = TestDatabase.Create(kind);
        using var node = new TestNode(database.Location);
        foreach (var slot in new[] { 20, 40, 60 })
            Assert.IsType<SaveSnapshotSuccess>(node.Ask(Save(slot, $"slot {slot}")));

        Assert.Equal(("slot 40", 40), Load(node, 40));
        Assert.Equal(("slot 20", 20), Load(node, 20));

        Assert.IsType<DeleteSnapshotsSuccess>(node.Ask(new DeleteSnapshots("zone-1", Exactly(40))));
        Assert.Equal(("slot 60", 60), Load(node, 60));
    }
    private static (string?, long) Load(TestNode node, long slot)
    {
        var answer = Assert.IsType<LoadSnapshotResult>(node.Ask(new LoadSnapshot("zone-1", Exactly(slot), long.MaxValue)));
        return answer.Snapshot is null ? (null, 0) : (((Notes)answer.Snapshot.Snapshot).Texts[0], answer.Snapshot.Metadata.SequenceNr);
    }

    private static SaveSnapshot Save(long slot, string text) => new(new SnapshotMetadata("zone-1", slot, DateTime.UtcNow), new Notes([text]));

    private static SnapshotSelectionCriteria Exactly(long slot) => new(slot, DateTime.MaxValue, slot, minTimestamp: null);
}
