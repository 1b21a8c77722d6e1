using System.Reflection;
using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Cluster.Tools.Singleton;
using Akka.Configuration;
using Akka.Dispatch.SysMsg;
using Akka.Persistence;
using Akka.Routing;
using Diten.Actors.Nodes;
using Diten.Actors.Runtime;
using Diten.Actors.Wire;

namespace Diten.Actors.Tests.Wire;

/// <summary>What Akka itself sends keeps Akka's own formats; all else that is not in Diten's table is refused, in both directions.</summary>
public sealed class AkkaMessagesTests : IAsyncLifetime
{
    private readonly ExtendedActorSystem _system = (ExtendedActorSystem)ActorSystem.Create("akka-messages", ConfigurationFactory.ParseString("""
        akka.actor.provider = cluster
        akka.remote.dot-netty.tcp { hostname = 127.0.0.1, port = 0 }
        """).WithFallback(NodeSettings.Load(1)).WithFallback(Akka.Persistence.Persistence.DefaultConfig()));

    [Fact]
    public void What_akka_sends_between_nodes_and_writes_down_has_a_format_of_its_own()
    {
        _ = _system.Serialization.FindSerializerForType(typeof(string)); // in use before the node has singletons, which bring their format along
        _ = ClusterSingletonManagerSettings.Create(_system);
        string[] tools = ["HandOverToMe", "HandOverInProgress", "HandOverDone", "TakeOverFromMe"];
        Type[] types =
        [
            typeof(string), typeof(int), typeof(long), typeof(byte[]), typeof(Identify), typeof(ActorIdentity), typeof(ActorSelectionMessage),
            typeof(Watch), typeof(Unwatch), typeof(DeathWatchNotification),
            .. Implementations("Akka.Cluster", "Akka.Cluster.IClusterMessage"),
            .. Implementations("Akka.Remote", "Akka.Remote.RemoteWatcher+Heartbeat"),
            .. Implementations("Akka.Remote", "Akka.Remote.RemoteWatcher+HeartbeatRsp"),
            .. tools.Select(name => typeof(ClusterSingletonManager).Assembly.GetTypes().Single(type => type.Name == name)),
        ];

        Assert.All(types, type => Assert.False(
            _system.Serialization.FindSerializerForType(type) is RefusingSerializer or DitenSerializer, $"{type} has no format of Akka's own."));
    }

    [Fact]
    public void What_is_in_no_table_is_not_written()
    {
        var message = new BeginPhase(new Phase(1, 2, PhaseKind.Report, -1));

        var serializer = _system.Serialization.FindSerializerFor(message);

        Assert.IsType<RefusingSerializer>(serializer);
        Assert.Contains(typeof(BeginPhase).FullName!, Assert.Throws<SerializationException>(() => serializer.ToBinary(message)).Message);
        Assert.IsType<RefusingSerializer>(_system.Serialization.FindSerializerForType(typeof(object)));
        Assert.Throws<SerializationException>(() => new DitenSerializer(_system).Manifest(message));
        Assert.Throws<SerializationException>(() => new DitenSerializer(_system).ToBinary(message));
    }

    [Fact]
    public void What_comes_in_as_json_is_not_read()
    {
        var json = """{"$type":"System.IO.FileInfo, System.Private.CoreLib","FileName":"rc.local"}"""u8.ToArray();

        var failure = Record.Exception(() => _system.Serialization.Deserialize(json, 1, "System.IO.FileInfo, System.Private.CoreLib"));

        Assert.Contains("System.IO.FileInfo came in as JSON", Assert.IsType<SerializationException>(failure).Message);
        Assert.Throws<SerializationException>(() => _system.Serialization.Deserialize(json, 1, typeof(object)));
    }

    /// <summary>Whatever could make an object, or an actor, by the name of its type, or is of no use to a node.</summary>
    [Fact]
    public void What_no_node_needs_of_akka_is_neither_written_nor_read()
    {
        _ = ClusterSingletonManagerSettings.Create(_system);
        string[] bound = [.. _system.Settings.Config.GetConfig("akka.actor.serializers").AsEnumerable().Select(entry => entry.Key)];
        object[] messages =
        [
            PoisonPill.Instance, Kill.Instance, new Status.Failure(new IOException("x")), new Status.Success("x"), LocalScope.Instance, Config.Empty,
            FromConfig.Instance, new RoundRobinPool(3), new Terminate(), new Create(null), new Resume(null), new Recreate(new IOException("x")),
            new Google.Protobuf.WellKnownTypes.Empty(), new AtLeastOnceDeliverySnapshot(1, []),
        ];

        Assert.All(messages, message => Assert.Throws<SerializationException>(() => Write(message)));
        Assert.All([2, 3, 7, 8, 9, 15, 36], id => Assert.Throws<SerializationException>(() => _system.Serialization.Deserialize([], id, "x")));
        Assert.All(["STF", "STS", "CF", "PP", "K", "IR", "FC", "RORRC", "RS"], name =>
            Assert.Throws<SerializationException>(() => _system.Serialization.Deserialize([], 16, name)));
        Assert.All(["Create", "Failed", "Recreate", "Resume", "Supervise", "Terminate", "Akka.Dispatch.SysMsg.Create, Akka"], name =>
            Assert.Throws<SerializationException>(() => _system.Serialization.Deserialize([], 22, name)));
        Assert.All(["ClusterUserAction+Down", "ClusterUserAction+Leave", "Routing.ClusterRouterPool"], name =>
            Assert.Throws<SerializationException>(() => _system.Serialization.Deserialize([], 5, $"Akka.Cluster.{name}, Akka.Cluster")));
        Assert.Equal(Known.Order(), bound.Order());
    }

    /// <summary>A serializer that a new version of Akka brings is looked at before it is let in.</summary>
    private static readonly string[] Known =
    [
        "akka-cluster", "akka-containers", "akka-cluster-client", "akka-misc", "akka-persistence-message", "akka-persistence-snapshot", "akka-pubsub",
        "akka-singleton", "akka-system-msg", "bytes", "daemon-create", "diten", "json", "primitive", "proto", "reliable-delivery",
    ];

    private byte[] Write(object message)
    {
        var serializer = _system.Serialization.FindSerializerFor(message);
        _ = Akka.Serialization.Serialization.ManifestFor(serializer, message);
        return serializer.ToBinary(message);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _system.Terminate();

    private static IEnumerable<Type> Implementations(string assembly, string type)
    {
        var loaded = Assembly.Load(assembly);
        var asked = loaded.GetType(type, throwOnError: true)!;
        return loaded.GetTypes().Where(t => asked.IsAssignableFrom(t) && t is { IsInterface: false, IsAbstract: false });
    }
}
