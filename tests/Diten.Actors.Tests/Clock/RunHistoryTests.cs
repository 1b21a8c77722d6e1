using Diten.Actors.Tests.Recovery;
using Diten.Model.EdgeServers;
using Diten.Model.Faults;
using Diten.Model.Records;
using Diten.Model.Scenarios;
using Diten.Model.ServerTwins;

namespace Diten.Actors.Tests.Clock;

public sealed class RunHistoryTests
{
    private static readonly RunSpec Run = new("run", "town", "seed = 1", 2, new EmulationOptions { CheckpointEverySlots = 2 });

    [Fact]
    public void A_history_is_what_its_events_tell()
    {
        var history = After(
            new RunSubmitted(Run),
            new EpochOpened(1),
            Commit(slot: 2, epoch: 1, 10, 11),
            new EpochOpened(2),
            Commit(slot: 4, epoch: 2, 12, 13));

        Assert.Equal((Run, 2L, 4), (history.Run, history.Epoch, history.CommittedSlot));
        Assert.Equal([10, 11, 12, 13], history.SlotDigests.Select(digest => digest[0]));
        Assert.Equal(4, history.Total.Devices);
        Assert.Null(history.End);
    }

    [Fact]
    public void A_run_that_was_stopped_goes_on_when_it_is_submitted_again()
    {
        var stopped = After(new RunSubmitted(Run), new EpochOpened(1), Commit(slot: 2, epoch: 1, 1, 2), new RunClosed("run", RunEnd.Stopped, ""));
        Assert.Equal(RunEnd.Stopped, stopped.End);

        var resumed = stopped.Apply(new RunSubmitted(Run with { Nodes = 5 }));

        Assert.Equal((5, 1L, 2), (resumed.Run!.Nodes, resumed.Epoch, resumed.CommittedSlot));
        Assert.Null(resumed.End);
    }

    [Fact]
    public void A_checkpoint_counts_when_all_zones_have_written_it_and_the_observer_has_all_before_it()
    {
        var pending = new PendingCheckpoint((CheckpointCommitted)Commit(slot: 4, epoch: 1, 1, 2, 3, 4), [[], []], [0, 1]);

        pending = pending.Written(1);
        Assert.False(pending.IsDue(taken: 3));
        pending = pending.Written(0);
        Assert.False(pending.IsDue(taken: 2));
        Assert.True(pending.IsDue(taken: 3));
        Assert.False((pending with { Recorded = true }).IsDue(taken: 3)); // once
    }

    [Fact]
    public void A_checkpoint_that_is_withdrawn_leaves_the_one_before_it_and_then_the_beginning()
    {
        var history = After(
            new RunSubmitted(Run), new EpochOpened(1), Commit(slot: 2, epoch: 1, 10, 11), Commit(slot: 4, epoch: 1, 12, 13), new EpochOpened(2));

        var back = history.Apply(new CheckpointWithdrawn(4));
        Assert.Equal((2, 2, 2L), (back.CommittedSlot, back.SlotDigests.Count, back.Epoch));
        Assert.Equal(2, back.Total.Devices);
        Assert.Equal(back, back.Apply(new CheckpointWithdrawn(4))); // said twice

        var begun = back.Apply(new CheckpointWithdrawn(2));
        Assert.Equal((0, 0, Run), (begun.CommittedSlot, begun.SlotDigests.Count, begun.Run));

        var again = back.Apply(Commit(slot: 4, epoch: 3, 12, 13));
        Assert.Equal([10, 11, 12, 13], again.SlotDigests.Select(digest => digest[0]));
        Assert.Equal(2, again.Earlier!.CommittedSlot);
    }

    [Fact]
    public void A_clock_that_takes_over_goes_on_with_what_was_measured_of_twins()
    {
        var scenario = new Scenario();
        var measures = new TwinMeasures(scenario, servers: 1, faults: ["loss"]);
        var sums = new RunSums(RunHistory.Empty, commits: true, measures);
        Slot(sums, measures, 0);
        Slot(sums, measures, 1);
        var history = After(new RunSubmitted(Run), new EpochOpened(1), sums.Commit(1));
        Slot(sums, measures, 2);
        var whole = sums.Close(new(), 1, cancelled: false, 0, 0);

        var again = new TwinMeasures(scenario, servers: 1, faults: ["loss"], history.Twins);
        var others = new RunSums(history, commits: true, again);
        Slot(others, again, 2);
        var resumed = others.Close(new(), 1, cancelled: false, 0, 0);

        Assert.Equal(whole.Digest, resumed.Digest);
        Assert.Equal(whole.Twins!.Total, resumed.Twins!.Total);
        Assert.Equal(whole.Twins.Ages, resumed.Twins.Ages);
        Assert.Equal((6, 3), (resumed.Twins.Faults.Offered[0], resumed.Twins.Faults.Hit[0]));
        Assert.Equal(3, resumed.Twins.Total.SyncsOnTheirWay);
        Assert.Null(After(Commit(slot: 2, epoch: 1, 10, 11)).Twins);
    }

    /// <summary>A slot whose sync is delayed by three slots.</summary>
    private static void Slot(RunSums sums, TwinMeasures measures, int slot)
    {
        measures.Count(new FaultCounts([2], [1]));
        var twins = measures.Measure(
            slot, [new ServerFacts(0, 2e10, 1e10 + slot, slot, 0, 0) { Syncs = new SyncCounts(1, 0, 1, 0, 0, slot + 1) }],
            [new TwinEstimate(0, slot, 0, slot, 1e10, 0, 0)], [new TwinFacts(0, 0, 0, TwinCondition.InSync)], []);
        sums.Add(new SlotReport(slot, new byte[32], new SlotTotals { Devices = 1 }, [], [], [], [], 0.5) { Twins = twins });
    }

    private static RunHistory After(params RunEvent[] events) => events.Aggregate(RunHistory.Empty, (history, happened) => history.Apply(happened));

    private static RunEvent Commit(int slot, long epoch, params byte[] marks) => new CheckpointCommitted(
        slot, epoch, [.. marks.SelectMany(mark => Enumerable.Repeat(mark, 32))], new SlotTotals { Devices = slot }, 0.5, 7);
}
