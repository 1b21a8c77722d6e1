using Diten.Model.BaseStations;
using Diten.Model.MobileDevices;
using Diten.Model.Offloading;
using Diten.Model.Randomness;
using Diten.Model.Scenarios;
using Diten.Model.Worlds;

namespace Diten.Model.Tests.BaseStations;

/// <summary>What is radiated, many devices at once, is what the equations say of one after another, to the bit.</summary>
public sealed class RadiatingTests
{
    private const int Middle = 27;

    [Theory]
    [InlineData(3)]
    [InlineData(2.7)]
    public void Sums_are_those_of_one_device_after_another(double exponent)
    {
        var radio = new RadioSection { Channels = 3, PathLossExponent = exponent };
        var scenario = new Scenario { AreaSideMetres = 1250, Radio = radio };
        var world = World.Create(scenario);
        var scratch = new RadiatingDevices(); // one for all, as on a lane: what is left of a larger station counts for none
        foreach (var count in (int[])[1, 2, 3, 4, 5, 8, 41, 40, 7, 0, 6])
        {
            var station = Station(world, count);

            var sums = BaseStation.Radiate(station, world, scratch);

            var expected = station.Radio.Select(listener => (To: listener, Watts: OneAfterAnother(station, world, listener))).Where(sum => sum.Watts is not null).ToList();
            Assert.Equal(expected.Select(sum => sum.To), sums.Select(sum => sum.To));
            Assert.Equal(
                expected.SelectMany(sum => sum.Watts!).Select(BitConverter.DoubleToInt64Bits), sums.SelectMany(sum => sum.Watts).Select(BitConverter.DoubleToInt64Bits));
            if (count == 41)
                Assert.InRange(sums.Count, 1, station.Radio.Length);
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(2.7)]
    public void Nobody_is_heard_where_nobody_is_near(double exponent)
    {
        var radio = new RadioSection { Channels = 3, PathLossExponent = exponent };
        var world = World.Create(new Scenario { AreaSideMetres = 1250, Radio = radio });
        var devices = new RadiatingDevices();
        devices.Gather(Station(world, 5));

        var range = radio.InterferenceRangeMetres;
        Assert.Null(devices.ReceivedAt(-0.9 * range, -0.4 * range, radio)); // in range of (0, 0) alone, where nobody stands
        Assert.NotNull(devices.ReceivedAt(world.Topology.X[Middle], world.Topology.Y[Middle], radio));
    }

    /// <summary>Eq. (6), as it stands.</summary>
    private static double[]? OneAfterAnother(BaseStationState station, World world, int listener)
    {
        var radio = world.Scenario.Radio;
        double[]? watts = null;
        for (var i = 0; i < station.Attached; i++)
        {
            var report = station.Turns[i].Report;
            var (dx, dy) = (world.Topology.X[listener] - report.X, world.Topology.Y[listener] - report.Y);
            var square = dx * dx + dy * dy;
            if (square > radio.InterferenceRangeMetres * radio.InterferenceRangeMetres)
                continue;
            var d = Math.Max(Math.Sqrt(square), 1);
            watts ??= new double[radio.Channels];
            watts[report.Channel] += report.Task.PowerWatts * (radio.PathLossExponent == 3 ? 1 / (d * d * d) : Math.Pow(d, -radio.PathLossExponent));
        }

        return watts;
    }

    private static BaseStationState Station(World world, int devices)
    {
        var station = new BaseStationState(world, Middle);
        for (var device = 0; device < devices; device++)
            station.Arrivals.Add(new MovingDevice(device, new DeviceLink(), Middle));
        BaseStation.BeginSlot(station, 0);
        for (var device = 0; device < devices; device++)
        {
            var (x, y) = RandomStreams.UniformPair(1, device, 0, Purpose.MobilityStart);
            var far = device % 4 == 3 ? 3 : 1; // some are beyond the cell, as devices of a trajectory may be
            BaseStation.Admit(station, device, new DeviceReport
            {
                X = device == 0 ? world.Topology.X[station.Radio[0]] : station.X + far * (x - 0.5) * world.Topology.SpacingMetres, // one stands at a mast
                Y = device == 0 ? world.Topology.Y[station.Radio[0]] : station.Y + far * (y - 0.5) * world.Topology.SpacingMetres,
                Task = OffloadingTask.Draw(world.Scenario, device, 0),
                Channel = (short)(device % world.Scenario.Radio.Channels),
            });
        }

        return station;
    }
}
