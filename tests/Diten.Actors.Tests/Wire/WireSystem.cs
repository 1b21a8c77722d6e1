using Akka.Actor;
using Akka.Configuration;
using Akka.Serialization;
using Diten.Actors.Nodes;
using Diten.Actors.Runtime;

namespace Diten.Actors.Tests.Wire;

/// <summary>A node's actor system, as the product configures it, with a remote provider on a free port of the loopback.</summary>
public sealed class WireSystem : IAsyncLifetime
{
    private const string Remote = """
        akka.actor.provider = remote
        akka.remote.dot-netty.tcp { hostname = 127.0.0.1, port = 0 }
        """;

    /// <summary>The system.</summary>
    public ExtendedActorSystem System { get; } = Start("wire");

    /// <summary>How it writes messages.</summary>
    internal IMessageFormat Format => IMessageFormat.Of(System);

    /// <summary>Actors on other nodes.</summary>
    public IReadOnlyList<IActorRef> Elsewhere => [.. Enumerable.Range(0, 5).Select(Resolve)];

    /// <summary>Starts another one.</summary>
    /// <param name="more">Settings of its own.</param>
    public static ExtendedActorSystem Start(string name, string more = "") => (ExtendedActorSystem)ActorSystem.Create(
        name, ConfigurationFactory.ParseString(more + "\n" + Remote).WithFallback(NodeSettings.Load(1)));

    /// <summary>An actor on another node, whether it lives or not.</summary>
    public IActorRef Resolve(int zone) =>
        System.Provider.ResolveActorRef($"akka.tcp://diten@10.0.0.{zone + 1}:4710/user/host/zone-{zone}#{1000 + zone}");

    /// <summary>Writes a message as Akka.Remote and Akka.Persistence do, by what is bound to its type.</summary>
    public (Serializer Serializer, string Manifest, byte[] Bytes) Write(object message)
    {
        var serializer = System.Serialization.FindSerializerFor(message);
        return (serializer, Akka.Serialization.Serialization.ManifestFor(serializer, message), serializer.ToBinary(message));
    }

    /// <summary>Reads what was written.</summary>
    public object Read(int serializer, string manifest, byte[] bytes) => System.Serialization.Deserialize(bytes, serializer, manifest);

    /// <summary>Writes and reads a message.</summary>
    public object RoundTrip(object message)
    {
        var (serializer, manifest, bytes) = Write(message);
        return Read(serializer.Identifier, manifest, bytes);
    }

    /// <inheritdoc/>
    public Task InitializeAsync() => Task.CompletedTask;

    /// <inheritdoc/>
    public Task DisposeAsync() => System.Terminate();
}
