using Diten.Model.BaseStations;
using Diten.Model.EdgeServers;
using Diten.Model.Faults;
using Diten.Model.MobileDevices;
using Diten.Model.Offloading;
using Diten.Model.Records;
using Diten.Model.Scenarios;
using Diten.Model.ServerTwins;
using Diten.Model.Worlds;

namespace Diten.Model.Tests.BaseStations;

/// <summary>Station 4 of <see cref="NineStations"/> under faults, led slot by slot; its devices are 7, 8, … and stay.</summary>
/// <remarks>The five candidates of a device in the middle of the cell are 4, at 0 m, then 1, 3, 5 and 7, at 150 m: 2 ms.</remarks>
internal sealed class OneStation
{
    private byte[] _bytes = [];

    internal OneStation(Scenario scenario)
    {
        World = World.Create(scenario);
        State = new BaseStationState(World, 4);
        Batch = new DecisionBatch(scenario.Decisions.Candidates);
        foreach (var server in State.Reach)
            Publish(server, slot: 0);
    }

    internal World World { get; }

    internal BaseStationState State { get; }

    internal DecisionBatch Batch { get; }

    internal List<ushort> RegretBins { get; } = [];

    /// <summary>The scenario of <see cref="NineStations"/> with faults.</summary>
    internal static Scenario With(params Fault[] faults) => NineStations.Scenario with { Faults = new FaultMap(faults) };

    /// <summary>A fault of station 4, or of all links, in some slots.</summary>
    internal static Fault At(FaultKind kind, FaultWhat what, params int[] slots) => new()
    {
        Name = $"{kind}-{what}".ToLowerInvariant(),
        Kind = kind,
        What = what,
        Timing = FaultTiming.At,
        At = new WholeNumbers(slots),
    };

    /// <summary>A device in the middle of the cell, with a gigacycle to do in 200 ms.</summary>
    internal static DeviceReport Device(int lastTask = 4, int serving = 4, byte round = 0, double x = 225, double y = 225) => new()
    {
        X = x,
        Y = y,
        Serving = serving,
        LastTask = lastTask,
        Host = serving,
        Round = round,
        NextStation = 4,
        NextCovered = true,
        Task = new OffloadingTask(5e6, 1e9, 0.2, 0.4),
    };

    /// <summary>A twin publishes; the others keep what they had.</summary>
    internal void Publish(int server, int slot, double freeHertz = 10e9, int tasks = 1, int age = 0, int changes = 0, double deviation = 0, int round = -1) =>
        StationDecisions.Apply(State, new TwinEstimate(server, slot, 0, age, freeHertz, tasks, deviation) { Changes = changes, Round = round });

    /// <summary>Attaches devices where there are none yet, takes their reports, and measures; returns the rounds in which there is work.</summary>
    internal ulong Begin(int slot, params DeviceReport[] reports)
    {
        if (State.Attached == 0)
            for (var i = 0; i < reports.Length; i++)
                State.Arrivals.Add(new MovingDevice(7 + i, new DeviceLink(), 4));
        BaseStation.BeginSlot(State, slot);
        for (var i = 0; i < reports.Length; i++)
            BaseStation.Admit(State, i, reports[i]);
        var rounds = BaseStation.RoundsWithWork(State, World);
        BaseStation.MeasureUplinks(State, World);
        return rounds;
    }

    /// <summary>Decides a round; returns what it changed, by index of the reach, which here is the server's id.</summary>
    internal int[] Decide(int round = 0)
    {
        var placements = new int[State.Reach.Length];
        StationDecisions.Decide(State, World, round, Batch, placements);
        return placements;
    }

    /// <summary>Decides a round and passes its reports over the faulty link.</summary>
    internal List<ReportPlacements> Report(int round) => StationReports.Pass(State, World, round, Decide(round));

    /// <summary>All tasks come back after so much computation.</summary>
    internal void Execute(double computationSeconds, bool lost = false, double freeHertz = 0, int serverTasks = 0)
    {
        for (var seat = 0; seat < State.Attached; seat++)
            if (State.Turns[seat].Chosen >= 0)
                StationCompletion.Admit(State, new TasksExecuted(4, State.Reach[State.Turns[seat].Chosen], State.Slot, (ExecutedTask[])[new ExecutedTask(seat, 0, computationSeconds)])
                {
                    Lost = lost,
                    Word = lost ? null : new ServerWord(freeHertz, serverTasks),
                });
    }

    /// <summary>What was true of every server in this slot.</summary>
    internal void Measure(double freeHertz, int tasks, double deviation = 0)
    {
        foreach (var server in State.Reach)
            StationDecisions.Apply(State, new ServerMeasured(server, State.Slot, freeHertz, deviation, tasks, Down: false));
    }

    internal List<DeviceSlotRecord> Complete()
    {
        var records = new List<DeviceSlotRecord>();
        RegretBins.Clear();
        StationCompletion.Complete(State, World, ref _bytes, [], records, 1, State.Measured is null ? null : RegretBins);
        return records;
    }

    /// <summary>Server that a device's task was given to.</summary>
    internal int Chosen(int seat = 0) => State.Turns[seat].Chosen < 0 ? -1 : State.Reach[State.Turns[seat].Chosen];
}
