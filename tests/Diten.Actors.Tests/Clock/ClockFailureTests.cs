using Akka.Actor;
using Diten.Actors.Tests.Recovery;
using Diten.Model.Scenarios;

namespace Diten.Actors.Tests.Clock;

/// <summary>A clock whose own rules fail ends the run, and is there for the next one.</summary>
public sealed class ClockFailureTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    private static readonly Scenario City = Small.City(devices: 50, slots: 200).Cut(2, 1);

    [Fact]
    public async Task A_clock_that_fails_twice_still_takes_a_run()
    {
        using var cluster = new SmallCluster(City);
        cluster.Add("a");

        for (var failure = 0; failure < 2; failure++)
        {
            var observer = new Doing((2, () => cluster.Clock.Tell(NamelessNode(), ActorRefs.NoSender)));
            var failed = await Assert.ThrowsAsync<EmulationFailedException>(
                () => cluster.RunAnother($"run-{failure}", observer).WaitAsync(Soon));
            Assert.StartsWith("The clock failed in slot", failed.Message);
        }

        var outcome = await cluster.RunAnother("run-2", new Doing()).WaitAsync(Soon);
        Assert.Equal(await Small.DigestAsync(City), Convert.ToHexString(outcome.Digest));
    }

    /// <summary>No node is without a name.</summary>
    private static HostsSeen NamelessNode() => new([new SeenHost(null!, null!, true)], []);
}
