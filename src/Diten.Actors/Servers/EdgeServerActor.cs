using Diten.Actors.Runtime;
using Diten.Model;
using Diten.Model.EdgeServers;
using Diten.Model.Faults;
using Diten.Model.Scenarios;
using Diten.Model.ServerTwins;
using Diten.Model.Worlds;

namespace Diten.Actors;

// An edge server takes: SubmitTasks and CountPresence from stations and zones, MigrateServices from servers, ResyncRequested and ResyncHeard
// from its twin, BeginPhase from its zone; where it can be asked itself, ReportPlacements from zones.

/// <summary>Hosts one edge server: hands what arrives to <see cref="EdgeServer"/> and <see cref="ServerSync"/>, and sends what they decide.</summary>
internal sealed class EdgeServerActor(World world, int server) : ZoneEntityActor(EntityKind.Server, server)
{
    private readonly EdgeServerState _state = new(world, server);
    private readonly SyncLink? _link = world.Faults.Strikes(FaultWhat.Sync) ? new SyncLink(world.Faults, server) : null;
    private readonly bool _measures = world.Scenario.MeasuresRegret, _answers = world.Scenario.Decisions.OnDesync == DesyncResponse.Query;
    private ServerAnswer? _answered;

    /// <inheritdoc/>
    protected override bool Handle(object message)
    {
        switch (message)
        {
            case SubmitTasks submission:
                EdgeServer.Admit(_state, submission);
                return true;
            case MigrateServices services:
                EdgeServer.Host(_state, services);
                return true;
            case CountPresence presence:
                _state.Presence += presence.Devices;
                return true;
            case EdgeServerSaved saved:
                EdgeServer.Restore(_state, saved);
                _link?.Restore(saved.Syncs);
                return true;
            case ResyncRequested request:
                ServerSync.Apply(_state, request);
                return true;
            case ResyncHeard heard:
                ServerSync.Apply(_state, heard);
                return true;
            case ReportPlacements placements when _answers:
                ServerAnswers.Apply(_state, placements);
                return true;
            case BeginPhase { Phase: var phase }:
                Begin(phase);
                return true;
            default:
                return false;
        }
    }

    private void Begin(Phase phase)
    {
        switch (phase.Kind)
        {
            case PhaseKind.Prime:
                EdgeServer.Prime(_state);
                Synchronize(phase.Slot);
                Done(phase);
                break;
            case PhaseKind.PublishFirst or PhaseKind.Complete when _answers:
                Answer(phase.Slot + 1);
                Done(phase);
                break;
            case PhaseKind.Learn when _answers:
                Answer(phase.Slot);
                Done(phase);
                break;
            case PhaseKind.Migrate:
                foreach (var move in EdgeServer.ReleaseServices(_state))
                    Post.Send(EntityKind.Server, move.Server, move);
                Done(phase);
                break;
            case PhaseKind.Execute:
                Execute(phase);
                break;
            case PhaseKind.Checkpoint:
                var saved = EdgeServer.Save(_state, world.Scenario);
                Post.Directory.Zone.Tell(new EntitySaved(Kind, Id, phase, _link is null ? saved : saved with { Syncs = _link.Save() }), Self);
                break;
            default:
                throw new InvalidOperationException($"{this} has no part in {phase}.");
        }
    }

    private void Execute(Phase phase)
    {
        var replies = Work.Replies;
        var facts = EdgeServer.Execute(_state, world, phase.Slot, Work.Sheet, replies);
        foreach (var reply in replies)
            if (reply.Tasks.Length > 0)
                Post.Send(EntityKind.Station, reply.Station, reply);
        if (_measures)
            Post.Publish(new ServerMeasured(Id, phase.Slot, facts.FreeHertz, facts.DeviationHertz, facts.Tasks, facts.Down));
        facts = facts with { Syncs = Synchronize(phase.Slot) };
        Post.Directory.Zone.Tell(new ExecutionDone(Id, phase, Post.TakeOutbox(), facts), Self);
    }

    private SyncCounts Synchronize(int slot)
    {
        if (world.Scenario.Twins.Exact != TwinExact.None)
            Post.Send(EntityKind.Twin, Id, ServerSync.Show(_state));
        var sync = ServerSync.Observe(_state, world.Scenario.Twins);
        if (_link is null)
        {
            if (sync is not null)
                Post.Send(EntityKind.Twin, Id, sync);
            return new SyncCounts { Sent = sync is null ? 0 : 1 };
        }

        var counts = _link.Carry(sync, slot, Work.Tally, Work.Syncs);
        foreach (var arrived in Work.Syncs)
            Post.Send(EntityKind.Twin, Id, arrived);
        return counts;
    }

    /// <summary>Tells the stations in reach what they hear if they ask this server in a slot, where there is anything new.</summary>
    private void Answer(int slot)
    {
        if (ServerAnswers.Of(_state, world.Faults, slot) is not { } answer || answer == _answered)
            return;
        _answered = answer;
        Post.Publish(answer);
    }
}
