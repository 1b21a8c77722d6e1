using System.Text.Json.Nodes;
using Diten.Model.Records;
using Diten.Model.Scenarios;
using Diten.Model.Scenarios.Keys;
using Diten.Model.Statistics;
using Diten.Model.Worlds;
using Diten.Runs.Experiments.Cells;
using Diten.Runs.Results;

namespace Diten.Runs.Experiments.Comparisons;

/// <summary>A row of bounds in a comparison.</summary>
/// <param name="MigrationRate">Null where migrations are free.</param>
public sealed record BoundRow(string Name, MeanInterval Latency, MeanInterval? MigrationRate);

/// <summary>The offline bounds of a comparison: means over the seeds, policy by policy.</summary>
public sealed class ComparisonBounds : ICellObserver
{
    private readonly Scenario _scenario;
    private readonly IReadOnlyList<string> _policies;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, SortedList<ulong, RunBounds>> _runs; // by seed: cells end in any order
    private bool _balances;
    private int _servers;

    /// <param name="scenario">Any of the comparison's; they differ in policy and seed only.</param>
    public ComparisonBounds(IReadOnlyList<string> policies, Scenario scenario)
    {
        (_policies, _scenario) = (policies, scenario);
        _runs = policies.ToDictionary(policy => policy, _ => new SortedList<ulong, RunBounds>());
    }

    /// <summary>Why a scenario has no bounds; null where it has.</summary>
    public static string? WhyNot(Scenario scenario) => scenario.Servers.Sharing is not (CpuSharing.Equal or CpuSharing.Exclusive)
        ? "No offline bounds: they need servers.sharing = equal or exclusive."
        : scenario.Faults.ChangesWhatTasksMeet
            ? "No offline bounds: with faults on servers, stations, radio or backhaul nobody knows what another server would have given."
            : null;

    /// <inheritdoc/>
    ICellWatch? ICellObserver.Begin(Cell cell, World world)
    {
        lock (_gate)
            (_balances, _servers) = (BoundsCollector.CanBalance(world), world.Topology.ServerCount);
        // Placing all devices at once does not depend on what they did: any policy's run gives the same.
        return new Watch(this, cell, new BoundsCollector(world, BoundsCollector.CanBalance(world) && cell.Name == _policies[0]));
    }

    private sealed class Watch(ComparisonBounds bounds, Cell cell, BoundsCollector collector) : ICellWatch
    {
        public void SlotCompleted(SlotReport report) => collector.SlotCompleted(report);

        public IReadOnlyDictionary<string, double>? End()
        {
            var computed = collector.Compute();
            lock (bounds._gate)
                bounds._runs[cell.Name].Add(cell.Seed, computed);
            return null; // a comparison keeps no cells
        }
    }

    /// <summary>Least latency with each journey's own number of migrations, others as in that policy's run.</summary>
    public MeanInterval AtOwnMigrations(string policy) => Mean(policy, run => run.AtOwnMigrations);

    /// <summary>Journey frontier, others as in that policy's run: migrations allowed and least latency, a point a budget.</summary>
    public IEnumerable<(MeanInterval Rate, MeanInterval Latency)> Frontier(string policy) =>
        Enumerable.Range(0, FrontierPoint.Budgets.Count)
            .Select(i => (Mean(policy, run => run.Frontier[i].Rate), Mean(policy, run => run.Frontier[i].Seconds)));

    /// <summary>Balance bound, lower and reachable; null where there is none.</summary>
    public (MeanInterval Lower, MeanInterval Reachable)? Balance => _balances
        ? (Mean(_policies[0], run => run.BalanceLower), Mean(_policies[0], run => run.BalanceUpper))
        : null;

    /// <summary>The bounds as rows beside the policies.</summary>
    public IEnumerable<BoundRow> Rows
    {
        get
        {
            foreach (var policy in _policies)
                yield return new BoundRow($"journey frontier at budget, others {policy}", Mean(policy, run => run.AtBudget), Mean(policy, run => run.BudgetRate));
            if (Balance is not var (lower, reachable))
                yield break;
            yield return new BoundRow("balance bound, lower", lower, null);
            yield return new BoundRow("balance bound, reachable", reachable, null);
        }
    }

    /// <summary>What has to be said about them, a sentence a line.</summary>
    public IEnumerable<string> Notes
    {
        get
        {
            yield return "Frontier: least mean latency of single devices against what the others did in that policy's run, with at most as many "
                + "migrations as each journey had (column) or as β allows (rows).";
            if (_balances)
                yield return "Balance bound: all devices placed at once, slot by slot, migrations free; no policy is below the lower one.";
            else if (_scenario.Servers.Sharing == CpuSharing.Equal)
                yield return FormattableString.Invariant(
                    $"No balance bound: placing {_scenario.Devices.Count} devices on {_servers} servers at once takes too long.");
            if (JourneyRecorder.ShareOf(_scenario) is < 1 and var share)
            {
                yield return FormattableString.Invariant(
                    $"Bounds are over a random sample of {share:P2} of the devices (whole journeys) and about as many slots, drawn anew for each seed; their intervals contain the sampling{(_runs[_policies[0]].Count == 1 ? ", but one seed gives none" : "")}.");
                foreach (var policy in _policies)
                    yield return $"  {policy} on the sampled journeys: {Metric.Latency.Display.Show(Mean(policy, run => run.Recorded))} ms";
            }
        }
    }

    /// <summary>The bounds for <c>compare.json</c>.</summary>
    public JsonObject Json(Func<MeanInterval, JsonObject> interval) => new()
    {
        ["sampledShare"] = JourneyRecorder.ShareOf(_scenario),
        ["policies"] = new JsonArray([.. _policies.Select(policy => (JsonNode)new JsonObject
        {
            ["policy"] = policy,
            ["latency.mean"] = interval(Mean(policy, run => run.Recorded)),
            ["frontierAtOwnMigrations"] = interval(AtOwnMigrations(policy)),
            ["frontierAtBudget"] = interval(Mean(policy, run => run.AtBudget)),
            ["budgetMigrationRate"] = interval(Mean(policy, run => run.BudgetRate)),
            ["frontier"] = new JsonArray([.. FrontierPoint.Budgets.Zip(Frontier(policy), (budget, point) => (JsonNode)new JsonObject
            {
                ["budget"] = budget,
                ["migrationRate"] = double.IsFinite(point.Rate.Mean) ? point.Rate.Mean : null,
                ["latency.mean"] = interval(point.Latency),
            })]),
        })]),
        ["balanceLower"] = interval(Mean(_policies[0], run => run.BalanceLower)),
        ["balanceReachable"] = interval(Mean(_policies[0], run => run.BalanceUpper)),
    };

    private MeanInterval Mean(string policy, Func<RunBounds, double> figure) => MeanInterval.Of([.. _runs[policy].Values.Select(figure)]);
}
