using Diten.Model.EdgeServers;
using Diten.Model.Faults;
using Diten.Model.Records;
using Diten.Model.Scenarios;
using Diten.Model.ServerTwins;

namespace Diten.Model.Tests.Records;

/// <summary>Two servers and their twins, by hand; a twin is suspect above an age of 3, desynchronised above 10.</summary>
public sealed class TwinMeasuresTests
{
    private static readonly Scenario Scenario = new();

    private readonly TwinSlotRecord[] _rows = new TwinSlotRecord[2];
    private TwinMeasures _measures = new(Scenario, servers: 2, faults: ["loss"]);

    [Fact]
    public void Lag_is_what_was_published_less_the_truth_of_the_slot_before()
    {
        Measure(0, [Server(0, 10e9, 4), Server(1, 8e9, 2)], [Twin(0, 0, 9e9, 9), Twin(1, 0, 8e9, 2)]);
        Assert.All(_rows, row => Assert.Equal((0, 0), (row.FreeLagHertz, row.TasksLag))); // before slot 0 twins are told the truth

        var slot = Measure(1, [Server(0, 5e9, 7), Server(1, 8e9, 2)], [Twin(0, 1, 10.25e9, 1), Twin(1, 1, 7.5e9, 2)]);

        Assert.Equal((0.25e9, -3), (_rows[0].FreeLagHertz, _rows[0].TasksLag)); // 10.25 − 10, 1 − 4; what slot 1 is like does not count yet
        Assert.Equal((-0.5e9, 0), (_rows[1].FreeLagHertz, _rows[1].TasksLag));
        Assert.Equal((-0.25e9, 0.75e9, 3), (slot.FreeLag, slot.FreeLagAbsolute, slot.TasksLagAbsolute));
    }

    [Fact]
    public void Information_is_incorrect_since_c_was_last_within_5_percent_and_tasks_within_half_a_task()
    {
        ServerFacts[] truth = [Server(0, 10e9, 4), Server(1, 8e9, 2)];
        Measure(0, truth, [Twin(0, 0, 1e9, 0), Twin(1, 0, 8e9, 2)]);
        Assert.Equal([0, 0], Ages());
        Measure(1, truth, [Twin(0, 1, 10.6e9, 4), Twin(1, 1, 8e9, 3)]); // 6 % off; a task off
        Assert.Equal([1, 1], Ages());
        Measure(2, truth, [Twin(0, 2, 9.4e9, 4), Twin(1, 2, 8e9, 2)]);
        Assert.Equal([2, 0], Ages());
        Measure(3, truth, [Twin(0, 3, 10.5e9, 4), Twin(1, 3, 8e9, 1)]); // 5 % is still right
        Assert.Equal([0, 1], Ages());

        int[] Ages() => [.. _rows.Select(row => row.IncorrectAgeSlots)];
    }

    [Fact]
    public void A_twin_that_publishes_nothing_ages_and_its_condition_with_it()
    {
        var last = Twin(0, 5, 8e9, 2);

        Measure(8, [Server(0, 8e9, 2), Server(1, 8e9, 2)], [last, Twin(1, 8, 8e9, 2) with { Condition = TwinCondition.Resynchronising, AgeSlots = 1 }]);
        Assert.Equal((3, TwinCondition.InSync), (_rows[0].AgeSlots, _rows[0].Condition));
        Assert.Equal(TwinCondition.Resynchronising, _rows[1].Condition);
        Measure(9, [Server(0, 8e9, 2), Server(1, 8e9, 2)], [last, Twin(1, 9, 8e9, 2)]);
        Assert.Equal((4, TwinCondition.Suspect), (_rows[0].AgeSlots, _rows[0].Condition));
        Measure(16, [Server(0, 8e9, 2), Server(1, 8e9, 2)], [last, Twin(1, 16, 8e9, 2)]);
        Assert.Equal((11, TwinCondition.Desynchronised), (_rows[0].AgeSlots, _rows[0].Condition));

        var total = _measures.Figures.Total;
        Assert.Equal((3, 1, 1, 1), (total.InSync, total.Suspect, total.Desynchronised, total.Resynchronising));
        Assert.Equal((6, 19), (total.Twins, total.Age)); // 3 + 4 + 11, and 1 of the other
        Assert.Equal([2, 1, 0, 1, 1, 0, 0, 0, 0, 0, 0, 1], _measures.Figures.Ages);
        Assert.Equal(1, _measures.Figures.AgeQuantile(0.5));
        Assert.Equal(11, _measures.Figures.AgeQuantile(0.95));
    }

    [Fact]
    public void A_resync_takes_from_the_asking_to_the_whole_state_that_is_taken_over()
    {
        var asking = new TwinFacts(0, 0, 1, TwinCondition.Resynchronising);
        Measure(0, Sent(sent: 1), Both(0), asking);
        Measure(1, Sent(sent: 1, lost: 1), Both(1), asking with { Refused = 0 });
        Measure(2, Sent(sent: 1), Both(2), asking with { Accepted = 1, Refused = 0, Condition = TwinCondition.InSync });
        Assert.Equal((1, 2), (_measures.Figures.Total.Resyncs, _measures.Figures.Total.ResyncSlots));

        Measure(3, Sent(sent: 1, lost: 1), Both(3), asking with { Refused = 0 });
        Measure(4, Sent(sent: 1, lost: 1), Both(4), new TwinFacts(0, 0, 0, TwinCondition.Desynchronised)); // it forgot that it had asked
        Assert.Equal((1, 2), (_measures.Figures.Total.Resyncs, _measures.Figures.Total.ResyncSlots));
    }

