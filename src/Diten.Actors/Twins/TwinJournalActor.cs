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

/// <summary>To the journal: write what waits for company now, and answer <see cref="TwinSlotStored"/> when it is written.</summary>
internal sealed record WriteTwinSlots
{
    public static readonly WriteTwinSlots Instance = new();
}

/// <summary>
/// Writes what happens to the twins of one zone: all of a slot as one event, even if nothing happened, so that sequence number = slot + 2
/// (slot −1 is what came before the run). A slot that is run again is held against what was written the first time, and not written twice.
/// A commit costs more than a slot of a small world: several slots' events make one, while the next slots go on.
/// </summary>
public sealed class TwinJournalActor : UntypedPersistentActor, IWithTimers
{
    /// <summary>So many slots' events make a commit; fewer where somebody waits for them, or nothing follows.</summary>
    internal const int SlotsPerCommit = 8;

    /// <summary>A zone goes on while so many slots of its twins are not written: those of a commit that is under way, and those of the next one.</summary>
    internal const int SlotsBehind = 2 * SlotsPerCommit;

    /// <summary>What it is called in its zone.</summary>
    internal const string Name = "twin-journal";

    private static readonly KeyValuePair<string, object?> OfTwins = InstrumentTable.StoreDuration.With("twins");

    private readonly ZoneStart _start;
    private readonly SortedDictionary<int, ServerTwinState> _twins = [];
    private readonly Dictionary<int, TwinSlotCommitted> _written = [];
    private readonly List<TwinSlotCommitted> _waiting = [];
    private int _underWay;
    private bool _hurry;
    private TwinsSaved? _toSave;

    public TwinJournalActor(ZoneStart start)
    {
        _start = start;
        foreach (var server in start.Plan.Twins(start.Zone))
            _twins[server] = ServerTwinState.Fresh(server);
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>A slow world's slots are not to wait for seven more.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(50);

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
                Hold(happened, before);
                break;
            case TwinSlotCommitted happened:
                if (LastTaken + 1 != SequenceOf(happened.Slot))
                    Break($"the journal's last event is number {LastTaken}, so that of slot {happened.Slot} cannot come next");
                else
                    Add(happened);
                break;
            case WriteTwinSlots:
                WriteNow();
                break;
            case RecallTwin recall:
                Tell(new TwinRecalled(_twins[recall.Server], recall.Slot));
                break;
            case SaveTwins save when LastTaken == SequenceOf(save.Slot - 1):
                _toSave = new TwinsSaved(_start.Zone, save.Slot, [.. _twins.Values]) { RunMark = _start.RunMark };
                WriteNow();
                SaveIfWritten();
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

    /// <summary>Sequence number of the last event that is written, under way, or waits.</summary>
    private long LastTaken => LastSequenceNr + _underWay + _waiting.Count;

    private void Hold(TwinSlotCommitted again, TwinSlotCommitted before)
    {
        if (again.SameAs(before))
        {
            Apply(again);
            Tell(new TwinSlotStored(again.Slot));
        }
        else
        {
            Tell(new EntityFailed(
                $"journal of the twins of zone {_start.Zone}", nameof(TwinSlotCommitted),
                new NotDeterministicException(again.Slot, again.FirstDifference(before))));
        }
    }

    /// <summary>What twins are does not wait for the disk: should the commit fail, the epoch does, and they with it.</summary>
    private void Add(TwinSlotCommitted happened)
    {
        Apply(happened);
        _waiting.Add(happened);
        if (_waiting.Count >= SlotsPerCommit)
            WriteNow();
        else if (_waiting.Count == 1)
            Timers.StartSingleTimer(nameof(WriteTwinSlots), WriteTwinSlots.Instance, LongestWait);
    }

    /// <summary>Writes what waits as one commit; after the one that is under way, if any.</summary>
    private void WriteNow()
    {
        _hurry = _underWay > 0 && _waiting.Count > 0;
        if (_underWay > 0 || _waiting.Count == 0)
            return;
        var handed = MeteredTime.Now;
        _underWay = _waiting.Count;
        PersistAllAsync(_waiting.ToArray(), stored =>
        {
            SaveIfWritten();
            if (--_underWay > 0)
                return;
            handed.Tell(Instruments.OfProcess.StoreDuration, OfTwins);
            Tell(new TwinSlotStored(stored.Slot));
            if (_hurry)
                WriteNow();
        });
        _waiting.Clear();
    }

    /// <summary>A snapshot has the number of the last event that is written: it is taken when that is the last one that it knows.</summary>
    private void SaveIfWritten()
    {
        if (_toSave is null || LastSequenceNr != SequenceOf(_toSave.Slot - 1))
            return;
        SaveSnapshot(_toSave);
        _toSave = null;
    }

    private void Apply(TwinSlotCommitted happened)
    {
        foreach (var (server, twinEvent) in happened.Twins)
            _twins[server] = ServerTwin.Apply(_twins[server], twinEvent, _start.Plan.World.Scenario.Twins);
    }

    private void Tell(object message) => Context.Parent.Tell(message, Self);

    private void Break(string why) => Tell(new EpochBroken(_start.Epoch, $"zone {_start.Zone}: {why}"));
}
