using Diten.Model.Scenarios;

namespace Diten.Actors.Tests.Runs;

/// <summary>Policies that are switched give the same bits, however the city is cut.</summary>
public sealed class PolicySwitchTests
{
    private static Scenario Switched(string name, params PolicySwitch[] switches) => Small.City() with
    {
        Policy = new PolicySection { Name = name, Switches = new PolicySwitches(switches) },
    };

    [Fact]
    public async Task One_zone_and_six_have_one_digest()
    {
        var city = Switched("drift-plus-penalty", new(4, "nearest-first"), new(8, "random"));

        var alone = await Small.DigestAsync(city.Cut(1, 1));

        Assert.Equal(alone, await Small.DigestAsync(city.Cut(3, 2)));
        Assert.NotEqual(alone, await Small.DigestAsync(Switched("drift-plus-penalty", new PolicySwitch(4, "nearest-first"))));
        Assert.NotEqual(alone, await Small.DigestAsync(Switched("drift-plus-penalty")));
    }

    [Fact]
    public async Task A_switch_in_the_first_slot_is_the_other_policy_alone() =>
        Assert.Equal(await Small.DigestAsync(Switched("nearest-first")), await Small.DigestAsync(Switched("stay", new PolicySwitch(0, "nearest-first"))));
}
