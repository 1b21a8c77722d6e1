using System.Buffers;
using System.Runtime.Serialization;
using Google.Protobuf;

namespace Diten.Actors;

/// <summary>Cuts messages into parts that are small enough for the wire.</summary>
internal static class Parcels
{
    /// <summary>The parts of a message, in the order in which they must be sent; at least one.</summary>
    /// <param name="number">Counts the messages of the sender.</param>
    /// <param name="format">Of the sender's system.</param>
    /// <exception cref="SerializationException">The message cannot be written.</exception>
    internal static IReadOnlyList<Parcel> Cut(long number, object message, IMessageFormat format)
    {
        var manifest = format.Manifest(message);
        var contract = format.ToContract(message);
        var length = contract?.CalculateSize() ?? 0;
        var parts = new byte[Math.Max(1, (length + Parcel.PartBytes - 1) / Parcel.PartBytes)][];
        for (var part = 0; part < parts.Length; part++)
            parts[part] = new byte[Math.Min(Parcel.PartBytes, length - part * Parcel.PartBytes)];
        contract?.WriteTo(new PartWriter(parts));

        var parcels = new Parcel[parts.Length];
        for (var part = 0; part < parts.Length; part++)
            parcels[part] = new Parcel(number, part, parts.Length, manifest, UnsafeByteOperations.UnsafeWrap(parts[part]));
        return parcels;
    }

    /// <summary>Writes from one part into the next: no buffer ever holds the whole message.</summary>
    private sealed class PartWriter(byte[][] parts) : IBufferWriter<byte>
    {
        private int _part, _at;

        public void Advance(int count)
        {
            _at += count;
            if (_at == parts[_part].Length && _part < parts.Length - 1)
                (_part, _at) = (_part + 1, 0);
        }

        public Memory<byte> GetMemory(int sizeHint = 0) => parts[_part].AsMemory(_at);

        public Span<byte> GetSpan(int sizeHint = 0) => parts[_part].AsSpan(_at);
    }
}
