using System.Diagnostics;
using Akka.Actor;
using Diten.Model.EdgeServers;
using Diten.Model.MobileDevices;
using Diten.Model.Statistics;

namespace Diten.Actors;

/// <summary>The clock's third part: how nodes come and go, and how an epoch is opened.</summary>
public sealed partial class SlotClockActor
{
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
        if (ready == 0 || ready < _needed || LacksLearner)
            return;
        // A run that goes on does not wait for a node that has just been started; it gets its share at a slot's end.
        if (_roster.Unasked.Any() && (_history.Epoch == 0 || Stopwatch.GetElapsedTime(_gathering) < NewcomerPatience))
            return;
        OpenEpoch(_history.Epoch == 0 ? "the run begins" : "the run goes on");
    }

    private bool LacksLearner => _run!.Options.Training && !_roster.Usable.Any(h => h.Host.CanLearn);

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
        if (_roster.Usable.Count == 0 || LacksLearner)
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

    private void StartEpoch(long epoch)
    {
        var plan = _prepared!.Plan;
        _hosts = _roster.Usable;
        if (_hosts.Count == 0 || LearnerZone >= 0 && !_hosts.Any(h => h.Host.CanLearn))
        {
            _stage = Stage.Gathering;
            return;
        }

        (_epoch, _stage, _slot, _slotDone) = (epoch, Stage.StartingZones, _history.CommittedSlot - 1, false);
        _firstSlot = _started == 0 ? _history.CommittedSlot : _firstSlot;
        (_ledger, _sums) = (new SlotLedger(plan.World, _run!.Options.ServerRecords), new RunSums(_history));
        var zones = plan.Zones.Count + (LearnerZone < 0 ? 0 : 1);
        (_zones, _latencies, _begun, _policy) = (new IActorRef[zones], new LatencyHistogram(), new BeginSlot[zones], null);
        (_arrivals, _devices) = (new List<MobileDeviceState>[zones], new long[zones]);
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
        if (LearnerZone >= 0)
            nodeOf = [.. nodeOf, _hosts.TakeWhile(h => !h.Host.CanLearn).Count()];
        _placed = new StartZones[_hosts.Count];
        for (var host = 0; host < _hosts.Count; host++)
        {
            int[] held = [.. Enumerable.Range(0, nodeOf.Length).Where(zone => nodeOf[zone] == host)];
            _placed[host] = new StartZones(epoch, _run, _history.CommittedSlot, held);
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
        var plan = _prepared!.Plan;
        var learner = LearnerZone < 0 ? null : _zones[LearnerZone];
        foreach (var zone in _pending)
        {
            int[] neighbours = zone == LearnerZone ? [.. Enumerable.Range(0, plan.Zones.Count)] : [.. plan.Neighbours(zone)];
            _zones[zone].Tell(new StartZone(Array.ConvertAll(neighbours, other => new ZoneLink(other, _zones[other]))) { Learner = learner }, Self);
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
                Notice(RunNoticeKind.Waiting, _slot, LacksLearner && _roster.Usable.Count >= _needed
                    ? "no node with the role learner is ready"
                    : $"{_roster.Usable.Count} of {_needed} nodes are ready");
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
}
