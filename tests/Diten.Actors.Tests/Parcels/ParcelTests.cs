using System.Runtime.Serialization;
using Akka.Actor;
using Diten.Actors.Tests.Wire;
using Diten.Actors.Wire;
using Diten.Model;
using Diten.Model.BaseStations;
using Google.Protobuf;

namespace Diten.Actors.Tests;

/// <summary>Big messages travel in parts; only whole ones arrive.</summary>
public sealed class ParcelTests(WireSystem wire) : IClassFixture<WireSystem>
{
    private readonly ParcelAssembler _assembler = new(wire.Format);

    private IActorRef Here => wire.Elsewhere[0];

    private IActorRef There => wire.Elsewhere[1];

    [Theory]
    [InlineData(0, 1)]
    [InlineData(5_000, 1)]
    [InlineData(100_000, 14)]
    public void A_message_is_cut_into_parts_that_fit_and_put_together_again(int channels, int parts)
    {
        var message = Exchange(channels);

        var parcels = Parcels.Cut(5, message, wire.Format);

        Assert.Equal(parts, parcels.Count);
        Assert.All(parcels, parcel => Assert.InRange(parcel.Bytes.Length, 1, Parcel.PartBytes));
        Assert.Equal(Convert.ToHexString(MessageTable.ToBytes(message)), Convert.ToHexString([.. parcels.SelectMany(parcel => parcel.Bytes)]));
        Assert.All(parcels.SkipLast(1), parcel => Assert.Null(_assembler.Add(parcel, Here)));
        Deep.Equal(message, _assembler.Add(parcels[^1], Here));
        Assert.Equal(0, _assembler.PendingBytes);
    }

    [Fact]
    public void A_message_without_content_is_one_empty_part()
    {
        var parcel = Assert.Single(Parcels.Cut(1, new CloseZone(), wire.Format));

        Assert.IsType<CloseZone>(_assembler.Add(parcel, Here));
    }

    /// <summary>Every length around the border of a part, where numbers lie across two of them.</summary>
    [Fact]
    public void A_number_may_lie_across_two_parts()
    {
        for (var more = 0; more < 24; more++)
        {
            var text = new string('x', Parcel.PartBytes - 30 + more);
            var failed = new EntityFailed(text, "Grüße", new InvalidOperationException("m"), long.MaxValue);

            var parcels = Parcels.Cut(more, failed, wire.Format);

            Assert.Equal(2, parcels.Count);
            Deep.Equal(failed, AddAll(parcels));
        }
    }

    [Fact]
    public void Senders_do_not_disturb_each_other()
    {
        var (mine, theirs) = (Exchange(20_000), Exchange(30_000));
        var (a, b) = (Parcels.Cut(1, mine, wire.Format), Parcels.Cut(1, theirs, wire.Format));
        object? first = null, second = null;
        for (var part = 0; part < Math.Max(a.Count, b.Count); part++)
        {
            first ??= part < a.Count ? _assembler.Add(a[part], Here) : null;
            second ??= part < b.Count ? _assembler.Add(b[part], There) : null;
        }

        Deep.Equal(mine, first);
        Deep.Equal(theirs, second);
    }

    [Fact]
    public void A_message_of_which_a_part_got_lost_is_thrown_away_and_the_next_one_arrives()
    {
        var lost = Parcels.Cut(1, Exchange(30_000), wire.Format);
        foreach (var parcel in lost.Where(parcel => parcel.Part != 1))
            Assert.Null(_assembler.Add(parcel, Here));
        Assert.Equal(0, _assembler.PendingBytes);

        var next = Exchange(20_000);
        Deep.Equal(next, AddAll(Parcels.Cut(2, next, wire.Format)));
    }

    [Fact]
    public void Parts_of_two_messages_are_never_put_together()
    {
        var (one, other) = (Parcels.Cut(1, Exchange(10_000), wire.Format), Parcels.Cut(2, Exchange(10_000), wire.Format));
        Assert.Equal((2, 2), (one.Count, other.Count));

        Assert.Null(_assembler.Add(one[0], Here));
        Assert.Null(_assembler.Add(other[1], Here));

        Assert.Equal(0, _assembler.PendingBytes);
    }

