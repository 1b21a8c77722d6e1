using Diten.Actors.Wire;
using Diten.Model;
using Diten.Model.ServerTwins;

namespace Diten.Actors.Tests.Wire;

/// <summary>Whatever is in a message of the table, it comes back the same, to the bit.</summary>
public sealed class RoundTripTests(WireSystem wire) : IClassFixture<WireSystem>
{
    public static TheoryData<Type> Types => [.. MessageTable.Types];

    [Theory]
    [MemberData(nameof(Types))]
    public void A_message_with_any_content_comes_back_the_same(Type type)
    {
        for (var seed = 0; seed < 100; seed++)
        {
            var message = new Arbitrary(seed, wire.Elsewhere).Of(type);

            var (serializer, _, bytes) = wire.Write(message);

            Assert.IsType<DitenSerializer>(serializer);
            Deep.Equal(message, wire.RoundTrip(message));
            Assert.Equal(bytes, wire.Write(wire.RoundTrip(message)).Bytes);
        }
    }

    /// <summary>Estimates are written once each, but == takes 0 and −0.0 for the same.</summary>
    [Fact]
    public void Estimates_that_differ_in_the_sign_of_zero_stay_two()
    {
        var (plus, minus) = (new TwinEstimate(4, 77, 76, 0, 8e9, 3, 0.0), new TwinEstimate(4, 77, 76, 0, 8e9, 3, -0.0));
        var exchange = new ZoneExchange(
            1, 2, 77, 3,
            [new(EntityKind.Station, 30, plus), new(EntityKind.Station, 31, minus), new(EntityKind.Station, 32, plus)], []);

        var read = (ZoneExchange)wire.RoundTrip(exchange);

        Deep.Equal(exchange, read);
        Assert.Same(read.Mails[0].Message, read.Mails[2].Message);
    }
}
