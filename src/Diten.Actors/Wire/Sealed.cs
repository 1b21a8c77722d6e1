using System.Buffers;
using System.IO.Hashing;
using System.Runtime.Serialization;
using System.Text;
using Google.Protobuf;

namespace Diten.Actors.Wire;

/// <summary>
/// Seals what is written down to be read again, and opens it: the message's Protobuf bytes, then 16 bytes XxHash128 of the manifest (ASCII)
/// and of those bytes. Any single flipped bit is found, and anything else but for one time in 2¹²⁸; it is no protection against whoever means it.
/// </summary>
internal static class Sealed
{
    /// <summary>Bytes of the checksum.</summary>
    public const int SealBytes = 16;

    /// <summary>A message, sealed.</summary>
    public static byte[] Write(string manifest, IMessage contract)
    {
        var length = contract.CalculateSize();
        var bytes = new byte[length + SealBytes];
        contract.WriteTo(bytes.AsSpan(0, length));
        HashOf(manifest, new ReadOnlySequence<byte>(bytes, 0, length), bytes.AsSpan(length));
        return bytes;
    }

    /// <summary>The Protobuf bytes of a sealed message.</summary>
    /// <exception cref="SerializationException">They are not what was sealed, or not under this manifest.</exception>
    public static ReadOnlySequence<byte> Open(string manifest, in ReadOnlySequence<byte> bytes)
    {
        if (bytes.Length < SealBytes)
            throw new SerializationException("they are cut off: their checksum is missing");
        var content = bytes.Slice(0, bytes.Length - SealBytes);
        Span<byte> found = stackalloc byte[SealBytes], said = stackalloc byte[SealBytes];
        HashOf(manifest, content, found);
        bytes.Slice(content.Length).CopyTo(said);
        return found.SequenceEqual(said) ? content : throw new SerializationException("they are damaged: their checksum does not fit");
    }

    private static void HashOf(string manifest, in ReadOnlySequence<byte> content, Span<byte> hash)
    {
        var hashing = new XxHash128();
        hashing.Append(Encoding.ASCII.GetBytes(manifest));
        foreach (var part in content)
            hashing.Append(part.Span);
        hashing.GetHashAndReset(hash);
    }
}
