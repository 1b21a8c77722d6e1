using Diten.Model.Policies;
using Diten.Model.Scenarios;
using Diten.Model.Scenarios.Keys;
using Diten.Model.Worlds;

namespace Diten.Model.Tests.Scenarios;

/// <summary>Who decides from which slot on.</summary>
public sealed class PolicySwitchesTests
{
    [Fact]
    public void Switches_are_read_back_as_they_are_written()
    {
        var switches = new PolicySwitches([new(0, "stay"), new(40, "learned", "/data/a, \"b\" }.policy")]);

        Assert.True(PolicySwitches.TryParse(switches.ToString(), out var read, out _));

        Assert.Equal(switches, read);
        Assert.Equal("""[{ "slot": 0, "name": "stay" }, { "slot": 40, "name": "learned", "file": "/data/a, \"b\" }.policy" }]""", switches.ToString());
        Assert.True(PolicySwitches.TryParse("[]", out var none, out _));
        Assert.Equal(PolicySwitches.None, none);
    }

    [Theory]
    [InlineData("stay", "no list of { slot, name, file }")]
    [InlineData("""[{ "slot": "4" }]""", "switch 1 has no name")]
    [InlineData("""[{ "name": "stay" }]""", "switch 1 has no slot")]
    [InlineData("""[{ "slot": -4, "name": "stay" }]""", "slot -4 is no whole number from 0")]
    [InlineData("""[{ "slot": 4.5, "name": "stay" }]""", "slot 4.5 is no whole number from 0")]
    [InlineData("""[{ "slot": 4, "name": "stay", "polcy": 3 }]""", "switch 1 has an unknown key 'polcy'")]
    [InlineData("""[{ "slot": 4, "name": "stay" }, { "slot": 4, "name": "random" }]""", "slot 4 after slot 4")]
    [InlineData("""[{ "slot": 4, "name": "stay" }, { "slot": 3, "name": "random" }]""", "slot 3 after slot 4")]
    [InlineData("""[{ "slot": 4, "name": "stay" }, 7]""", "switch 2 is no")]
    public void What_is_wrong_is_said(string text, string why)
    {
        Assert.False(PolicySwitches.TryParse(text, out _, out var problem));
        Assert.Contains(why, problem);
    }

    [Theory]
    [InlineData("""[{ "slot": 4, "name": "sty" }]""", "Did you mean 'stay'?")]
    [InlineData("""[{ "slot": 4, "name": "learned" }]""", "a policy file")]
    [InlineData("""[{ "slot": 100, "name": "stay" }]""", "slots from 0 to 99, since slots = 100")]
    public void What_does_not_fit_the_scenario_is_said(string text, string why)
    {
        var wrong = Assert.Throws<ScenarioException>(() => ScenarioKeys.Read([new ScenarioEntry("policy.switches", text, "test")]));

        Assert.Contains(why, Assert.Single(wrong.Lines));
        Assert.Contains("policy.switches", wrong.Lines[0]);
    }

    [Fact]
    public void From_its_slot_on_the_other_policy_decides()
    {
        var world = World.Create(new Scenario
        {
            AreaSideMetres = 800,
            Policy = new PolicySection { Name = "random", Switches = new PolicySwitches([new(3, "stay"), new(5, "nearest-first")]) },
        });

        Assert.IsType<RandomChoice>(world.PolicyIn(2));
        Assert.IsType<Stay>(world.PolicyIn(3));
        Assert.IsType<Stay>(world.PolicyIn(4));
        Assert.IsType<NearestFirst>(world.PolicyIn(99));
    }

    [Fact]
    public void No_other_policy_takes_the_place_of_one_that_is_trained()
    {
        var scenario = new Scenario { Policy = new PolicySection { Switches = new PolicySwitches([new(3, "stay")]) } };

        Assert.Contains("policy.switches", Assert.Single(ScenarioKeys.TrainingErrors(scenario, [])).ToString());
    }
}
