using Diten.Model;

namespace Diten.Actors;

/// <summary>How slots go on: each begins in all zones once all have completed the last, and what they tell is summed up.</summary>
internal static class SlotRounds
{
    /// <summary>A zone has created or restored its entities; once all have, slots begin.</summary>
    public static void Take(Turn turn, ZoneReady ready)
    {
        if (!turn.IsNow(ready.Epoch) || turn.Run.Stage != Stage.Priming)
            return;
        turn.Progressed();
        turn.Epoch = turn.Epoch with { Pending = turn.Epoch.Pending.Remove(ready.Zone), Policy = ready.Policy ?? turn.Epoch.Policy };
        if (!turn.Epoch.Pending.IsEmpty)
            return;
        turn.Run = turn.Run with { Stage = Stage.Running, Started = turn.Run.Started ?? turn.Now };
        turn.Epoch = turn.Epoch with { SlotDone = true };
        BeginNextIfDue(turn);
    }

    /// <summary>A zone has completed the slot.</summary>
    public static void Take(Turn turn, ZoneSlotCompleted completed)
    {
        if (!turn.IsNow(completed.Epoch) || turn.Run.Stage != Stage.Running)
            return;
        var epoch = turn.Epoch;
        if (completed.Slot != epoch.Slot || epoch.SlotDone || !epoch.Pending.Contains(completed.Zone))
            return; // said again
        turn.Progressed();
        epoch.Work.Ledger.Add(completed);
        epoch.Work.Devices[completed.Zone] = completed.Stations.Sum(static station => station.Totals.Devices);
        foreach (var device in completed.Travellers)
            epoch.Work.Arrivals[turn.Run.Prepared!.Plan.ZoneOf(EntityKind.Station, device.Station)].Add(device);
        turn.Epoch = epoch with { Pending = epoch.Pending.Remove(completed.Zone), Policy = completed.Policy ?? epoch.Policy };
        if (turn.Epoch.Pending.IsEmpty)
            Complete(turn);
    }

    /// <summary>The observer has taken a slot's report, and all before it.</summary>
    public static void Take(Turn turn, ReportTaken taken)
    {
        if (taken.RunId != turn.Run.Id || !turn.Sender.Equals(turn.Run.Observer))
            return; // of a run or an observer that is gone
        turn.Progressed();
        Taken(turn, taken.Slot);
    }

    /// <summary>All reports up to a slot have been taken.</summary>
    public static void Taken(Turn turn, int slot)
    {
        turn.Run = turn.Run with { Taken = Math.Max(turn.Run.Taken, slot) };
        if (turn.Run.Epoch is not { } epoch)
            return;
        while (epoch.Work.Reports.TryPeek(out var report) && report.Slot <= turn.Run.Taken)
            epoch.Work.Reports.Dequeue();
        Checkpoints.CommitIfDue(turn);
        BeginNextIfDue(turn);
    }

    /// <summary>Begins the next slot, or what comes in its place, unless something has to be waited for.</summary>
    public static void BeginNextIfDue(Turn turn)
    {
        if (turn.State.Run is not { Stage: Stage.Running, Epoch: { SlotDone: true } epoch } run)
            return;
        var next = epoch.Slot + 1;
        var last = run.Stopping || next == turn.Slots;
        if (!last && Edits.Hold(turn, next))
            return;
        if (last && run.Ended is null)
            turn.Run = run with { Ended = turn.Now };
        if ((run.Replace || last && next < turn.Slots) && turn.KeepsCheckpoints && next > run.History.CommittedSlot)
            Checkpoints.Write(turn, next); // what is done shall not be lost
        else if (last)
            Endings.CloseIfTaken(turn);
        else if (run.Replace)
            Epochs.Open(turn, "zones are placed anew");
        else if (next - RunState.ReportsAhead <= run.Taken)
            BeginUnlessPaced(turn, next);
    }

    private static void BeginUnlessPaced(Turn turn, int next)
    {
        var every = turn.Run.Spec!.Options.CheckpointEverySlots;
        var checkpointFirst = turn.KeepsCheckpoints && next > turn.Run.History.CommittedSlot && next % every == 0;
        if (checkpointFirst && turn.Epoch.Checkpoint is not null || MustWaitForPace(turn, next))
            return;
        var work = turn.Epoch.Work;
        if (checkpointFirst)
            turn.Epoch = turn.Epoch with { Checkpoint = Checkpoints.At(turn) };
        foreach (var zone in turn.Epoch.All)
        {
            work.Begun[zone] = new BeginSlot(next, work.SortedArrivals(zone), checkpointFirst)
            {
                Policy = zone == turn.Epoch.Learner ? null : turn.Epoch.Policy,
            };
            turn.Tell(turn.Epoch.Zones[zone], work.Begun[zone]);
        }

        work.ClearArrivals();
        turn.Epoch = turn.Epoch with { Slot = next, SlotDone = false, Pending = turn.Epoch.All, Policy = null };
        turn.Run = turn.Run with { Furthest = Math.Max(turn.Run.Furthest, next) };
    }

    private static void Complete(Turn turn)
    {
        var (run, epoch) = (turn.Run, turn.Epoch);
        var report = epoch.Work.Ledger.Close(epoch.Slot) with { Learned = epoch.Policy?.Report };
        epoch.Work.Sums.Add(report);
        epoch.Work.Rate.SlotDone(turn.Now);
        if (epoch.Number > 1 && !epoch.Moved)
            turn.Notice(RunNoticeKind.FirstSlotCompleted, epoch.Slot, $"slot {epoch.Slot} is the first one done in epoch {epoch.Number}");
        turn.Run = run with { Breaks = 0 };
        turn.Epoch = epoch with { Moved = true, SlotDone = true };
        turn.Tell(turn.Setup.SystemTwin, new TwinsReported(epoch.Slot, epoch.Work.Ledger.TakeTwins()));
        epoch.Work.Reports.Enqueue(report);
        turn.Tell(run.Observer, report);
        BeginNextIfDue(turn);
    }

    /// <summary>Emulated time runs at a factor of wall-clock time: only when a slot is begun depends on it.</summary>
    private static bool MustWaitForPace(Turn turn, int next)
    {
        var (run, scenario) = (turn.Run, turn.Run.Prepared!.Plan.World.Scenario);
        if (run.PaceDue is not null || scenario.Pace == 0)
            return run.PaceDue is not null;
        var due = run.Started!.Value + TimeSpan.FromSeconds((next - run.FirstSlot) * scenario.SlotLengthSeconds / scenario.Pace);
        if (due <= turn.Now)
            return false;
        turn.Run = run with { PaceDue = due };
        turn.Do(new ClockEffect.Wake(due - turn.Now));
        return true;
    }
}
