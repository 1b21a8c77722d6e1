using Diten.Actors.Tests.Recovery;
using Diten.Model.Scenarios;
using Diten.Model.ServerTwins;

namespace Diten.Actors.Tests.Twins;

public sealed class TwinHistoryTests
{
    private static readonly Scenario Emergent = new() { Twins = new TwinsSection { DeviationSource = DeviationSource.Emergent } };

    /// <summary>The sync of slot 1 is lost; the twin notices in slot 2, and gets a full one in slot 3.</summary>
    private static readonly TwinRecord[] Lost =
    [
        Record(-1, null, new TwinSynchronized(0, -1, 10e9, 4)),
        Record(0, new ServerTruth(3, 9e9, 5), new TwinSynchronized(1, 0, 9e9, 5)),
        Record(1, new ServerTruth(3, 8e9, 6)),
        Record(2, new ServerTruth(3, 7e9, 7), new TwinDesynchronized(2)),
        Record(3, new ServerTruth(3, 6e9, 8), new TwinResynchronized(4, 3, 6e9, 8)),
        Record(4, new ServerTruth(3, 5e9, 9), new TwinSynchronized(5, 4, 5e9, 9)),
    ];

    [Fact]
    public void A_twin_believes_in_a_slot_what_it_was_told_in_the_slots_before()
    {
        var rows = TwinHistory.Of(3, Lost, Lost, Emergent);

        Assert.Equal([0, 1, 2, 3, 4], rows.Select(row => row.Slot));
        Assert.Equal([10e9, 9e9, 9e9, 9e9, 6e9], rows.Select(row => row.Believed.FreeHertz));
        Assert.Equal([4, 5, 5, 5, 8], rows.Select(row => row.Believed.Tasks));
        Assert.Equal([0, 0, 1, 2, 0], rows.Select(row => row.Believed.AgeSlots));
        Assert.Equal([0, 1, 1, 1, 4], rows.Select(row => row.Believed.Revision));
        Assert.Equal([false, false, false, true, false], rows.Select(row => row.Desynchronized));
        Assert.Equal([9e9, 8e9, 7e9, 6e9, 5e9], rows.Select(row => row.Truth.FreeHertz));
        Assert.Equal([5, 6, 7, 8, 9], rows.Select(row => row.Truth.Tasks));
        Assert.Equal([1, 0, 1, 1, 1], rows.Select(row => row.Happened.Count));
    }

    [Fact]
    public void A_run_is_summed_up()
    {
        var run = TwinSummary.Of(TwinHistory.Of(3, Lost, Lost, Emergent));

        Assert.Equal((1e9 + 1e9 + 2e9 + 3e9 + 1e9) / 5, run.FreeErrorMeanHertz);
        Assert.Equal((1 + 1 + 2 + 3 + 1) / 5.0, run.TasksErrorMean);
        Assert.Equal(2, run.LargestAgeSlots);
        Assert.Equal(1, run.LostSyncs);
        Assert.Equal(3, run.Worst.Slot);
    }

    [Theory]
    [InlineData(TwinEstimator.Ewma, 8e9, -1e9)] // halfway from 10 to 6 GHz; then halfway to what is missing, 6 − 8 GHz
    [InlineData(TwinEstimator.LastValue, 6e9, 0)]
    public void An_emergent_deviation_is_the_estimators_own(TwinEstimator estimator, double free, double deviation)
    {
        var scenario = Emergent with { Twins = Emergent.Twins with { Estimator = estimator, EwmaWeight = 0.5 } };
        TwinRecord[] records =
        [
            Record(-1, null, new TwinSynchronized(0, -1, 10e9, 4)),
            Record(0, new ServerTruth(3, 6e9, 4), new TwinSynchronized(1, 0, 6e9, 4)),
            Record(1, new ServerTruth(3, 6e9, 4)),
        ];

        var row = TwinHistory.Of(3, records, records, scenario)[1];

        Assert.Equal(free, row.Believed.FreeHertz);
        Assert.Equal(deviation, row.Believed.DeviationHertz);
        Assert.Equal(0, row.DeviationHertz);
    }

    [Theory]
    [InlineData(DeviationSide.Server, 2e9)]
    [InlineData(DeviationSide.Twin, 0)]
    public void An_injected_deviation_is_believed_and_true_where_the_server_has_it_too(DeviationSide side, double truth)
    {
        var twins = new TwinsSection
        {
            DeviationSource = DeviationSource.Injected,
            DeviationSide = side,
            DeviationMeanHertz = 2e9,
            DeviationStandardDeviationHertz = 0,
        };

        var rows = TwinHistory.Of(3, Lost, Lost, new Scenario { Twins = twins });

        Assert.All(rows, row => Assert.Equal((2e9, truth), (row.Believed.DeviationHertz, row.DeviationHertz)));
    }

    [Fact]
    public void What_was_true_comes_from_the_servers_zone_and_a_slot_that_one_of_the_two_lacks_waits()
    {
        TwinRecord[] twins = [.. Lost.Select(record => record with { Truth = null })];
        TwinRecord[] servers = [.. Lost.Select(record => record with { Happened = [] })];

        Assert.Equivalent(TwinHistory.Of(3, Lost, Lost, Emergent), TwinHistory.Of(3, twins, servers, Emergent));
        Assert.Equal(4, TwinHistory.Of(3, twins, servers[..^1], Emergent).Count);
        Assert.Equal(4, TwinHistory.Of(3, twins[..^1], servers, Emergent).Count);
        Assert.Empty(TwinHistory.Of(3, twins, [], Emergent));
    }

    [Fact]
    public void A_gap_in_the_journal_is_not_glossed_over()
    {
        TwinRecord[] gap = [.. Lost.Where(record => record.Slot != 1)];

        Assert.Contains("server 3's twin has slot 2 where slot 1 should be", Refusal(gap, Lost));
        Assert.Contains("server 3 has slot 2 where slot 1 should be", Refusal(Lost, gap));
        Assert.Contains("does not say what was true of server 3 in slot 0", Refusal(Lost, [.. Lost.Select(record => record with { Truth = null })]));
    }

    private static string Refusal(TwinRecord[] twins, TwinRecord[] servers) =>
        Assert.Throws<InvalidDataException>(() => TwinHistory.Of(3, twins, servers, Emergent)).Message;

    private static TwinRecord Record(int slot, ServerTruth? truth, params TwinEvent[] happened) => new(slot, happened, truth);
}
