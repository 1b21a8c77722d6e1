using System.Buffers;
using System.Runtime.Serialization;
using Diten.Actors.Wire;

namespace Diten.Actors.Tests.Wire;

/// <summary>What is written down is believed only as a whole, and only for what it is.</summary>
public sealed class SealedTests(WireSystem wire) : IClassFixture<WireSystem>
{
    private static readonly string[] Manifests = ["jr2", "je2", "jc3", "jw1", "jx2", "jt2", "sz2", "st2", "sl3"];

    public static TheoryData<string> Kept => [.. Manifests];

    [Theory]
    [MemberData(nameof(Kept))]
    public void Any_bit_that_flips_is_found(string manifest)
    {
        var bytes = MessageTable.ToBytes(Samples.ByManifest(wire.Resolve)[manifest]);

        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Contains("damaged", Refusal(manifest, bytes));
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Fact]
    public void A_bit_that_flips_is_found_in_whichever_part_of_what_is_read_it_lies()
    {
        var bytes = MessageTable.ToBytes(Samples.ByManifest(wire.Resolve)["sz2"]);
        var second = new Part(bytes.AsMemory(bytes.Length / 2), bytes.Length / 2);
        var first = new Part(bytes.AsMemory(0, bytes.Length / 2), 0, second);
        var whole = new ReadOnlySequence<byte>(first, 0, second, second.Memory.Length);
        Assert.IsType<ZoneCheckpoint>(MessageTable.Read("sz2", whole, null!));

        for (var at = 0; at < bytes.Length; at++)
        {
            bytes[at] ^= 1;
            Assert.Throws<SerializationException>(() => MessageTable.Read("sz2", whole, null!));
            bytes[at] ^= 1;
        }
    }

    [Theory]
    [MemberData(nameof(Kept))]
    public void What_is_cut_off_or_too_long_is_found(string manifest)
    {
        var bytes = MessageTable.ToBytes(Samples.ByManifest(wire.Resolve)[manifest]);

        for (var length = 0; length < bytes.Length; length++)
            Assert.Matches("damaged|cut off", Refusal(manifest, bytes[..length]));
        Assert.Contains("damaged", Refusal(manifest, [.. bytes, 0]));
    }

    [Fact]
    public void What_was_sealed_as_one_thing_is_not_opened_as_another()
    {
        var written = MessageTable.ToBytes(new CheckpointWithdrawn(80)); // as Protobuf it could be an epoch, too

        Assert.Contains("damaged", Refusal("je2", written));
    }

    [Fact]
    public void All_that_a_journal_or_a_snapshot_store_takes_is_sealed() => Assert.All(
        Manifests, manifest => Assert.Equal(manifest, MessageTable.ManifestOf(Samples.ByManifest(wire.Resolve)[manifest])));

    private static string Refusal(string manifest, byte[] bytes) =>
        Assert.Throws<SerializationException>(() => MessageTable.Read(manifest, new ReadOnlySequence<byte>(bytes), null!)).Message;

    private sealed class Part : ReadOnlySequenceSegment<byte>
    {
        public Part(ReadOnlyMemory<byte> memory, long at, Part? next = null) => (Memory, RunningIndex, Next) = (memory, at, next);
    }
}
