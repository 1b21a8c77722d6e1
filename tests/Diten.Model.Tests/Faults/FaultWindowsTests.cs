using Diten.Model.Faults;
using Diten.Model.Scenarios;
using Diten.Model.Worlds;

namespace Diten.Model.Tests.Faults;

public sealed class FaultWindowsTests
{
    private static readonly Fault Outage = new()
    {
        Name = "outage",
        Kind = FaultKind.Down,
        What = FaultWhat.Servers,
        Selection = FaultSelection.Ids,
        Ids = new WholeNumbers([3, 5]),
    };

    [Fact]
    public void Stretches_are_cut_off_where_the_run_ends_and_joined_where_they_touch()
    {
        Assert.Equal([(0, 10)], FaultWindows.Stretches(Planned(Outage), 10));
        Assert.Equal([(4, 7)], FaultWindows.Stretches(Planned(Outage with { Timing = FaultTiming.Slots, FromSlot = 4, ToSlot = 7 }), 10));
        Assert.Equal([(4, 6)], FaultWindows.Stretches(Planned(Outage with { Timing = FaultTiming.Slots, FromSlot = 4, ToSlot = 70 }), 6));
        Assert.Equal([(2, 4), (8, 9)], FaultWindows.Stretches(Planned(Outage with { Timing = FaultTiming.At, At = new WholeNumbers([2, 3, 8, 30]) }), 10));
        Assert.Empty(FaultWindows.Stretches(Planned(Outage with { Ids = WholeNumbers.None }), 10));
    }

    [Fact]
    public void Slots_in_force_are_added_up_over_targets()
    {
        Assert.Equal(20, FaultWindows.TargetSlots(Planned(Outage), 10));
        Assert.Equal(4, FaultWindows.TargetSlots(Planned(Outage with { Timing = FaultTiming.At, At = new WholeNumbers([2, 8, 30]) }), 10));
        var renewed = Planned(Outage with { Timing = FaultTiming.Renewal, RenewalBetweenSlots = 4, RenewalLastingSlots = 3 });
        var byHand = Enumerable.Range(0, 200).Sum(slot => (renewed.IsInForce(3, slot) ? 1 : 0) + (renewed.IsInForce(5, slot) ? 1 : 0));
        Assert.Equal(byHand, FaultWindows.TargetSlots(renewed, 200));
        Assert.Equal(
            Enumerable.Range(0, 200).Where(slot => renewed.IsInForce(3, slot) || renewed.IsInForce(5, slot)),
            FaultWindows.Stretches(renewed, 200).SelectMany(stretch => Enumerable.Range(stretch.From, stretch.To - stretch.From)));
    }

    [Fact]
    public void A_server_is_told_of_its_own_faults_and_a_slot_of_all()
    {
        var jam = new Fault { Name = "jam", Kind = FaultKind.Jam, What = FaultWhat.Radio, PowerWatts = 1e-12 };
        var plan = World.Create(new Scenario { Faults = new FaultMap([Outage with { Timing = FaultTiming.Slots, FromSlot = 4, ToSlot = 7 }, jam]) }).Faults;

        Assert.Equal(["outage"], FaultWindows.InForceAt(plan, 3, 5).Select(fault => fault.Fault.Name));
        Assert.Empty(FaultWindows.InForceAt(plan, 4, 5));
        Assert.Empty(FaultWindows.InForceAt(plan, 3, 7));
        Assert.Equal(["jam", "outage"], FaultWindows.InForce(plan, 5).Select(fault => fault.Fault.Name));
        Assert.Equal("outage (down, servers)", FaultWords.Of(Outage));
        Assert.Equal("clock-skew", FaultWords.Of(FaultKind.ClockSkew));
    }

    private static PlannedFault Planned(Fault fault) => World.Create(new Scenario { Faults = new FaultMap([fault]) }).Faults.All[0];
}
