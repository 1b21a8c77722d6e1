using Diten.Model.Computing;
using Diten.Model.EdgeServers;
using Diten.Model.Faults;
using Diten.Model.Scenarios;
using Diten.Model.ServerTwins;
using Diten.Model.Tests.BaseStations;
using Diten.Model.Worlds;

namespace Diten.Model.Tests.EdgeServers;

/// <summary>Server 4 of nine, led by hand from slot to slot: 10 GHz and no background, unless the scenario says otherwise.</summary>
internal sealed class FaultyServer
{
    internal static readonly Scenario Sound = NineStations.Scenario with
    {
        Servers = new ServersSection { FrequencyHertz = new Interval(10e9, 10e9), Background = BackgroundKind.None },
    };

    private readonly SyncLink _link;
    private readonly Scenario _scenario;

    internal FaultyServer(Scenario scenario, params Fault[] faults)
    {
        _scenario = scenario;
        World = World.Create(scenario with { Faults = new FaultMap(faults) });
        State = new EdgeServerState(World, 4);
        Tally = new FaultTally(faults.Length);
        _link = new SyncLink(World.Faults, 4);
        EdgeServer.Prime(State);
        Prime = ServerSync.Observe(State, scenario.Twins)!;
    }

    internal World World { get; }

    internal EdgeServerState State { get; }

    internal FaultTally Tally { get; }

    internal SynchronizeTwin Prime { get; }

    internal static SubmittedTask Task(int device, double cycles, int from = SubmittedTask.WithTask) => new(device, 0, cycles, 0, from);

    /// <summary>A fault of all servers in some slots only.</summary>
    internal static Fault Fault(FaultKind kind, FaultWhat what, params int[] at) =>
        new() { Name = kind.ToString().ToLowerInvariant(), Kind = kind, What = what, Probability = 1, Timing = FaultTiming.At, At = new WholeNumbers(at) };

    /// <summary>Executes a slot with these tasks of station 4.</summary>
    internal (ServerFacts Facts, TasksExecuted Reply) Execute(int slot, params SubmittedTask[] tasks)
    {
        EdgeServer.Admit(State, new SubmitTasks(4, 4, slot, tasks, default));
        var replies = new List<TasksExecuted>();
        var facts = EdgeServer.Execute(State, World, slot, new TaskSheet(), replies);
        return (facts, replies[0] with { Tasks = replies[0].Tasks.ToArray() }); // else the next slot writes over them
    }

    /// <summary>Executes a slot without tasks, and tells the twin; what arrives there, by sequence number.</summary>
    internal (int[] Arrived, SyncCounts Counts) Tell(int slot)
    {
        Execute(slot);
        return Carry(slot);
    }

    internal (int[] Arrived, SyncCounts Counts) Carry(int slot)
    {
        var arrived = new List<SynchronizeTwin>();
        var counts = _link.Carry(ServerSync.Observe(State, _scenario.Twins), slot, Tally, arrived);
        return ([.. arrived.Select(sync => sync.Sequence)], counts);
    }
}
