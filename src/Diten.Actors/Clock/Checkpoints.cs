namespace Diten.Actors;

/// <summary>How a checkpoint comes to count: all zones have written it, the observer has all before it, and the journal knows.</summary>
internal static class Checkpoints
{
    /// <summary>A checkpoint of this moment, between two slots, that all zones have still to write.</summary>
    public static PendingCheckpoint At(Turn turn)
    {
        var work = turn.Epoch.Work;
        return new PendingCheckpoint(
            work.Sums.Commit(turn.Epoch.Number), [.. turn.Epoch.All.Select(work.SortedArrivals)], turn.Epoch.All);
    }

    /// <summary>Has all zones write a checkpoint before the next slot, which may not come; once one that is being written is done.</summary>
    public static void Write(Turn turn, int next)
    {
        if (turn.Epoch.Checkpoint is not null)
            return;
        turn.Epoch = turn.Epoch with { Checkpoint = At(turn) };
        foreach (var zone in turn.Epoch.All)
            turn.Tell(turn.Epoch.Zones[zone], AskOf(turn.Epoch.Checkpoint, zone));
    }

    /// <summary>What a zone is asked that has not written its part.</summary>
    public static WriteCheckpoint AskOf(PendingCheckpoint pending, int zone) => new(pending.Commit.Slot, pending.Arrivals[zone]);

    /// <summary>A zone has written its part.</summary>
    public static void Take(Turn turn, CheckpointWritten written)
    {
        if (!turn.IsNow(written.Epoch) || turn.Epoch.Checkpoint is not { } pending || written.Slot != pending.Commit.Slot)
            return;
        turn.Progressed();
        turn.Epoch = turn.Epoch with { Checkpoint = pending.Written(written.Zone) };
        CommitIfDue(turn);
    }

    /// <summary>Hands a checkpoint that all have written to the journal; it counts when the journal has it.</summary>
    public static void CommitIfDue(Turn turn)
    {
        if (turn.Run.Epoch?.Checkpoint is not { } pending || !pending.IsDue(turn.Run.Taken))
            return;
        turn.Epoch = turn.Epoch with { Checkpoint = pending with { Recorded = true } };
        turn.Record(pending.Commit);
    }

    /// <summary>A checkpoint counts. The one before it stays, in case that this one is damaged when it is needed; older ones go.</summary>
    public static void Committed(Turn turn, CheckpointCommitted committed)
    {
        turn.Epoch.Work.Sums.Committed(committed);
        turn.Epoch = turn.Epoch with { Checkpoint = null };
        turn.Progressed();
        turn.Notice(RunNoticeKind.CheckpointCommitted, committed.Slot, $"checkpoint of slot {committed.Slot} counts");
        if (turn.Run.History.Earlier is { } earlier)
            foreach (var zone in turn.Epoch.Zones)
                turn.Tell(zone, new DropCheckpointsBefore(earlier.CommittedSlot));
        SlotRounds.BeginNextIfDue(turn);
    }
}
