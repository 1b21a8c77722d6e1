using System.Buffers;
using Akka.Actor;
using Akka.Serialization;
using Google.Protobuf;

namespace Diten.Actors.Wire;

/// <summary>Writes and reads all that <see cref="MessageTable"/> names, for Akka.Remote and Akka.Persistence.</summary>
internal sealed class DitenSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system), IMessageFormat
{
    /// <inheritdoc/>
    /// <remarks>Stands in every journal: never to be changed.</remarks>
    public override int Identifier => 7301;

    /// <inheritdoc/>
    public override string Manifest(object o) => MessageTable.ManifestOf(o);

    /// <inheritdoc/>
    public override byte[] ToBinary(object obj) => MessageTable.ToBytes(obj);

    /// <inheritdoc/>
    public override object FromBinary(byte[] bytes, string manifest) =>
        MessageTable.Read(manifest, new ReadOnlySequence<byte>(bytes), system);

    IMessage? IMessageFormat.ToContract(object message) => MessageTable.ToContract(message);

    object IMessageFormat.Read(string manifest, in ReadOnlySequence<byte> bytes) => MessageTable.Read(manifest, bytes, system);
}
