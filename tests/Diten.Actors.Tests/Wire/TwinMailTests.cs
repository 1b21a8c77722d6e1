using Diten.Model;
using Diten.Model.ServerTwins;

namespace Diten.Actors.Tests.Wire;

/// <summary>What twins tell crosses a border of zones whole.</summary>
public sealed class TwinMailTests(WireSystem wire) : IClassFixture<WireSystem>
{
    [Fact]
    public void Estimates_requests_and_words_of_whole_states_that_were_heard_come_back_the_same()
    {
        for (var seed = 0; seed < 100; seed++)
        {
            var arbitrary = new Arbitrary(seed, wire.Elsewhere);
            var mails = new List<ZoneMail>();
            for (var i = 0; i < seed % 7; i++)
            {
                mails.Add(new ZoneMail(EntityKind.Station, i, arbitrary.Of(typeof(TwinEstimate))));
                var (request, heard) = ((ResyncRequested)arbitrary.Of(typeof(ResyncRequested)), (ResyncHeard)arbitrary.Of(typeof(ResyncHeard)));
                mails.Add(new ZoneMail(EntityKind.Server, request.Server, request));
                mails.Add(new ZoneMail(EntityKind.Server, heard.Server, heard));
            }

            var exchange = new ZoneExchange(1, 2, 77, 3, mails, []);

            Deep.Equal(exchange, wire.RoundTrip(exchange));
        }
    }
}
