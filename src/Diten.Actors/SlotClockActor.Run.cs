using System.Diagnostics;
using Akka.Actor;
using Diten.Actors.Runtime;
using Diten.Model.EdgeServers;
using Diten.Model.MobileDevices;
using Diten.Model.Statistics;

namespace Diten.Actors;

/// <summary>The clock's other half: how runs begin and end, how nodes come and go, and how an epoch is opened.</summary>
public sealed partial class SlotClockActor
{
    /// <summary>How long a run is kept going for an observer that does not say anything.</summary>
    private static readonly TimeSpan ObserverPatience = TimeSpan.FromSeconds(30);

    /// <summary>How long a run that goes on waits for nodes that are not ready, while others are.</summary>
    private static readonly TimeSpan NewcomerPatience = TimeSpan.FromMilliseconds(300);

    private int _firstSlot;
    private long _gathering;
    private long _heard;

    private bool HandleRun(object message)
    {
        switch (message)
        {
            case SubmitRun submit:
                Submit(submit);
                return true;
            case WatchRun watch:
                Watched(watch);
                return true;
            case HostsSeen seen:
                Update(seen);
                return true;
            case HostReady ready when ready.RunId == _runId:
                Admit(ready);
                return true;
            case HostRefused refused when refused.RunId == _runId:
                Fail($"Node {refused.Node} cannot take part: {refused.Reason}", null);
                return true;
            case GetClusterStatus:
                Sender.Tell(Status(), Self);
                return true;
            case LeaveRequested:
                LetGo(Sender);
                return true;
            case RunRecovered recovered when Sender.Equals(_journal):
                Recover(recovered.History);
                return true;
            case RunEventStored stored when Sender.Equals(_journal):
                Recorded(stored.Event);
                return true;
            case RunJournalBroken broken when Sender.Equals(_journal):
                Fail($"This clock cannot go on: {broken.Why}", null);
                return true;
            case PreparedRun prepared when _stage == Stage.Recovering:
                Gather(prepared);
                return true;
            case Status.Failure failure when _stage == Stage.Recovering:
                Fail(failure.Cause.Message, failure.Cause);
                return true;
            case ZonesStarted started when started.Epoch == _epoch && _stage == Stage.StartingZones:
                Connect(started);
                return true;
            case HostReady or HostRefused or RunRecovered or RunEventStored or RunJournalBroken or PreparedRun or ZonesStarted:
                return true; // of a run or an epoch that is over
            default:
                return false;
        }
    }

    private void Submit(SubmitRun submit)
    {
        var run = submit.Run;
        if (_stage != Stage.Idle && _runId != run.RunId)
        {
            Sender.Tell(new RunRefused(run.RunId, $"the cluster is busy with run {_runId}"), Self);
            return;
        }

        (_observer, _heard) = (Sender, Stopwatch.GetTimestamp());
        if (_stage == Stage.Idle)
        {
            (_submitted, _needed, _taken) = (run, run.Nodes, submit.TakenSlot);
            Open(run.RunId);
        }
        else if (submit.TakenSlot < _taken && _stage is Stage.StartingZones or Stage.Priming or Stage.Running)
        {
            (_taken, _breaks) = (submit.TakenSlot, 0); // another observer, which does not have all that the last one had
            Reopen("somebody else watches the run now");
        }

        Sender.Tell(new RunAccepted(run.RunId), Self);
    }

    private void Watched(WatchRun watch)
    {
        _heard = Stopwatch.GetTimestamp();
        if (_stage == Stage.Idle && _end is not null && _runId == watch.RunId)
        {
            _courier.Send(Sender, _end, Self);
            return;
        }

        if (_stage == Stage.Idle)
        {
            (_observer, _submitted, _needed, _taken) = (Sender, null, 1, watch.TakenSlot);
            Open(watch.RunId);
            return;
        }

        if (_runId != watch.RunId)
            return;
        _observer = Sender;
        if (watch.TakenSlot > _taken && _stage == Stage.Running)
            Take(watch.TakenSlot);
        _taken = Math.Max(_taken, watch.TakenSlot);
    }

    private void Open(string runId)
    {
        (_runId, _stage, _end, _history, _run, _prepared) = (runId, Stage.Recovering, null, RunHistory.Empty, null, null);
        (_started, _ended, _breaks, _stopping, _replace, _firstSlot) = (0, 0, 0, false, false, 0);
        _roster.Forget();
        if (_journal is not null)
            Context.Stop(_journal);
        _journal = _setup.Durable ? Context.ActorOf(EmulationProps.Stashing(Props.Create(() => new RunJournalActor(runId)), Context)) : null;
        if (_journal is null)
            Recover(RunHistory.Empty);
    }

