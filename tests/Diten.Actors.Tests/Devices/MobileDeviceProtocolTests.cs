using Akka.Actor;
using Akka.TestKit;
using Diten.Actors.Runtime;
using Diten.Model.MobileDevices;
using Diten.Model.Offloading;
using Diten.Model.Records;
using Diten.Model.Worlds;

namespace Diten.Actors.Tests.Devices;

/// <summary>A device actor; its shelf and its base station are probes.</summary>
public sealed class MobileDeviceProtocolTests : EntityKit
{
    private static readonly TaskCompleted InTime = new(4, TaskOutcome.InTime, true, false, 0.12, 0.8, -2.4);

    private readonly TestProbe _shelf, _station;
    private readonly IActorRef _device;
    private readonly SlotBeacon _beacon;

    public MobileDeviceProtocolTests()
    {
        (_shelf, _station) = (CreateTestProbe("shelf"), CreateTestProbe("station"));
        _device = _shelf.ChildActorOf(MobileDeviceActor.Props, EmulationProps.ReportAndRestart);
        _beacon = new SlotBeacon(_device);
    }

    [Fact]
    public void A_beacon_is_answered_once_with_the_seat_and_the_slot_that_it_names()
    {
        Adopt(7);

        Beacon(slot: 0, device: 7, seat: 3);

        var request = _station.ExpectMsg<OffloadRequest>();
        Assert.Equal((0, 3), (request.Slot, request.Seat));
        Assert.Equal(OffloadingTask.Draw(World.Scenario, 7, 0), request.Report.Task);
        Beacon(slot: 1, device: 7, seat: 0);
        Assert.Equal(1, _station.ExpectMsg<OffloadRequest>().Slot);
    }

    [Fact]
    public void The_outcome_that_comes_with_a_beacon_is_in_the_next_report()
    {
        Adopt(7);
        Beacon(slot: 0, device: 7, seat: 3);
        _station.ExpectMsg<OffloadRequest>();

        Beacon(slot: 1, device: 7, seat: 5, InTime);

        var report = _station.ExpectMsg<OffloadRequest>().Report;
        Assert.Equal((4, 4, 4, 0.8), (report.Serving, report.LastTask, report.Host, report.Queue));
    }

    [Fact]
    public void A_device_that_goes_to_another_zone_hands_over_its_state_with_the_last_outcome_and_is_free_for_another_device()
    {
        Adopt(7);
        Beacon(slot: 0, device: 7, seat: 3);
        _station.ExpectMsg<OffloadRequest>();

        _device.Tell(new ReleaseDevice(7, InTime), _station);

        var state = _station.ExpectMsg<DeviceReleased>().State;
        Assert.Equal((7, 4, 0.8, 1), (state.Device, state.Serving, state.Queue, state.JourneySlot));
        Assert.Equal(7, _shelf.ExpectMsg<DeviceIdle>().Device);
        Adopt(9);
        Beacon(slot: 1, device: 9, seat: 0);
        Assert.Equal(OffloadingTask.Draw(World.Scenario, 9, 1), _station.ExpectMsg<OffloadRequest>().Report.Task);
    }

    [Fact]
    public void A_device_that_has_gone_answers_no_beacon()
    {
        Adopt(7);
        _device.Tell(new ReleaseDevice(7, InTime), _station);
        _shelf.ExpectMsg<DeviceIdle>();

        Beacon(slot: 1, device: 7, seat: 3);

        ExpectFailure("Device -1 got the beacon of device 7 in slot 1");
    }

    [Fact]
    public void A_beacon_for_another_device_fails_the_run()
    {
        Adopt(7);

        Beacon(slot: 2, device: 8, seat: 3);

        ExpectFailure("Device 7 got the beacon of device 8 in slot 2");
    }

    [Fact]
    public void A_device_that_is_let_go_twice_fails_the_run()
    {
        Adopt(7);

        _device.Tell(new ReleaseDevice(7, InTime), _station);
        _device.Tell(new ReleaseDevice(7, InTime), _station);

        _shelf.ExpectMsg<DeviceIdle>();
        ExpectFailure("Device 7 should be let go, but its actor hosts device -1");
    }

    [Fact]
    public void An_actor_that_hosts_a_device_takes_no_other()
    {
        Adopt(7);

        Adopt(8);

        ExpectFailure("Device 8 should be hosted by an actor that hosts device 7");
    }

    [Fact]
    public void A_beacon_of_the_devices_former_life_fails_the_run()
    {
        Adopt(7);
        _device.Tell(ForgetDevice.Instance, _shelf);
        _device.Tell(new AdoptDevice(World, MobileDevice.Start(World, 7), new SlotBeacon(_device)), _shelf);

        Beacon(slot: 4, device: 7, seat: 3);

        ExpectFailure("Device 7 got the beacon of device 7 in slot 4");
    }

    [Fact]
    public void A_device_that_is_forgotten_is_free_for_another_one()
    {
        Adopt(7);
        _device.Tell(ForgetDevice.Instance, _shelf);
        Adopt(9);

        Beacon(slot: 1, device: 9, seat: 0);

        Assert.Equal(OffloadingTask.Draw(World.Scenario, 9, 1), _station.ExpectMsg<OffloadRequest>().Report.Task);
    }

    [Fact]
    public void A_message_of_somebody_elses_protocol_is_not_swallowed() => ExpectUnhandled(_device, new DeviceIdle(7));

    private void Adopt(int device) => _device.Tell(new AdoptDevice(World, MobileDevice.Start(World, device), _beacon), _shelf);

    private void Beacon(int slot, int device, int seat, TaskCompleted? last = null)
    {
        (_beacon.Slot, _beacon.Device, _beacon.Seat, _beacon.HasLast, _beacon.Last) = (slot, device, seat, last is not null, last ?? default);
        _device.Tell(_beacon, _station);
    }

    private void ExpectFailure(string why) => _shelf.ExpectMsg<EntityFailed>(failed => Assert.Contains(why, failed.Reason.Message));
}
