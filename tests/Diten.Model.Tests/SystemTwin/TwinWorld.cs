using Diten.Model.Offloading;
using Diten.Model.Scenarios;
using Diten.Model.ServerTwins;
using Diten.Model.SystemTwin;
using Diten.Model.Worlds;

namespace Diten.Model.Tests.SystemTwin;

/// <summary>Four servers 150 m apart, 2 ms from one to the next, a migration costs 4 ms, two candidates; and what is reported of it.</summary>
internal static class TwinWorld
{
    public static readonly Scenario Town = new()
    {
        AreaSideMetres = 300,
        Stations = new StationsSection { DensityPerSquareMetre = 4 / (300.0 * 300.0) },
        Devices = new DevicesSection { Count = 2, JourneySlots = 3 },
        Servers = new ServersSection { MigrationOutage = true, ServiceStateBits = 40e6 },
        Twins = new TwinsSection { DeviationSource = DeviationSource.Emergent },
        Decisions = new DecisionsSection { Candidates = 2 },
    };

    public static readonly World World = World.Create(Town);

    public static TwinEnvironment Environment(SystemTwinModel model, Scenario? scenario = null) =>
        new(Surroundings.Of(scenario ?? Town, World.Topology), World.Topology.Servers, model);

    /// <summary>What is reported of a slot: of servers 0 and 1 free GHz, tasks and f̂; servers 2 and 3 have 10 GHz free and nobody there.</summary>
    public static SystemReport Report(int slot, (double Ghz, int Tasks, double Deviation) zero, (double Ghz, int Tasks, double Deviation) one, params DeviceSighting[] devices) => new(
        [
            .. new[] { zero, one, (10, 0, 0), (10, 0, 0) }.Select((twin, server) =>
                new TwinEstimate(server, slot, slot, 0, twin.Item1 * 1e9, twin.Item2, twin.Item3 * 1e9)),
        ],
        devices);

    /// <summary>A device that stands at server 0, with 10⁹ cycles and 20 ms of uplink.</summary>
    public static DeviceSighting At0(int device, int server, bool ends = false) => new(device, 75, 75, server, server < 0 ? 0 : 0.02, 5e6, 1e9, 0.2, ends);

    /// <summary>Four slots of two devices, 7 and 9, that stay at server 0, where there is one task of somebody else in slot 0 and two later.</summary>
    public static SystemTwinModel Recorded(double deviation = 0) => SystemTwinModel.Fresh(Town)
        .Observe(0, [Report(0, (10, 0, 0), (10, 0, 0), At0(7, 0), At0(9, 0))])
        .Observe(1, [Report(1, (12, 3, deviation), (8, 0, deviation), At0(7, 0), At0(9, 0))])
        .Observe(2, [Report(2, (6, 4, 0), (5, 0, 0), At0(7, 0), At0(9, 0, ends: true))])
        .Observe(3, [Report(3, (10, 4, 0), (10, 0, 0), At0(7, 0), At0(9, 0))]);
}
