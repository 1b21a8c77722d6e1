using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Configuration;
using Akka.Serialization;

namespace Diten.Actors.Wire;

/// <summary>
/// Takes the place of the serializer that Akka uses for everything that no other one is bound to: it would write, and create, objects of any CLR
/// type. So nothing but Diten's and Akka's own formats leaves a node, comes in, or reaches the journal.
/// </summary>
internal sealed class RefusingSerializer : Serializer
{
    public RefusingSerializer(ExtendedActorSystem system)
        : base(system)
    {
    }

    /// <param name="settings">Those of Akka's JSON serializer, which mean nothing here.</param>
    public RefusingSerializer(ExtendedActorSystem system, Config settings)
        : this(system) => _ = settings;

    /// <inheritdoc/>
    /// <remarks>That of Akka's JSON serializer: what comes in with it is refused too.</remarks>
    public override int Identifier => 1;

    /// <inheritdoc/>
    public override bool IncludeManifest => true;

    /// <inheritdoc/>
    public override byte[] ToBinary(object obj) => throw new SerializationException(
        $"{obj?.GetType().FullName ?? "null"} has no wire format: neither Diten's table of messages nor Akka names it.");

    /// <inheritdoc/>
    public override object FromBinary(byte[] bytes, Type type) =>
        throw new SerializationException($"{type?.FullName ?? "An object without a type"} came in as JSON, which is not taken.");
}
