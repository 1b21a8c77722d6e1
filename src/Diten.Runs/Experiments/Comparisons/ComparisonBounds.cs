using System.Text.Json.Nodes;
using Diten.Model.Scenarios;
using Diten.Model.Scenarios.Keys;
using Diten.Model.Statistics;
using Diten.Runs.Experiments.Cells;
using Diten.Runs.Results;

namespace Diten.Runs.Experiments.Comparisons;

/// <summary>A row of bounds in a comparison.</summary>
/// <param name="MigrationRate">Null where migrations are free.</param>
public sealed record BoundRow(string Name, MeanInterval Latency, MeanInterval? MigrationRate);

/// <summary>The offline bounds of a comparison: means over the seeds, policy by policy.</summary>
public sealed class ComparisonBounds
{
    private readonly Scenario _scenario;
    private readonly IReadOnlyList<string> _policies;
    private readonly Dictionary<string, RunBounds[]> _runs;

    /// <param name="policies">What is compared, the baseline first.</param>
    /// <param name="scenario">Any of the comparison's; they differ in policy and seed only.</param>
    /// <param name="runs">Of each policy in turn, one a seed.</param>
    internal ComparisonBounds(IReadOnlyList<string> policies, Scenario scenario, IReadOnlyList<RunBounds> runs)
    {
        (_policies, _scenario) = (policies, scenario);
        _runs = policies.Zip(runs.Chunk(runs.Count / policies.Count)).ToDictionary();
    }

    /// <summary>Why a scenario has no bounds; null where it has.</summary>
    public static string? WhyNot(Scenario scenario) => scenario.Servers.Sharing is not (CpuSharing.Equal or CpuSharing.Exclusive)
        ? "No offline bounds: they need servers.sharing = equal or exclusive."
        : scenario.Faults.ChangesWhatTasksMeet
            ? "No offline bounds: with faults on servers, stations, radio or backhaul nobody knows what another server would have given."
            : null;

    /// <summary>Least latency with each journey's own number of migrations, others as in that policy's run.</summary>
    public MeanInterval AtOwnMigrations(string policy) => Mean(policy, run => run.AtOwnMigrations);

    /// <summary>Journey frontier, others as in that policy's run: migrations allowed and least latency, a point a budget.</summary>
    public IEnumerable<(MeanInterval Rate, MeanInterval Latency)> Frontier(string policy) =>
        Enumerable.Range(0, FrontierPoint.Budgets.Count)
            .Select(i => (Mean(policy, run => run.Frontier[i].Rate), Mean(policy, run => run.Frontier[i].Seconds)));

    /// <summary>Balance bound, lower and reachable; null where there is none.</summary>
    public (MeanInterval Lower, MeanInterval Reachable)? Balance => _runs[_policies[0]].All(run => run.Balance is not null) ? (BalanceLower, BalanceReachable) : null;

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
            if (Balance is not null)
                yield return "Balance bound: all devices placed at once, slot by slot, migrations free; no policy is below the lower one.";
            else if (_scenario.Servers.Sharing == CpuSharing.Equal)
                yield return FormattableString.Invariant(
                    $"No balance bound: placing {_scenario.Devices.Count} devices on {_runs[_policies[0]][0].Servers} servers at once takes too long.");
            if (JourneyRecorder.ShareOf(_scenario) is < 1 and var share)
            {
                yield return FormattableString.Invariant(
                    $"Bounds are over a random sample of {share:P2} of the devices (whole journeys) and about as many slots, drawn anew for each seed; their intervals contain the sampling{(_runs[_policies[0]].Length == 1 ? ", but one seed gives none" : "")}.");
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
        ["balanceLower"] = interval(BalanceLower),
        ["balanceReachable"] = interval(BalanceReachable),
    };

    private MeanInterval BalanceLower => Mean(_policies[0], run => run.Balance?.Lower ?? double.NaN);

    private MeanInterval BalanceReachable => Mean(_policies[0], run => run.Balance?.Reachable ?? double.NaN);

    private MeanInterval Mean(string policy, Func<RunBounds, double> figure) => MeanInterval.Of([.. _runs[policy].Select(figure)]);
}
