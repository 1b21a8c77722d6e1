using Diten.Model.Learning;
using Diten.Model.Offloading;
using Diten.Model.Scenarios;

namespace Diten.Model.Tests.Learning;

/// <summary>Episodes are put together from what zones tell, whoever is heard first.</summary>
public sealed class EpisodePoolTests
{
    private const int Zones = 2, Width = 2;

    [Fact]
    public void A_journey_over_two_zones_becomes_one_episode_and_one_reward()
    {
        var pool = new EpisodePool(Zones, Width);
        Tell(pool, slot: 0, zone: 0, Row(device: 7, action: 1, reward: -3, state: 0.5f));
        Tell(pool, slot: 0, zone: 1);
        Tell(pool, slot: 1, zone: 1, Row(device: 7, action: 0, reward: -2, state: 0.25f, end: true)); // it drove into the other zone
        Tell(pool, slot: 1, zone: 0);

        var (episodes, journeys) = pool.Take();

        var episode = Assert.Single(episodes);
        Assert.Equal((7, 0, TransitionEnd.Terminal), (episode.Device, episode.FirstSlot, episode.End));
        Assert.Equal([0.5f, 1.5f, 0.25f, 1.25f], episode.States);
        Assert.Equal([1, 0], episode.Actions);
        Assert.Equal([-3f, -2f], episode.Rewards);
        Assert.Equal([0, 10], episode.Versions); // the version that held in each slot
        Assert.Equal(new JourneyReward(0, 7, -5), Assert.Single(journeys));
    }

    [Fact]
    public void A_journey_that_goes_on_is_cut_before_its_last_decision_whose_state_says_what_comes()
    {
        var pool = new EpisodePool(Zones, Width);
        for (var slot = 0; slot < 3; slot++)
        {
            Tell(pool, slot, zone: 0, Row(device: 7, action: slot, reward: -slot, state: slot));
            Tell(pool, slot, zone: 1);
        }

        var first = Assert.Single(pool.Take().Episodes);
        Tell(pool, 3, zone: 0, Row(device: 7, action: 3, reward: -3, state: 3, end: true));
        Tell(pool, 3, zone: 1);
        var (then, journeys) = pool.Take();

        Assert.Equal((0, TransitionEnd.Truncated), (first.FirstSlot, first.End));
        Assert.Equal([0, 1], first.Actions);
        Assert.Equal([2f, 3f], first.NextState);
        Assert.Equal(2, first.NextCandidateCount);
        var second = Assert.Single(then);
        Assert.Equal((2, TransitionEnd.Terminal), (second.FirstSlot, second.End));
        Assert.Equal([2, 3], second.Actions); // no decision is lost, none is there twice
        Assert.Equal(-6, Assert.Single(journeys).Reward); // of the whole journey
    }

    [Fact]
    public void A_slot_out_of_coverage_is_left_out_and_a_journey_may_end_with_one()
    {
        var pool = new EpisodePool(zones: 1, Width);
        Tell(pool, 0, 0, Row(7, 1, -3, 0.5f));
        Tell(pool, 1, 0); // no row: it is out of coverage
        Tell(pool, 2, 0, new DecisionRows([7], [0], [0], [0], [0], [true], [])); // and so it is in its last slot

        var (episodes, journeys) = pool.Take();

        Assert.Equal(TransitionEnd.Terminal, Assert.Single(episodes).End);
        Assert.Equal([-3f], episodes[0].Rewards);
        Assert.Equal(-3, Assert.Single(journeys).Reward);
    }

    [Fact]
    public void What_is_said_twice_or_of_a_slot_that_is_over_changes_nothing()
    {
        var pool = new EpisodePool(Zones, Width);
        for (var times = 0; times < 2; times++)
        {
            Tell(pool, 0, zone: 0, Row(7, 1, -3, 0.5f, end: true));
            Tell(pool, 0, zone: 1);
        }

        Assert.Single(pool.Take().Episodes);
        Assert.Equal(1, pool.NextSlot);
    }

