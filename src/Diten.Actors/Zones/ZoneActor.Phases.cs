using Akka.Actor;
using Diten.Model;
using Diten.Model.Learning;
using Diten.Model.Scenarios;
using Diten.Model.SystemTwin;

namespace Diten.Actors;

/// <summary>The zone's other half: how it goes from phase to phase.</summary>
internal sealed partial class ZoneActor
{
    /// <summary>Goes on once all devices that came are attached: with the next phase, or with word to the clock.</summary>
    private void ContinueIfSettled()
    {
        if (_adopting > 0)
            return;
        var plan = !_starting ? _slotPlan : _start.FromSlot == 0 ? Phase.BeforeTheRun : Phase.AfterRestore;
        var next = _phase.Index + 1;
        if (next < plan.Count)
        {
            Begin(new Phase(_phase.Slot, next, plan[next].Kind, plan[next].Round));
            return;
        }

        _idle = true;
        _keeper?.CommitTwins(_phase.Slot, _results, afterRestore: _starting && _start.FromSlot > 0);
        if (_starting)
        {
            _starting = false;
            _clock.Tell(new ZoneReady(_id, _start.Epoch), Self);
            return;
        }

        _completed = _results.ToCompleted(_id, _start.Epoch, _phase.Slot, _outboxes.TakeTravellers(), _entities.Work.Tally);
        if (_learner is not null)
        {
            _episodes = new EpisodeBatch(_id, _start.Epoch, _phase.Slot, DecisionRows.Joined(_results.Decisions))
            {
                Report = _phase.Slot < _plan.World.Scenario.Learning.TwinSlots() ? new SystemReport([.. _results.Twins], [.. _results.Sightings]) : null,
            };
            _courier.Send(_learner, _episodes, Self);
        }

        TellCompletedIfKept();
    }

    private void Begin(Phase phase)
    {
        _phase = phase;
        (_localDone, _begun) = (false, 0);
        var begin = new BeginPhase(phase);
        switch (phase.Kind)
        {
            case PhaseKind.Attach:
                break;
            case PhaseKind.Report:
                BeginNextStation();
                break;
            case PhaseKind.Decide:
                BeginForStationsWithWork(begin);
                break;
            case PhaseKind.Learn or PhaseKind.PublishFirst:
                BeginFor(EntityKind.Twin, begin);
                BeginForServersThatAnswer(begin);
                break;
            case PhaseKind.Prime or PhaseKind.Migrate or PhaseKind.Execute:
                BeginFor(EntityKind.Server, begin);
                break;
            case PhaseKind.Complete:
                BeginFor(EntityKind.Twin, begin);
                BeginForServersThatAnswer(begin);
                BeginFor(EntityKind.Station, begin);
                break;
            case PhaseKind.Checkpoint:
                foreach (var kind in Enum.GetValues<EntityKind>())
                    BeginFor(kind, begin);
                break;
        }

        FinishIfLocalDone();
    }

    private void BeginFor(EntityKind kind, BeginPhase begin)
    {
        var ids = _plan.Members(kind, _id);
        var entities = _entities.All(kind);
        for (var i = 0; i < ids.Length; i++)
        {
            _waitingFor.Add((kind, ids[i]));
            entities[i].Tell(begin, Self);
        }
    }

    /// <summary>Servers that stations may ask themselves publish as twins do.</summary>
    private void BeginForServersThatAnswer(BeginPhase begin)
    {
        if (_plan.World.Scenario.Decisions.OnDesync == DesyncResponse.Query)
            BeginFor(EntityKind.Server, begin);
    }

    /// <summary>Reports are taken one station after the other: its devices are still in the core's cache when it hears and decides.</summary>
    private void BeginNextStation()
    {
        var ids = _plan.Stations(_id);
        if (_begun == ids.Length)
            return;
        _waitingFor.Add((EntityKind.Station, ids[_begun]));
        _entities[EntityKind.Station, ids[_begun++]].Tell(new BeginPhase(_phase), Self);
    }

    private void BeginForStationsWithWork(BeginPhase begin)
    {
        var ids = _plan.Stations(_id);
        for (var i = 0; i < ids.Length; i++)
        {
            if ((_rounds[i] >> begin.Phase.Round & 1) == 0)
                continue;
            _waitingFor.Add((EntityKind.Station, ids[i]));
            _entities.All(EntityKind.Station)[i].Tell(begin, Self);
        }
    }

    private void Take(PhaseDone done)
    {
        if (done.Phase != _phase || !_waitingFor.Remove((done.Kind, done.Id)))
            throw new InvariantViolatedException($"Zone {_id}, {_phase}: {done.Kind} {done.Id} is done with {done.Phase}, which was not asked for.");
        _outboxes.Add(done.Outbox);
        switch (done)
        {
            case ReportsDone reports:
                _outboxes.Add(reports.Id, reports.Placements);
                _outboxes.Add(reports.Reports);
                _rounds[_plan.LocalIndex(EntityKind.Station, reports.Id)] = reports.RoundsWithWork;
                BeginNextStation();
                break;
            case Decided decided:
                _outboxes.Add(decided.Id, decided.Placements);
                _outboxes.Add(decided.Reports);
                break;
            case ExecutionDone execution:
                _results.Servers.Add(execution.Facts);
                break;
            case TwinPublished twin:
                _results.Add(twin);
                break;
            case StationClosed closed:
                _outboxes.Add(closed.Moved);
                _latencies.Record(closed.LatencyBins);
                _regrets?.Record(closed.RegretBins);
                _results.Add(closed);
                break;
            case EntitySaved saved:
                _keeper!.Collect(saved);
                break;
        }

        FinishIfLocalDone();
    }

    private void FinishIfLocalDone()
    {
        if (_localDone || _waitingFor.Count > 0)
            return;
        if (_phase.Kind == PhaseKind.Checkpoint)
        {
            _keeper!.StoreCheckpoint(_latencies.Copy(), _regrets?.Copy());
            if (_next is not null)
                Take(_next);
            return;
        }

        _localDone = true;
        _outboxes.SendPlacements(_phase);
        _exchanges.Send(_outboxes, _phase);
        FinishIfAllDone();
    }

    private void FinishIfAllDone()
    {
        if (!_localDone || _exchanges.TakeIfComplete(_phase) is not { } received)
            return;
        foreach (var exchange in received)
        {
            Deliver(exchange.Mails);
            Adopt(exchange.Devices);
        }

        Deliver(_outboxes.TakeLocal());
        _localDone = false;
        ContinueIfSettled();
    }

    private void Deliver(IReadOnlyList<ZoneMail> mails)
    {
        for (var i = 0; i < mails.Count; i++)
        {
            var mail = mails[i];
            if (mail.Kind == EntityKind.Twin)
                _keeper?.Remember(mail);
            _entities[mail.Kind, mail.Id].Tell(mail.Message, Self);
        }
    }
}
