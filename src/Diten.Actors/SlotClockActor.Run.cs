using System.Diagnostics;
using Akka.Actor;
using Diten.Actors.Runtime;
using Diten.Model.EdgeServers;
using Diten.Model.MobileDevices;
using Diten.Model.Statistics;

namespace Diten.Actors;

/// <summary>The clock's other half: how runs begin and end, and what is written down of them.</summary>
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

    private void Close()
    {
        var scenario = _prepared!.Plan.World.Scenario;
        var cancelled = _sums.Slots < scenario.Slots;
        var start = Stopwatch.GetElapsedTime(_created, _started).TotalSeconds;
        _end = new RunEnded(_sums.Close(_latencies, scenario.Devices.Count, cancelled, start, Stopwatch.GetElapsedTime(_started, _ended).TotalSeconds)
            with
        { Policy = _policy });
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
            IReadOnlyList<int> zones = running && at >= 0 ? [.. _placed[at].Zones.Where(zone => zone != LearnerZone)] : [];
            var devices = zones.Sum(zone => _devices[zone]);
            return new NodeStatus(member.Node, member.Roles, member.State, zones, devices, devices * _rate.SlotsPerSecond)
            {
                Learns = running && at >= 0 && _placed[at].Zones.Count > zones.Count,
            };
        });
        return new ClusterStatus(
            running ? _run?.Name : null, running ? _slot + (_slotDone ? 1 : 0) : 0, running ? _prepared?.Plan.World.Scenario.Slots ?? 0 : 0,
            running ? _history.Epoch : 0, running ? _history.CommittedSlot : 0, [.. nodes]);
    }

    private void Notice(RunNoticeKind kind, int slot, string text) => _observer?.Tell(new RunNotice(kind, _history.Epoch, slot, text), Self);
}
