using Akka.Actor;
using Diten.Actors.Metering;
using Diten.Model.Records;

namespace Diten.Actors;

/// <summary>
/// Tells operators what a clock does. It reads that from what the clock says and writes down anyway, turn by turn: the rules know nothing of it,
/// and it changes nothing of theirs.
/// </summary>
internal sealed class ClockMeter(Instruments instruments)
{
    private static readonly KeyValuePair<string, object?> First = InstrumentTable.Slots.With("first"), Again = InstrumentTable.Slots.With("again"),
        FromClock = InstrumentTable.Resends.With("clock"), InSync = InstrumentTable.Twins.With("in_sync"), Suspect = InstrumentTable.Twins.With("suspect"),
        Desynchronised = InstrumentTable.Twins.With("desynchronised"), Resynchronising = InstrumentTable.Twins.With("resynchronising");

    private int _done = -1; // last slot that was ever done in this run
    private TimeSpan _slotBegan;
    private TimeSpan? _checkpointBegan, _broken;

    /// <summary>A turn is over.</summary>
    /// <param name="now">Time since the clock was made.</param>
    public void See(ClockState before, ClockState after, IReadOnlyList<ClockEffect> effects, TimeSpan now)
    {
        if (before.Run is null && after.Run is not null)
            (_done, _broken) = (-1, now); // of a run that another clock led, here begins the recovery
        else if (before.Run?.Epoch is not null && after.Run is { Epoch: null })
            _broken ??= now;
        if (before.Run?.Epoch is not null && after.Run?.Epoch is null)
        {
            _checkpointBegan = null; // whoever goes on asks for it again
            instruments.Hosts.Record(0);
        }

        for (var i = 0; i < effects.Count; i++)
            See(effects[i], (after.Run ?? before.Run)!, now);
    }

    /// <summary>Something is said once more to another node.</summary>
    public void SaidAgain() => instruments.Resends.Add(1, FromClock);

    private void See(ClockEffect effect, RunState run, TimeSpan now)
    {
        switch (effect)
        {
            case ClockEffect.Tell { Message: BeginSlot begin }:
                _slotBegan = now;
                if (begin.CheckpointFirst)
                    _checkpointBegan ??= now;
                break;
            case ClockEffect.Tell { Message: WriteCheckpoint }:
                _checkpointBegan ??= now;
                break;
            case ClockEffect.Tell { Message: SlotReport report }:
                SlotDone(report, run, now);
                break;
            case ClockEffect.Tell { Message: RunNotice notice }:
                Noticed(notice, run, now);
                break;
            case ClockEffect.Record { Event: RunClosed closed }:
                instruments.Runs.Add(1, InstrumentTable.Runs.With(closed.End.ToString().ToLowerInvariant()));
                break;
        }
    }

    private void SlotDone(SlotReport report, RunState run, TimeSpan now)
    {
        var again = report.Slot <= Math.Max(run.Taken, _done);
        (_done, _broken) = (Math.Max(_done, report.Slot), null);
        instruments.Slots.Add(1, again ? Again : First);
        instruments.SlotDuration.Record((now - _slotBegan).TotalSeconds);
        instruments.RunSlot.Record(report.Slot + 1);
        var world = run.Prepared!.Plan.World;
        // Where nothing goes wrong with twins nobody measures them: all are in sync.
        var twins = report.Twins ?? new TwinTotals { InSync = world.Topology.ServerCount };
        instruments.Twins.Record(twins.InSync, InSync);
        instruments.Twins.Record(twins.Suspect, Suspect);
        instruments.Twins.Record(twins.Desynchronised, Desynchronised);
        instruments.Twins.Record(twins.Resynchronising, Resynchronising);
    }

    private void Noticed(RunNotice notice, RunState run, TimeSpan now)
    {
        switch (notice.Kind)
        {
            case RunNoticeKind.EpochOpened:
                instruments.Epoch.Record(notice.Epoch);
                instruments.Epochs.Add(1);
                instruments.Hosts.Record(run.Epoch?.Hosts.Count ?? 0);
                instruments.RunSlot.Record(notice.Slot);
                instruments.RunSlots.Record(run.Prepared!.Plan.World.Scenario.Slots);
                instruments.CheckpointSlot.Record(notice.Slot);
                break;
            case RunNoticeKind.NodeLost:
                instruments.NodesLost.Add(1);
                break;
            case RunNoticeKind.FirstSlotCompleted when _broken is { } broken:
                instruments.RecoveryDuration.Record((now - broken).TotalSeconds);
                break;
            case RunNoticeKind.CheckpointCommitted:
                instruments.CheckpointSlot.Record(notice.Slot);
                if (_checkpointBegan is { } began)
                    instruments.CheckpointDuration.Record((now - began).TotalSeconds);
                _checkpointBegan = null;
                break;
        }
    }
}
