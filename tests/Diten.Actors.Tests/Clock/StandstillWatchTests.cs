namespace Diten.Actors.Tests.Clock;

public sealed class StandstillWatchTests
{
    [Fact]
    public void A_run_is_stuck_when_two_looks_hear_the_same_and_nothing_moved()
    {
        var watch = new StandstillWatch(8).Hear("zone 1 waits for zone 2");
        (watch, var first) = watch.Look("slot 7", "no zone says why");
        Assert.Null(first);

        var (_, second) = watch.Hear("zone 1 waits for zone 2").Look("slot 7", "no zone says why");

        Assert.Equal("Nothing moved for 8 s in slot 7. zone 1 waits for zone 2.", second);
    }

    [Fact]
    public void Another_reason_or_any_progress_is_a_new_wait()
    {
        var (watch, _) = new StandstillWatch(8).Hear("a").Look("slot 7", "");

        Assert.Null(watch.Hear("b").Look("slot 7", "").Stuck);
        Assert.Null(watch.Progressed().Hear("a").Look("slot 7", "").Stuck);
    }

    [Fact]
    public void Silence_is_borne_for_long_and_not_for_ever()
    {
        var (watch, stuck, looks) = (new StandstillWatch(8), (string?)null, 0);
        while (stuck is null && looks++ < 100)
            (watch, stuck) = watch.Look("slot 7", "node b does not answer");

        Assert.Equal(StandstillWatch.LooksOfPatience + 1, looks);
        Assert.Equal("Nothing moved for 80 s in slot 7, and node b does not answer.", stuck);
    }
}
