using Akka.Actor;
using Akka.Persistence;
using Diten.Actors.Metering;
using Diten.Actors.Runtime;
using Diten.Model.EdgeServers;
using Diten.Model.MobileDevices;
using Diten.Model.ServerTwins;
using Diten.Model.Statistics;

namespace Diten.Actors;

/// <summary>A zone's memory beyond its life: checkpoints in the snapshot store, and the journal of its twins.</summary>
internal sealed class ZoneKeeper
{
    /// <summary>The snapshot store wants a time; nothing of Diten's depends on any.</summary>
    private static readonly DateTime NoTime = DateTime.UnixEpoch;

    /// <summary>A twin that fails so often in one slot will fail again.</summary>
    private const int FailuresOfPatience = 3;

    private static readonly KeyValuePair<string, object?> OfCheckpoint = InstrumentTable.StoreDuration.With("checkpoint");

    private readonly ZoneStart _start;
    private readonly IActorRef _zone, _store;
    private readonly IActorRef? _journal;
    private readonly List<StationSaved> _stations = [];
    private readonly List<EdgeServerSaved> _servers = [];
    private readonly List<TwinSaved> _twins = [];
    private IReadOnlyList<MobileDeviceState> _arrivals = [];
    private int _collecting = -1, _stored = -1, _told = -1;
    private int _twinsHanded = int.MinValue, _twinsStored = int.MinValue;
    private bool _loading;
    private MeteredTime _storing;
    private readonly List<ZoneMail> _twinMail = [];
    private readonly Dictionary<int, int> _failures = [], _recalls = [];
    private readonly List<int> _forgetful = [];

    public ZoneKeeper(ZoneStart start, IUntypedActorContext context)
    {
        (_start, _zone) = (start, context.Self);
        _store = start.Run.Options.CheckpointEverySlots > 0
            ? Persistence.Instance.Apply(context.System).SnapshotStoreFor(null)
            : ActorRefs.Nobody;
        if (!start.Run.Options.TwinJournal)
            return;
        _twinsStored = start.FromSlot == 0 ? -2 : start.FromSlot - 1;
        _journal = context.ActorOf(
            EmulationProps.Stashing(Props.Create(() => new TwinJournalActor(start)), context), TwinJournalActor.Name);
    }

    /// <summary>Takes a message of journal, snapshot store or clock about what is kept.</summary>
    /// <returns>What the zone has to do about it; null where the message is none of these.</returns>
    public KeeperEvent? On(object message)
    {
        switch (message)
        {
            case TwinRecalled recalled:
                var server = recalled.State.Server;
                return --_recalls[server] == 0 // else it failed once more meanwhile, and another answer is on its way
                    ? new KeeperEvent.TwinBack(recalled, [.. _twinMail.Where(mail => mail.Id == server)])
                    : KeeperEvent.Nothing;
            case SaveSnapshotSuccess { Metadata.SequenceNr: var slot }:
                _stored = (int)slot;
                _storing.Tell(Instruments.OfProcess.StoreDuration, OfCheckpoint);
                TellWrittenIfKept();
                return KeeperEvent.Nothing;
            case SaveSnapshotFailure failure:
                return Broken($"checkpoint of slot {failure.Metadata.SequenceNr} cannot be written: {failure.Cause.Message}");
            case LoadSnapshotResult result:
                return Take(result.Snapshot);
            case LoadSnapshotFailed failure:
                return Broken($"checkpoint of slot {_start.FromSlot} cannot be read: {failure.Cause.Message}");
            case TwinSlotStored stored:
                _twinsStored = stored.Slot;
                TellWrittenIfKept();
                return KeeperEvent.MayTell;
            case DropCheckpointsBefore drop:
                _store.Tell(new DeleteSnapshots(_start.CheckpointId, new SnapshotSelectionCriteria(drop.Slot - 1)), _zone);
                _journal?.Tell(drop, _zone);
                return KeeperEvent.Nothing;
            case DeleteSnapshotsSuccess:
            case DeleteSnapshotsFailure: // what is left over costs space, and is deleted with the next one
                return KeeperEvent.Nothing;
            default:
                return null;
        }
    }

    /// <summary>Whether the checkpoint of a slot is being collected or is collected already.</summary>
    public bool Knows(int slot) => slot <= _collecting;

    /// <summary>Says again that a checkpoint is in the store: the clock has not heard. Nothing where it is not there yet, since then it will be told.</summary>
    public void TellWrittenAgain(int slot)
    {
        if (slot == _told)
            TellWritten();
    }

    /// <summary>Remembers what a twin was told in this slot.</summary>
    public void Remember(ZoneMail mail)
    {
        if (_journal is not null)
            _twinMail.Add(mail);
    }

    /// <summary>Whether a twin whose actor failed can be made what it was: where the journal knows all that it is.</summary>
    public bool CanRecall => _journal is not null && !_start.Plan.World.Faults.TwinsKeepMore;

    /// <summary>Has a twin whose actor failed made what it was; false where that is not possible, or has not helped.</summary>
    /// <param name="done">Whether the twin is done with the slot: then it has nothing to do until the slot is in the journal.</param>
    public bool Recall(int server, int slot, bool done)
    {
        if (!CanRecall || (_failures[server] = _failures.GetValueOrDefault(server) + 1) > FailuresOfPatience)
            return false;
        if (done)
            _forgetful.Add(server);
        else
            Recall(server, slot);
        return true;
    }

