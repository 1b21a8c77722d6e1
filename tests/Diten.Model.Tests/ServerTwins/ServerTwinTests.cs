using Diten.Model.Scenarios;
using Diten.Model.ServerTwins;

namespace Diten.Model.Tests.ServerTwins;

/// <summary>What the twin of a server counts, and how it stands to its server.</summary>
public sealed class ServerTwinTests
{
    private static readonly Scenario Emergent = new() { Twins = new TwinsSection { DeviationSource = DeviationSource.Emergent } };

    [Fact]
    public void A_twin_counts_the_changes_of_this_slot_only_and_never_below_zero()
    {
        var twin = ServerTwin.Apply(ServerTwinState.Fresh(2), new TwinSynchronized(0, -1, 8e9, 3), Emergent.Twins);

        twin = ServerTwin.Apply(twin, new ReportPlacements(2, -5), 0, Emergent);

        Assert.Equal(0, twin.Tasks);
        List<TwinEvent> happened = [];
        Assert.Equal(3, ServerTwin.EndSlot(twin, 0, Emergent.Twins, happened).Tasks);
        Assert.Empty(happened);
    }

    [Theory]
    [InlineData(76, false, TwinCondition.InSync)]
    [InlineData(73, false, TwinCondition.InSync)]
    [InlineData(72, false, TwinCondition.Suspect)]
    [InlineData(66, false, TwinCondition.Suspect)]
    [InlineData(65, false, TwinCondition.Desynchronised)]
    [InlineData(76, true, TwinCondition.Resynchronising)]
    [InlineData(60, true, TwinCondition.Resynchronising)]
    public void A_twin_is_suspect_past_3_slots_and_desynchronised_past_10_unless_it_asked(int syncedSlot, bool asked, TwinCondition expected)
    {
        var twin = new ServerTwinState { Server = 2, Revision = 7, SyncedSlot = syncedSlot, Desynchronized = asked };

        Assert.Equal(expected, ServerTwin.ConditionOf(twin, Emergent.Twins, 77));
    }

    [Fact]
    public void A_twin_that_forgot_is_desynchronised_however_young_it_is() => Assert.Equal(
        TwinCondition.Desynchronised, ServerTwin.ConditionOf(ServerTwinState.Fresh(2) with { SyncedSlot = 76 }, Emergent.Twins, 77));

    [Fact]
    public void Only_what_is_new_is_worth_telling_and_the_round_is_not()
    {
        var told = new TwinEstimate(4, 7, 6, 0, 8e9, 3, 1e8);

        Assert.True((told with { Round = 2 }).TellsNoMoreThan(told));
        Assert.All(
            new[]
            {
                told with { Slot = 8 }, told with { Revision = 7 }, told with { AgeSlots = 1 }, told with { FreeHertz = 9e9 }, told with { Tasks = 4 },
                told with { DeviationHertz = 0 }, told with { TasksPart = 0.25 }, told with { Changes = 1 }, told with { SpreadHertz = 1e8 },
                told with { Condition = TwinCondition.Suspect },
            },
            other => Assert.False(other.TellsNoMoreThan(told)));
    }
}
