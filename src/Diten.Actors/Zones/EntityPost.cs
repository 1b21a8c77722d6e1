using Diten.Model;

namespace Diten.Actors;

/// <summary>Sends an entity's messages to others: by its zone, which knows from them who has something to do.</summary>
internal sealed class EntityPost(ZoneDirectory directory)
{
    private readonly List<ZoneMail> _outbox = [];
    private bool _taken;

    public ZoneDirectory Directory => directory;

    /// <summary>Sends to a station, server or twin, wherever it lives.</summary>
    public void Send(EntityKind kind, int id, object message)
    {
        if (_taken)
            _outbox.Clear();
        _taken = false;
        _outbox.Add(new ZoneMail(kind, id, message));
    }

    /// <summary>Tells all stations that have a server in reach, wherever they live: see <see cref="NoticeBoard"/>.</summary>
    public void Publish(object notice) => Send(EntityKind.Station, ZoneMail.AllInReach, notice);

    /// <summary>What has gathered since the last call, good until the entity has its next phase; null = nothing.</summary>
    public IReadOnlyList<ZoneMail>? TakeOutbox()
    {
        if (_taken || _outbox.Count == 0)
            return null;
        _taken = true;
        return _outbox;
    }
}
