using Diten.Model.Offloading;
using Diten.Model.Policies;
using Diten.Model.Scenarios;
using Diten.Model.Space;

namespace Diten.Model.Tests.Offloading;

/// <summary>Writes decision batches by hand.</summary>
internal static class Rows
{
    internal const int MaximumCandidates = 4;

    internal static DecisionBatch Batch(params Row[] rows) => Batch(7, rows);

    internal static DecisionBatch Batch(int slot, params Row[] rows)
    {
        var batch = new DecisionBatch(MaximumCandidates);
        batch.Begin(slot, rows.Length);
        foreach (var row in rows)
            Add(batch, row);
        return batch;
    }

    /// <summary>The policy of a scenario, which says where its stations stand.</summary>
    internal static IOffloadingPolicy Policy(Scenario scenario) =>
        PolicyCatalogue.Shipped.Create(new PolicyContext(scenario, Topologies.Create(scenario).Topology));

    /// <summary>All that come along and need no file, as the default scenario makes them.</summary>
    internal static IOffloadingPolicy[] ShippedPolicies() =>
        [.. PolicyCatalogue.Shipped.All.Where(entry => !entry.NeedsFile).Select(entry => Policy(new Scenario { Policy = new PolicySection { Name = entry.Name } }))];

    internal static int[] Choices(this IOffloadingPolicy policy, DecisionBatch batch)
    {
        var choices = new int[batch.Count];
        Array.Fill(choices, -1);
        policy.Decide(batch, choices);
        return choices;
    }

    internal static int Choice(this IOffloadingPolicy policy, Row row) => policy.Choices(Batch(row))[0];

    private static void Add(DecisionBatch batch, Row from)
    {
        var row = batch.AddRow();
        batch.Devices[row] = from.Device;
        batch.CandidateCounts[row] = from.Predicted.Length;
        batch.ServingIndices[row] = from.Serving;
        batch.Free[row] = from.Free;
        batch.Queues[row] = from.Queue;
        batch.Cycles[row] = from.Cycles;
        batch.DeadlineSeconds[row] = from.Deadline;
        for (var k = 0; k < from.Predicted.Length; k++)
        {
            var cell = row * batch.Candidates + k;
            batch.Servers[cell] = 10 * k;
            batch.PredictedSeconds[cell] = from.Predicted[k];
            batch.TasksOfOthers[cell] = from.Tasks is { } tasks ? tasks[k] : 0;
            batch.DistanceMetres[cell] = from.Distances?[k] ?? 50 * (k + 1);
            batch.EstimatedHertz[cell] = from.Hertz?[k] ?? 5e9 * (k + 1);
            batch.DeviationHertz[cell] = -0.25e9 * k;
        }
    }
}

/// <summary>A device that decides: predicted seconds by candidate, and what else a policy looks at.</summary>
public sealed record Row(params double[] Predicted)
{
    public int Device { get; init; }
    public int Serving { get; init; }
    public bool Free { get; init; }
    public double Queue { get; init; }
    public double Cycles { get; init; } = 1.68e9;
    public double Deadline { get; init; } = 0.2;
    public int[]? Tasks { get; init; }
    public double[]? Distances { get; init; }
    public double[]? Hertz { get; init; }
}
