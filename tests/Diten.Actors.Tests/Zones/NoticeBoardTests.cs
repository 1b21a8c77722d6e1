using Diten.Model;
using Diten.Model.EdgeServers;
using Diten.Model.ServerTwins;

namespace Diten.Actors.Tests.Zones;

public sealed class NoticeBoardTests
{
    private readonly NoticeBoard _board = new([3, 8]);

    [Fact]
    public void The_latest_word_of_a_server_stands_in_its_place_and_what_was_read_before_does_not_change()
    {
        _board.Pin(Estimate(8, tasks: 1));
        var before = _board.Copy;

        _board.Pin(Estimate(8, tasks: 2));
        _board.Pin(new ServerMeasured(3, 0, 1e9, 0, 5, false));

        Assert.Equal([null, 1], before.Estimates.ToArray().Select(estimate => estimate?.Tasks));
        Assert.Null(before.Measured);
        Assert.Equal([null, 2], _board.Copy.Estimates.ToArray().Select(estimate => estimate?.Tasks));
        Assert.Equal([5, null], _board.Copy.Measured!.Value.ToArray().Select(measured => measured?.Tasks));
        Assert.Null(_board.Copy.Answers);
        Assert.Same(_board.Copy, _board.Copy); // nothing new: no other copy
    }

    [Fact]
    public void Word_of_a_server_that_nobody_here_has_in_reach_fails()
    {
        var failure = Assert.Throws<InvariantViolatedException>(() => _board.Pin(Estimate(5, tasks: 1)));

        Assert.Contains("TwinEstimate of server 5", failure.Message);
    }

    [Fact]
    public void What_is_for_one_entity_is_no_notice() => Assert.Throws<ArgumentException>(() => _board.Pin(new CountPresence(3, 1)));

    private static TwinEstimate Estimate(int server, int tasks) => new(server, 0, 0, 0, 1e9, tasks, 0);
}
