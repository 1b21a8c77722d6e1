using Diten.Model.Learning;
using Diten.Model.Offloading;
using Diten.Model.Policies.Networks;
using Diten.Model.Scenarios;
using Diten.Model.SystemTwin;
using Diten.Model.Tests.SystemTwin;

namespace Diten.Model.Tests.Learning;

/// <summary>Episodes that are played on the system's twin.</summary>
public sealed class TwinPlayTests
{
    private static readonly PolicyWeights Policy = UntrainedPolicy.Create(PolicyNetworkKind.Set, DecisionState.Diten, 2, [4], 1);

    [Fact]
    public void A_journey_that_ends_is_terminal_and_what_follows_is_cut_before_the_state_that_would_have_come()
    {
        var episodes = Play(Wanting(2), Model(6, ends: 3));

        // From slot 1 or 2 on three slots are played; device 9's journey ends with slot 3, device 7's goes on.
        var (seven, nine) = (episodes.Single(e => e.Device == 0), episodes.First(e => e.Device == 1));
        Assert.Equal((3, TransitionEnd.Truncated, 22, 2), (seven.Length, seven.End, seven.NextState.Length, seven.NextCandidateCount));
        Assert.Equal(TransitionEnd.Terminal, nine.End);
        Assert.All(episodes, episode => Assert.All(episode.Versions, version => Assert.Equal(5, version)));
        Assert.All(episodes, episode => Assert.All(episode.Rewards, reward => Assert.True(reward < 0)));
        Assert.All(episodes, episode => Assert.All(episode.Probabilities, probability => Assert.InRange(probability, 0, 1)));
    }

    [Fact]
    public void As_many_journeys_are_played_as_are_wanted_over_and_over_if_there_are_fewer_devices()
    {
        foreach (var wanted in (int[])[1, 2, 5])
            Assert.Equal(wanted, Play(Wanting(wanted), Model(8)).Select(episode => episode.Device).Distinct().Count());
    }

    [Fact]
    public void Without_a_wish_they_make_as_many_decisions_as_a_period_of_the_emulation()
    {
        Assert.Equal(64, TwinPlay.JourneysOf(new Scenario())); // 32 slots of 200 devices, 100 slots a journey
        Assert.Equal(7, TwinPlay.JourneysOf(Wanting(7)));
    }

    [Fact]
    public void The_same_model_policy_and_version_give_the_same_bits_and_another_version_another_play()
    {
        var (model, scenario) = (Model(8), Wanting(3));

        Assert.Equal(Bits(Play(scenario, model)), Bits(Play(scenario, model)));
        Assert.NotEqual(Bits(Play(scenario, model)), Bits(Play(scenario, model, version: 6)));
    }

    /// <summary>It cannot peek: whatever the world is really like, the same beliefs give the same episodes, bit for bit.</summary>
    [Fact]
    public void Nothing_of_the_physical_layer_is_looked_at()
    {
        var scenario = Wanting(3);
        var noise = scenario with
        {
            Servers = scenario.Servers with { FrequencyHertz = new(1e9, 99e9), BackgroundRange = new(0.9, 0.95), BackgroundRedrawProbability = 1 },
            Tasks = new TasksSection { DataBits = new(1, 2), CyclesPerBit = new(3, 4), DeadlineSeconds = new(5, 6) },
            Radio = new RadioSection { BandwidthHertz = 1, NoiseWatts = 1, Channels = 1, PathLossExponent = 4 },
            Devices = scenario.Devices with { SpeedMetresPerSecond = 99, Mobility = MobilityKind.Manhattan },
            Stations = scenario.Stations with { CoverageMetres = 1 },
        };

        Assert.Equal(Bits(Play(scenario, Model(8))), Bits(Play(noise, Model(8))));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void A_model_that_knows_too_little_gives_no_episodes(int slots) => Assert.Empty(Play(Wanting(2), Model(slots)));

    [Fact]
    public void A_model_that_knows_less_than_a_journey_gives_as_much_as_it_has() =>
        Assert.All(Play(Wanting(2), Model(4)), episode => Assert.Equal(2, episode.Length)); // slots 1 and 2; what came of them, slots 2 and 3 tell

    private static IReadOnlyList<Episode> Play(Scenario scenario, SystemTwinModel model, int version = 5) =>
        new TwinPlay(scenario, TwinWorld.World.Topology).Play(model, Policy, version);

    private static Scenario Wanting(int journeys) =>
        TwinWorld.Town with { Learning = new LearningSection { TwinJourneys = journeys } };

    private static SystemTwinModel Model(int slots, int ends = -1)
    {
        var model = SystemTwinModel.Fresh(TwinWorld.Town);
        for (var slot = 0; slot < slots; slot++)
            model = model.Observe(slot, [TwinWorld.Report(slot, (10 + slot, 2, 0), (9, slot % 2, 0), TwinWorld.At0(7, slot % 2), TwinWorld.At0(9, 0, slot == ends))]);
        return model;
    }

    private static IEnumerable<int> Bits(IEnumerable<Episode> episodes) => episodes.SelectMany(episode => (IEnumerable<int>)
        [
            episode.Device, episode.FirstSlot, (int)episode.End, .. episode.Actions,
            .. episode.States.Concat(episode.Rewards).Concat(episode.Probabilities).Concat(episode.NextState).Select(BitConverter.SingleToInt32Bits),
        ]).ToArray();
}
