using System.Security.Cryptography;
using Diten.Model;
using Diten.Model.EdgeServers;
using Diten.Model.Records;
using Diten.Model.Scenarios;
using Diten.Model.ServerTwins;
using Diten.Model.Worlds;

namespace Diten.Actors.Tests.Clock;

/// <summary>What zones tell a clock of a city of four stations in two zones, whatever happens in it.</summary>
internal sealed class PaperCity
{
    public PaperCity(int slots, double pace = 0)
    {
        var scenario = new Scenario
        {
            Slots = slots,
            Pace = pace,
            AreaSideMetres = 200,
            Stations = new StationsSection { DensityPerSquareMetre = 1e-4 },
            Devices = new DevicesSection { Count = 3 },
        };
        Plan = CityPlan.Create(World.Create(scenario.Cut(2, 1)));
    }

    public CityPlan Plan { get; }

    public int Slots => Plan.World.Scenario.Slots;

    /// <summary>What a run of all slots must give.</summary>
    public byte[] Digest => SHA256.HashData([.. Enumerable.Range(0, Slots).SelectMany(slot => SHA256.HashData(
        [.. Enumerable.Range(0, 4).SelectMany(station => DigestOf(slot, station))]))]);

    /// <summary>A zone's word that a slot is done.</summary>
    public ZoneSlotCompleted Completed(int zone, long epoch, int slot)
    {
        var servers = Plan.Servers(zone).ToArray();
        return new ZoneSlotCompleted(
            zone, epoch, slot, [.. Plan.Stations(zone).ToArray().Select(station => Station(station, slot))],
            [.. servers.Select(server => new ServerFacts(server, 20e9, 15e9, 1, 0.5, 0))],
            [.. Plan.Twins(zone).ToArray().Select(server => new TwinEstimate(server, slot, 0, 0, 15e9, 1, 0))], [], []);
    }

    public static HostReady Ready(string runId, string node, bool learns = false, string world = "", string numbers = "") =>
        new(runId, node, 1, world, numbers, "another CPU", learns);

    /// <summary>All three devices are at station 0.</summary>
    private static StationSlot Station(int id, int slot)
    {
        int[] devices = id == 0 ? [0, 1, 2] : [];
        return new StationSlot(
            id, new SlotTotals { Devices = devices.Length, InTime = devices.Length }, DigestOf(slot, id),
            devices.Aggregate(0UL, (marks, device) => marks + DeviceMark.Of(device)));
    }

    private static byte[] DigestOf(int slot, int station) => SHA256.HashData([(byte)slot, (byte)(slot >> 8), (byte)station]);
}
