using Akka.Actor;

namespace Diten.Actors;

/// <summary>A node that can hold zones, as the cluster sees it.</summary>
/// <param name="Node">Names one life of a process; a restarted one has another name.</param>
/// <param name="Reachable">False while the failure detector misses it, and it has not been removed.</param>
public sealed record SeenHost(string Node, IActorRef Ref, bool Reachable);

/// <summary>To the clock, whenever it changes: all nodes of the cluster that can hold zones.</summary>
/// <param name="Members">All nodes of the cluster, for people.</param>
public sealed record HostsSeen(IReadOnlyList<SeenHost> Hosts, IReadOnlyList<SeenMember> Members);

/// <summary>A node of the cluster, for people.</summary>
public sealed record SeenMember(string Node, string Roles, string State);

/// <summary>The nodes that a clock knows: seen in the cluster, ready for the run, or about to leave.</summary>
internal sealed class HostRoster
{
    private readonly SortedDictionary<string, SeenHost> _seen = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, (HostReady Host, IActorRef Ref)> _ready = new(StringComparer.Ordinal);
    private readonly HashSet<string> _leaving = [], _refused = [];

    /// <summary>All nodes of the cluster, for people.</summary>
    public IReadOnlyList<SeenMember> Members { get; private set; } = [];

    /// <summary>Nodes that are ready and stay, by name: where zones are placed.</summary>
    public IReadOnlyList<(string Node, HostReady Host, IActorRef Ref)> Usable =>
        [.. _ready.Where(r => !_leaving.Contains(r.Key)).Select(r => (r.Key, r.Value.Host, r.Value.Ref))];

    /// <summary>Nodes that have not said yet whether they are ready.</summary>
    public IEnumerable<SeenHost> Unasked =>
        _seen.Values.Where(h => h.Reachable && !_ready.ContainsKey(h.Node) && !_refused.Contains(h.Node));

    /// <summary>All nodes that are seen.</summary>
    public IEnumerable<SeenHost> Seen => _seen.Values;

    /// <summary>Takes over what the cluster looks like; returns the nodes that were usable and are gone.</summary>
    public IReadOnlyList<string> Update(HostsSeen now)
    {
        Members = now.Members;
        _seen.Clear();
        foreach (var host in now.Hosts)
            _seen[host.Node] = host;
        var gone = _ready.Keys.Where(node => !_seen.ContainsKey(node)).ToArray();
        var lost = gone.Where(node => !_leaving.Contains(node)).ToArray();
        foreach (var node in gone)
            _ready.Remove(node);
        _leaving.IntersectWith(_seen.Keys);
        _refused.IntersectWith(_seen.Keys);
        return lost;
    }

    /// <summary>The node that a host's actor lives on; null where it is none that is seen.</summary>
    public string? NodeOf(IActorRef host) =>
        _seen.Values.FirstOrDefault(seen => seen.Ref.Path.Equals(host.Path))?.Node;

    /// <summary>Takes note of a node that is ready; false where it was known to be.</summary>
    public bool Admit(string node, HostReady host, IActorRef actor) => _ready.TryAdd(node, (host, actor));

    public void Refuse(string node) => _refused.Add(node);

    /// <summary>Takes note of a node that wants to leave; false where that was known.</summary>
    public bool Leave(string node) => _leaving.Add(node);

    public bool IsLeaving(string node) => _leaving.Contains(node);

    /// <summary>Another run asks everybody anew.</summary>
    public void Forget()
    {
        _ready.Clear();
        _refused.Clear();
    }
}
