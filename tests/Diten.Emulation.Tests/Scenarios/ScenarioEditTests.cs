using Diten.Actors;
using Diten.Model.Faults;
using Diten.Model.Scenarios;
using Diten.Model.Scenarios.Keys;
using Diten.Runs;
using Diten.Runs.Scenarios;

namespace Diten.Emulation.Tests.Scenarios;

/// <summary>What is changed while a run goes on, as changes of its scenario.</summary>
public sealed class ScenarioEditTests
{
    private static readonly Fault Old = new()
    {
        Name = "old",
        Kind = FaultKind.Cut,
        What = FaultWhat.Sync,
        Timing = FaultTiming.Slots,
        FromSlot = 5,
        ToSlot = 80,
    };

    [Fact]
    public void A_fault_without_times_is_in_force_from_now_to_the_end()
    {
        var (edited, told) = Add("{ x { kind = freeze, on = twins, ids = [3] } }", slot: 42);

        Assert.Equal((FaultTiming.Slots, 42, 100), (edited.Faults.Find("x")!.Timing, edited.Faults.Find("x")!.FromSlot, edited.Faults.Find("x")!.ToSlot));
        Assert.Equal("fault x: freeze on twins in slots 42 to 99", told);
    }

    [Fact]
    public void Json_will_do_and_times_to_come_stay()
    {
        var (edited, _) = Add("""{ "x": { "kind": "drop", "link": "sync", "probability": 0.5, "at": [44, 50] }, "y": { "kind": "jam", "on": "radio", "power": "0.001 mW", "slots": [42, 43] } }""", slot: 42);

        Assert.Equal([44, 50], edited.Faults.Find("x")!.At.Values.ToArray());
        Assert.Equal((42, 43), (edited.Faults.Find("y")!.FromSlot, edited.Faults.Find("y")!.ToSlot));
    }

    [Fact]
    public void What_comes_and_goes_begins_with_the_slot_in_which_it_is_thrown_in_and_ends_when_it_is_cleared()
    {
        var (edited, told) = Add("{ x { kind = freeze, on = twins, renewal { between = 9, lasting = 9 } } }", slot: 42);
        var fault = edited.Faults.Find("x")!;

        Assert.Equal((42, edited.Slots), (fault.RenewalFromSlot, fault.RenewalToSlot));
        Assert.Contains("now and then", told);
        Assert.Equal((50, 60), (Add("{ x { kind = freeze, on = twins, renewal { between = 9, lasting = 9, slots = [50, 60] } } }", slot: 42).Scenario.Faults.Find("x") is { } later
            ? (later.RenewalFromSlot, later.RenewalToSlot) : default));
    }

    [Theory]
    [InlineData("{ x { kind = frieze, on = twins } }", "Did you mean 'freeze'?")]
    [InlineData("{ x { kind = freeze, on = servers } }", "freeze")]
    [InlineData("{ x { kind = freeze, on = twins, slots = [41, 60] } }", "slots from 42 on")]
    [InlineData("{ x { kind = freeze, on = twins, at = [3, 60] } }", "faults.x.at: found slot 3")]
    [InlineData("{ x { kind = freeze, on = twins, slots = [100, 200] } }", "after the end of the run")]
    [InlineData("{ x { kind = freeze, on = twins, renewal { between = 9, lasting = 9, slots = [5, 60] } } }", "faults.x.renewal.slots: found slot 5")]
    [InlineData("{ x { kind = freeze, on = twins, renewal { slots = [50, 60] } } }", "renewal.between")]
    [InlineData("{ x { kind = drop, link = report, probability = 0.5 } }", "found report")]
    [InlineData("{ old { kind = freeze, on = twins } }", "there is a fault of that name")]
    [InlineData("{ x { kind = freeze", "not closed")]
    [InlineData("", "none is there")]
    [InlineData("{}", "none is there")]
    [InlineData("{ include \"/etc/passwd\" }", "stands for itself")]
    [InlineData("{ include file(\"/etc/passwd\") }", "stands for itself")]
    [InlineData("{ include required(file(\"/etc/passwd\")) }", "stands for itself")]
    [InlineData("{ x { kind = ${HOME} } }", "stands for itself")]
    public void What_cannot_be_thrown_in_is_refused(string faults, string why) =>
        Assert.Contains(why, Assert.ThrowsAny<Exception>(() => Add(faults, slot: 42)).Message);

    [Fact]
    public void Nothing_but_faults_can_be_said()
    {
        var refused = Assert.Throws<ScenarioException>(() => Add("} devices.count = 5\nfaults { x { kind = freeze, on = twins } ", slot: 42));
        Assert.DoesNotContain("devices.count = 5", refused.Message);
        Assert.Contains("faults.devices", Assert.Throws<ScenarioException>(() => Add("devices.count = 5", slot: 42)).Message);
    }

