using Akka.Actor;
using Diten.Actors.Tests.Recovery;
using Diten.Model.Faults;
using Diten.Model.Offloading;
using Diten.Model.Policies;
using Diten.Model.Scenarios;
using Diten.Model.Worlds;

namespace Diten.Actors.Tests.Twins;

/// <summary>Twins whose actors fail come back with what the journal knows of them, at any moment of a slot.</summary>
public sealed class TwinRecoveryTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    private static readonly Scenario City = Small.City(devices: 200, slots: 60).Cut(3, 2);

    [Theory]
    [InlineData(4)]
    [InlineData(1)]
    public async Task Twins_that_crash_again_and_again_leave_no_trace(int rounds)
    {
        await AssertNoTraceAsync(City with { Decisions = City.Decisions with { Rounds = rounds } });
    }

    /// <summary>What a twin was shown is in the journal, as its syncs are.</summary>
    [Fact]
    public async Task Twins_that_publish_what_is_true_come_back_with_it()
    {
        var scenario = City with
        {
            Twins = City.Twins with { Exact = TwinExact.Both },
            Faults = new FaultMap([new Fault { Name = "loss", Kind = FaultKind.Drop, What = FaultWhat.Sync, Probability = 0.9 }]),
        };

        await AssertNoTraceAsync(scenario);
    }

    /// <summary>What a twin has on its way is in no journal: all go back to the last checkpoint.</summary>
    [Fact]
    public async Task Where_a_twins_link_can_hold_words_a_crash_is_run_again_from_the_last_checkpoint_and_leaves_no_trace()
    {
        var scenario = City with
        {
            Faults = new FaultMap([new Fault { Name = "slow", Kind = FaultKind.Delay, What = FaultWhat.Request, DelayLowSlots = 2, DelayHighSlots = 2 }]),
        };
        SmallCluster? cluster = null;
        var observer = new Doing((23, () => KillTwins(cluster!, 7)));
        using (cluster = new SmallCluster(scenario))
        {
            cluster.Add("a");
            cluster.Add("b");

            cluster.Run(nodes: 2, observer);

            var outcome = await cluster.Outcome.WaitAsync(Soon);
            Assert.Equal(await Small.DigestAsync(scenario), Convert.ToHexString(outcome.Digest));
            Assert.Contains(observer.Notices, n => n.Text.Contains("twin 7 failed"));
        }
    }

    [Fact]
    public async Task A_twin_that_cannot_live_fails_the_run()
    {
        SmallCluster? cluster = null;
        var observer = new Doing([.. Enumerable.Range(10, 50).Select(slot => (slot, new Action(() => KillTwins(cluster!, 7, 7, 7, 7, 7, 7, 7, 7))))]);
        using (cluster = new SmallCluster(City))
        {
            cluster.Add("a");

            cluster.Run(nodes: 1, observer);

            var failure = await Assert.ThrowsAsync<EmulationFailedException>(() => cluster.Outcome.WaitAsync(Soon));
            Assert.StartsWith("twin 7 (zone", failure.Message);
        }
    }

    [Fact]
    public async Task A_slot_that_comes_out_otherwise_when_it_is_run_again_fails_the_run_by_slot_and_server()
    {
        SmallCluster? cluster = null;
        var forgetful = new PolicyEntry { Name = "forgetful", Does = "Breaks its promise", Source = "none", Create = _ => new ForgetfulPolicy() };
        var world = World.Create(
            City with { Policy = new PolicySection { Name = "forgetful" } }, policies: PolicyCatalogue.Shipped.With(forgetful));
        var observer = new Doing((8, () => cluster!.Kill("b")));
        using (cluster = new SmallCluster(world))
        {
            cluster.Add("a");
            cluster.Add("b");

            cluster.Run(nodes: 2, observer);

            var failure = await Assert.ThrowsAsync<EmulationFailedException>(() => cluster.Outcome.WaitAsync(Soon));
            Assert.Matches(@"Slot 6 was run again and gave something else than before(, first at server \d+)?", failure.Message);
        }
    }

    /// <summary>Twins of all slots and phases are hit: the run gives what it gives undisturbed, and no slot was run again for it.</summary>
    private static async Task AssertNoTraceAsync(Scenario scenario)
    {
        SmallCluster? cluster = null;
        // The observer is told while the next slots go on: the twins are hit in all phases.
        var observer = new Doing([.. Enumerable.Range(0, 50).Select(slot => (slot, new Action(() => KillTwins(cluster!, slot % 25, (slot * 7 + 3) % 25))))]);
        using (cluster = new SmallCluster(scenario))
        {
            cluster.Add("a");
            cluster.Add("b");

            cluster.Run(nodes: 2, observer);

            var outcome = await cluster.Outcome.WaitAsync(Soon);
            Assert.Equal(await Small.DigestAsync(scenario), Convert.ToHexString(outcome.Digest));
            Assert.Single(observer.Notices, n => n.Kind == RunNoticeKind.EpochOpened);
        }
    }

    private static void KillTwins(SmallCluster cluster, params int[] servers)
    {
        foreach (var server in servers)
            cluster.System.ActorSelection($"/user/*/zone-*/twin-{server}").Tell(Kill.Instance, ActorRefs.NoSender);
    }

    /// <summary>Breaks the rule that it is a pure function: the second time it sends a device elsewhere.</summary>
    private sealed class ForgetfulPolicy : IOffloadingPolicy
    {
        private int _asked;

        public void Decide(DecisionBatch batch, Span<int> choices)
        {
            choices.Clear();
            for (var row = 0; row < batch.Count; row++)
                if (batch.Slot == 6 && batch.Devices[row] == 7 && Interlocked.Increment(ref _asked) > 1)
                    choices[row] = 1;
        }
    }
}
