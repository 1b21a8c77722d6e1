using Akka.Actor;
using Akka.TestKit;
using Diten.Model.BaseStations;
using Diten.Model.EdgeServers;
using Diten.Model.MobileDevices;
using Diten.Model.Offloading;
using Diten.Model.ServerTwins;

namespace Diten.Actors.Tests.Stations;

/// <summary>Base station 4, nearest-first: its devices are probes, and stand in the middle of its cell, so that server 4 gets their tasks.</summary>
public sealed class BaseStationProtocolTests : EntityKit
{
    private readonly IActorRef _station;
    private readonly Dictionary<int, TestProbe> _devices = [];

    public BaseStationProtocolTests()
    {
        _station = NewStation(4);
        for (var server = 0; server < 9; server++)
            _station.Tell(new TwinEstimate(server, 0, 0, 0, 10e9, 0, 0));
    }

    [Fact]
    public void A_slot_is_beacon_report_submission_outcome()
    {
        Attach(7, 2);

        _station.Tell(Begin(PhaseKind.Report));
        Assert.Equal(0, Beacon(2).Seat); // seats are in the order of ids, whoever came first
        Assert.Equal(1, Beacon(7).Seat);
        Report(7, seat: 1);
        Assert.Equal("station 4 waits for the report of device 2", WaitsFor());
        Report(2, seat: 0);

        var reports = ExpectDone<ReportsDone>(PhaseKind.Report);
        Assert.Equal(2, reports.Devices);
        var submission = Assert.Single(Sent<SubmitTasks>(reports));
        Assert.Equal(4, submission.Server);
        Assert.Equal([2, 7], submission.Tasks.ToArray().Select(t => t.Device));
        Execute(seats: [0, 1]);
        _station.Tell(Begin(PhaseKind.Complete));
        var closed = ExpectDone<StationClosed>(PhaseKind.Complete);
        Assert.Equal((2, 2), (closed.Result.Totals.Devices, closed.Result.Totals.InTime));
        Assert.False(closed.Rests);

        _station.Tell(Begin(PhaseKind.Report, 1));
        Assert.Equal(4, Beacon(2).Last.Server); // the outcome travels with the next beacon
    }

    [Fact]
    public void A_station_without_devices_is_done_at_once()
    {
        _station.Tell(Begin(PhaseKind.Report));

        var done = ExpectDone<ReportsDone>(PhaseKind.Report);
        Assert.Equal((0UL, 0), (done.RoundsWithWork, done.Devices));
    }

    [Fact]
    public void A_hand_over_within_the_zone_goes_by_the_zone_and_leaves_a_station_that_rests()
    {
        RunSlot(nextStation: 5);

        var closed = ExpectDone<StationClosed>(PhaseKind.Complete);
        var moving = Assert.Single(Assert.Single(Sent<DevicesArriving>(closed)).Devices.ToArray());
        Assert.Equal((7, 5, true, 4), (moving.Device, moving.Station, moving.Link.HasLast, moving.Link.Last.Server));
        Assert.Same(_devices[7].Ref, ((SlotBeacon)moving.Link).Address);
        Assert.Null(closed.Moved);
        Assert.True(closed.Rests);
        _station.Tell(Begin(PhaseKind.Report, 1));
        ExpectDone<ReportsDone>(PhaseKind.Report); // nobody is attached here any more
    }

    [Fact]
    public void A_station_gets_one_message_for_all_devices_that_go_there()
    {
        Attach(2, 3, 7);
        _station.Tell(Begin(PhaseKind.Report));
        Report(2, seat: 0, nextStation: 5);
        Report(3, seat: 1, nextStation: 3);
        Report(7, seat: 2, nextStation: 5);
        Execute(seats: [0, 1, 2]);
        _station.Tell(Begin(PhaseKind.Complete));

        ExpectDone<ReportsDone>(PhaseKind.Report);
        var sent = Sent<DevicesArriving>(ExpectDone<StationClosed>(PhaseKind.Complete));
        Assert.Equal([3, 5], sent.Select(arriving => arriving.Station));
        Assert.Equal([[3], [2, 7]], sent.Select(arriving => arriving.Devices.ToArray().Select(d => d.Device)));
    }

    [Fact]
    public void A_hand_over_to_another_zone_waits_for_the_devices_state()
    {
        RunSlot(nextStation: 7);

        var release = _devices[7].ExpectMsg<ReleaseDevice>();
        Assert.Equal((7, 4), (release.Device, release.Last.Server));
        WaitsFor();
        Assert.False(Zone.HasMessages); // the slot is not closed before the state has come
        _station.Tell(new DeviceReleased(new MobileDeviceState { Device = 7, Station = 7 }));
        Assert.Equal([7], ExpectDone<StationClosed>(PhaseKind.Complete).Moved!.Select(d => d.Device));
    }

    [Fact]
    public void Devices_go_to_another_zone_in_the_order_of_their_ids_whoever_answers_first()
    {
        Attach(2, 7);
        _station.Tell(Begin(PhaseKind.Report));
        Report(2, seat: 0, nextStation: 7);
        Report(7, seat: 1, nextStation: 7);
        Execute(seats: [0, 1]);
        _station.Tell(Begin(PhaseKind.Complete));
        ExpectDone<ReportsDone>(PhaseKind.Report);

        _station.Tell(new DeviceReleased(new MobileDeviceState { Device = 7, Station = 7 }));
        _station.Tell(new DeviceReleased(new MobileDeviceState { Device = 2, Station = 7 }));

        Assert.Equal([2, 7], ExpectDone<StationClosed>(PhaseKind.Complete).Moved!.Select(d => d.Device));
    }

