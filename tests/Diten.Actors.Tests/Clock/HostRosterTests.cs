namespace Diten.Actors.Tests.Clock;

public sealed class HostRosterTests
{
    private static readonly PaperRef A = new("a"), B = new("b");

    private static readonly HostRoster Both = HostRoster.Empty.Update(Seen(new SeenHost("b", B, true), new SeenHost("a", A, true)));

    [Fact]
    public void A_node_is_usable_once_it_is_ready_and_as_long_as_it_stays()
    {
        var roster = Both.Admit(Ready("b", B)).Admit(Ready("a", A));
        Assert.Equal(["a", "b"], roster.Usable.Select(host => host.Node));

        Assert.Equal(["b"], roster.Leave("a").Usable.Select(host => host.Node));
        Assert.Empty(roster.Forget().Usable);
    }

    [Fact]
    public void What_changes_nothing_gives_the_same_roster()
    {
        var roster = Both.Admit(Ready("a", A)).Leave("a");

        Assert.Same(roster, roster.Admit(Ready("a", A)));
        Assert.Same(roster, roster.Leave("a"));
    }

    [Fact]
    public void Nodes_that_do_not_answer_or_were_refused_are_not_asked()
    {
        var roster = HostRoster.Empty.Update(Seen(new SeenHost("a", A, true), new SeenHost("b", B, false)));

        Assert.Equal(["a"], roster.Unasked.Select(host => host.Node));
        Assert.Empty(roster.Refuse("a").Unasked);
    }

    [Fact]
    public void A_node_that_is_gone_is_forgotten_and_missing_even_where_it_wanted_to_leave()
    {
        var roster = Both.Admit(Ready("a", A)).Admit(Ready("b", B)).Leave("b").Update(Seen(new SeenHost("a", A, true)));

        Assert.Equal(["b"], roster.Missing(["a", "b"]));
        Assert.False(roster.IsLeaving("b"));
        Assert.Null(roster.NodeOf(B));
    }

    private static HostsSeen Seen(params SeenHost[] hosts) => new(hosts, []);

    private static ReadyHost Ready(string node, PaperRef actor) => new(node, PaperCity.Ready("run", node), actor);
}
