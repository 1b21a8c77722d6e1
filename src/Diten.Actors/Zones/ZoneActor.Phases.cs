using System.Runtime.InteropServices;
using Akka.Actor;
using Diten.Model;
using Diten.Model.BaseStations;
using Diten.Model.EdgeServers;
using Diten.Model.Learning;
using Diten.Model.MobileDevices;
using Diten.Model.Scenarios;
using Diten.Model.ServerTwins;
using Diten.Model.SystemTwin;

namespace Diten.Actors;

/// <summary>The zone's other half: how it goes from phase to phase.</summary>
internal sealed partial class ZoneActor
{
    private BeginPhase _begin = null!; // of the phase that goes on
    private BeginPhase? _beginStation; // likewise; with a copy of the board, which is made where a station has a part in the phase
    private readonly List<MobileDeviceState> _arriving = []; // from all neighbours
    private readonly bool _twinsMove; // they may publish something else without having heard anything
    private readonly bool _serversAnswer; // stations may ask them themselves: then they publish as twins do

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
        (_phase, _localDone) = (phase, false);
        (_begin, _beginStation) = (new BeginPhase(phase), null);
        switch (phase.Kind)
        {
            case PhaseKind.Attach:
                break;
            case PhaseKind.Report:
                _stations.BeginSlot();
                BeginNextStation();
                break;
            case PhaseKind.Decide:
                BeginFor(EntityKind.Station, place => _stations.HasWork(place, phase.Round));
                break;
            case PhaseKind.Learn:
                BeginFor(EntityKind.Twin, place => _twinsMove || _mail.Peek(EntityKind.Twin, place) is not null);
                if (_serversAnswer)
                    BeginFor(EntityKind.Server, place => _mail.Peek(EntityKind.Server, place) is not null);
                break;
            case PhaseKind.Prime or PhaseKind.Execute:
                BeginFor(EntityKind.Server);
                break;
            case PhaseKind.Migrate:
                BeginFor(EntityKind.Server, place => _mail.Peek(EntityKind.Server, place)?.Any(LetsServicesGo) == true);
                break;
            case PhaseKind.PublishFirst or PhaseKind.Complete:
                BeginFor(EntityKind.Twin);
                if (_serversAnswer)
                    BeginFor(EntityKind.Server);
                if (phase.Kind == PhaseKind.Complete)
                    CloseStations();
                break;
            case PhaseKind.Checkpoint:
                foreach (var kind in Enum.GetValues<EntityKind>())
                    BeginFor(kind);
                break;
        }

        FinishIfLocalDone();
    }

    private static bool LetsServicesGo(object message) => message is SubmitTasks { Leaving.Length: > 0 };

    /// <summary>Begins the phase for the entities of a kind that have a part in it.</summary>
    /// <param name="hasPart">Whether that at a place has; null = all have.</param>
    private void BeginFor(EntityKind kind, Func<int, bool>? hasPart = null)
    {
        for (var place = 0; place < _entities.All(kind).Length; place++)
            if (hasPart is null || hasPart(place))
                BeginFor(kind, place);
    }

    private void BeginFor(EntityKind kind, int place)
    {
        _waitingFor.Add(kind, place);
        var mail = _mail.Take(kind, place);
        for (var i = 0; kind == EntityKind.Twin && i < mail?.Count; i++)
            _keeper?.Remember(new ZoneMail(kind, _plan.Twins(_id)[place], mail[i]));
        var begin = kind == EntityKind.Station ? _beginStation ??= _begin with { Notices = _board.Copy } : _begin;
        _entities.All(kind)[place].Tell(mail is null ? begin : begin with { Mail = mail }, Self);
    }

    /// <summary>Reports are taken one station after the other: its devices are still in the core's cache when it hears and decides.</summary>
    private void BeginNextStation()
    {
        if (_stations.NextAwake() is var place and >= 0)
            BeginFor(EntityKind.Station, place);
    }

    private void CloseStations()
    {
        for (var place = 0; place < _plan.Stations(_id).Length; place++)
            if (_stations.IsOpen(place))
                BeginFor(EntityKind.Station, place);
            else
                _results.Stations.Add(_stations.EmptySlot(place));
    }

    private void Take(PhaseDone done)
    {
        if (done.Phase != _phase || !_waitingFor.Remove(done.Kind, done.Id))
            throw new InvariantViolatedException($"Zone {_id}, {_phase}: {done.Kind} {done.Id} is done with {done.Phase}, which was not asked for.");
        _outboxes.Add(done.Outbox);
        switch (done)
        {
            case ReportsDone reports:
                _outboxes.Add(reports.Id, reports.Placements);
                _outboxes.Add(reports.Reports);
                _stations.Add(reports);
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
                _latencies.Record(CollectionsMarshal.AsSpan(closed.LatencyBins));
                _regrets?.Record(CollectionsMarshal.AsSpan(closed.RegretBins));
                _results.Add(closed);
                _stations.Add(closed);
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
        _arriving.Clear();
        foreach (var exchange in received)
        {
            Deliver(exchange.Mails);
            _arriving.AddRange(exchange.Devices);
        }

        Adopt(_arriving);
        Deliver(_outboxes.TakeLocal());
        _localDone = false;
        ContinueIfSettled();
    }

    /// <summary>Keeps for entities what was written to them, until their next phase begins.</summary>
    private void Deliver(IReadOnlyList<ZoneMail> mails)
    {
        for (var i = 0; i < mails.Count; i++)
        {
            var mail = mails[i];
            if (mail.Id == ZoneMail.AllInReach)
            {
                _board.Pin(mail.Message);
                continue;
            }

            if (mail.Message is InterferenceSums sums && !_stations.Listens(sums.To))
                continue; // it disturbs nobody there
            if (mail.Message is DevicesArriving or TwinEstimate)
                _stations.Wake(mail.Id);
            _mail.Add(mail);
        }
    }
}
