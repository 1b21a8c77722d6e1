using System.Runtime.Serialization;
using Diten.Actors.Wire;
using Diten.Model;
using Google.Protobuf;
using Contracts = Diten.Actors.Wire.Contracts;

namespace Diten.Actors.Tests.Wire;

/// <summary>Bytes that are no message are refused with an exception that says so; nothing is ever read half, or made up.</summary>
public sealed class MalformedTests(WireSystem wire) : IClassFixture<WireSystem>
{
    public static TheoryData<Type> Types => [.. MessageTable.Types];

    [Theory]
    [MemberData(nameof(Types))]
    public void Damaged_bytes_are_a_message_or_a_serialization_exception(Type type)
    {
        var random = new Random(1);
        for (var seed = 0; seed < 60; seed++)
        {
            var (_, manifest, bytes) = wire.Write(new Arbitrary(seed, wire.Elsewhere).Of(type));
            for (var trial = 0; trial < 20; trial++)
            {
                var damaged = Damage(bytes, random);
                var failure = Record.Exception(() => Own.FromBinary(damaged, manifest));
                Assert.True(failure is null or SerializationException, $"{type.Name}: {failure}");
            }
        }
    }

    [Fact]
    public void A_manifest_that_nobody_knows_is_refused_by_name()
    {
        var failure = Assert.Throws<SerializationException>(() => Own.FromBinary([], "ze999"));

        Assert.Contains("'ze999'", failure.Message);
    }

    [Fact]
    public void A_column_that_does_not_fit_its_table_is_refused_by_name()
    {
        var table = new Contracts.ZoneExchange { Placements = new() { Server = { 1, 1, 1 }, Change = { 5, 6 } } };

        var failure = Assert.Throws<SerializationException>(() => Own.FromBinary(table.ToByteArray(), "ze1"));

        Assert.Contains("Change has 2 entries for 3 rows", failure.Message);
        Assert.Contains("no ZoneExchange ('ze1')", failure.Message);
    }

    [Fact]
    public void Counts_that_promise_more_than_is_there_are_refused_before_anything_is_allocated()
    {
        var table = new Contracts.ZoneExchange
        {
            Submissions = new() { Server = { 1, 1 }, Tasks = { int.MaxValue, 1 }, TaskDevice = { 4 } },
            Interference = new() { To = { 1 }, Channels = { int.MaxValue }, Mask = ByteString.CopyFrom(255), Watts = { 1, 2, 3, 4, 5, 6, 7, 8 } },
        };
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Throws<SerializationException>(() => Own.FromBinary(table.ToByteArray(), "ze1"));
        table.Submissions = null;
        Assert.Throws<SerializationException>(() => Own.FromBinary(table.ToByteArray(), "ze1"));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Theory]
    [InlineData(-1, 2)]
    [InlineData(2, 2)]
    public void Counts_must_be_positive_and_add_up(int first, int second)
    {
        var table = new Contracts.ZoneExchange
        {
            Executions = new() { Station = { 1, 1 }, Tasks = { first, second }, TaskSeat = { 4 } },
        };

        Assert.Throws<SerializationException>(() => Own.FromBinary(table.ToByteArray(), "ze1"));
    }

    [Theory]
    [InlineData(10, new byte[] { 1, 2 }, 2)]
    [InlineData(10, new byte[] { 1 }, 1)]
    [InlineData(10, new byte[] { 1, 2, 0 }, 2)]
    [InlineData(10, new byte[] { 1, 4 }, 2)]
    [InlineData(10, new byte[] { 1, 2 }, 1)]
    [InlineData(-1, new byte[0], 0)]
    public void A_mask_names_each_channel_once_and_as_many_as_there_are_numbers(int channels, byte[] mask, int numbers)
    {
        var table = new Contracts.ZoneExchange { Interference = new() { To = { 1 }, Channels = { channels }, Mask = ByteString.CopyFrom(mask) } };
        table.Interference.Watts.Add(Enumerable.Repeat(1.0, numbers));
        var wellFormed = channels == 10 && mask is [1, 2] && numbers == 2;

        var failure = Record.Exception(() => Own.FromBinary(table.ToByteArray(), "ze1"));

        Assert.Equal(wellFormed, failure is null);
        Assert.True(failure is null or SerializationException, failure?.ToString());
    }

