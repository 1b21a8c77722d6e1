using Google.Protobuf;

namespace Diten.Actors;

/// <summary>A part of a big message on its way to another node: at most <see cref="PartBytes"/> long, so that no buffer is a large object.</summary>
/// <param name="Number">Counts the messages of the sender.</param>
/// <param name="Part">Which part, from 0.</param>
/// <param name="Manifest">What the whole is, see the table of the wire format.</param>
public sealed record Parcel(long Number, int Part, int Parts, string Manifest, ByteString Bytes)
{
    /// <summary>Longest part, bytes: with its envelope it stays under 64 KiB.</summary>
    public const int PartBytes = 60_000;
}