    [Fact]
    public void A_state_that_comes_again_fails_the_run()
    {
        RunSlot(nextStation: 7);
        var released = new DeviceReleased(new MobileDeviceState { Device = 7, Station = 7 });

        _station.Tell(released);
        _station.Tell(released);

        ExpectFailure("station 4", "device 7 was let go, but nobody asked it to");
    }

    [Fact]
    public void A_device_that_reports_twice_fails_the_run()
    {
        Attach(2, 7);
        _station.Tell(Begin(PhaseKind.Report));

        Report(2, seat: 0);
        Report(2, seat: 0);

        ExpectFailure("station 4", "device 2 reported twice");
    }

    [Fact]
    public void A_report_of_another_slot_fails_the_run()
    {
        Attach(2);
        _station.Tell(Begin(PhaseKind.Report));

        Report(2, seat: 0, slot: 1);

        ExpectFailure("station 4", "OffloadRequest of slot 1");
    }

    [Fact]
    public void A_device_that_arrives_twice_fails_the_run()
    {
        Attach(2);
        Attach(2);

        _station.Tell(Begin(PhaseKind.Report));

        ExpectFailure("station 4", "device 2 is attached twice");
    }

    [Fact]
    public void An_outcome_that_comes_again_fails_the_run()
    {
        Submitted();

        Execute(seats: [0]);
        Execute(seats: [0]);

        ExpectFailure("station 4", "server 4 executed a task of device 7 that has been executed already");
    }

    [Fact]
    public void An_outcome_from_a_server_that_was_not_asked_fails_the_run()
    {
        Submitted();

        _station.Tell(new TasksExecuted(4, 5, 0, (ExecutedTask[])[new ExecutedTask(0, 0, 0.1)]));

        ExpectFailure("station 4", "server 5 executed a task of device 7 that was not sent there");
    }

    [Fact]
    public void An_outcome_of_another_slot_fails_the_run()
    {
        Submitted();

        _station.Tell(new TasksExecuted(4, 4, 1, (ExecutedTask[])[new ExecutedTask(0, 0, 0.1)]));

        ExpectFailure("station 4", "TasksExecuted of slot 1");
    }

    [Fact]
    public void A_slot_is_not_closed_without_every_outcome()
    {
        Submitted();

        _station.Tell(Begin(PhaseKind.Complete));

        ExpectFailure("station 4", "the task of device 7 did not come back from server 4");
    }

    [Fact]
    public void A_station_has_no_part_in_a_servers_phase()
    {
        _station.Tell(Begin(PhaseKind.Migrate));

        ExpectFailure("station 4", "has no part in slot 0, phase Migrate");
    }

    [Fact]
    public void A_message_of_somebody_elses_protocol_is_not_swallowed() => ExpectUnhandled(_station, new ReportPlacements(4, 1));

    /// <summary>A slot of device 7 up to its completion, after which it is nearest to another station.</summary>
    private void RunSlot(int nextStation)
    {
        Submitted(nextStation);
        Execute(seats: [0]);
        _station.Tell(Begin(PhaseKind.Complete));
    }

    private void Submitted(int nextStation = 4)
    {
        Attach(7);
        _station.Tell(Begin(PhaseKind.Report));
        _devices[7].ExpectMsg<SlotBeacon>();
        Report(7, seat: 0, nextStation: nextStation);
        ExpectDone<ReportsDone>(PhaseKind.Report);
    }

    private void Attach(params int[] devices)
    {
        foreach (var device in devices)
            _devices[device] = CreateTestProbe();
        _station.Tell(new DevicesArriving(4, (MovingDevice[])[.. devices.Select(d => new MovingDevice(d, new SlotBeacon(_devices[d].Ref), 4))]));
    }

    /// <summary>What the station waits for; with the answer, all that it was told before has been seen to.</summary>
    private string? WaitsFor()
    {
        _station.Tell(new DescribeWait());
        return ExpectMsg<WaitDescribed>().Waiting;
    }

    private SlotBeacon Beacon(int device) => _devices[device].ExpectMsg<SlotBeacon>(beacon => Assert.Equal(device, beacon.Device));

    private void Report(int device, int seat, int slot = 0, int nextStation = 4) => _station.Tell(new OffloadRequest
    {
        Slot = slot,
        Seat = seat,
        Report = new DeviceReport
        {
            X = 225,
            Y = 225,
            Task = new OffloadingTask(5e6, 1e9, 0.9, 0.4),
            Serving = -1,
            LastTask = -1,
            Host = -1,
            NextStation = nextStation,
            NextCovered = true,
        },
    }, _devices[device]);

    private void Execute(params int[] seats) =>
        _station.Tell(new TasksExecuted(4, 4, 0, (ExecutedTask[])[.. seats.Select(seat => new ExecutedTask(seat, 0, 0.1))]));
}
