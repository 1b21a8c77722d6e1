using Akka.Actor;
using Diten.Model;

namespace Diten.Actors;

/// <summary>Sends an entity's messages: straight to those of its own zone, by its zone to twins, and by its next exchange to all others.</summary>
internal sealed class EntityPost(ZoneDirectory directory, IActorRef self)
{
    private List<ZoneMail>? _outbox;

    public ZoneDirectory Directory => directory;

    /// <summary>Sends to a station, server or twin, wherever it lives.</summary>
    public void Send(EntityKind kind, int id, object message)
    {
        if (kind != EntityKind.Twin && directory.IsLocal(kind, id)) // what goes to twins is remembered by their zone
            directory[kind, id].Tell(message, self);
        else
            (_outbox ??= []).Add(new ZoneMail(kind, id, message));
    }

    /// <summary>What has gathered for other zones since the last call; null = nothing.</summary>
    public List<ZoneMail>? TakeOutbox()
    {
        var outbox = _outbox;
        _outbox = null;
        return outbox;
    }
}
