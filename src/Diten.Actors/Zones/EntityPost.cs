using Diten.Model;

namespace Diten.Actors;

/// <summary>Sends an entity's messages to others: by its zone, which knows from them who has something to do.</summary>
internal sealed class EntityPost(ZoneDirectory directory)
{
    private List<ZoneMail>? _outbox;

    public ZoneDirectory Directory => directory;

    /// <summary>Sends to a station, server or twin, wherever it lives.</summary>
    public void Send(EntityKind kind, int id, object message) => (_outbox ??= []).Add(new ZoneMail(kind, id, message));

    /// <summary>Tells all stations that have a server in reach, wherever they live: see <see cref="NoticeBoard"/>.</summary>
    public void Publish(object notice) => Send(EntityKind.Station, ZoneMail.AllInReach, notice);

    /// <summary>What has gathered since the last call; null = nothing.</summary>
    public List<ZoneMail>? TakeOutbox()
    {
        var outbox = _outbox;
        _outbox = null;
        return outbox;
    }
}