    private void Recall(int server, int slot)
    {
        _recalls[server] = _recalls.GetValueOrDefault(server) + 1;
        _journal!.Tell(new RecallTwin(server, slot), _zone);
    }

    /// <summary>Asks for the checkpoint of the first slot.</summary>
    public void LoadCheckpoint()
    {
        _loading = true;
        _store.Tell(new LoadSnapshot(_start.CheckpointId, new SnapshotSelectionCriteria(_start.FromSlot), _start.FromSlot), _zone);
    }

    /// <summary>Starts to collect a checkpoint.</summary>
    /// <param name="slot">The slot that comes next.</param>
    public void BeginCheckpoint(int slot, IReadOnlyList<MobileDeviceState> arrivals)
    {
        (_collecting, _arrivals) = (slot, arrivals);
        _stations.Clear();
        _servers.Clear();
        _twins.Clear();
    }

    /// <summary>Takes in what one entity is.</summary>
    public void Collect(EntitySaved saved)
    {
        switch (saved.State)
        {
            case StationSaved station:
                _stations.Add(station);
                break;
            case EdgeServerSaved server:
                _servers.Add(server);
                break;
            case TwinSaved twin:
                _twins.Add(twin);
                break;
        }
    }

    /// <summary>Hands the collected checkpoint to the store.</summary>
    public void StoreCheckpoint(LatencyHistogram latencies, LatencyHistogram? regrets)
    {
        _stations.Sort(static (a, b) => a.Station.CompareTo(b.Station));
        _servers.Sort(static (a, b) => a.Server.CompareTo(b.Server));
        _twins.Sort(static (a, b) => a.State.Server.CompareTo(b.State.Server));
        var checkpoint = new ZoneCheckpoint(
            _start.Zone, _collecting, [.. _stations], [.. _servers], _twins.ConvertAll(static twin => twin.State), _arrivals, latencies)
        {
            Regrets = regrets,
            RunMark = _start.RunMark,
            TwinLinks = [.. _twins.Select(static twin => twin.Links).OfType<TwinLinksSaved>()],
        };
        _storing = MeteredTime.Now;
        _store.Tell(new SaveSnapshot(new SnapshotMetadata(_start.CheckpointId, _collecting, NoTime), checkpoint), _zone);
        _journal?.Tell(new SaveTwins(_collecting), _zone);
    }

    /// <summary>Hands what happened to the twins in a slot to the journal; after a restore there is nothing new.</summary>
    public void CommitTwins(int slot, ZoneSlotResults results, bool afterRestore)
    {
        if (_journal is null)
            return;
        if (!afterRestore)
        {
            _twinsHanded = slot;
            _journal.Tell(results.ToTwinSlot(_start.Zone, slot) with { RunMark = _start.RunMark }, _zone);
        }

        _twinMail.Clear();
        _failures.Clear();
        foreach (var server in _forgetful)
            Recall(server, slot + 1);
        _forgetful.Clear();
    }

    /// <summary>Whether a slot may be told to be done: the journal is <see cref="TwinJournalActor.SlotsBehind"/> slots behind at most.</summary>
    public bool MayComplete(int slot) => _journal is null || _twinsStored >= slot - TwinJournalActor.SlotsBehind;

    /// <summary>Has the journal write what waits for more slots, since none come.</summary>
    public void WriteTwins() => _journal?.Tell(WriteTwinSlots.Instance, _zone);

    /// <summary>Whether all that happened to the twins is in the journal.</summary>
    public bool IsKept => _journal is null || _twinsStored >= _twinsHanded;

    /// <summary>What the zone waits for here, in words; null = nothing.</summary>
    public string? ExplainWait() =>
        _loading ? $"waits for its checkpoint of slot {_start.FromSlot} from the snapshot store"
        : _twinsHanded > _twinsStored ? $"waits for the journal to take the twins' slot {_twinsStored + 1}"
        : _collecting > _stored ? $"waits for the snapshot store to take its checkpoint of slot {_collecting}"
        : null;

    private KeeperEvent Take(SelectedSnapshot? loaded)
    {
        _loading = false;
        if (loaded?.Snapshot is not ZoneCheckpoint checkpoint || checkpoint.Slot != _start.FromSlot) // exactly this one, never "the newest"
            return Broken($"there is no checkpoint of slot {_start.FromSlot} in the snapshot store");
        if (checkpoint.RunMark != _start.RunMark || checkpoint.Zone != _start.Zone)
            return Broken($"the checkpoint of slot {_start.FromSlot} in the snapshot store is of another run or zone");
        (_collecting, _stored, _told) = (_start.FromSlot, _start.FromSlot, _start.FromSlot);
        return new KeeperEvent.Restored(checkpoint);
    }

    /// <summary>A checkpoint counts only with the journal up to it: a run that goes on from there must find no gap.</summary>
    private void TellWrittenIfKept()
    {
        if (_stored <= _told || _journal is not null && _twinsStored < _stored - 1)
            return;
        _told = _stored;
        TellWritten();
    }

    private void TellWritten() => _start.Clock.Tell(new CheckpointWritten(_start.Zone, _start.Epoch, _told), _zone);

    private KeeperEvent.Broken Broken(string why) => new(new EpochBroken(_start.Epoch, $"zone {_start.Zone}: {why}"));
}