    [Fact]
    public void A_slot_counts_when_all_zones_have_told_of_it()
    {
        var pool = new EpisodePool(Zones, Width);
        Tell(pool, 0, zone: 1, Row(7, 1, -3, 0.5f, end: true));

        Assert.Equal(0, pool.NextSlot);
        Assert.Equal([1], pool.Heard(0));
        Assert.Empty(pool.Take().Episodes);
    }

    [Fact]
    public void The_order_in_which_zones_are_heard_makes_no_difference()
    {
        var (one, other) = (new EpisodePool(Zones, Width), new EpisodePool(Zones, Width));
        foreach (var (pool, zones) in ((EpisodePool, int[])[])[(one, [0, 1]), (other, [1, 0])])
            for (var slot = 0; slot < 4; slot++)
                foreach (var zone in zones)
                    Tell(pool, slot, zone, Row(device: 9 - zone, action: zone, reward: -slot, state: slot, end: slot % 2 == 1));

        var (a, b) = (one.Take(), other.Take());

        Assert.Equal([(0, 8), (0, 9), (2, 8), (2, 9)], a.Episodes.Select(episode => (episode.FirstSlot, episode.Device)));
        Assert.Equal(a.Episodes.Select(e => (e.FirstSlot, e.Device, e.Rewards[1])), b.Episodes.Select(e => (e.FirstSlot, e.Device, e.Rewards[1])));
        Assert.Equal(a.Journeys, b.Journeys);
    }

    [Fact]
    public void It_goes_on_from_what_was_saved()
    {
        var pool = new EpisodePool(1, Width);
        Tell(pool, 0, 0, Row(7, 1, -3, 0.5f), Row(8, 0, -1, 0.1f, end: true));
        var copy = new EpisodePool(1, Width);
        copy.Restore(pool.Save());
        foreach (var each in (EpisodePool[])[pool, copy])
            Tell(each, 1, 0, Row(7, 0, -2, 0.25f, end: true));

        var (a, b) = (pool.Take(), copy.Take());

        Assert.Equal(2, a.Episodes.Count);
        Assert.Equal(a.Journeys, b.Journeys);
        Assert.Equal(a.Episodes.SelectMany(e => e.States), b.Episodes.SelectMany(e => e.States));
        Assert.Equal(a.Episodes.Select(e => (e.FirstSlot, e.Device, e.End)), b.Episodes.Select(e => (e.FirstSlot, e.Device, e.End)));
    }

    [Fact]
    public void Rows_that_do_not_fit_the_state_are_refused() =>
        Assert.Contains("3 numbers of states for 1 rows", Assert.Throws<InvalidDataException>(
            () => new EpisodePool(1, Width).Add(0, 0, new DecisionRows([7], [1], [0], [1], [0], [false], [1, 2, 3]), _ => 0)).Message);

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(31, 0, 0)]
    [InlineData(32, 0, 1)]
    [InlineData(63, 0, 1)]
    [InlineData(64, 0, 2)]
    [InlineData(38, 7, 0)] // trained on slots before 32, in force from 39 on
    [InlineData(39, 7, 1)]
    public void A_version_holds_from_kP_plus_L_on(int slot, int lag, int version)
    {
        var schedule = new TrainingSchedule(PeriodSlots: 32, LagSlots: lag);

        Assert.Equal(version, schedule.VersionAt(slot));
        Assert.True(schedule.FirstSlotOf(version) <= slot && slot < schedule.FirstSlotOf(version + 1));
    }

    private static void Tell(EpisodePool pool, int slot, int zone, params DecisionRows[] rows) =>
        pool.Add(zone, slot, DecisionRows.Joined(rows), at => 10 * at);

    private static DecisionRows Row(int device, int action, float reward, float state, bool end = false) =>
        new([device], [2], [action], [0.5f], [reward], [end], [state, state + 1]);
}
