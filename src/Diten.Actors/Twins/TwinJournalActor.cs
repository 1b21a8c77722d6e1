using Akka.Actor;
using Akka.Persistence;
using Diten.Actors.Metering;
using Diten.Model.ServerTwins;

namespace Diten.Actors;

/// <summary>From the journal to its zone: the twins' slot is in it, for good.</summary>
internal sealed record TwinSlotStored(int Slot);

/// <summary>To the journal: remember what the twins are, so that recovery can begin here.</summary>
/// <param name="Slot">The slot that comes next.</param>
internal sealed record SaveTwins(int Slot);

/// <summary>
/// Writes what happens to the twins of one zone: all of a slot as one event, even if nothing happened, so that sequence number = slot + 2
/// (slot −1 is what came before the run). A slot that is run again is held against what was written the first time, and not written twice.
/// </summary>
public sealed class TwinJournalActor : UntypedPersistentActor
{
    /// <summary>What it is called in its zone.</summary>
    internal const string Name = "twin-journal";

    private static readonly KeyValuePair<string, object?> OfTwins = InstrumentTable.StoreDuration.With("twins");

    private readonly ZoneStart _start;
    private readonly SortedDictionary<int, ServerTwinState> _twins = [];
    private readonly Dictionary<int, TwinSlotCommitted> _written = [];

    public TwinJournalActor(ZoneStart start)
    {
        _start = start;
        foreach (var server in start.Plan.Twins(start.Zone))
            _twins[server] = ServerTwinState.Fresh(server);
    }

    /// <inheritdoc/>
    public override string PersistenceId => _start.TwinJournalId;

    /// <inheritdoc/>
    public override Recovery Recovery => new(
        _start.FromSlot == 0 ? SnapshotSelectionCriteria.None : new SnapshotSelectionCriteria(SequenceOf(_start.FromSlot - 1)));

    /// <summary>Sequence number of a slot's event.</summary>
    public static long SequenceOf(int slot) => slot + 2L;

    /// <inheritdoc/>
    protected override void OnRecover(object message)
    {
        switch (message)
        {
            case SnapshotOffer { Snapshot: TwinsSaved saved, Metadata.SequenceNr: var number }:
                Expect(saved.RunMark, saved.Zone, SequenceOf(saved.Slot - 1), number);
                foreach (var twin in saved.Twins)
                    _twins[twin.Server] = twin;
                break;
            case TwinSlotCommitted written:
                Expect(written.RunMark, written.Zone, SequenceOf(written.Slot), LastSequenceNr);
                if (written.Slot < _start.FromSlot && _start.FromSlot > 0)
                    Apply(written);
                else
                    _written[written.Slot] = written;
                break;
        }
    }

    /// <inheritdoc/>
    protected override void OnCommand(object message)
    {
        switch (message)
        {
            case TwinSlotCommitted happened when _written.Remove(happened.Slot, out var before):
                if (happened.SameAs(before))
                    Finish(happened);
                else
                    Tell(new EntityFailed(
                        $"journal of the twins of zone {_start.Zone}", nameof(TwinSlotCommitted),
                        new NotDeterministicException(happened.Slot, happened.FirstDifference(before))));
                break;
            case TwinSlotCommitted happened:
                if (LastSequenceNr + 1 != SequenceOf(happened.Slot))
                    Break($"the journal's last event is number {LastSequenceNr}, so that of slot {happened.Slot} cannot come next");
                else
                    Write(happened);
                break;
            case RecallTwin recall:
                Tell(new TwinRecalled(_twins[recall.Server], recall.Slot));
                break;
            case SaveTwins save when LastSequenceNr == SequenceOf(save.Slot - 1):
                SaveSnapshot(new TwinsSaved(_start.Zone, save.Slot, [.. _twins.Values]) { RunMark = _start.RunMark });
                break;
            case SaveTwins: // the journal knows more slots already, as they are run again: this snapshot would have the number of a later one
                break;
            case DropCheckpointsBefore drop:
                DeleteSnapshots(new SnapshotSelectionCriteria(SequenceOf(drop.Slot - 1) - 1));
                break;
            case SaveSnapshotSuccess or SaveSnapshotFailure or DeleteSnapshotsSuccess or DeleteSnapshotsFailure:
                break; // without a snapshot, recovery takes longer, and that is all
            default:
                Unhandled(message);
                break;
        }
    }

    /// <inheritdoc/>
    protected override void OnPersistFailure(Exception cause, object @event, long sequenceNr) =>
        Break($"event {sequenceNr} of the twins' journal cannot be written: {cause.Message}");

    /// <inheritdoc/>
    protected override void OnPersistRejected(Exception cause, object @event, long sequenceNr) =>
        Break($"event {sequenceNr} of the twins' journal was rejected: {cause.Message}");

    /// <inheritdoc/>
    protected override void OnRecoveryFailure(Exception reason, object? message = null) =>
        Break($"the twins' journal cannot be read: {reason.Message}");

    private void Expect(ulong mark, int zone, long number, long found)
    {
        if (mark != _start.RunMark || zone != _start.Zone || number != found)
            throw new InvalidDataException($"entry {found} of {PersistenceId} is of another run, zone or slot");
    }

    private void Write(TwinSlotCommitted happened)
    {
        var handed = MeteredTime.Now;
        Persist(happened, stored =>
        {
            handed.Tell(Instruments.OfProcess.StoreDuration, OfTwins);
            Finish(stored);
        });
    }

    private void Finish(TwinSlotCommitted happened)
    {
        Apply(happened);
        Tell(new TwinSlotStored(happened.Slot));
    }

    private void Apply(TwinSlotCommitted happened)
    {
        foreach (var (server, twinEvent) in happened.Twins)
            _twins[server] = ServerTwin.Apply(_twins[server], twinEvent, _start.Plan.World.Scenario.Twins);
    }

    private void Tell(object message) => Context.Parent.Tell(message, Self);

    private void Break(string why) => Tell(new EpochBroken(_start.Epoch, $"zone {_start.Zone}: {why}"));
}