    private void Recover(RunHistory history)
    {
        _history = history;
        if (_submitted is not null)
            Record(new RunSubmitted(_submitted));
        else if (history.Run is null)
            Fail("The clock of this run is lost, and no journal knows the run.", null);
        else
            Prepare(history.Run);
    }

    private void Prepare(RunSpec run)
    {
        _run = run;
        _watch = new StandstillWatch(run.Options.StuckAfterSeconds);
        Timers.StartPeriodicTimer("watch", Watch.Now, _watch.Period);
        _setup.Plans.Get(run).PipeTo(Self);
    }

    private void Gather(PreparedRun prepared)
    {
        (_prepared, _stage, _gathering) = (prepared, Stage.Gathering, Stopwatch.GetTimestamp());
        _setup.SystemTwin.Tell(new DescribeRun(_run!), Self);
        AskHosts();
        OpenEpochIfAllAreReady();
    }

    private void Update(HostsSeen seen)
    {
        var lost = _roster.Update(seen);
        foreach (var node in lost)
            Notice(RunNoticeKind.NodeLost, _slot, $"node {node} is lost");
        if (_stage is Stage.StartingZones or Stage.Priming or Stage.Running or Stage.Closing && _hosts.Any(h => lost.Contains(h.Node)))
            Reopen($"node {lost[0]} is lost");
        AskHosts();
        OpenEpochIfAllAreReady();
    }

    private void AskHosts()
    {
        if (_prepared is null || _stage == Stage.Idle)
            return;
        foreach (var host in _roster.Unasked)
            host.Ref.Tell(new PrepareRun(_run!), Self);
    }

    private void Admit(HostReady ready)
    {
        if (_roster.NodeOf(Sender) is not { } node || _prepared is null)
            return;
        if (ready.WorldFingerprint != _prepared.WorldFingerprint)
        {
            Fail($"Node {ready.Node} reads other data files than the clock's node: the same files must be on all nodes.", null);
            return;
        }

        if (ready.NumericFingerprint != _setup.NumericFingerprint && !_setup.AllowOtherCpus)
        {
            _roster.Refuse(node);
            Notice(RunNoticeKind.OtherCpu, _slot, $"node {ready.Node} computes differently in the last bit ({ready.Platform}) and is not used");
            return;
        }

        if (!_roster.Admit(node, ready, Sender))
            return;
        if (ready.NumericFingerprint != _setup.NumericFingerprint)
            Notice(RunNoticeKind.OtherCpu, _slot, $"node {ready.Node} computes differently in the last bit ({ready.Platform}): results are not reproducible");
        if (_stage == Stage.Gathering)
            OpenEpochIfAllAreReady();
        else if (KeepsCheckpoints)
            ReplaceZones();
    }

    /// <summary>At the end of the slot, zones are placed anew, from a checkpoint of that moment.</summary>
    private void ReplaceZones()
    {
        _replace = true;
        BeginNextSlotIfDue();
    }

    private void LetGo(IActorRef host)
    {
        var node = _roster.NodeOf(host);
        var holdsZones = node is not null && _stage != Stage.Idle && _hosts.Any(h => h.Node == node);
        if (!holdsZones || !KeepsCheckpoints || _roster.Usable.All(h => h.Node == node))
        {
            if (node is not null)
                _roster.Leave(node);
            host.Tell(new MayLeave(), Self);
        }
        else if (_roster.Leave(node!))
        {
            ReplaceZones();
        }
    }

    private void OpenEpochIfAllAreReady()
    {
        if (_stage != Stage.Gathering || _observer is null)
            return;
        var ready = _roster.Usable.Count;
        if (ready == 0 || ready < _needed)
            return;
        // A run that goes on does not wait for a node that has just been started; it gets its share at a slot's end.
        if (_roster.Unasked.Any() && (_history.Epoch == 0 || Stopwatch.GetElapsedTime(_gathering) < NewcomerPatience))
            return;
        OpenEpoch(_history.Epoch == 0 ? "the run begins" : "the run goes on");
    }

    /// <summary>An epoch that cannot go on is followed by another one, from the last checkpoint that counts.</summary>
    private void Reopen(string why)
    {
        if (!_setup.Durable)
        {
            Fail($"{why}; without a journal the run cannot go on", null);
            return;
        }

        if (++_breaks > BreaksOfPatience)
        {
            Fail($"No slot was done in {BreaksOfPatience} epochs. The last one: {why}", null);
            return;
        }

        _needed = 1;
        if (_roster.Usable.Count == 0)
            _stage = Stage.Gathering;
        else
            OpenEpoch(why);
    }

