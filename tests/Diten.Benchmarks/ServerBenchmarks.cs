using BenchmarkDotNet.Attributes;
using Diten.Model.Computing;
using Diten.Model.EdgeServers;
using Diten.Model.Scenarios;
using Diten.Model.ServerTwins;
using Diten.Model.Worlds;

namespace Diten.Benchmarks;

/// <summary>A slot of one edge server that gets 100 tasks from five base stations.</summary>
[MemoryDiagnoser]
public class ServerBenchmarks
{
    private const int Stations = 5, TasksOfEach = 20;
    private readonly TaskSheet _sheet = new();
    private readonly List<TasksExecuted> _replies = [];
    private World _world = null!;
    private EdgeServerState _server = null!;
    private SubmitTasks[] _submissions = [];
    private int _slot;

    /// <summary>How the tasks share the CPU.</summary>
    [Params(CpuSharing.Equal, CpuSharing.ProcessorSharing, CpuSharing.Fifo)]
    public CpuSharing Sharing { get; set; }

    /// <summary>Brings the services of 100 devices to the server.</summary>
    [GlobalSetup]
    public void Setup()
    {
        _world = World.Create(new Scenario { AreaSideMetres = 450, Servers = new ServersSection { Sharing = Sharing } });
        _server = new EdgeServerState(_world, 4);
        (_submissions, _slot) = (Submissions(SubmittedTask.WithTask), 0);
        Tasks_of_a_slot();
        _submissions = Submissions(SubmittedTask.Here);
    }

    /// <summary>Admission, sharing and replies.</summary>
    [Benchmark]
    public ServerFacts Tasks_of_a_slot()
    {
        foreach (var submission in _submissions)
            EdgeServer.Admit(_server, submission);
        return EdgeServer.Execute(_server, _world, _slot++, _sheet, _replies);
    }

    private static SubmitTasks[] Submissions(int serviceFrom) =>
    [
        .. Enumerable.Range(0, Stations).Select(station => new SubmitTasks(
            4, station, 0,
            Enumerable.Range(0, TasksOfEach)
                .Select(i => new SubmittedTask(station + Stations * i, i, 1e7 + 1e5 * i, 0.01 + 1e-4 * station, serviceFrom)).ToArray(),
            default)),
    ];
}

/// <summary>A slot of one server's digital twin.</summary>
[MemoryDiagnoser]
public class TwinBenchmarks
{
    private readonly Scenario _scenario = new();
    private readonly List<SynchronizeTwin> _arrived = [];
    private readonly List<TwinEvent> _happened = [];
    private ServerTwinState _twin = ServerTwinState.Fresh(4);
    private int _slot;

    /// <summary>A sync is accepted, four rounds of placements are counted, and the estimate is published.</summary>
    [Benchmark]
    public TwinEstimate Sync_placements_and_estimate()
    {
        for (var round = 0; round < 4; round++)
            _twin = ServerTwin.Apply(_twin, new ReportPlacements(4, 1), _slot, _scenario);
        _arrived.Add(new SynchronizeTwin(4, _slot, _slot, 10e9, 5));
        _twin = TwinSyncs.Take(_twin, _arrived, 0, _scenario.Twins, _happened).State;
        _twin = ServerTwin.EndSlot(_twin, _slot, _scenario.Twins, _happened);
        _arrived.Clear();
        _happened.Clear();
        return ServerTwin.Publish(_twin, _scenario, ++_slot);
    }
}
