using Diten.Model;
using Diten.Model.ServerTwins;
using Diten.Model.Worlds;

namespace Diten.Actors;

// A twin takes: SynchronizeTwin from its server, ReportPlacements from stations in reach, BeginPhase from its zone.

/// <summary>Hosts the digital twin of one edge server: the rules are in <see cref="ServerTwin"/>.</summary>
internal sealed class ServerTwinActor(World world, int server, bool journal) : ZoneEntityActor(EntityKind.Twin, server)
{
    private readonly int[] _stations = world.Reach.StationsOf(new ServerId(server)).ToArray();
    private ServerTwinState _state = ServerTwinState.Fresh(server);
    private TwinEstimate? _believed, _published;
    private List<TwinEvent>? _happened;
    private bool _forgotten;

    /// <inheritdoc/>
    protected override bool Handle(object message)
    {
        if (_forgotten && message is not TwinRecalled)
            return true; // its zone tells it again, once it knows what it was
        switch (message)
        {
            case TwinRecalled recalled:
                _state = recalled.State;
                _believed = ServerTwin.Publish(_state, world.Scenario, recalled.Slot);
                _forgotten = false;
                return true;
            case ReportPlacements placements:
                _state = ServerTwin.Apply(_state, placements);
                return true;
            case SynchronizeTwin sync:
                var decision = ServerTwin.Decide(_state, sync);
                if (decision.Event is not null)
                {
                    _state = ServerTwin.Apply(_state, decision.Event, world.Scenario.Twins);
                    if (journal)
                        (_happened ??= []).Add(decision.Event);
                }

                if (decision.Reply is not null)
                    Post.Send(EntityKind.Server, Id, decision.Reply);
                return true;
            case TwinSaved saved:
                _state = saved.State;
                return true;
            case BeginPhase { Phase: var phase }:
                Begin(phase);
                return true;
            default:
                return false;
        }
    }

    /// <summary>A new actor in the place of one that failed knows nothing.</summary>
    protected override void PostRestart(Exception reason)
    {
        base.PostRestart(reason);
        _forgotten = journal;
    }

    private void Begin(Phase phase)
    {
        switch (phase.Kind)
        {
            case PhaseKind.Learn:
                Publish(phase.Slot);
                Done(phase);
                break;
            case PhaseKind.PublishFirst:
                Publish(phase.Slot + 1);
                _believed = _published;
                TellPublished(phase, _published!);
                break;
            case PhaseKind.Complete:
                _state = ServerTwin.EndSlot(_state);
                var believed = _believed!;
                Publish(phase.Slot + 1);
                _believed = _published;
                TellPublished(phase, believed);
                break;
            case PhaseKind.Checkpoint:
                Post.Directory.Zone.Tell(new EntitySaved(Kind, Id, phase, new TwinSaved(_state)), Self);
                break;
            default:
                throw new InvalidOperationException($"{this} has no part in {phase}.");
        }
    }

    private void TellPublished(Phase phase, TwinEstimate believed)
    {
        Post.Directory.Zone.Tell(new TwinPublished(Id, phase, Post.TakeOutbox(), believed, _happened), Self);
        _happened = null;
    }

    /// <summary>Tells the stations in reach, where there is anything new.</summary>
    private void Publish(int slot)
    {
        var estimate = ServerTwin.Publish(_state, world.Scenario, slot);
        if (estimate == _published)
            return;
        _published = estimate;
        foreach (var station in _stations)
            Post.Send(EntityKind.Station, station, estimate);
    }
}