    [Fact]
    public void A_new_message_throws_away_the_one_that_was_not_finished()
    {
        var cut = Parcels.Cut(1, Exchange(30_000), wire.Format);
        Assert.Null(_assembler.Add(cut[0], Here));
        var next = Parcels.Cut(2, Exchange(20_000), wire.Format);

        Assert.Null(_assembler.Add(next[0], Here));
        Assert.Equal(Parcel.PartBytes, _assembler.PendingBytes);
        Assert.Null(_assembler.Add(cut[1], Here)); // a late part fits neither
        Assert.Equal(0, _assembler.PendingBytes);
    }

    [Fact]
    public void What_a_sender_began_can_be_forgotten()
    {
        _assembler.Add(Parcels.Cut(1, Exchange(30_000), wire.Format)[0], Here);

        _assembler.Forget(Here);

        Assert.Equal(0, _assembler.PendingBytes);
    }

    [Fact]
    public void No_more_is_kept_than_allowed_and_a_sender_that_wants_more_loses_what_it_began()
    {
        var small = new ParcelAssembler(wire.Format, 2 * Parcel.PartBytes);
        var parcels = Parcels.Cut(1, Exchange(30_000), wire.Format);
        small.Add(parcels[0], Here);
        small.Add(parcels[0], There);

        Assert.Throws<SerializationException>(() => small.Add(parcels[1], There));
        Assert.Equal(Parcel.PartBytes, small.PendingBytes);
        Assert.Null(small.Add(parcels[1], Here));
    }

    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(-1, 2, 1)]
    [InlineData(2, 2, 1)]
    [InlineData(0, 2, 0)]
    [InlineData(0, 2, Parcel.PartBytes + 1)]
    public void A_parcel_that_cannot_be_is_refused(int part, int parts, int bytes) => Assert.Throws<SerializationException>(
        () => _assembler.Add(new Parcel(1, part, parts, "ze1", ByteString.CopyFrom(new byte[bytes])), Here));

    [Fact]
    public void A_whole_that_is_no_message_is_refused_and_forgotten()
    {
        Assert.Throws<SerializationException>(() => _assembler.Add(new Parcel(1, 0, 1, "ze1", ByteString.CopyFrom(1, 2, 3)), Here));
        Assert.Throws<SerializationException>(() => _assembler.Add(new Parcel(2, 0, 1, "none", ByteString.Empty), Here));
        Assert.Equal(0, _assembler.PendingBytes);
    }

    [Fact]
    public void Who_hears_one_sender_at_a_time_forgets_what_the_one_before_had_begun()
    {
        var courier = new Courier(wire.System);
        var parcels = Parcels.Cut(1, Exchange(10_000), wire.Format);
        Assert.Equal(2, parcels.Count);
        Assert.Null(courier.ReceiveFromOne(parcels[0], Here));
        Assert.Null(courier.ReceiveFromOne(parcels[0], There));

        Assert.Null(courier.ReceiveFromOne(parcels[1], Here)); // its first part is gone
    }

    private object? AddAll(IReadOnlyList<Parcel> parcels)
    {
        foreach (var parcel in parcels.SkipLast(1))
            Assert.Null(_assembler.Add(parcel, Here));
        return _assembler.Add(parcels[^1], Here);
    }

    /// <summary>An exchange of about 8 bytes a channel.</summary>
    private static ZoneExchange Exchange(int channels)
    {
        var random = new Random(channels);
        var watts = Enumerable.Range(0, channels).Select(_ => random.NextDouble()).ToArray();
        return new ZoneExchange(1, 2, 77, 1, [new ZoneMail(EntityKind.Station, 30, new InterferenceSums(21, 30, 77, watts))], []);
    }
}
