using Diten.Actors.Wire;

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
}
