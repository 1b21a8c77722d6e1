using Diten.Model.MobileDevices;
using Diten.Model.Records;
using Diten.Model.ServerTwins;
using Diten.Model.Space;
using Diten.Model.Worlds;

namespace Diten.Model.BaseStations;

/// <summary>One attached device at a base station: who it is, and what goes out with its next beacon.</summary>
public struct Seat
{
    public int Device;
    /// <summary>Whether there is a <see cref="Last"/>.</summary>
    public bool HasLast;
    /// <summary>Where to send to the device; opaque to the rules.</summary>
    public object Address;
    /// <summary>How its task of the last slot ended.</summary>
    public TaskCompleted Last;
}

/// <summary>One slot of the device in a seat: what it reported, and what became of it. Apart from <see cref="Seat"/>, since devices
/// move from seat to seat between slots, when nothing of this is needed.</summary>
public struct Turn
{
    public DeviceReport Report;
    public bool Reported, Covered, Migrates, Executed;
    /// <summary>Index of the chosen server within the station's reach; −1 before the decision, and where uncovered.</summary>
    public int Chosen;
    /// <summary>Distinct hosts of the twins that the decision asked, and candidates (Fig. 9).</summary>
    public int TwinHosts, Candidates;
    public double DistanceMetres, UplinkSeconds, PropagationSeconds, OutageSeconds, PredictedSeconds, QueueingSeconds, ComputationSeconds;
}

/// <summary>A device on its way to another station.</summary>
/// <param name="Address">Where to send to the device.</param>
/// <param name="Station">The station that it goes to.</param>
/// <param name="HasLast">Whether it must still be told how its last task ended.</param>
/// <param name="Last">How its last task ended.</param>
public readonly record struct MovingDevice(int Device, object Address, int Station, bool HasLast, TaskCompleted Last);

/// <summary>A device that left for a station which its last server is out of reach of: this station tells the server in its stead.</summary>
/// <param name="ReachIndex">The server, as an index into this station's reach.</param>
/// <param name="Round">Part of the next slot in which the device decides; −1 where its task counted nowhere, or it will not decide.</param>
/// <param name="HoldsService">Whether the server still holds the service's state.</param>
public readonly record struct FarDeparture(int Device, int ReachIndex, int Round, bool HoldsService);

/// <summary>What a base station remembers; changed by <see cref="BaseStation"/> only.</summary>
public sealed class BaseStationState
{
    public BaseStationState(World world, int station)
    {
        Station = station;
        var topology = world.Topology;
        (X, Y) = (topology.X[station], topology.Y[station]);
        Reach = world.Reach.ServersOf(new StationId(station)).ToArray();
        ReachX = Array.ConvertAll(Reach, s => topology.Servers.X(s));
        ReachY = Array.ConvertAll(Reach, s => topology.Servers.Y(s));
        TwinHosts = Array.ConvertAll(Reach, s => world.TwinHosts.HostOf(new ServerId(s)).Value);
        Estimates = new TwinEstimate[Reach.Length];
        var radio = world.Scenario.Radio;
        Radio = radio.Channels == 0
            ? []
            : [.. topology.Stations.Within(X, Y, radio.InterferenceRangeMetres + world.Reach.CellRadius(new StationId(station)))
                .Where(other => other != station)];
    }

    public int Station { get; }

    public double X { get; }

    public double Y { get; }

    /// <summary>Servers that a device of this cell can have among its candidates, ascending; places and twin hosts alike.</summary>
    public int[] Reach { get; }
    public double[] ReachX { get; }
    public double[] ReachY { get; }
    public int[] TwinHosts { get; }

    /// <summary>What the twins published last, by index of <see cref="Reach"/>.</summary>
    public TwinEstimate[] Estimates { get; }

    /// <summary>Stations that can hear a device of this cell, ascending; empty without interference.</summary>
    public int[] Radio { get; }

    public int Slot { get; set; } = -1;

    /// <summary>Whether this slot's uplinks are known.</summary>
    public bool UplinksMeasured { get; set; }

    /// <summary>Attached devices, ascending by id: the first <see cref="Attached"/>.</summary>
    public Seat[] Seats = [];

    /// <summary>What is known of this slot, by seat.</summary>
    public Turn[] Turns = [];

    public int Attached { get; set; }
    public int Reported { get; set; }

    /// <summary>Devices that attach from the next slot on; in order of arrival.</summary>
    public List<MovingDevice> Arrivals { get; } = [];

    /// <summary>What other stations' devices radiate here; in order of arrival.</summary>
    public List<InterferenceSums> Heard { get; } = [];

    /// <summary>What this station must still tell servers for devices that left, in this slot and in the next.</summary>
    public List<FarDeparture> FarDepartures { get; set; } = [];
    public List<FarDeparture> NextFarDepartures { get; set; } = [];

    /// <summary>Sums over this slot's devices, and their digest.</summary>
    public SlotTotals Totals;
    public byte[] Digest { get; } = new byte[32];
}