    private void OpenEpoch(string why)
    {
        if (_taken < _history.CommittedSlot - 1)
        {
            Fail($"Results are kept of the first {_taken + 1} slots only, but the run would go on from slot {_history.CommittedSlot}.", null);
            return;
        }

        (_stage, _replace, _checkpoint) = (Stage.OpeningEpoch, false, null);
        _epoch = -1; // nobody's: what comes from zones now is void
        _why = why;
        Record(new EpochOpened(_history.Epoch + 1));
    }

    private string _why = "";

    /// <summary>Writes an event to the journal; what follows from it follows when it is there.</summary>
    private void Record(RunEvent happened)
    {
        if (_journal is null)
            Recorded(happened);
        else
            _journal.Tell(happened, Self);
    }

    private void Recorded(RunEvent happened)
    {
        _history = _history.Apply(happened);
        switch (happened)
        {
            case RunSubmitted submitted:
                Prepare(submitted.Run);
                break;
            case EpochOpened opened when _stage == Stage.OpeningEpoch:
                StartEpoch(opened.Epoch);
                break;
            case CheckpointCommitted committed when committed.Epoch == _epoch:
                _sums.Committed(committed);
                _checkpoint = null;
                Notice(RunNoticeKind.CheckpointCommitted, committed.Slot, $"checkpoint of slot {committed.Slot} counts");
                foreach (var zone in _zones)
                    zone.Tell(new DropCheckpointsBefore(committed.Slot), Self);
                BeginNextSlotIfDue();
                break;
            case RunClosed when _stage == Stage.Recording:
                End();
                break;
        }
    }

    private void StartEpoch(long epoch)
    {
        var plan = _prepared!.Plan;
        _hosts = _roster.Usable;
        if (_hosts.Count == 0)
        {
            _stage = Stage.Gathering;
            return;
        }

        (_epoch, _stage, _slot, _slotDone) = (epoch, Stage.StartingZones, _history.CommittedSlot - 1, false);
        _firstSlot = _started == 0 ? _history.CommittedSlot : _firstSlot;
        (_ledger, _sums) = (new SlotLedger(plan.World, _run!.Options.ServerRecords), new RunSums(_history));
        (_zones, _latencies, _begun) = (new IActorRef[plan.Zones.Count], new LatencyHistogram(), new BeginSlot[plan.Zones.Count]);
        (_arrivals, _devices) = (new List<MobileDeviceState>[plan.Zones.Count], new long[plan.Zones.Count]);
        _rate.Reset();
        _epochMoved = false;
        ClearArrivals();
        _reports.Clear();
        _pending.Clear();
        _hostsPending.Clear();
        _watch.Progressed();

        var nodeOf = _run.Options.DealZones
            ? [.. Enumerable.Range(0, plan.Zones.Count).Select(zone => zone % _hosts.Count)]
            : Placement.Place(plan, [.. _hosts.Select(h => h.Host.Lanes)]);
        _placed = new StartZones[_hosts.Count];
        for (var host = 0; host < _hosts.Count; host++)
        {
            int[] zones = [.. Enumerable.Range(0, nodeOf.Length).Where(zone => nodeOf[zone] == host)];
            _placed[host] = new StartZones(epoch, _run, _history.CommittedSlot, zones);
            _hostsPending.Add(_hosts[host].Node);
            _hosts[host].Ref.Tell(_placed[host], Self);
        }

        foreach (var leaving in _roster.Seen.Where(h => _roster.IsLeaving(h.Node)))
            leaving.Ref.Tell(new MayLeave(), Self);
        Notice(RunNoticeKind.EpochOpened, _history.CommittedSlot, $"epoch {epoch} from slot {_history.CommittedSlot} on {_hosts.Count} nodes: {_why}");
    }

    private void Connect(ZonesStarted started)
    {
        if (_roster.NodeOf(Sender) is not { } node || !_hostsPending.Remove(node))
            return;
        _watch.Progressed();
        foreach (var zone in started.Zones)
            _zones[zone.Zone] = zone.Ref;
        if (_hostsPending.Count > 0)
            return;
        _stage = Stage.Priming;
        for (var zone = 0; zone < _zones.Length; zone++)
            _pending.Add(zone);
        StartPending();
    }

    private void StartPending()
    {
        foreach (var zone in _pending)
        {
            var neighbours = _prepared!.Plan.Neighbours(zone);
            var links = new ZoneLink[neighbours.Length];
            for (var i = 0; i < links.Length; i++)
                links[i] = new ZoneLink(neighbours[i], _zones[neighbours[i]]);
            _zones[zone].Tell(new StartZone(links), Self);
        }
    }

