using Diten.Model.Scenarios;
using Diten.Model.ServerTwins;

namespace Diten.Actors.Tests.Recovery;

public sealed class TwinHistoryTests
{
    private static readonly Scenario Emergent = new() { Twins = new TwinsSection { DeviationSource = DeviationSource.Emergent } };

    [Fact]
    public void A_twin_believes_in_a_slot_what_it_was_told_in_the_slots_before()
    {
        var rows = TwinHistory.Of(3, [
            Record(-1, null, new TwinSynchronized(0, -1, 10e9, 4)),
            Record(0, new ServerTruth(3, 9e9, 5), new TwinSynchronized(1, 0, 9e9, 5)),
            Record(1, new ServerTruth(3, 8e9, 6)), // the sync of slot 1 was lost
            Record(2, new ServerTruth(3, 7e9, 7), new TwinDesynchronized(2)),
            Record(3, new ServerTruth(3, 6e9, 8), new TwinResynchronized(4, 3, 6e9, 8)),
            Record(4, new ServerTruth(3, 5e9, 9), new TwinSynchronized(5, 4, 5e9, 9)),
        ], Emergent);

        Assert.Equal([0, 1, 2, 3, 4], rows.Select(row => row.Slot));
        Assert.Equal([10e9, 9e9, 9e9, 9e9, 6e9], rows.Select(row => row.Believed.FreeHertz));
        Assert.Equal([4, 5, 5, 5, 8], rows.Select(row => row.Believed.Tasks));
        Assert.Equal([0, 0, 1, 2, 0], rows.Select(row => row.Believed.AgeSlots));
        Assert.Equal([0, 1, 1, 1, 4], rows.Select(row => row.Believed.Revision));
        Assert.Equal([false, false, false, true, false], rows.Select(row => row.Desynchronized));
        Assert.Equal([9e9, 8e9, 7e9, 6e9, 5e9], rows.Select(row => row.Truth!.Value.FreeHertz));
    }

    [Fact]
    public void A_gap_in_the_journal_is_not_glossed_over() => Assert.Contains(
        "has slot 2 where slot 1 should be",
        Assert.Throws<InvalidDataException>(() => TwinHistory.Of(3, [Record(-1, null), Record(0, null), Record(2, null)], Emergent)).Message);

    private static TwinRecord Record(int slot, ServerTruth? truth, params TwinEvent[] happened) => new(slot, happened, truth);
}
