using Diten.Model.Faults;

namespace Diten.Model.Tests.Faults;

public class LinkChannelTests
{
    private readonly LinkChannel<string> _link = new();
    private readonly List<InTransit<string>> _due = [];

    [Fact]
    public void A_message_that_nothing_happens_to_arrives_at_once()
    {
        _link.Send("a", LinkFate.Untouched, slot: 3);

        Assert.Equal("a", Due(3));
        Assert.Equal(0, _link.Count);
    }

    [Fact]
    public void A_lost_message_never_arrives()
    {
        _link.Send("a", new LinkFate(true, false, 0, false), slot: 3);

        Assert.Equal("", Due(3));
        Assert.Equal(0, _link.Count);
    }

    [Fact]
    public void A_late_message_arrives_in_the_same_round_of_a_later_slot_and_can_be_overtaken()
    {
        _link.Send("old", new LinkFate(false, false, 2, false), slot: 3, round: 1);
        _link.Send("new", LinkFate.Untouched, slot: 4, round: 1);

        Assert.Equal("new", Due(4, 1));
        Assert.Equal("", Due(5, 0));
        Assert.False(_link.HasDue(5, 0));
        Assert.True(_link.HasDue(5, 1));
        Assert.Equal("old", Due(5, 1));
        Assert.Equal("", Due(6, 1));
    }

    [Fact]
    public void A_duplicate_arrives_twice_and_says_which_is_the_copy()
    {
        _link.Send("a", new LinkFate(false, true, 1, true), slot: 3);
        _link.TakeDue(4, -1, _due);

        Assert.Equal([(false, true), (true, true)], _due.Select(transit => (transit.Copy, transit.Corrupted)));
    }

    [Fact]
    public void What_arrives_in_one_slot_comes_in_the_order_of_sending()
    {
        _link.Send("a", new LinkFate(false, false, 3, false), slot: 0);
        _link.Send("b", new LinkFate(false, false, 1, false), slot: 2);
        _link.Send("c", LinkFate.Untouched, slot: 3);

        Assert.Equal("abc", Due(3));
    }

    [Fact]
    public void A_link_that_was_saved_goes_on_elsewhere()
    {
        _link.Send("a", new LinkFate(false, false, 3, true), slot: 0, to: 7);
        var other = new LinkChannel<string>();
        other.Restore(_link.Save());
        other.TakeDue(3, -1, _due);

        Assert.Equal([7, 7], _due.Select(transit => transit.To));
        Assert.Equal(2, _link.Count);
    }

    private string Due(int slot, int round = -1)
    {
        _link.TakeDue(slot, round, _due);
        return string.Concat(_due.Select(transit => transit.Message));
    }
}
