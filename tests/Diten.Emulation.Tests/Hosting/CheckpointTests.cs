using Akka.Persistence;

namespace Diten.Emulation.Tests.Hosting;

/// <summary>Snapshots under sequence numbers that their writer gives, as zones keep checkpoints: sequence number = slot.</summary>
public sealed class CheckpointTests
{
    public static TheoryData<DatabaseKind> Databases => JournalTests.Databases;

    [SkippableTheory]
    [MemberData(nameof(Databases))]
    public void A_checkpoint_is_loaded_for_exactly_its_slot_overwritten_and_deleted(DatabaseKind kind)
    {
        using var database = TestDatabase.Create(kind);
        using var node = new TestNode(database.Location);
        Save(node, 20, 40, 60);

        Assert.Equal(("written at 40", 40), Load(node, 40));
        Assert.Equal(("written at 20", 20), Load(node, 20));

        Save(node, "run again", 40);
        Assert.Equal(("run again at 40", 40), Load(node, 40));

        Assert.IsType<DeleteSnapshotSuccess>(node.Ask(new DeleteSnapshot(new SnapshotMetadata("zone-1", 60, DateTime.MinValue))));
        Assert.Equal(("run again at 40", 40), Load(node, 60));
    }

    /// <summary>
    /// The store minds the upper bound only. Who needs one slot compares the number of what was loaded; who deletes deletes all up to
    /// a slot, or one by its number.
    /// </summary>
    [SkippableTheory]
    [MemberData(nameof(Databases))]
    public void The_lower_bound_of_what_is_asked_for_does_not_count(DatabaseKind kind)
    {
        using var database = TestDatabase.Create(kind);
        using var node = new TestNode(database.Location);
        Save(node, 20, 40, 60);

        Assert.Equal(("written at 40", 40), Load(node, 59));

        Assert.IsType<DeleteSnapshotsSuccess>(node.Ask(new DeleteSnapshots("zone-1", Exactly(40))));
        Assert.Equal((null, 0), Load(node, 20));
        Assert.Equal(("written at 60", 60), Load(node, 60));
    }

    private static (string?, long) Load(TestNode node, long slot)
    {
        var answer = Assert.IsType<LoadSnapshotResult>(node.Ask(new LoadSnapshot("zone-1", Exactly(slot), long.MaxValue)));
        return answer.Snapshot is null ? (null, 0) : (((Notes)answer.Snapshot.Snapshot).Texts[0], answer.Snapshot.Metadata.SequenceNr);
    }

    private static void Save(TestNode node, params long[] slots) => Save(node, "written", slots);

    private static void Save(TestNode node, string text, params long[] slots)
    {
        foreach (var slot in slots)
            Assert.IsType<SaveSnapshotSuccess>(
                node.Ask(new SaveSnapshot(new SnapshotMetadata("zone-1", slot, DateTime.UtcNow), new Notes([$"{text} at {slot}"]))));
    }

    private static SnapshotSelectionCriteria Exactly(long slot) => new(slot, DateTime.MaxValue, slot, minTimestamp: null);
}
