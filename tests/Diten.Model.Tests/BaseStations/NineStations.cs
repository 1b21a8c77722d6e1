using Diten.Model.BaseStations;
using Diten.Model.MobileDevices;
using Diten.Model.Offloading;
using Diten.Model.Scenarios;
using Diten.Model.ServerTwins;
using Diten.Model.Worlds;

namespace Diten.Model.Tests.BaseStations;

/// <summary>A base station of a 3 × 3 grid, led by hand: servers 0 to 8, the station in the middle is 4.</summary>
internal static class NineStations
{
    internal static readonly Scenario Scenario = new()
    {
        AreaSideMetres = 450,
        Stations = new StationsSection { DensityPerSquareMetre = 9 / (450.0 * 450.0) },
        Radio = new RadioSection { Channels = 0 },
        Twins = new TwinsSection { DeviationSource = DeviationSource.Emergent },
        Decisions = new DecisionsSection { Rounds = 2, Candidates = 5 },
        Policy = new PolicySection { Name = "lowest-latency" },
    };

    internal static readonly World World = World.Create(Scenario);

    internal static (DecisionBatch Batch, int[] Placements, BaseStationState State) Decide(int lastTask, int tasksAtFour)
    {
        var state = Station(lastTask, tasksAtFour, round: 0);
        var (batch, placements) = (new DecisionBatch(5), new int[state.Reach.Length]);
        StationDecisions.Decide(state, World, 0, batch, placements);
        return (batch, placements, state);
    }

    /// <summary>Station 4 with one device in the middle of its cell; every server has 10 GHz free, the others have one task each.</summary>
    internal static BaseStationState Station(int lastTask, int tasksAtFour, byte round)
    {
        var state = new BaseStationState(World, 4);
        state.Arrivals.Add(new MovingDevice(7, new DeviceLink(), 4));
        BaseStation.BeginSlot(state, 0);
        foreach (var server in state.Reach)
            StationDecisions.Apply(state, new TwinEstimate(server, 0, 0, 0, 10e9, server == 4 ? tasksAtFour : 1, 0));
        var report = new DeviceReport
        {
            X = 225,
            Y = 225,
            Serving = -1,
            LastTask = lastTask,
            Host = -1,
            Round = round,
            NextStation = 4,
            FirstOfJourney = true,
            Task = new OffloadingTask(5e6, 1e9, 0.2, 0.4),
        };
        Assert.True(BaseStation.Admit(state, 0, report));
        Assert.Throws<InvariantViolatedException>(() => BaseStation.Admit(state, 0, report));
        BaseStation.RoundsWithWork(state, World);
        BaseStation.MeasureUplinks(state, World);
        return state;
    }
}
