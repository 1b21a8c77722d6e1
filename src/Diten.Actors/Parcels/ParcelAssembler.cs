using System.Buffers;
using System.Runtime.Serialization;
using Akka.Actor;
using Google.Protobuf;

namespace Diten.Actors;

/// <summary>Puts arriving parcels together, for one receiver. Not thread-safe: its receiver's mailbox is what protects it.</summary>
/// <remarks>
/// The parts of a message come from one sender in order, or get lost. A part that does not go on where the last one ended makes its message
/// incomplete for good: it is thrown away, and the sender is asked again by whoever misses it.
/// </remarks>
/// <param name="mostBytes">What is kept of incomplete messages, of all senders together, at most.</param>
internal sealed class ParcelAssembler(IMessageFormat format, long mostBytes = ParcelAssembler.DefaultMostBytes)
{
    /// <summary>A report of a slot with a row for each of a million devices has some 120 MB.</summary>
    public const long DefaultMostBytes = 512 << 20;

    private readonly Dictionary<IActorRef, Unfinished> _unfinished = [];

    /// <summary>Bytes of incomplete messages that are kept now.</summary>
    public long PendingBytes { get; private set; }

    /// <summary>Takes in a part; the whole message once all of it is there, else null.</summary>
    /// <exception cref="SerializationException">The part is malformed, or the whole is, or there is too much unfinished; what its sender
    /// had begun is thrown away.</exception>
    public object? Add(Parcel parcel, IActorRef sender)
    {
        Check(parcel, sender);
        if (parcel.Part == 0)
            Begin(parcel, sender);
        if (!_unfinished.TryGetValue(sender, out var unfinished))
            return null; // its beginning got lost
        if (parcel.Part > 0 && !unfinished.GoesOnWith(parcel))
        {
            Forget(sender);
            return null;
        }

        if (PendingBytes + parcel.Bytes.Length > mostBytes)
            throw Refuse(sender, $"more than {mostBytes} bytes are unfinished");
        PendingBytes += parcel.Bytes.Length;
        unfinished.Append(parcel);
        if (parcel.Part < parcel.Parts - 1)
            return null;

        var whole = unfinished.Whole();
        Forget(sender);
        return format.Read(parcel.Manifest, whole);
    }

    /// <summary>Throws away what a sender had begun: it is gone, or of an epoch that is over.</summary>
    public void Forget(IActorRef sender)
    {
        if (_unfinished.Remove(sender, out var unfinished))
            PendingBytes -= unfinished.Bytes;
    }

    /// <summary>Throws away what all senders had begun.</summary>
    public void ForgetAll()
    {
        _unfinished.Clear();
        PendingBytes = 0;
    }

    private void Begin(Parcel parcel, IActorRef sender)
    {
        Forget(sender);
        _unfinished[sender] = new Unfinished(parcel);
    }

    private void Check(Parcel parcel, IActorRef sender)
    {
        if (parcel.Parts < 1 || parcel.Part < 0 || parcel.Part >= parcel.Parts)
            throw Refuse(sender, $"it says to be part {parcel.Part} of {parcel.Parts}");
        if (parcel.Bytes.Length > Parcel.PartBytes || (parcel.Bytes.IsEmpty && parcel.Parts > 1))
            throw Refuse(sender, $"it has {parcel.Bytes.Length} bytes, where 1 to {Parcel.PartBytes} are allowed");
    }

    private SerializationException Refuse(IActorRef sender, string why)
    {
        Forget(sender);
        return new SerializationException($"A parcel from {sender} is not taken: {why}.");
    }

    private sealed class Unfinished(Parcel first)
    {
        private Segment? _first, _last;
        private int _next;

        public long Bytes { get; private set; }

        public bool GoesOnWith(Parcel parcel) =>
            parcel.Number == first.Number && parcel.Part == _next && parcel.Parts == first.Parts && parcel.Manifest == first.Manifest;

        public void Append(Parcel parcel)
        {
            _last = new Segment(parcel.Bytes, _last);
            _first ??= _last;
            _next++;
            Bytes += parcel.Bytes.Length;
        }

        public ReadOnlySequence<byte> Whole() => new(_first!, 0, _last!, _last!.Memory.Length);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ByteString bytes, Segment? before)
        {
            Memory = bytes.Memory;
            if (before is null)
                return;
            RunningIndex = before.RunningIndex + before.Memory.Length;
            before.Next = this;
        }
    }
}
