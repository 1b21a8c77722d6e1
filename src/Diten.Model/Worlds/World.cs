using Diten.Model.BackgroundLoad;
using Diten.Model.Faults;
using Diten.Model.Mobility;
using Diten.Model.Offloading;
using Diten.Model.Policies;
using Diten.Model.Policies.Networks;
using Diten.Model.Randomness;
using Diten.Model.Scenarios;
using Diten.Model.Space;

namespace Diten.Model.Worlds;

/// <summary>A scenario made ready to run: places, reach, mobility, load and policy. Immutable; every entity may read it.</summary>
public sealed class World
{
    private readonly double[] _surelyNearestSquare;
    private readonly double _coverageSquare;
    private readonly bool _hasHoles;
    private readonly (int FromSlot, IOffloadingPolicy Policy)[] _switches;

    private World(Scenario scenario, TopologyReport topology, MobilityReport mobility, PolicyWeights? network, PolicyCatalogue policies)
    {
        (Scenario, TopologyReport, MobilityReport) = (scenario, topology, mobility);
        Topology = topology.Topology;
        Mobility = mobility.Mobility;
        Reach = Reach.Create(Topology, scenario.Decisions.Candidates);
        Background = BackgroundLoads.Create(scenario);
        Policy = policies.Create(new PolicyContext(scenario, Topology, network));
        _switches = [.. scenario.Policy.Switches.All.Select(one => (one.Slot, policies.Create(new PolicyContext(
            scenario with { Policy = scenario.Policy with { Name = one.Name, File = one.File } }, Topology))))];
        TwinHosts = TwinHosts.Create(Topology, scenario.Twins.HostsBlock);
        Backhaul = Backhaul.Of(scenario, Topology);
        Faults = PlanFaults(scenario, Topology);
        _hasHoles = Faults.Strikes(FaultWhat.Stations);
        _coverageSquare = scenario.Stations.CoverageMetres * scenario.Stations.CoverageMetres;
        _surelyNearestSquare = SurelyNearest(Topology);
    }

    public Scenario Scenario { get; }

    /// <summary>How the topology was read or made, for the user.</summary>
    public TopologyReport TopologyReport { get; }

    /// <summary>How the mobility was read or made, for the user.</summary>
    public MobilityReport MobilityReport { get; }

    public Topology Topology { get; }

    public Reach Reach { get; }

    public IMobility Mobility { get; }

    public IBackgroundLoad Background { get; }

    /// <summary>Who decides, until another one takes its place.</summary>
    public IOffloadingPolicy Policy { get; }

    /// <summary>All that decide at some time, in the order of slots.</summary>
    public IEnumerable<IOffloadingPolicy> Policies => [Policy, .. _switches.Select(one => one.Policy)];

    /// <summary>Who decides in a slot.</summary>
    public IOffloadingPolicy PolicyIn(int slot)
    {
        var policy = Policy;
        foreach (var (from, next) in _switches)
            if (slot >= from)
                policy = next;
        return policy;
    }

    public TwinHosts TwinHosts { get; }

    /// <summary>ψ of eq. (7), and what a migration adds to its slot's task.</summary>
    public Backhaul Backhaul { get; }

    /// <summary>What goes wrong on purpose, where and when (model.md §10).</summary>
    public FaultPlan Faults { get; }

    /// <summary>Makes a scenario ready to run, reading the files that it names.</summary>
    /// <param name="scenario">What is emulated.</param>
    /// <param name="network">With <c>policy.name = learned</c>: decides in place of the one in <c>policy.file</c>; null = that one.</param>
    /// <param name="policies">What <c>policy.name</c> may name; null = the shipped ones.</param>
    /// <exception cref="Input.InputFileException">One of them cannot be used.</exception>
    /// <exception cref="FaultTargetException">A fault names a server or station that there is not.</exception>
    /// <exception cref="ArgumentException">No policy has that name, or <paramref name="network"/> cannot be used in the scenario.</exception>
    public static World Create(Scenario scenario, PolicyWeights? network = null, PolicyCatalogue? policies = null)
    {
        var topology = Topologies.Create(scenario);
        return new World(scenario, topology, Mobilities.Create(scenario, topology.Topology), network, policies ?? PolicyCatalogue.Shipped);
    }

    /// <summary>Draws the targets of a scenario's faults.</summary>
    /// <exception cref="FaultTargetException">A fault names a server or station that there is not.</exception>
    public static FaultPlan PlanFaults(Scenario scenario, Topology topology)
    {
        if (scenario.Faults.IsEmpty)
            return FaultPlan.Create(FaultMap.Empty, scenario.Seed, [], [], [], []);
        double[] serverX = [.. Enumerable.Range(0, topology.ServerCount).Select(topology.Servers.X)];
        double[] serverY = [.. Enumerable.Range(0, topology.ServerCount).Select(topology.Servers.Y)];
        return FaultPlan.Create(scenario.Faults, scenario.Seed, topology.X, topology.Y, serverX, serverY);
    }

    /// <summary>Whether stations report where a device's tasks are placed: drawn once for each, and not at all where all are reported.</summary>
    public bool IsReported(int device)
    {
        var share = Scenario.Decisions.ReportedShare;
        return share >= 1 || RandomStreams.Uniform(Scenario.Seed, device, 0, Purpose.ReportedDevice) < share;
    }

    /// <summary>Whether a device at this squared distance from its station, m², is in coverage in a slot: near enough, and the station is not down.</summary>
    public bool IsCovered(double squareMetres, int station, int slot) =>
        squareMetres <= _coverageSquare && !(_hasHoles && Faults.IsDown(EntityKind.Station, station, slot));

    /// <summary>The station nearest to a point; ties by id.</summary>
    /// <param name="hint">A station that is likely the answer: one look at it settles most cases.</param>
    /// <param name="slot">The slot in which somebody is there.</param>
    /// <param name="covered">Whether the point is in that station's coverage in that slot.</param>
    public int NearestStation(double x, double y, int hint, int slot, out bool covered)
    {
        var square = Square(hint, x, y);
        if (!(square < _surelyNearestSquare[hint]))
        {
            hint = Topology.Stations.Nearest(x, y);
            square = Square(hint, x, y);
        }

        covered = IsCovered(square, hint, slot);
        return hint;
    }

    private double Square(int station, double x, double y)
    {
        var (dx, dy) = (Topology.X[station] - x, Topology.Y[station] - y);
        return dx * dx + dy * dy;
    }

    /// <summary>Nearer to a station than half the way to its nearest neighbour, no other station can be nearest.</summary>
    private static double[] SurelyNearest(Topology topology)
    {
        var squares = new double[topology.StationCount];
        Span<int> two = stackalloc int[2];
        for (var station = 0; station < squares.Length; station++)
        {
            if (topology.Stations.Nearest(topology.X[station], topology.Y[station], two) < 2)
            {
                squares[station] = double.PositiveInfinity;
                continue;
            }

            var other = two[0] == station ? two[1] : two[0];
            var (dx, dy) = (topology.X[other] - topology.X[station], topology.Y[other] - topology.Y[station]);
            squares[station] = (dx * dx + dy * dy) / 4 * (1 - 1e-9); // a margin for rounding
        }

        return squares;
    }
}
