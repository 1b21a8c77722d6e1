using Akka.Actor;
using Akka.Persistence;
using Diten.Actors.Wire;
using Diten.Model.Scenarios;
using Diten.Model.Statistics;

namespace Diten.Actors.Tests.Recovery;

/// <summary>Nodes and clocks come and go in mid-run; the digest stays what it is on one node, and every slot is told once.</summary>
public sealed class RecoveryTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    private static readonly Scenario City = Small.City(devices: 200, slots: 40).Cut(3, 2);

    private static readonly Lazy<Task<string>> Undisturbed = new(() => Small.DigestAsync(City));

    [Fact]
    public async Task A_run_with_checkpoints_on_two_nodes_gives_what_it_gives_in_one_process()
    {
        using var cluster = new SmallCluster(City);
        var observer = new Doing();
        cluster.Add("a");
        cluster.Add("b");

        cluster.Run(nodes: 2, observer);

        await ExpectTheSame(cluster, observer);
        Assert.Equal(7, observer.Notices.Count(n => n.Kind == RunNoticeKind.CheckpointCommitted)); // of slots 5, 10, … 35
    }

    [Theory]
    [InlineData(3)] // before the first checkpoint: all begins anew
    [InlineData(7)]
    [InlineData(20)]
    [InlineData(38)]
    public async Task A_node_that_dies_is_replaced_by_the_others_and_slots_are_run_again(int slot)
    {
        SmallCluster? cluster = null;
        var observer = new Doing((slot, () => cluster!.Kill("b")));
        using (cluster = new SmallCluster(City))
        {
            cluster.Add("a");
            cluster.Add("b");
            cluster.Add("c");

            cluster.Run(nodes: 3, observer);

            await ExpectTheSame(cluster, observer);
            Assert.Equal(2, observer.Notices.Count(n => n.Kind == RunNoticeKind.EpochOpened));
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(12)]
    [InlineData(33)]
    public async Task A_clock_that_dies_is_replaced_by_one_that_reads_the_journal(int slot)
    {
        SmallCluster? cluster = null;
        var observer = new Doing((slot, () => cluster!.ReplaceClock()));
        using (cluster = new SmallCluster(City))
        {
            cluster.Add("a");
            cluster.Add("b");

            cluster.Run(nodes: 2, observer);

            await ExpectTheSame(cluster, observer);
        }
    }

    [Fact]
    public async Task What_a_dead_node_had_begun_to_say_is_forgotten_with_its_epoch()
    {
        SmallCluster? cluster = null;
        IReadOnlyList<Parcel> parts = [];
        var observer = new Doing(
            (7, () => { cluster!.Clock.Tell(parts[0], ActorRefs.Nobody); cluster.Kill("b"); }
        ),
            (20, () => cluster!.Clock.Tell(parts[1], ActorRefs.Nobody)));
        using (cluster = new SmallCluster(City))
        {
            var failed = new EntityFailed(new string('x', Parcel.PartBytes), "a message", new InvalidOperationException("Whole, it fails the run."));
            parts = Parcels.Cut(1, failed, IMessageFormat.Of(cluster.System));
            Assert.Equal(2, parts.Count);
            cluster.Add("a");
            cluster.Add("b");

            cluster.Run(nodes: 2, observer);

            await ExpectTheSame(cluster, observer);
        }
    }

    [Fact]
    public async Task Word_of_the_journal_of_a_run_that_is_over_does_not_count()
    {
        SmallCluster? cluster = null;
        var observer = new Doing((7, () => cluster!.Clock.Tell(new RunJournalBroken("it is another one's"), ActorRefs.NoSender)));
        using (cluster = new SmallCluster(City))
        {
            cluster.Add("a");

            cluster.Run(nodes: 1, observer);

            await ExpectTheSame(cluster, observer);
        }
    }

    [Fact]
    public async Task Clock_and_nodes_die_again_and_again()
    {
        SmallCluster? cluster = null;
        var observer = new Doing(
            (4, () => cluster!.Kill("a")),
            (9, () => { cluster!.ReplaceClock(); cluster.Kill("b"); }
        ),
            (13, () => cluster!.Add("d")),
            (21, () => { cluster!.Kill("c"); cluster.ReplaceClock(); }
        ),
            (30, () => cluster!.Add("e")),
            (35, () => cluster!.Kill("d")));
        using (cluster = new SmallCluster(City))
        {
            foreach (var node in (string[])["a", "b", "c"])
                cluster.Add(node);

            cluster.Run(nodes: 3, observer);

            await ExpectTheSame(cluster, observer);
        }
    }

    [Fact]
    public async Task A_node_that_joins_takes_its_share_at_a_slots_end()
    {
        SmallCluster? cluster = null;
        var observer = new Doing((8, () => cluster!.Add("b")));
        using (cluster = new SmallCluster(City))
        {
            cluster.Add("a");

            cluster.Run(nodes: 1, observer);

            await ExpectTheSame(cluster, observer);
            Assert.Contains(observer.Notices, n => n.Kind == RunNoticeKind.EpochOpened && n.Text.Contains("on 2 nodes: zones are placed anew"));
        }
    }

    [Fact]
    public async Task A_node_that_leaves_hands_its_zones_over_and_no_slot_is_run_again()
    {
        SmallCluster? cluster = null;
        Task? left = null;
        var observer = new Doing((8, () => left = cluster!.LeaveAsync("b")));
        using (cluster = new SmallCluster(City))
        {
            cluster.Add("a");
            cluster.Add("b");

            cluster.Run(nodes: 2, observer);

            await ExpectTheSame(cluster, observer);
            await left!.WaitAsync(Soon);
            Assert.DoesNotContain(observer.Notices, n => n.Kind == RunNoticeKind.NodeLost);
            Assert.Contains(observer.Notices, n => n.Kind == RunNoticeKind.EpochOpened && n.Text.Contains("on 1 nodes: zones are placed anew"));
        }
    }

    [Theory]
    [InlineData(false, "on 1 nodes", "is not used")]
    [InlineData(true, "on 2 nodes", "results are not reproducible")]
    public async Task A_node_that_computes_differently_is_refused_unless_that_is_allowed(bool allowed, string placed, string said)
    {
        using var cluster = new SmallCluster(City, allowOtherCpus: allowed);
        var observer = new Doing();
        cluster.Add("a");
        cluster.Add("b", arithmetic: "another");

        cluster.Run(nodes: 1, observer);

        await ExpectTheSame(cluster, observer); // it is the same machine after all
        Assert.Contains(observer.Notices, n => n.Kind == RunNoticeKind.EpochOpened && n.Text.Contains(placed));
        Assert.Contains(observer.Notices, n => n.Kind == RunNoticeKind.OtherCpu && n.Text.Contains(said));
    }

    [Fact]
    public async Task A_checkpoint_of_another_run_is_not_taken_for_this_ones()
    {
        SmallCluster? cluster = null;
        var observer = new Doing((14, () =>
        {
            var store = Persistence.Instance.Apply(cluster!.System).SnapshotStoreFor(null);
            foreach (var slot in (int[])[5, 10]) // whichever counts
                store.Tell(new SaveSnapshot(
                    new SnapshotMetadata("run/zone-1", slot, DateTime.UnixEpoch), new ZoneCheckpoint(1, slot, [], [], [], [], new LatencyHistogram())));
            cluster.Kill("b");
        }
        ));
        using (cluster = new SmallCluster(City))
        {
            cluster.Add("a");
            cluster.Add("b");

            cluster.Run(nodes: 2, observer);

            var failure = await Assert.ThrowsAsync<EmulationFailedException>(() => cluster.Outcome.WaitAsync(Soon));
            Assert.Matches("zone 1: the checkpoint of slot (5|10) in the snapshot store is of another run or zone", failure.Message);
        }
    }

    private static async Task ExpectTheSame(SmallCluster cluster, Doing observer)
    {
        var outcome = await cluster.Outcome.WaitAsync(Soon);
        Assert.Equal(await Undisturbed.Value, Convert.ToHexString(outcome.Digest));
        Assert.Equal(Enumerable.Range(0, City.Slots), observer.Slots.Select(s => s.Slot));
        Assert.Equal((City.Slots, false), (outcome.SlotsCompleted, outcome.Cancelled));
        Assert.Equal(outcome.Total.Completed, outcome.Latencies.Count);
    }
}
