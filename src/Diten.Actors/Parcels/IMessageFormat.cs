using System.Buffers;
using Akka.Actor;
using Google.Protobuf;

namespace Diten.Actors;

/// <summary>How messages are written for other nodes: what a <see cref="Courier"/> needs to know of it.</summary>
internal interface IMessageFormat
{
    /// <summary>What a message is called on the wire.</summary>
    /// <exception cref="System.Runtime.Serialization.SerializationException">It is none that leaves a node.</exception>
    string Manifest(object message);

    /// <summary>A message as Protobuf, ready to be written; null = it says all by its name.</summary>
    /// <exception cref="System.Runtime.Serialization.SerializationException">It is none that leaves a node, or holds something that cannot be written.</exception>
    IMessage? ToContract(object message);

    /// <summary>The message that bytes hold.</summary>
    /// <exception cref="System.Runtime.Serialization.SerializationException">The manifest is unknown, or the bytes are none of its.</exception>
    object Read(string manifest, in ReadOnlySequence<byte> bytes);

    /// <summary>That of a system: the one by which it writes a <see cref="Parcel"/>.</summary>
    /// <exception cref="InvalidOperationException">The system writes messages in another way than a node of Diten.</exception>
    static IMessageFormat Of(ActorSystem system) => system.Serialization.FindSerializerForType(typeof(Parcel)) as IMessageFormat
        ?? throw new InvalidOperationException($"Actor system {system.Name} was started without the settings of a node: see NodeSettings.");
}
