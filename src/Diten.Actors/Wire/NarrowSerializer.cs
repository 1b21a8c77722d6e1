using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Cluster.Serialization;
using Akka.Dispatch.SysMsg;
using Akka.Remote.Serialization;
using Akka.Serialization;

namespace Diten.Actors.Wire;

/// <summary>
/// One of Akka's own serializers, held to the messages that nodes of Diten send each other. Akka's read more: routers, configurations, and
/// exceptions that are made by the name of their CLR type.
/// </summary>
/// <param name="identifier">That of Akka's.</param>
/// <param name="akka">Akka's.</param>
/// <param name="taken">Manifests that are written and read.</param>
internal abstract class NarrowSerializer(
    ExtendedActorSystem system, int identifier, SerializerWithStringManifest akka, params IReadOnlyCollection<string> taken)
    : SerializerWithStringManifest(system)
{
    /// <inheritdoc/>
    public sealed override int Identifier => identifier;

    /// <inheritdoc/>
    public sealed override string Manifest(object o) => Taken(akka.Manifest(o));

    /// <inheritdoc/>
    public sealed override byte[] ToBinary(object obj)
    {
        Taken(akka.Manifest(obj));
        return akka.ToBinary(obj);
    }

    /// <inheritdoc/>
    public sealed override object FromBinary(byte[] bytes, string manifest) => akka.FromBinary(bytes, Taken(manifest));

    private string Taken(string manifest) => taken.Contains(manifest)
        ? manifest
        : throw new SerializationException($"'{manifest}' of {akka.GetType().Name} is not among the messages that nodes send each other.");
}

/// <summary>Who is there: questions and answers, and the remote watch's signs of life.</summary>
internal sealed class PresenceSerializer(ExtendedActorSystem system)
    : NarrowSerializer(system, 16, new MiscMessageSerializer(system), "ID", "AID", "RWHB", "RWHR");

/// <summary>What members of a cluster tell each other. Only a node itself says that it leaves, or that another one is down: see its gossip.</summary>
internal sealed class MembershipSerializer(ExtendedActorSystem system)
    : NarrowSerializer(
        system, 5, new ClusterMessageSerializer(system), "HB", "HBR", "Akka.Cluster.GossipEnvelope, Akka.Cluster", "Akka.Cluster.GossipStatus, Akka.Cluster",
        Action("Join"), Action("Welcome"), Action("InitJoin"), Action("InitJoinAck"), Action("InitJoinNack"), Action("ExitingConfirmed"))
{
    private static string Action(string name) => $"Akka.Cluster.InternalClusterAction+{name}, Akka.Cluster";
}

/// <summary>Of Akka's system messages those of the watch over actors; the others belong to actors that another node created.</summary>
internal sealed class WatchSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    private readonly SystemMessageSerializer _akka = new(system);

    /// <inheritdoc/>
    public override int Identifier => 22;

    /// <inheritdoc/>
    public override string Manifest(object o) => o switch
    {
        Watch => nameof(Watch),
        Unwatch => nameof(Unwatch),
        DeathWatchNotification => nameof(DeathWatchNotification),
        _ => throw Refused(o.GetType().Name),
    };

    /// <inheritdoc/>
    public override byte[] ToBinary(object obj)
    {
        Manifest(obj);
        return _akka.ToBinary(obj);
    }

    /// <inheritdoc/>
    public override object FromBinary(byte[] bytes, string manifest) => _akka.FromBinary(bytes, manifest switch
    {
        nameof(Watch) => typeof(Watch),
        nameof(Unwatch) => typeof(Unwatch),
        nameof(DeathWatchNotification) => typeof(DeathWatchNotification),
        _ => throw Refused(manifest),
    });

    private static SerializationException Refused(string message) =>
        new($"The system message '{message}' is not among those that nodes send each other.");
}
