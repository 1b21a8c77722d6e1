using Akka.Actor;
using Akka.Cluster;

namespace Diten.Actors;

/// <summary>Tells its parent, the clock, which nodes of the cluster can hold zones, whenever that changes.</summary>
/// <param name="role">Role of the nodes that can.</param>
public sealed class HostFinderActor(string role) : UntypedActor
{
    private readonly Cluster _cluster = Cluster.Get(Context.System);
    private List<SeenHost> _hosts = [];
    private List<SeenMember> _members = [];

    /// <inheritdoc/>
    protected override void PreStart() => _cluster.Subscribe(
        Self, ClusterEvent.SubscriptionInitialStateMode.InitialStateAsSnapshot, typeof(ClusterEvent.IMemberEvent), typeof(ClusterEvent.IReachabilityEvent));

    /// <inheritdoc/>
    protected override void PostStop() => _cluster.Unsubscribe(Self);

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case ClusterEvent.CurrentClusterState state:
                Tell(state);
                break;
            case ClusterEvent.IClusterDomainEvent:
                _cluster.SendCurrentClusterState(Self);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Tell(ClusterEvent.CurrentClusterState state)
    {
        var hosts = state.Members
            .Where(member => member.Status == MemberStatus.Up && member.HasRole(role))
            .OrderBy(member => member.UniqueAddress)
            .Select(member => new SeenHost(NameOf(member), HostOf(member.Address), !state.Unreachable.Contains(member)))
            .ToList();
        var members = state.Members
            .OrderBy(member => member.UniqueAddress)
            .Select(member => new SeenMember(
                NameOf(member), string.Join(", ", member.Roles.Order(StringComparer.Ordinal)),
                state.Unreachable.Contains(member) ? "Unreachable" : member.Status.ToString()))
            .ToList();
        if (hosts.SequenceEqual(_hosts) && members.SequenceEqual(_members))
            return;
        (_hosts, _members) = (hosts, members);
        Context.Parent.Tell(new HostsSeen(hosts, members), Self);
    }

    private static string NameOf(Member member) => FormattableString.Invariant($"{member.Address.Host}:{member.Address.Port}#{member.UniqueAddress.Uid}");

    private static IActorRef HostOf(Address address) =>
        ((ExtendedActorSystem)Context.System).Provider.ResolveActorRef(new RootActorPath(address) / "user" / "host");
}