    [Theory]
    [InlineData(42, 5, 42)]
    [InlineData(79, 5, 79)]
    public void A_fault_that_is_cleared_ends(int slot, int from, int to)
    {
        var (edited, _) = Apply(new RunChange(RunChangeKind.ClearFault, "old"), slot);

        Assert.Equal(Old with { FromSlot = from, ToSlot = to }, edited.Faults.Find("old"));
    }

    [Fact]
    public void A_fault_that_has_not_begun_is_taken_back() =>
        Assert.Null(Apply(new RunChange(RunChangeKind.ClearFault, "old"), slot: 5).Scenario.Faults.Find("old"));

    [Fact]
    public void A_fault_for_whose_sake_stations_report_more_from_the_first_slot_on_is_not_taken_back()
    {
        var report = Old with { Name = "report", Kind = FaultKind.Drop, What = FaultWhat.Report, Probability = 0.5, FromSlot = 60 };
        var alone = Begun with { Faults = new FaultMap([report]) };
        var (one, two) = (new RunChange(RunChangeKind.ClearFault, "report"), Begun with { Faults = new FaultMap([report, report with { Name = "more" }]) });

        Assert.Contains("report less", Assert.Throws<UserErrorException>(() => Apply(one, 42, alone)).Message);
        Assert.Null(Apply(one, 42, two).Scenario.Faults.Find("report"));
        Assert.Equal(70, Apply(one, 70, alone).Scenario.Faults.Find("report")!.ToSlot); // it was there
    }

    [Fact]
    public void A_scenario_does_not_grow_without_bound()
    {
        var ids = string.Join(", ", Enumerable.Range(0, 200));
        var many = string.Concat(Enumerable.Range(0, 900).Select(i => $"f{i} {{ kind = freeze, on = twins, ids = [{ids}], slots = [50, 60] }}\n"));

        Assert.Contains("bytes", Assert.Throws<UserErrorException>(() => Add(many, slot: 42)).Message);
    }

    [Theory]
    [InlineData("olf", 42, "Did you mean 'old'?")]
    [InlineData("old", 80, "is over")]
    public void What_cannot_be_cleared_is_refused(string name, int slot, string why) =>
        Assert.Contains(why, Assert.Throws<UserErrorException>(() => Apply(new RunChange(RunChangeKind.ClearFault, name), slot)).Message);

    [Fact]
    public void A_policy_takes_the_place_of_one_that_was_to_decide_from_that_slot_on()
    {
        var (edited, told) = Apply(new RunChange(RunChangeKind.SwitchPolicy, "stay"), slot: 60);

        Assert.Equal([new PolicySwitch(20, "random"), new PolicySwitch(60, "stay"), new PolicySwitch(70, "least-loaded")], edited.Policy.Switches.All);
        Assert.Equal("policy stay decides", told);
        Assert.Contains("'sty'", Assert.Throws<ScenarioException>(() => Apply(new RunChange(RunChangeKind.SwitchPolicy, "sty"), 60)).Message);
        Assert.Contains("a full path", Assert.Throws<UserErrorException>(() => Apply(new RunChange(RunChangeKind.SwitchPolicy, "learned", "own.policy"), 60)).Message);
        Assert.Contains("/no/such", Assert.Throws<ScenarioException>(() => Apply(new RunChange(RunChangeKind.SwitchPolicy, "learned", "/no/such"), 60)).Message);
    }

    [Fact]
    public void What_is_measured_stays_what_it_was()
    {
        var without = Apply(new RunChange(RunChangeKind.AddFaults, "{ x { kind = freeze, on = twins } }"), 42, Begun with { Faults = FaultMap.Empty }).Scenario;
        var with = Add("{ x { kind = freeze, on = twins } }", slot: 42).Scenario;

        Assert.False(without.MeasuresTwins || without.MeasuresRegret);
        Assert.True(with.MeasuresTwins && with.MeasuresRegret);
    }

    private static Scenario Begun => new()
    {
        Faults = new FaultMap([Old]),
        Policy = new PolicySection { Switches = new PolicySwitches([new(20, "random"), new(60, "nearest-first"), new(70, "least-loaded")]) },
    };

    private static (Scenario Scenario, string Told) Add(string faults, int slot) => Apply(new RunChange(RunChangeKind.AddFaults, faults), slot);

    private static (Scenario Scenario, string Told) Apply(RunChange change, int slot, Scenario? begun = null)
    {
        var run = new RunSpec("run", "town", ScenarioFile.Resolve(begun ?? Begun), 1, new EmulationOptions()) { World = "ab" };
        var changed = ScenarioEdit.Apply(run, change, slot);
        Assert.Equal(run with { ScenarioText = changed.Run.ScenarioText }, changed.Run);
        return (ScenarioFile.Parse(changed.Run.ScenarioText, "town.conf"), changed.Told);
    }
}
