using System.Diagnostics;
using Akka.Actor;
using Diten.Actors.Nodes;
using Diten.Actors.Runtime;
using Diten.Model.Faults;
using Diten.Model.Scenarios;
using Diten.Model.Worlds;

namespace Diten.Actors.Tests.Nodes;

public sealed class ActorTests
{
    [Fact]
    public async Task A_device_whose_actor_stops_fails_the_run_by_name()
    {
        using var running = Emulation.Start(World.Create(Small.City(slots: 100_000)), new EmulationOptions(), null);
        await StopOneDevice(running.System);

        var failure = await Assert.ThrowsAsync<EmulationFailedException>(() => running.Outcome.WaitAsync(TimeSpan.FromSeconds(30)));

        Assert.Matches(@"Device \d+ .* is gone", failure.Message);
    }

    [Fact]
    public async Task An_observer_that_fails_fails_the_run()
    {
        var failure = await Assert.ThrowsAsync<EmulationFailedException>(
            () => Emulation.RunAsync(Small.City(), new EmulationOptions(), new FullDisk()));

        Assert.Contains("slot 3", failure.Message);
        Assert.IsType<IOException>(failure.InnerException);
    }

    [Fact]
    public async Task A_run_that_is_stopped_keeps_the_slots_that_are_done()
    {
        using var stop = new CancellationTokenSource();
        var reports = new Reports();

        var outcome = await Emulation.RunAsync(
            Small.City(slots: 100_000), new EmulationOptions(), new StopAt(5, stop, reports), stop.Token);

        Assert.True(outcome.Cancelled);
        Assert.InRange(outcome.SlotsCompleted, 6, 20);
        Assert.Equal(outcome.SlotsCompleted, reports.Slots.Count);
    }

    [Fact]
    public async Task A_run_that_waits_for_its_next_slot_s_time_stops_at_once()
    {
        // A slot in 1,000 seconds of wall-clock time, the first one at once.
        var first = new TaskCompletionSource();
        using var running = Emulation.Start(
            World.Create(Small.City() with { Pace = 0.001 }), new EmulationOptions(), new Tell(first));
        await first.Task.WaitAsync(TimeSpan.FromSeconds(30));
        // When the observer answers, it has told the clock that it took the slot: nothing but time is waited for now.
        await running.System.ActorSelection("/user/observer").ResolveOne(TimeSpan.FromSeconds(30));

        running.StopAfterSlot();
        var outcome = await running.Outcome.WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal((1, true), (outcome.SlotsCompleted, outcome.Cancelled));
    }

    [Fact]
    public async Task Twins_that_are_frozen_change_decisions_and_these_follow_the_frozen_values()
    {
        var scenario = Small.City(slots: 30) with { Measure = new MeasureSection { Regret = RegretMeasure.Off } };
        var cut = new Fault { Name = "cut", Kind = FaultKind.Cut, What = FaultWhat.Sync, Timing = FaultTiming.Slots, FromSlot = 5, ToSlot = 25 };
        var (fresh, frozen) = (new Reports(), new Reports());
        await Emulation.RunAsync(scenario, new EmulationOptions(), fresh);
        await Emulation.RunAsync(scenario with { Faults = new FaultMap([cut]) }, new EmulationOptions(), frozen);

        Assert.Equal(fresh.Slots[5].Digest, frozen.Slots[5].Digest);
        Assert.NotEqual(fresh.Slots[7].Digest, frozen.Slots[7].Digest);
        for (var slot = 6; slot <= 25; slot++)
        {
            Assert.All(frozen.Slots[slot].Servers, row => Assert.Equal(slot - 5, row.TwinAgeSlots));
            Assert.All(frozen.Slots[slot].Servers, row => Assert.Equal(frozen.Slots[5].Servers[row.Server].TwinFreeHertz, row.TwinFreeHertz));
            Assert.All(frozen.Slots[slot].Servers, row => Assert.Equal(frozen.Slots[5].Servers[row.Server].TwinTasks, row.TwinTasks));
        }

        Assert.All(frozen.Slots[28].Servers, row => Assert.Equal(0, row.TwinAgeSlots)); // a full sync was asked for, and came
        Assert.Contains(frozen.Slots[10].Servers, row => row.TwinFreeHertz != row.FreeHertz);
    }

    [Fact]
    public void A_message_queue_grows_and_keeps_its_order()
    {
        var queue = new SmallMessageQueue();
        var expected = new Queue<int>();
        for (int i = 0, next = 0; i < 1000; i++)
        {
            for (var n = 0; n < i % 7; n++, next++)
            {
                queue.Enqueue(ActorRefs.Nobody, new Envelope(next, ActorRefs.NoSender));
                expected.Enqueue(next);
            }

            for (var n = 0; n < i % 5 && expected.Count > 0; n++)
            {
                Assert.True(queue.TryDequeue(out var envelope));
                Assert.Equal(expected.Dequeue(), envelope.Message);
            }

            Assert.Equal(expected.Count, queue.Count);
            Assert.Equal(expected.Count > 0, queue.HasMessages);
        }
    }

    private static async Task StopOneDevice(ActorSystem system)
    {
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < TimeSpan.FromSeconds(30); await Task.Delay(5))
        {
            try
            {
                var device = await system.ActorSelection("/user/host/devices-*/shelf-0/*").ResolveOne(TimeSpan.FromSeconds(1));
                system.Stop(device);
                return;
            }
            catch (ActorNotFoundException)
            {
                // Not created yet. The answer comes at once, so that it is time that must be counted, not questions.
            }
        }

        Assert.Fail("No device was created within 30 s.");
    }

    private sealed class FullDisk : IRunObserver
    {
        public void SlotCompleted(Model.Records.SlotReport report)
        {
            if (report.Slot == 3)
                throw new IOException("No space left on device.");
        }
    }

    private sealed class Tell(TaskCompletionSource first) : IRunObserver
    {
        public void SlotCompleted(Model.Records.SlotReport report) => first.TrySetResult();
    }

    private sealed class StopAt(int slot, CancellationTokenSource stop, IRunObserver next) : IRunObserver
    {
        public void SlotCompleted(Model.Records.SlotReport report)
        {
            next.SlotCompleted(report);
            if (report.Slot == slot)
                stop.Cancel();
        }
    }
}