    /// <summary>Messages between nodes can be lost: what has not been answered is said again, and whoever knows it takes no notice.</summary>
    private void SayAgain()
    {
        if (_stage is not (Stage.Idle or Stage.Recording) && _setup.Durable && Stopwatch.GetElapsedTime(_heard) > ObserverPatience)
        {
            _end = null;
            _stage = Stage.Recording;
            Record(new RunClosed(_runId!, RunEnd.Stopped, "nobody watches"));
            return;
        }

        AskHosts();
        OpenEpochIfAllAreReady();
        switch (_stage)
        {
            case Stage.Gathering when _observer is not null && _prepared is not null && Courier.IsRemote(_observer):
                Notice(RunNoticeKind.Waiting, _slot, $"{_roster.Usable.Count} of {_needed} nodes are ready");
                break;
            case Stage.StartingZones:
                for (var host = 0; host < _hosts.Count; host++)
                    if (_hostsPending.Contains(_hosts[host].Node) && Courier.IsRemote(_hosts[host].Ref))
                        _hosts[host].Ref.Tell(_placed[host], Self);
                break;
            case Stage.Priming when _zones.Any(Courier.IsRemote):
                StartPending();
                break;
            case Stage.Running when !_slotDone:
                foreach (var zone in _pending)
                    if (Courier.IsRemote(_zones[zone]))
                        _courier.Send(_zones[zone], _begun[zone], Self);
                break;
            case Stage.Running when _checkpoint?.Commit.Slot == _slot + 1:
                foreach (var zone in _checkpoint.Pending)
                    if (Courier.IsRemote(_zones[zone]))
                        _courier.Send(_zones[zone], new WriteCheckpoint(_slot + 1, _arrivals[zone]), Self);
                break;
            case Stage.Closing:
                foreach (var zone in _pending)
                    if (Courier.IsRemote(_zones[zone]))
                        _zones[zone].Tell(new CloseZone(), Self);
                break;
        }

        if (_observer is not null && Courier.IsRemote(_observer))
            foreach (var report in _reports)
                _courier.Send(_observer, report, Self);
    }

    private void Close()
    {
        var scenario = _prepared!.Plan.World.Scenario;
        var cancelled = _sums.Slots < scenario.Slots;
        var start = Stopwatch.GetElapsedTime(_created, _started).TotalSeconds;
        _end = new RunEnded(_sums.Close(_latencies, scenario.Devices.Count, cancelled, start, Stopwatch.GetElapsedTime(_started, _ended).TotalSeconds));
        _stage = Stage.Recording;
        Record(new RunClosed(_runId!, cancelled ? RunEnd.Stopped : RunEnd.Completed, ""));
    }

    private void Fail(string message, Exception? cause)
    {
        if (_stage is Stage.Idle or Stage.Recording)
            return;
        _end = new RunFailed(message, cause);
        if (_journal is not null && _history.Run is not null)
            _journal.Tell(new RunClosed(_runId!, RunEnd.Failed, message), Self); // whether or not it can still be written
        End();
    }

    private void End()
    {
        _stage = Stage.Idle;
        Timers.Cancel("watch");
        if (_observer is not null && _end is not null)
            _courier.Send(_observer, _end, Self);
        if (_setup.LetZonesGo)
            foreach (var host in _roster.Seen)
                host.Ref.Tell(new StopZones(_runId!), Self);
        (_epoch, _checkpoint, _hosts) = (-1, null, []);
        _reports.Clear();
    }

    private ClusterStatus Status()
    {
        var running = _stage != Stage.Idle;
        var nodes = _roster.Members.Select(member =>
        {
            var at = _hosts.ToList().FindIndex(host => host.Node == member.Node);
            IReadOnlyList<int> zones = running && at >= 0 ? _placed[at].Zones : [];
            var devices = zones.Sum(zone => _devices[zone]);
            return new NodeStatus(member.Node, member.Roles, member.State, zones, devices, devices * _rate.SlotsPerSecond);
        });
        return new ClusterStatus(
            running ? _run?.Name : null, running ? _slot + (_slotDone ? 1 : 0) : 0, running ? _prepared?.Plan.World.Scenario.Slots ?? 0 : 0,
            running ? _history.Epoch : 0, running ? _history.CommittedSlot : 0, [.. nodes]);
    }

    private void Notice(RunNoticeKind kind, int slot, string text) => _observer?.Tell(new RunNotice(kind, _history.Epoch, slot, text), Self);
}
