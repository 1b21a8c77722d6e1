using System.Collections.Immutable;
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

/// <summary>A node that is ready for the run.</summary>
internal sealed record ReadyHost(string Node, HostReady Says, IActorRef Ref);

/// <summary>The nodes that a clock knows: seen in the cluster, ready for the run, refused, or about to leave. Immutable.</summary>
internal sealed record HostRoster
{
    /// <summary>Nobody.</summary>
    public static HostRoster Empty { get; } = new();

    /// <summary>All nodes of the cluster, for people.</summary>
    public IReadOnlyList<SeenMember> Members { get; private init; } = [];

    /// <summary>All nodes that are seen and can hold zones, by name.</summary>
    public ImmutableSortedDictionary<string, SeenHost> Seen { get; private init; } = ImmutableSortedDictionary.Create<string, SeenHost>(StringComparer.Ordinal);

    private ImmutableSortedDictionary<string, ReadyHost> Ready { get; init; } = ImmutableSortedDictionary.Create<string, ReadyHost>(StringComparer.Ordinal);

    private ImmutableSortedSet<string> Leaving { get; init; } = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    private ImmutableSortedSet<string> Refused { get; init; } = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    /// <summary>Nodes that are ready and stay, by name: where zones are placed.</summary>
    public IReadOnlyList<ReadyHost> Usable => [.. Ready.Values.Where(host => !Leaving.Contains(host.Node))];

    /// <summary>Nodes that answer, and have not said yet whether they are ready.</summary>
    public IEnumerable<SeenHost> Unasked =>
        Seen.Values.Where(host => host.Reachable && !Ready.ContainsKey(host.Node) && !Refused.Contains(host.Node));

    /// <summary>What the cluster looks like now.</summary>
    public HostRoster Update(HostsSeen now)
    {
        var seen = ImmutableSortedDictionary.CreateRange(
            StringComparer.Ordinal, now.Hosts.Select(host => KeyValuePair.Create(host.Node, host)));
        return this with
        {
            Members = now.Members,
            Seen = seen,
            Ready = Ready.RemoveRange(Ready.Keys.Where(node => !seen.ContainsKey(node))),
            Leaving = Leaving.Intersect(seen.Keys),
            Refused = Refused.Intersect(seen.Keys),
        };
    }

    /// <summary>The nodes of some that are not seen any more.</summary>
    public IReadOnlyList<string> Missing(IEnumerable<string> nodes) => [.. nodes.Where(node => !Seen.ContainsKey(node))];

    /// <summary>The node that a host's actor lives on; null where it is none that is seen.</summary>
    public string? NodeOf(IActorRef host) => Seen.Values.FirstOrDefault(seen => seen.Ref.Path.Equals(host.Path))?.Node;

    /// <summary>A node is ready; the same roster where that was known.</summary>
    public HostRoster Admit(ReadyHost host) => Ready.ContainsKey(host.Node) ? this : this with { Ready = Ready.Add(host.Node, host) };

    /// <summary>A node cannot be used in this run.</summary>
    public HostRoster Refuse(string node) => this with { Refused = Refused.Add(node) };

    /// <summary>A node wants to leave; the same roster where that was known.</summary>
    public HostRoster Leave(string node) => Leaving.Contains(node) ? this : this with { Leaving = Leaving.Add(node) };

    /// <summary>Whether a node wants to leave.</summary>
    public bool IsLeaving(string node) => Leaving.Contains(node);

    /// <summary>Another run asks everybody anew.</summary>
    public HostRoster Forget() => this with { Ready = Ready.Clear(), Refused = Refused.Clear() };
}
