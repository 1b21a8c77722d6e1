using System.Text.Json.Nodes;
using Diten.Actors;
using Diten.Model.Offloading.Bounds;
using Diten.Model.Randomness;
using Diten.Model.Records;
using Diten.Model.Scenarios;
using Diten.Model.Worlds;
using Diten.Runs.Experiments.Cells;

namespace Diten.Runs.Experiments.Comparisons;

/// <summary>Computes the bounds of runs as they go.</summary>
/// <param name="asks">Whether a cell's bounds are wanted.</param>
/// <param name="asksBalance">
/// Whether balance bounds are wanted with them: placing all devices at once does not depend on what they did, and any case's run gives the same.
/// </param>
internal sealed class BoundsObserver(Func<Cell, bool> asks, Func<Cell, bool> asksBalance) : ICellObserver
{
    /// <inheritdoc/>
    public string Name => BoundMetric.Kept;

    /// <inheritdoc/>
    public bool Suffices(Cell cell, JsonObject? kept) => !asks(cell) || (kept is not null && (!asksBalance(cell) || RunBounds.HasBalance(kept)));

    /// <inheritdoc/>
    public ICellWatch? Begin(Cell cell, World world) => !asks(cell)
        ? null
        : new Watch(new BoundsCollector(world, asksBalance(cell) && BoundsCollector.CanBalance(world)), asksBalance(cell));

    /// <summary>What was found as a cell ran.</summary>
    public RunBounds Of(CellResult result) => RunBounds.Read(result.Extras.Found[Name]);

    private sealed class Watch(BoundsCollector collector, bool asksBalance) : ICellWatch
    {
        public void SlotCompleted(SlotReport report) => collector.SlotCompleted(report);

        public JsonObject End() => collector.Compute().ToJson(asksBalance);
    }
}

/// <summary>Collects from a run what its bounds are computed from; balance bounds of a sample of slots where it is large.</summary>
internal sealed class BoundsCollector : IRunObserver
{
    /// <summary>
    /// Most devices × (devices per server)² whose balance bound is computed: about what a slot's search takes. 10⁸ takes some seconds a
    /// slot (4,000 devices on 25 servers), 10⁹ (100,000 devices on 1,024 servers) many minutes.
    /// </summary>
    private const double BalanceAtMost = 1e8;

    private readonly Scenario _scenario;
    private readonly JourneyRecorder _journeys;
    private readonly bool _balance;
    private readonly int _servers, _slotStep, _firstSlot;
    private double _lower, _upper;
    private long _balanced;

    /// <param name="balance">Whether the balance bound is wanted, too; only where it can be had.</param>
    /// <exception cref="NotSupportedException">There are no bounds for how these servers share.</exception>
    public BoundsCollector(World world, bool balance)
    {
        var scenario = _scenario = world.Scenario;
        (_balance, _servers) = (balance, world.Topology.ServerCount);
        _journeys = new JourneyRecorder(world);
        _slotStep = (int)Math.Ceiling(1 / JourneyRecorder.ShareOf(scenario));
        _firstSlot = Math.Min((int)(_slotStep * RandomStreams.Uniform(scenario.Seed, 0, 1, Purpose.Sampling)), scenario.Slots - 1);
    }

    /// <summary>Whether the balance bound of a slot exists, and does not take forever.</summary>
    public static bool CanBalance(World world)
    {
        double devices = world.Scenario.Devices.Count, perServer = devices / world.Topology.ServerCount;
        return world.Scenario.Servers.Sharing == CpuSharing.Equal && devices * perServer * perServer <= BalanceAtMost;
    }

    /// <inheritdoc/>
    public void SlotCompleted(SlotReport report)
    {
        _journeys.SlotCompleted(report);
        if (!_balance || report.Slot % _slotStep != _firstSlot)
            return;
        var slot = _journeys.Inputs.Slot(report.Devices, report.Servers);
        var bound = BalanceBound.Of(slot);
        _lower += bound.LowerSeconds;
        _upper += bound.UpperSeconds;
        _balanced += slot.Count;
    }

    /// <summary>The bounds of the run that was collected.</summary>
    public RunBounds Compute()
    {
        var (recorded, own, budget, tasks, migrations, opportunities) = (0.0, 0.0, 0.0, 0L, 0L, 0L);
        var curve = new (long Migrations, double Seconds)[FrontierPoint.Budgets.Count];
        foreach (var journey in _journeys.Journeys())
        {
            if (journey.Tasks == 0)
                continue;
            var frontier = journey.Frontier();
            var optimum = frontier.Optimum(_scenario.Objective.Beta, journey.Slots.Length);
            recorded += journey.Seconds;
            own += frontier.AtMost(journey.Migrations);
            budget += optimum.Seconds;
            tasks += journey.Tasks;
            migrations += optimum.Migrations;
            opportunities += journey.Slots.Length - 1;
            for (var i = 0; i < curve.Length; i++)
            {
                var point = frontier.Optimum(FrontierPoint.Budgets[i], journey.Slots.Length);
                curve[i] = (curve[i].Migrations + Math.Min(point.Migrations, journey.Slots.Length - 1), curve[i].Seconds + point.Seconds);
            }
        }

        return new RunBounds(
            recorded / tasks, own / tasks, budget / tasks, (double)migrations / opportunities,
            _balance ? (_lower / _balanced, _upper / _balanced) : null,
            [.. curve.Select(sum => new FrontierPoint((double)sum.Migrations / opportunities, sum.Seconds / tasks))], _servers);
    }
}
