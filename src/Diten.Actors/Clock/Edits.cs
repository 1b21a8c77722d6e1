namespace Diten.Actors;

/// <summary>A change that was asked for, on its way into the journal. Immutable.</summary>
/// <param name="Number">Changes before it.</param>
/// <param name="Slot">The first slot that will be otherwise.</param>
/// <param name="Made">The changed run; null until its world is ready.</param>
/// <param name="Recorded">Whether it was handed to the journal.</param>
internal sealed record PendingEdit(int Number, RunChange Change, int Slot, EditMade? Made = null, bool Recorded = false);

/// <summary>To the clock, by itself: the changed run's world is ready.</summary>
internal sealed record EditMade(string RunId, int Number, RunSpec Run, PreparedRun Prepared, string Told);

/// <summary>To the clock, by itself: the change cannot be made.</summary>
internal sealed record EditNotMade(string RunId, int Number, Exception Cause);

/// <summary>
/// How a run is changed while it goes on. A change holds from the slot after the next one on, for in each slot devices look ahead one slot. The
/// slots before go on as they are; then all zones write a checkpoint, the journal takes the change, and an epoch is opened in which all zones
/// come back from that checkpoint into the changed world: whoever joins, or is restored later, is in it from the start.
/// </summary>
internal static class Edits
{
    /// <summary>Changes of a run, at most: each is kept with its whole scenario.</summary>
    public const int Most = 100;

    /// <summary>Somebody wants the run changed.</summary>
    public static void Take(Turn turn, EditRun wanted)
    {
        var run = turn.Run;
        if (wanted.RunId != run.Id || !turn.Sender.Equals(run.Observer) || run.Stage < Stage.Running || run.Edit?.Number == wanted.Number)
            return; // said again; or too early: it will be
        if (wanted.Number < run.History.Edits.Count && run.History.Edits[wanted.Number].Change == wanted.Change)
        {
            Tell(turn, wanted.Number);
            return;
        }

        var slot = FurthestSlot(run, wanted) + 2;
        if (Refusal(turn, wanted, slot) is { } reason)
        {
            turn.Reply(new EditRefused(run.Id, wanted.Number, wanted.Change, reason));
            return;
        }

        turn.Run = run with { Edit = new PendingEdit(wanted.Number, wanted.Change, slot) };
        turn.Do(new ClockEffect.MakeEdit(run.Spec!, wanted.Number, wanted.Change, slot));
    }

    /// <summary>The changed run is ready.</summary>
    public static void Take(Turn turn, EditMade made)
    {
        if (turn.Run.Id != made.RunId || turn.Run.Edit is not { Made: null } edit || edit.Number != made.Number)
            return;
        turn.Run = turn.Run with { Edit = edit with { Made = made } };
        SlotRounds.BeginNextIfDue(turn);
    }

    /// <summary>It cannot be changed like that.</summary>
    public static void Take(Turn turn, EditNotMade failed)
    {
        if (turn.Run.Id != failed.RunId || turn.Run.Edit is not { } edit || edit.Number != failed.Number)
            return;
        turn.Run = turn.Run with { Edit = null };
        turn.Tell(turn.Run.Observer, new EditRefused(failed.RunId, failed.Number, edit.Change, failed.Cause.Message));
        SlotRounds.BeginNextIfDue(turn);
    }

    /// <summary>The observer knows of changes, and has written them down.</summary>
    public static void Take(Turn turn, EditsTaken taken)
    {
        if (turn.Run.Id != taken.RunId || !turn.Sender.Equals(turn.Run.Observer))
            return;
        turn.Run = turn.Run with { EditsTaken = Math.Max(turn.Run.EditsTaken, taken.Count) };
        SlotRounds.BeginNextIfDue(turn);
    }

    /// <summary>Whether the next slot has to wait for a change, or for the observer to know of one; then what has to be done for it is done.</summary>
    public static bool Hold(Turn turn, int next)
    {
        var run = turn.Run;
        if (run.EditsTaken < run.History.Edits.Count)
            return true;
        if (run.Edit is not { } edit || next < edit.Slot - 1)
            return false;
        if (edit is not { Made: { } made, Recorded: false })
            return true;
        if (next > run.History.CommittedSlot)
        {
            Checkpoints.Write(turn, next);
            return true;
        }

        turn.Run = run with { Edit = edit with { Recorded = true } };
        turn.Record(new RunEdited(edit.Slot, edit.Change, made.Run.ScenarioText, made.Prepared.WorldFingerprint, made.Told));
        return true;
    }

    /// <summary>The journal has the change: the next epoch is in the changed world.</summary>
    public static void Recorded(Turn turn)
    {
        if (turn.Run.Edit?.Made is not { } made)
            return;
        var earlier = turn.Run.Prepared is { } before ? turn.Run.EarlierWorlds.Add(before.WorldFingerprint) : turn.Run.EarlierWorlds;
        turn.Run = turn.Run with { Edit = null, Spec = made.Run, Prepared = made.Prepared, EarlierWorlds = earlier };
        TellAll(turn);
        if (turn.Run.Epoch is not null)
            Epochs.Open(turn, made.Told);
    }

    /// <summary>Tells the observer of every change that it does not know of.</summary>
    public static void TellAll(Turn turn)
    {
        for (var number = turn.Run.EditsTaken; number < turn.Run.History.Edits.Count; number++)
            Tell(turn, number);
    }

    private static void Tell(Turn turn, int number) =>
        turn.Tell(turn.Run.Observer, new RunEditTold(turn.Run.Id, number, turn.Run.History.Edits[number]));

    /// <summary>
    /// The last slot that was begun at any time: slots that are run again must come to what they did. How far a clock before this one came is only
    /// known by its reports: no further than it may have run ahead of them.
    /// </summary>
    private static int FurthestSlot(RunState run, EditRun wanted) =>
        run.TookOver ? Math.Max(run.Furthest, wanted.TakenSlot + RunState.ReportsAhead) : run.Furthest;

    private static string? Refusal(Turn turn, EditRun wanted, int slot)
    {
        var (run, plans) = (turn.Run, turn.Setup.Plans);
        return run.Stage >= Stage.Closing || run.Stopping ? "The run is over."
            : run.Edit is not null || wanted.Number != run.History.Edits.Count ? "Another change came first: look at it, and ask again."
            : run.Training ? "A training is not changed while it goes on."
            : !turn.KeepsCheckpoints ? "The run keeps no checkpoints, and a change is made by going on from one: begin it with --checkpoint-every."
            : !plans.TakesChanges ? "The clock's node cannot change runs."
            : run.History.Edits.Count >= Most ? $"The run was changed {Most} times, and is not changed any more."
            : slot >= turn.Slots ? FormattableString.Invariant($"The run ends with slot {turn.Slots - 1}, and a change would hold from slot {slot} on.")
            : null;
    }
}
