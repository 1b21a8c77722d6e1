namespace Diten.Actors;

/// <summary>Messages between nodes can be lost: what has no answer is said again, and whoever knows it takes no notice. And what never comes is noticed.</summary>
internal static class Repeats
{
    /// <summary>How long a run is kept going for an observer that does not say anything.</summary>
    private static readonly TimeSpan ObserverPatience = TimeSpan.FromSeconds(30);

    /// <summary>What of the time between two ticks the clock was surely awake.</summary>
    private static readonly TimeSpan LongestTick = TimeSpan.FromSeconds(1);

    /// <summary>Says again what has no answer.</summary>
    public static void SayAgain(Turn turn)
    {
        var awake = turn.Now - turn.State.Ticked < LongestTick ? turn.Now - turn.State.Ticked : LongestTick;
        turn.State = turn.State with { Ticked = turn.Now };
        if (turn.State.Run is null)
        {
            Endings.LetZonesGo(turn);
            return;
        }

        var run = turn.Run = turn.Run with { Silence = turn.Run.Silence + awake };
        if (run.Stage != Stage.Recording && turn.Setup.Durable && run.Silence > ObserverPatience)
        {
            Endings.Abandon(turn);
            return;
        }

        Epochs.AskHosts(turn);
        Epochs.OpenIfAllAreReady(turn);
        run = turn.Run;
        if (run.Stage == Stage.Gathering)
            turn.Repeat(run.Observer, new RunNotice(RunNoticeKind.Waiting, run.History.Epoch, turn.SlotNow, Epochs.DescribeGathering(turn)));
        else if (run.Epoch is { } epoch)
            SayAgain(turn, epoch);
    }

    /// <summary>Fails a run that does not move any more, and asks zones what they wait for.</summary>
    public static void LookForProgress(Turn turn)
    {
        var run = turn.Run;
        var waitsForOthers = run.Stage == Stage.Running && run.Epoch is { SlotDone: true, Checkpoint: null }; // for pace or observer
        if (waitsForOthers || run.Stage == Stage.Recording)
            return;
        var silence = run.Stage switch
        {
            Stage.Gathering => Epochs.DescribeGathering(turn),
            Stage.Recovering => "the run's world is not ready",
            Stage.OpeningEpoch => "the journal does not take the next epoch",
            Stage.StartingZones => $"no answer from {string.Join(", ", run.Epoch!.HostsPending)}",
            _ => "no zone says why",
        };
        var (watch, stuck) = run.Watch.Look($"slot {turn.SlotNow}", silence);
        turn.Run = run with { Watch = watch };
        if (stuck is not null)
        {
            Endings.Fail(turn, stuck, null);
            return;
        }

        if (run.Epoch is { HostsPending.IsEmpty: true } epoch)
            foreach (var zone in epoch.Zones)
                turn.Tell(zone, new DescribeWait());
    }

    private static void SayAgain(Turn turn, EpochState epoch)
    {
        for (var host = 0; host < epoch.Hosts.Count; host++)
            if (epoch.HostsPending.Contains(epoch.Hosts[host].Node))
                turn.Repeat(epoch.Hosts[host].Ref, epoch.Placed[host]);
        foreach (var zone in epoch.Pending)
            turn.Repeat(epoch.Zones[zone], turn.Run.Stage switch
            {
                Stage.Priming => Epochs.StartOf(turn, zone),
                Stage.Running => epoch.Work.Begun[zone],
                _ => new CloseZone(),
            });
        if (epoch.Checkpoint is { Recorded: false } checkpoint)
            foreach (var zone in checkpoint.Pending.Except(epoch.Pending)) // who has not completed the slot is told of the checkpoint with it
                turn.Repeat(epoch.Zones[zone], Checkpoints.AskOf(checkpoint, zone));
        for (var number = turn.Run.EditsTaken; number < turn.Run.History.Edits.Count; number++)
            turn.Repeat(turn.Run.Observer, new RunEditTold(turn.Run.Id, number, turn.Run.History.Edits[number]));
        foreach (var report in epoch.Work.Reports)
            turn.Repeat(turn.Run.Observer, report);
    }
}