    [Fact]
    public void Every_sync_is_accepted_lost_refused_or_on_its_way()
    {
        Measure(0, Sent(sent: 1, late: 1, onTheirWay: 1), Both(0), None);
        Measure(1, Sent(sent: 1, lost: 1, onTheirWay: 1), Both(1), None);
        Measure(2, Sent(sent: 1, refused: 1, onTheirWay: 1, duplicated: 1), Both(2), None); // one more sent, one of those on their way broken
        Measure(3, Sent(sent: 0), Both(3), None with { Refused = 1 });

        var total = _measures.Figures.Total;
        Assert.Equal((3 + 4, 4, 1, 1, 1, 2), (
            total.SyncsSent, total.SyncsAccepted, total.SyncsLost, total.SyncsLate, total.SyncsDuplicated, total.SyncsRefused));
        Assert.Equal(0, total.SyncsOnTheirWay);
        Assert.Equal((0, 1), (_rows[0].SyncsSent, _rows[0].SyncsRefused));
    }

    [Fact]
    public void Syncs_that_come_from_nowhere_or_are_gone_end_the_run()
    {
        Assert.Contains("3 syncs 3 were accepted", Assert.Throws<InvariantViolatedException>(
            () => Measure(0, [Server(0, 8e9, 2, new SyncCounts(2, 0, 0, 0, 0, 1)), Server(1, 8e9, 2)], Both(0), None with { Accepted = 2 })).Message);

        _measures = new TwinMeasures(Scenario, servers: 2, faults: ["loss"]);
        var gone = Assert.Throws<InvariantViolatedException>(() => Measure(4, Sent(sent: 1), Both(4), None));
        Assert.Equal(
            "Slot 4: of 2 syncs 1 were accepted, 0 lost and 0 refused, so that 1 should be on their way; 0 are.", gone.Message);
    }

    [Fact]
    public void What_is_saved_goes_on_as_if_nothing_had_happened()
    {
        _measures.Count(new FaultCounts([7], [3]));
        Measure(0, Sent(sent: 1, onTheirWay: 1), Both(0), None with { Condition = TwinCondition.Resynchronising });
        Measure(1, Sent(sent: 1, onTheirWay: 2), [Twin(0, 1, 8e9, 9), Twin(1, 1, 8e9, 2)], None with { Condition = TwinCondition.Resynchronising });
        var saved = _measures.Save();
        var whole = Rest();

        _measures = new TwinMeasures(Scenario, servers: 2, faults: ["loss"], saved);
        var again = Rest();

        Assert.Equal(whole.Total, again.Total);
        Assert.Equal(whole.Ages, again.Ages);
        Assert.Equal((7, 3), (again.Faults.Offered[0], again.Faults.Hit[0]));
        Assert.Equal((1, 2, 4), (again.Total.Resyncs, again.Total.ResyncSlots, again.Total.IncorrectAge)); // 1, 2, and 1 of the other twin
        Assert.Equal(2, saved.Figures.Total.SyncsOnTheirWay); // what came later did not change it

        TwinFigures Rest()
        {
            Measure(2, Sent(sent: 1, onTheirWay: 2), [Twin(0, 2, 8e9, 9), Twin(1, 2, 8e9, 0)], None with { Accepted = 1 });
            return _measures.Figures;
        }
    }

    private static TwinFacts None => new(0, 0, 0, TwinCondition.InSync);

    /// <summary>The other server's sync arrives at once, unless said otherwise.</summary>
    private static ServerFacts[] Sent(int sent, int lost = 0, int late = 0, int duplicated = 0, int refused = 0, int onTheirWay = 0) =>
        [Server(0, 8e9, 2, new SyncCounts(sent, lost, late, duplicated, refused, onTheirWay)), Server(1, 8e9, 2)];

    private static ServerFacts Server(int id, double free, int tasks, SyncCounts? syncs = null) =>
        new(id, 20e9, free, tasks, 0.5, 0) { Syncs = syncs ?? new SyncCounts(1, 0, 0, 0, 0, 0) };

    private static TwinEstimate Twin(int id, int slot, double free, int tasks) => new(id, slot, slot, 0, free, tasks, 0);

    private static TwinEstimate[] Both(int slot) => [Twin(0, slot, 8e9, 2), Twin(1, slot, 8e9, 2)];

    private TwinTotals Measure(int slot, ServerFacts[] servers, TwinEstimate[] twins, TwinFacts? first = null) => _measures.Measure(
        slot, servers, twins, [first ?? new TwinFacts(0, 1, 0, TwinCondition.InSync), new TwinFacts(1, 1, 0, TwinCondition.InSync)], _rows);
}
