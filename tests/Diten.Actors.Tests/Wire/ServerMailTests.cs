using Diten.Actors.Wire;
using Diten.Model;
using Diten.Model.EdgeServers;
using Diten.Model.ServerTwins;

namespace Diten.Actors.Tests.Wire;

/// <summary>What servers tell stations and their zone comes back the same; what many stations get is written once.</summary>
public sealed class ServerMailTests(WireSystem wire) : IClassFixture<WireSystem>
{
    [Fact]
    public void What_many_stations_get_comes_back_as_one_message()
    {
        var (measured, minus) = (new ServerMeasured(4, 77, 8e9, 0.0, 3, false), new ServerMeasured(4, 77, 8e9, -0.0, 3, true));
        var (answer, late) = (new ServerAnswer(4, 77, 8e9, 3), new ServerAnswer(9, 76, -0.0, 0));
        var exchange = new ZoneExchange(
            1, 2, 77, 3,
            [
                new(EntityKind.Station, 30, measured), new(EntityKind.Station, 31, minus), new(EntityKind.Station, 32, measured),
                new(EntityKind.Station, 32, late), new(EntityKind.Station, 30, answer), new(EntityKind.Station, 31, late),
            ],
            []);

        var read = (ZoneExchange)wire.RoundTrip(exchange);

        Deep.Equal(exchange, read);
        Assert.Same(read.Mails[0].Message, read.Mails[2].Message);
        Assert.Same(read.Mails[3].Message, read.Mails[5].Message);
    }

    [Fact]
    public void Reports_to_a_twin_and_to_its_server_keep_their_receivers()
    {
        var report = new ReportPlacements(4, -3);
        var exchange = new ZoneExchange(
            1, 2, 77, 3, [new(EntityKind.Twin, 4, report), new(EntityKind.Server, 4, report), new(EntityKind.Server, 9, new ReportPlacements(9, 1))], []);

        Deep.Equal(exchange, wire.RoundTrip(exchange));
    }

    [Fact]
    public void A_batch_that_is_lost_and_one_that_tells_of_its_server_keep_what_they_say()
    {
        var exchange = new ZoneExchange(
            1, 2, 77, 3,
            [
                new(EntityKind.Station, 30, new TasksExecuted(30, 4, 77, (ExecutedTask[])[new(0, 0, 0)]) { Lost = true }),
                new(EntityKind.Station, 30, new TasksExecuted(30, 9, 77, (ExecutedTask[])[]) { Word = new ServerWord(-0.0, 12) }),
            ],
            []);

        Deep.Equal(exchange, wire.RoundTrip(exchange));
    }

    [Fact]
    public void Facts_of_any_servers_come_back_the_same()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var facts = (ServerFacts[])new Arbitrary(seed, wire.Elsewhere).Of(typeof(ServerFacts[]));
            Deep.Equal(facts, FactsCodec.Read(FactsCodec.Write(facts)));
        }
    }

    [Fact]
    public void Facts_of_a_run_without_faults_cost_three_bytes_more_for_all_servers_together()
    {
        var facts = Enumerable.Range(0, 100).Select(server => new ServerFacts(server, 1e10, 8e9 + server, 3, 0.5, 0)).ToArray();
        var told = Array.ConvertAll(facts, fact => fact with { Syncs = new SyncCounts { Sent = 1 } });

        Assert.Equal(FactsCodec.Write(facts)!.CalculateSize() + 3, FactsCodec.Write(told)!.CalculateSize());
    }
}
