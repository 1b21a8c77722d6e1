using System.Reflection;
using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Cluster.Tools.Singleton;
using Akka.Configuration;
using Akka.Dispatch.SysMsg;
using Akka.Persistence;
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
            typeof(string), typeof(int), typeof(long), typeof(byte[]), typeof(Identify), typeof(ActorIdentity), typeof(PoisonPill), typeof(Kill),
            typeof(Status.Failure), typeof(Status.Success), typeof(ActorSelectionMessage), typeof(RemoteScope), typeof(Config),
            typeof(Watch), typeof(Unwatch), typeof(DeathWatchNotification), typeof(Terminate), typeof(Supervise), typeof(Failed),
            typeof(AtLeastOnceDeliverySnapshot), typeof(Google.Protobuf.ByteString).Assembly.GetType("Google.Protobuf.WellKnownTypes.Any")!,
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

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _system.Terminate();

    private static IEnumerable<Type> Implementations(string assembly, string type)
    {
        var loaded = Assembly.Load(assembly);
        var asked = loaded.GetType(type, throwOnError: true)!;
        return loaded.GetTypes().Where(t => asked.IsAssignableFrom(t) && t is { IsInterface: false, IsAbstract: false });
    }
}
