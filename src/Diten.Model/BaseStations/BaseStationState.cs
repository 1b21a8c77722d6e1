using Diten.Model.EdgeServers;
using Diten.Model.Faults;
using Diten.Model.MobileDevices;
using Diten.Model.Records;
using Diten.Model.Scenarios;
using Diten.Model.ServerTwins;
using Diten.Model.Space;
using Diten.Model.Worlds;

namespace Diten.Model.BaseStations;

/// <summary>One attached device at a base station: who it is, and what goes out with its next beacon.</summary>
public struct Seat
{
    public int Device;
    /// <inheritdoc cref="DeviceLink"/>
    public DeviceLink Link;
}

/// <summary>A device's link to the station that it is attached to, and with which it goes to the next one. How to send over it is not the rules' matter.</summary>
public class DeviceLink
{
    /// <summary>Whether there is a <see cref="Last"/>.</summary>
    public bool HasLast;
    /// <summary>How its task of the last slot ended, which it has not heard yet.</summary>
    public TaskCompleted Last;
}

/// <summary>One slot of the device in a seat: what it reported, and what became of it. Apart from <see cref="Seat"/>, since devices
/// move from seat to seat between slots, when nothing of this is needed.</summary>
public struct Turn
{
    /// <summary>The device's own; null before it has reported.</summary>
    public DeviceReport Report;
    public bool Reported, Covered, Migrates, Executed;
    /// <summary>Its server was down: executed, but without a result.</summary>
    public bool Lost;
    /// <summary>Index of the chosen server within the station's reach; −1 before the decision, and where uncovered.</summary>
    public int Chosen;
    /// <summary>Distinct hosts of the twins that the decision asked, and candidates (Fig. 9).</summary>
    public int TwinHosts, Candidates;
    /// <summary>Queries to servers themselves, because their twins were suspect.</summary>
    public int ServerQueries;
    /// <summary>Age of the chosen server's twin at the decision, slots.</summary>
    public int ChosenAgeSlots;
    /// <summary>Computation that was predicted on the word of the chosen server's twin, seconds; 0 where nobody learns from it.</summary>
    public double TwinsComputationSeconds;
    public double DistanceMetres, UplinkSeconds, PropagationSeconds, OutageSeconds, PredictedSeconds, QueueingSeconds, ComputationSeconds;

    /// <summary>Whether its task came back with a result: chosen for, and not lost.</summary>
    public readonly bool HasResult => Chosen >= 0 && !Lost;
}

/// <summary>A device on its way to another station.</summary>
/// <param name="Station">The station that it goes to.</param>
public readonly record struct MovingDevice(int Device, DeviceLink Link, int Station);

/// <summary>A device that left for a station which its last server is out of reach of: this station tells the server in its stead.</summary>
/// <param name="ReachIndex">The server, as an index into this station's reach.</param>
/// <param name="Round">Part of the next slot in which the server is told that the device left it: where it decides, or the last one where it
/// is uncovered and every round is reported; −1 where its task counted nowhere, or nobody needs to be told.</param>
/// <param name="HoldsService">Whether the server still holds the service's state.</param>
public readonly record struct FarDeparture(int Device, int ReachIndex, int Round, bool HoldsService);

/// <summary>What a base station remembers; changed by <see cref="BaseStation"/> only.</summary>
public sealed class BaseStationState
{
    /// <summary>No part of a slot: see <see cref="Rounds"/>.</summary>
    public const byte NoRound = byte.MaxValue;

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
        var scenario = world.Scenario;
        ReportsEveryRound = scenario.ReportsEveryRound;
        Reports = world.Faults.Strikes(FaultWhat.Report) ? new() : null;
        Answers = scenario.Decisions.Answers == AnswerUse.Use ? HeardAnswer.None(Reach.Length) : null;
        if (scenario.Decisions.OnDesync == DesyncResponse.Query)
            (QueryAnswers, QueryFates) = (new ServerAnswer?[Reach.Length], new QueryFate[Reach.Length]);
        Trust = scenario.Decisions.Trust == TwinTrust.Learned ? new double[Reach.Length] : null;
        Measured = scenario.MeasuresRegret ? new ServerMeasured?[Reach.Length] : null;
        var radio = scenario.Radio;
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

    /// <summary>Whether the last round's changes are reported, too, and those of uncovered devices.</summary>
    public bool ReportsEveryRound { get; }

    /// <summary>Reports to twins that are on their way; null where the link <c>report</c> has no fault.</summary>
    public LinkChannel<ReportPlacements>? Reports { get; }

    /// <summary>What servers told with the last answers, by index of <see cref="Reach"/>; null unless <c>decisions.answers = use</c>.</summary>
    public HeardAnswer[]? Answers { get; }

    /// <summary>What servers answer if they are asked themselves, by index of <see cref="Reach"/>; null unless <c>decisions.on-desync = query</c>.</summary>
    public ServerAnswer?[]? QueryAnswers { get; }

    /// <summary>With <see cref="QueryAnswers"/>: what became of this round's query to each server.</summary>
    public QueryFate[]? QueryFates { get; }

    /// <summary>Logarithms of the factors by which ĉ of twins is taken, by index of <see cref="Reach"/>, at most 0; null unless <c>decisions.trust = learned</c>.</summary>
    public double[]? Trust { get; }

    /// <summary>What was true of servers in this slot, by index of <see cref="Reach"/>; null where regret is not measured.</summary>
    public ServerMeasured?[]? Measured { get; }

    /// <summary>With <see cref="Measured"/>: the candidates of each turn as indices of <see cref="Reach"/>, N a seat, nearest first.</summary>
    public int[] TurnCandidates = [];

    /// <summary>Stations that can hear a device of this cell, ascending; empty without interference.</summary>
    public int[] Radio { get; }

    public int Slot { get; set; } = -1;

    /// <summary>Whether this slot's uplinks are known.</summary>
    public bool UplinksMeasured { get; set; }

    /// <summary>Attached devices, ascending by id: the first <see cref="Attached"/>.</summary>
    public Seat[] Seats = [];

    /// <summary>What is known of this slot, by seat.</summary>
    public Turn[] Turns = [];

    /// <summary>In which part of the slot the device in a seat decides; <see cref="NoRound"/> where it is not covered.</summary>
    public byte[] Rounds = [];

    public int Attached { get; set; }
    public int Reported { get; set; }

    /// <summary>The first seat from one on whose device decides in a part of the slot; −1 where there is none.</summary>
    public int NextInRound(int round, int from)
    {
        var at = Rounds.AsSpan(from, Attached - from).IndexOf((byte)round);
        return at < 0 ? -1 : from + at;
    }

    /// <summary>Devices that attach from the next slot on; in order of arrival.</summary>
    public List<MovingDevice> Arrivals { get; } = [];

    /// <summary>What other stations' devices radiate here; in order of arrival.</summary>
    public List<InterferenceSums> Heard { get; } = [];

    /// <summary>What this station must still tell servers for devices that left, in this slot and in the next.</summary>
    public List<FarDeparture> FarDepartures { get; set; } = [];
    public List<FarDeparture> NextFarDepartures { get; set; } = [];

    /// <summary>Tasks and leaving services of this slot, by server: what is submitted is a part of them.</summary>
    public SubmittedTask[] Submitted = [];
    public LeavingService[] LeavingServices = [];

    /// <summary>Services that leave, and the index of the server that they leave.</summary>
    internal List<(int Server, LeavingService Service)> Leaving { get; } = [];

    /// <summary>Sums over this slot's devices, and their digest.</summary>
    public SlotTotals Totals;
    public byte[] Digest { get; } = new byte[32];
}
