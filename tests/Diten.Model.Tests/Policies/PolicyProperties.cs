using Diten.Model.Offloading;
using Diten.Model.Policies;
using Diten.Model.Tests.Offloading;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Diten.Model.Tests.Policies;

[Properties(Arbitrary = [typeof(PolicyProperties)])]
public class PolicyProperties
{
    private static readonly IOffloadingPolicy[] All = Rows.ShippedPolicies();

    [Property]
    public void Choices_are_candidates(Row[] rows)
    {
        var batch = Rows.Batch(rows);
        foreach (var policy in All)
        {
            var choices = policy.Choices(batch);
            for (var row = 0; row < batch.Count; row++)
                Assert.InRange(choices[row], 0, batch.CandidateCounts[row] - 1);
        }
    }

    [Property]
    public void A_row_is_decided_as_if_it_were_alone(Row[] rows)
    {
        foreach (var policy in All)
            Assert.Equal(rows.Select(policy.Choice), policy.Choices(Rows.Batch(rows)));
    }

    [Property]
    public void Drift_plus_penalty_minimises_its_score(Row row)
    {
        var batch = Rows.Batch(row);
        double Score(int k) => 20 * row.Predicted[k] + (batch.IsMove(0, k) ? row.Queue : 0);

        var choice = new DriftPlusPenalty(20, 1).Choice(row);

        Assert.Equal(Enumerable.Range(0, row.Predicted.Length).MinBy(Score), choice);
    }

    [Property]
    public void Within_its_budget_a_hard_budget_is_lowest_latency(Row row) =>
        Assert.Equal(new LowestLatency().Choice(row), new HardBudget().Choice(row with { Queue = 0 }));

    /// <summary>Once it has moved, the latencies being as they are, there is no better place, so it stays.</summary>
    [Property]
    public void A_policy_that_weighs_a_migration_does_not_move_again_at_once(Row row)
    {
        IOffloadingPolicy[] policies = [new CostQos(margin: 0.1, v: 20, price: 0.1), new Hysteresis(0.3), new DriftPlusPenalty(20, 1)];
        foreach (var policy in policies)
        {
            var chosen = policy.Choice(row);

            Assert.Equal(chosen, policy.Choice(row with { Serving = chosen, Free = false }));
        }
    }

    /// <summary>Rows with few different latencies, so that ties are common.</summary>
    public static Arbitrary<Row> ArbitraryRow() => Arb.From(
        from candidates in Gen.Choose(1, Rows.MaximumCandidates)
        from latencies in Gen.ArrayOf(Gen.Choose(1, 8), candidates)
        from tasks in Gen.ArrayOf(Gen.Choose(0, 3), candidates)
        from serving in Gen.Choose(-1, candidates - 1)
        from distances in Gen.ArrayOf(Gen.Choose(0, 300), candidates)
        from hertz in Gen.ArrayOf(Gen.Choose(1, 4), candidates)
        from deadline in Gen.Choose(1, 8)
        from free in Gen.Elements(false, false, true)
        from queue in Gen.Elements(0, 1e-13, 0.2, 0.5, 2, 60)
        from device in Gen.Choose(0, 1_000_000)
        select new Row([.. latencies.Select(l => l / 40.0)])
        {
            Device = device,
            Tasks = tasks,
            Distances = [.. distances.Order().Select(metres => (double)metres)],
            Hertz = [.. hertz.Select(h => h * 2.5e9)],
            Deadline = deadline / 36.0,
            Serving = free ? -1 : serving,
            Free = free,
            Queue = queue,
        });
}
