using Akka.Actor;
using Diten.Actors.Tests.Wire;

namespace Diten.Actors.Tests.Zones;

/// <summary>What neighbours send each other counts once, whenever and however often it comes.</summary>
public sealed class NeighbourExchangesTests(WireSystem wire) : IClassFixture<WireSystem>
{
    private static readonly Phase First = new(4, 1, PhaseKind.Report, -1), Second = new(4, 2, PhaseKind.Execute, -1);

    [Fact]
    public void A_phase_is_complete_when_all_have_sent_and_what_comes_twice_counts_once()
    {
        var exchanges = Connected();
        exchanges.Admit(From(7, First));
        exchanges.Admit(From(7, First));
        Assert.Null(exchanges.TakeIfComplete(First));
        Assert.Equal([3], exchanges.Silent(First));

        exchanges.Admit(From(3, First));

        Assert.Equal([3, 7], exchanges.TakeIfComplete(First)!.Select(exchange => exchange.From));
    }

    [Fact]
    public void What_is_of_a_phase_that_is_over_counts_for_nothing_and_of_a_later_one_is_kept()
    {
        var exchanges = Connected();
        exchanges.Admit(From(3, Second)); // a neighbour may be a phase ahead
        exchanges.Admit(From(3, First));
        exchanges.Admit(From(7, First));
        Assert.NotNull(exchanges.TakeIfComplete(First));

        exchanges.Admit(From(3, First));
        Assert.Equal([3, 7], exchanges.Silent(First)); // nothing of it is kept
        exchanges.Admit(From(7, Second));

        Assert.Equal([3, 7], exchanges.TakeIfComplete(Second)!.Select(exchange => exchange.From));
    }

    [Fact]
    public void What_comes_before_it_is_known_who_the_neighbours_are_is_kept()
    {
        var exchanges = new NeighbourExchanges(ActorRefs.Nobody, new Courier(wire.System));
        exchanges.Admit(From(3, First));
        exchanges.Admit(From(7, First));

        exchanges.Connect(Links());

        Assert.Equal([3, 7], exchanges.TakeIfComplete(First)!.Select(exchange => exchange.From));
    }

    [Fact]
    public void Who_has_no_neighbours_waits_for_nobody() =>
        Assert.Empty(new NeighbourExchanges(ActorRefs.Nobody, new Courier(wire.System)).TakeIfComplete(First)!);

    private NeighbourExchanges Connected()
    {
        var exchanges = new NeighbourExchanges(ActorRefs.Nobody, new Courier(wire.System));
        exchanges.Connect(Links());
        return exchanges;
    }

    private static ZoneLink[] Links() => [new ZoneLink(7, ActorRefs.Nobody), new ZoneLink(3, ActorRefs.Nobody)];

    private static ZoneExchange From(int zone, Phase phase) => new(zone, 5, phase.Slot, phase.Index, [], []);
}
