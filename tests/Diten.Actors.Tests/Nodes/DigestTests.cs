using Diten.Model.Policies;
using Diten.Model.Scenarios;

namespace Diten.Actors.Tests.Nodes;

public sealed class DigestTests
{
    [Fact]
    public async Task Two_thousand_devices_have_one_digest_on_any_number_of_zones_and_threads()
    {
        var scenario = new Scenario
        {
            Slots = 6,
            AreaSideMetres = 2000,
            Devices = new DevicesSection { Count = 2000, SpeedMetresPerSecond = 40 },
        };

        var digest = await Small.DigestAsync(scenario.Cut(1, 1), threads: 1);

        Assert.Equal(digest, await Small.DigestAsync(scenario.Cut(1, 1), threads: 4));
        Assert.Equal(digest, await Small.DigestAsync(scenario.Cut(2, 2)));
        Assert.Equal(digest, await Small.DigestAsync(scenario.Cut(5, 5), threads: 3));
        Assert.Equal(digest, await Small.DigestAsync(scenario.Cut(5, 5), threads: 1));
    }

    /// <summary>All but learned, which needs a file: it has tests of its own.</summary>
    public static TheoryData<string> Policies => [.. PolicyCatalogue.Shipped.All.Where(entry => !entry.NeedsFile).Select(entry => entry.Name)];

    /// <summary>What is solved or trained when a policy is created is the same wherever that is, and devices decide alike in any batch.</summary>
    [Theory]
    [MemberData(nameof(Policies))]
    public async Task Every_policy_has_one_digest_on_any_number_of_zones(string policy)
    {
        var scenario = Small.City() with { Policy = new PolicySection { Name = policy } };

        Assert.Equal(await Small.DigestAsync(scenario.Cut(1, 1), threads: 1), await Small.DigestAsync(scenario.Cut(3, 2), threads: 3));
    }
}