    /// <summary>Such bytes have a checksum that fits: they are told by what is in them.</summary>
    [Fact]
    public void A_learners_checkpoint_whose_columns_do_not_fit_is_refused_by_name()
    {
        Assert.Contains("trainer is missing", Refusal(saved => saved.Trainer = null), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Episodes is missing", Refusal(saved => saved.Episodes = null), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("0 journeys are said to go on, but 1 do", Refusal(saved => saved.Episodes.BegunJourneys = null));
        Assert.Contains("an episode of 1 decisions", Refusal(saved => saved.Episodes.Begun[0].State.Add(1)));
        Assert.Contains("an episode of 2 decisions", Refusal(saved => saved.Episodes.Done[0].Action.Add(1)));
        Assert.Contains("no end of kind 3", Refusal(saved => saved.Episodes.Done[0].End = 3));
        Assert.Contains("the columns of 2 servers", Refusal(saved => saved.Twin[0].TasksOfOthers.Add(1)));
        Assert.Contains("A layer of 2 to 1", Refusal(saved => saved.Trainer.Critic[0].Weight.Clear()));

        string Refusal(Action<Contracts.SavedLearner> spoil)
        {
            var contract = (Contracts.LearnerSaved)MessageTable.ToContract(Samples.ByManifest(wire.Resolve)["sl3"])!;
            spoil(contract.Learner);
            return Assert.Throws<SerializationException>(() => Own.FromBinary(Sealed.Write("sl3", contract), "sl3")).Message;
        }
    }

    [Fact]
    public void A_message_without_content_with_content_is_refused() =>
        Assert.Throws<SerializationException>(() => Own.FromBinary([8, 1], MessageTable.ManifestOf(new CloseZone())));

    [Fact]
    public void A_path_that_is_none_is_refused()
    {
        var table = new Contracts.StartZone { Neighbours = new() { Zone = { 1 }, Path = { "next door" } } };

        Assert.Throws<SerializationException>(() => Own.FromBinary(table.ToByteArray(), "zs1"));
    }

    [Fact]
    public void An_exchange_carries_only_what_the_table_of_mails_names_and_to_whom_it_says()
    {
        Assert.Contains("String", Refusal(new ZoneMail(EntityKind.Station, 3, "hello")).Message);
        Assert.Contains(
            "addressed to Twin 4", Refusal(new ZoneMail(EntityKind.Twin, 4, new Model.ServerTwins.ReportPlacements(3, 1))).Message);

        SerializationException Refusal(ZoneMail mail) =>
            Assert.Throws<SerializationException>(() => wire.Write(new ZoneExchange(0, 1, 2, 3, [mail], [])));
    }

    private DitenSerializer Own => (DitenSerializer)wire.System.Serialization.FindSerializerForType(typeof(ZoneExchange));

    /// <summary>Bytes with some of them changed, cut off, doubled or put in.</summary>
    private static byte[] Damage(byte[] bytes, Random random)
    {
        var list = bytes.ToList();
        for (var i = random.Next(1, 4); i > 0; i--)
        {
            var at = random.Next(list.Count + 1);
            switch (random.Next(4))
            {
                case 0 when at < list.Count:
                    list[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    list.RemoveRange(at, list.Count - at);
                    break;
                case 2 when at < list.Count:
                    list.InsertRange(at, list.GetRange(at, random.Next(list.Count - at)));
                    break;
                default:
                    list.Insert(at, (byte)random.Next(256));
                    break;
            }
        }

        return [.. list];
    }
}
