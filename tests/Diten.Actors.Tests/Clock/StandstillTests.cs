using System.Diagnostics;
using Akka.Actor;
using Diten.Actors.Nodes;
using Diten.Model.Worlds;

namespace Diten.Actors.Tests.Clock;

/// <summary>A run in which somebody falls silent without a word fails, and says who.</summary>
public sealed class StandstillTests
{
    [Theory]
    [InlineData("/user/host/zone-0@1/server-3", "waits for 1 entities, first Server 3")]
    [InlineData("/user/host/devices-*/shelf-0/*", @"station \d+ waits for the report of device \d+")]
    public async Task An_entity_that_falls_silent_is_named(string path, string waiting)
    {
        var options = new EmulationOptions { StuckAfterSeconds = 3 };
        using var running = Emulation.Start(World.Create(Small.City(slots: 1_000_000).Cut(1, 1)), options, null);

        ((IInternalActorRef)await FindAsync(running.System, path)).Suspend(); // alive, but it takes no message any more

        var failure = await Assert.ThrowsAsync<EmulationFailedException>(() => running.Outcome.WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.Matches($@"^Nothing moved for 3 s in slot -?\d+\. .*{waiting}", failure.Message);
    }

    [Fact]
    [Trait("Takes", "Seconds")]
    public async Task A_zone_that_says_nothing_at_all_fails_the_run_too()
    {
        var options = new EmulationOptions { StuckAfterSeconds = 0.5 };
        using var running = Emulation.Start(World.Create(Small.City(slots: 1_000_000).Cut(1, 1)), options, null);

        ((IInternalActorRef)await FindAsync(running.System, "/user/host/zone-0@1")).Suspend();

        var failure = await Assert.ThrowsAsync<EmulationFailedException>(() => running.Outcome.WaitAsync(TimeSpan.FromSeconds(60)));
        Assert.Matches(@"^Nothing moved for 5 s in slot -?\d+, and no zone says why\.$", failure.Message);
    }

    private static async Task<IActorRef> FindAsync(ActorSystem system, string path)
    {
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < TimeSpan.FromSeconds(30); await Task.Delay(5))
        {
            try
            {
                return await system.ActorSelection(path).ResolveOne(TimeSpan.FromSeconds(1));
            }
            catch (ActorNotFoundException)
            {
                // Not created yet.
            }
        }

        throw new TimeoutException($"There is no {path} after 30 s.");
    }
}
