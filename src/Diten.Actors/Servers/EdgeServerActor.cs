using Diten.Actors.Runtime;
using Diten.Model;
using Diten.Model.EdgeServers;
using Diten.Model.ServerTwins;
using Diten.Model.Worlds;

namespace Diten.Actors;

// An edge server takes: SubmitTasks and CountPresence from stations and zones, MigrateServices from servers, ResyncRequested from its twin,
// BeginPhase from its zone.

/// <summary>Hosts one edge server: hands what arrives to <see cref="EdgeServer"/> and sends what it decides.</summary>
internal sealed class EdgeServerActor(World world, int server, ISyncLink link) : ZoneEntityActor(EntityKind.Server, server)
{
    private readonly EdgeServerState _state = new(world, server);

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
                return true;
            case ResyncRequested:
                _state.ResyncDue = true;
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
                Synchronize(phase.Slot, _state.Presence);
                Done(phase);
                break;
            case PhaseKind.Migrate:
                foreach (var move in EdgeServer.ReleaseServices(_state))
                    Post.Send(EntityKind.Server, move.Server, move);
                Done(phase);
                break;
            case PhaseKind.Execute:
                var replies = Work.Replies;
                var facts = EdgeServer.Execute(_state, world, phase.Slot, Work.Sheet, replies);
                foreach (var reply in replies)
                    if (reply.Tasks.Length > 0)
                        Post.Send(EntityKind.Station, reply.Station, reply);
                Synchronize(phase.Slot, facts.Tasks);
                Post.Directory.Zone.Tell(new ExecutionDone(Id, phase, Post.TakeOutbox(), facts), Self);
                break;
            case PhaseKind.Checkpoint:
                Post.Directory.Zone.Tell(new EntitySaved(Kind, Id, phase, EdgeServer.Save(_state)), Self);
                break;
            default:
                throw new InvalidOperationException($"{this} has no part in {phase}.");
        }
    }

    private void Synchronize(int slot, int tasks)
    {
        foreach (var sync in link.Carry(EdgeServer.Observe(_state, slot, tasks)))
            Post.Send(EntityKind.Twin, Id, sync);
    }
}
