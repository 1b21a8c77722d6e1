using Diten.Actors;
using Diten.Model.Offloading.Bounds;
using Diten.Model.Randomness;
using Diten.Model.Records;
using Diten.Model.Scenarios;
using Diten.Model.Worlds;

namespace Diten.Runs.Experiments.Comparisons;

/// <summary>What would have been possible at best in one run, all latencies being means over tasks; seconds.</summary>
/// <param name="Recorded">What the policy reached, over the same journeys.</param>
/// <param name="AtOwnMigrations">Journey frontier with as many migrations as each journey had.</param>
/// <param name="AtBudget">Journey frontier with the migrations that β allows.</param>
/// <param name="BudgetRate">Those migrations per slot that is not the first of a journey.</param>
/// <param name="BalanceLower">No placement of all devices at once is faster; NaN where it was not asked for.</param>
/// <param name="BalanceUpper">A placement that can be had.</param>
/// <param name="Frontier">Journey frontier with the migrations of each budget in <see cref="FrontierPoint.Budgets"/>.</param>
internal sealed record RunBounds(
    double Recorded, double AtOwnMigrations, double AtBudget, double BudgetRate, double BalanceLower, double BalanceUpper,
    FrontierPoint[] Frontier);

/// <summary>A point of the journey frontier, over all journeys.</summary>
/// <param name="Rate">Migrations allowed per slot that is not the first of a journey; more than the budget where they are forced.</param>
/// <param name="Seconds">Least mean latency of a task with so many.</param>
internal readonly record struct FrontierPoint(double Rate, double Seconds)
{
    /// <summary>Budgets, migrations per slot, whose points make the curve: 0 to 0.3 by hundredths, where it bends, and to 1 by twentieths.</summary>
    public static IReadOnlyList<double> Budgets { get; } =
        [.. Enumerable.Range(0, 30).Select(i => i / 100.0), .. Enumerable.Range(6, 15).Select(i => i / 20.0)];
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
    private readonly int _slotStep, _firstSlot;
    private double _lower, _upper;
    private long _balanced;

    /// <param name="balance">Whether the balance bound is wanted, too; only where it can be had.</param>
    /// <exception cref="NotSupportedException">There are no bounds for how these servers share.</exception>
    public BoundsCollector(World world, bool balance)
    {
        var scenario = _scenario = world.Scenario;
        _balance = balance;
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
            _balance ? _lower / _balanced : double.NaN, _balance ? _upper / _balanced : double.NaN,
            [.. curve.Select(sum => new FrontierPoint((double)sum.Migrations / opportunities, sum.Seconds / tasks))]);
    }
}
