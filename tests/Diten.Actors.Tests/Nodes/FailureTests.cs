using System.Diagnostics;
using Akka.Actor;
using Diten.Actors.Nodes;
using Diten.Model.EdgeServers;
using Diten.Model.Worlds;

namespace Diten.Actors.Tests.Nodes;

/// <summary>An entity that fails, or gets what is not for it, fails the run, and says who it was.</summary>
public sealed class FailureTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_server_that_fails_fails_the_run_by_zone_slot_and_phase()
    {
        var stray = new SubmittedTask(1_000_000, 0, 1e9, 0, SubmittedTask.Here);

        Assert.Matches(
            @"^server 7 \(zone 0, slot \d+, phase Execute\) failed on BeginPhase: Server 7, slot 2: device 1000000 has a task here, but its service has not arrived\.$",
            await FailureAfter("/user/host/zone-0@1/server-7", new SubmitTasks(7, 7, 2, new[] { stray }, default)));
    }

    [Fact]
    public async Task A_device_that_fails_fails_the_run_by_name() =>
        Assert.Matches(
            @"^device \d+ \(zone 0, slot .*\) failed on SlotBeacon: Device \d+ got the beacon of device 1000000 in slot 3\.$",
            await FailureAfter("/user/host/devices-*/shelf-0/*", new SlotBeacon(ActorRefs.Nobody) { Slot = 3, Device = 1_000_000 }));

    [Theory]
    [InlineData("/user/host/zone-0@1/station-0", "station-0")]
    [InlineData("/user/clock", "clock")]
    public async Task A_message_that_its_receiver_does_not_know_fails_the_run(string receiver, string named) =>
        Assert.EndsWith($"/{named} does not know what to do with Int32.", await FailureAfter(receiver, 7));

    private static async Task<string> FailureAfter(string receiver, object message)
    {
        using var running = Emulation.Start(World.Create(Small.City(slots: 1_000_000).Cut(1, 1)), new EmulationOptions(), null);

        await FindAsync(running.System, "/user/lost-messages"); // it watches from now on
        (await FindAsync(running.System, receiver)).Tell(message);

        return (await Assert.ThrowsAsync<EmulationFailedException>(() => running.Outcome.WaitAsync(Soon))).Message;
    }

    private static async Task<IActorRef> FindAsync(ActorSystem system, string path)
    {
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < Soon; await Task.Delay(5))
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
