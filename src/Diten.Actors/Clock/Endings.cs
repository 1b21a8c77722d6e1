using System.Security.Cryptography;
using Diten.Model.Statistics;

namespace Diten.Actors;

/// <summary>How a run ends: completed, stopped or failed.</summary>
internal static class Endings
{
    /// <summary>How long nodes are told again to let a run's zones go: they do not answer.</summary>
    private static readonly TimeSpan LetGoFor = TimeSpan.FromSeconds(5);

    /// <summary>The run ends when the slot that goes on is done; at once where none does.</summary>
    public static void Stop(Turn turn)
    {
        turn.Run = turn.Run with { Stopping = true, PaceDue = null }; // a slot that waits for its time to come shall not be waited for
        var run = turn.Run;
        if (run.Stage is Stage.Recovering or Stage.OpeningEpoch)
            return; // it stops when the journal has answered
        if (run.Stage < Stage.Running && run.History.CommittedSlot == 0)
            Close(turn, NothingDone(turn), RunEnd.Stopped);
        else if (run.Stage == Stage.Gathering)
            Fail(turn, $"The run was stopped before it went on: it is kept up to slot {run.History.CommittedSlot}.", null);
        else
            SlotRounds.BeginNextIfDue(turn);
    }

    /// <summary>All slots are done, or no more shall be: once the observer has all, zones hand over what they summed up.</summary>
    public static void CloseIfTaken(Turn turn)
    {
        if (turn.Run.Taken < turn.Epoch.Slot || turn.Epoch.Checkpoint is not null)
            return; // the observer has not seen all of it yet
        turn.Run = turn.Run with { Stage = Stage.Closing };
        turn.Epoch = turn.Epoch with { Pending = turn.Epoch.All };
        foreach (var zone in turn.Epoch.Zones)
            turn.Tell(zone, new CloseZone());
    }

    /// <summary>A zone has handed over what it summed up; once all have, the run is over.</summary>
    public static void Take(Turn turn, ZoneClosed closed)
    {
        if (!turn.IsNow(closed.Epoch) || turn.Run.Stage != Stage.Closing || !turn.Epoch.Pending.Contains(closed.Zone))
            return;
        turn.Progressed();
        turn.Epoch.Work.Latencies.Add(closed.Latencies);
        if (closed.Regrets is not null)
            (turn.Epoch.Work.Regrets ??= new LatencyHistogram()).Add(closed.Regrets);
        turn.Epoch = turn.Epoch with { Pending = turn.Epoch.Pending.Remove(closed.Zone), Policy = closed.Policy ?? turn.Epoch.Policy };
        if (!turn.Epoch.Pending.IsEmpty)
            return;
        var (run, epoch, scenario) = (turn.Run, turn.Epoch, turn.Run.Prepared!.Plan.World.Scenario);
        var cancelled = epoch.Work.Sums.Slots < scenario.Slots;
        var outcome = epoch.Work.Sums.Close(
            epoch.Work.Latencies, scenario.Devices.Count, cancelled, (run.Started!.Value - run.Opened).TotalSeconds,
            (run.Ended!.Value - run.Started.Value).TotalSeconds);
        Close(turn, outcome with { Policy = epoch.Policy, Regrets = epoch.Work.Regrets }, cancelled ? RunEnd.Stopped : RunEnd.Completed);
    }

    /// <summary>Nobody has asked for the run's reports for long: it is let go, and can be resumed.</summary>
    public static void Abandon(Turn turn)
    {
        turn.Run = turn.Run with { Stage = Stage.Recording, Epoch = null, PaceDue = null, End = null };
        turn.Record(new RunClosed(turn.Run.Id, RunEnd.Stopped, "nobody watches"));
    }

    /// <summary>The run cannot go on.</summary>
    public static void Fail(Turn turn, string message, Exception? cause)
    {
        if (turn.State.Run is not { } run)
            return;
        if (run.Stage != Stage.Recording) // its end is known then, and only its being written down has failed
        {
            turn.Run = run with { End = new RunFailed(message, cause) };
            if (run.History.Run is not null)
                turn.Record(new RunClosed(run.Id, RunEnd.Failed, message)); // whether or not it can still be written
        }

        End(turn);
    }

    /// <summary>The run's end is written down, or cannot be: everybody is told.</summary>
    public static void End(Turn turn)
    {
        var run = turn.Run;
        turn.Do(new ClockEffect.LookEvery(null));
        if (run.End is not null)
            turn.Tell(run.Observer, run.End);
        turn.State = turn.State with { Run = null, Last = new EndedRun(run.Id, run.End, turn.Now + LetGoFor) };
        LetZonesGo(turn);
    }

    /// <summary>Nodes let go what they hold of the last run; they are told for a while, since they do not answer.</summary>
    public static void LetZonesGo(Turn turn)
    {
        if (!turn.Setup.LetZonesGo || turn.State.Run is not null || turn.State.Last is not { } last || turn.Now > last.LetGoUntil)
            return;
        foreach (var host in turn.Roster.Seen.Values)
            turn.Tell(host.Ref, new StopZones(last.RunId));
    }

    private static void Close(Turn turn, RunOutcome outcome, RunEnd how)
    {
        turn.Run = turn.Run with { Stage = Stage.Recording, Epoch = null, PaceDue = null, End = new RunEnded(outcome) };
        turn.Record(new RunClosed(turn.Run.Id, how, ""));
    }

    private static RunOutcome NothingDone(Turn turn) => new(
        0, SHA256.HashData([]), default, new LatencyHistogram(), double.NaN, double.NaN, Cancelled: true, (turn.Now - turn.Run.Opened).TotalSeconds, 0);
}
