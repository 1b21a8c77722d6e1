using Akka.Actor;

namespace Diten.Actors;

/// <summary>How a run comes to a clock: submitted, or watched by an observer whose clock is lost; and how it is made ready.</summary>
internal static class Submissions
{
    /// <summary>An observer that has not been heard for this long may be replaced by another one that only watches.</summary>
    private static readonly TimeSpan ObserverSilence = TimeSpan.FromSeconds(3);

    /// <summary>Takes a run on, or takes note of who watches it.</summary>
    public static void Submit(Turn turn, SubmitRun submit)
    {
        var spec = submit.Run;
        if (turn.State.Run is not { } run)
        {
            Open(turn, spec.RunId, spec, spec.Nodes, submit.TakenSlot);
        }
        else if (run.Id != spec.RunId)
        {
            turn.Reply(new RunRefused(spec.RunId, $"the cluster is busy with run {run.Id}"));
            return;
        }
        else
        {
            // Whoever wants the run knows best how many nodes it can still get.
            turn.Run = run with { Needed = Math.Min(run.Needed, spec.Nodes) };
            Hear(turn, submit.TakenSlot);
        }

        if (turn.State.Run is not null)
            turn.Reply(new RunAccepted(spec.RunId));
    }

    /// <summary>Takes note of who watches a run; a run that no clock leads any more is gone on with.</summary>
    public static void Watch(Turn turn, WatchRun watch)
    {
        if (turn.State.Run is { } run)
        {
            if (run.Id == watch.RunId && (turn.Sender.Equals(run.Observer) || run.Silence > ObserverSilence))
                Hear(turn, watch.TakenSlot);
        }
        else if (turn.State.Last is { Message: { } end } last && last.RunId == watch.RunId)
        {
            turn.Tell(turn.Sender, end);
        }
        else if (turn.Setup.Durable)
        {
            Open(turn, watch.RunId, null, 1, watch.TakenSlot);
        }
        else
        {
            turn.Reply(new RunUnknown(watch.RunId));
        }
    }

    /// <summary>The journal has told what it knows of the run.</summary>
    public static void Recover(Turn turn, RunHistory history)
    {
        if (turn.Run.Stage != Stage.Recovering)
            return;
        turn.Run = turn.Run with { History = history, TookOver = history.Epoch > 0, Furthest = history.CommittedSlot - 1 };
        if (turn.Run.Submitted is { } submitted && history.Run is { } known && known.World != submitted.World)
        {
            turn.Tell(turn.Run.Observer, new RunRefused(submitted.RunId, $"the journal holds another run of the name {submitted.RunId}"));
            turn.State = turn.State with { Run = null };
        }
        else if (turn.Run.Submitted is not null)
        {
            turn.Record(new RunSubmitted(turn.Run.Submitted));
        }
        else if (history.Run is null)
        {
            turn.Tell(turn.Run.Observer, new RunUnknown(turn.Run.Id));
            turn.State = turn.State with { Run = null };
        }
        else
        {
            Prepare(turn, history.Run);
        }
    }

    /// <summary>It is known what the run is: its world is made ready.</summary>
    public static void Prepare(Turn turn, RunSpec spec)
    {
        spec = turn.Run.History.Changed(spec);
        turn.Run = turn.Run with { Spec = spec, Watch = new StandstillWatch(spec.Options.StuckAfterSeconds) };
        turn.Do(new ClockEffect.LookEvery(turn.Run.Watch.Period));
        turn.Do(new ClockEffect.MakeReady(spec));
        Edits.TellAll(turn);
    }

    /// <summary>The world is ready: nodes are gathered.</summary>
    public static void Gather(Turn turn, RunPrepared ready)
    {
        if (turn.Run.Id != ready.RunId || turn.Run.Stage != Stage.Recovering)
            return;
        turn.Run = turn.Run with { Prepared = ready.Prepared };
        if (turn.Run.Spec!.CurrentWorld is { Length: > 0 } begun && ready.Prepared.WorldFingerprint is { Length: > 0 } found && found != begun)
        {
            Endings.Fail(turn, "The clock's node reads other data files than the run was begun with: the same files must be on all nodes.", null);
            return;
        }

        turn.Tell(turn.Setup.SystemTwin, new DescribeRun(turn.Run.Spec!));
        Epochs.Gather(turn);
    }

    private static void Open(Turn turn, string runId, RunSpec? submitted, int needed, int taken)
    {
        turn.Roster = turn.Roster.Forget();
        turn.State = turn.State with { Last = null };
        turn.Run = new RunState
        {
            Id = runId,
            Observer = turn.Sender,
            Opened = turn.Now,
            Taken = taken,
            Needed = needed,
            Submitted = submitted,
        };
        turn.Do(new ClockEffect.OpenJournal(runId));
    }

    /// <summary>Somebody who watches the run is there; another one than before may not have all that the last one had.</summary>
    private static void Hear(Turn turn, int taken)
    {
        var another = !turn.Sender.Equals(turn.Run.Observer);
        turn.Run = turn.Run with { Observer = turn.Sender, Silence = TimeSpan.Zero, EditsTaken = another ? 0 : turn.Run.EditsTaken };
        if (another)
            Edits.TellAll(turn);
        if (taken >= turn.Run.Taken)
        {
            SlotRounds.Taken(turn, taken);
        }
        else if (another)
        {
            turn.Run = turn.Run with { Taken = taken, Breaks = 0 };
            if (turn.Run.Epoch is not null)
                Epochs.Reopen(turn, "somebody else watches the run now");
        }
    }
}
