using Diten.Model.Offloading.Bounds;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Diten.Model.Tests.Offloading.Bounds;

[Properties(Arbitrary = [typeof(JourneyFrontierTests)])]
public class JourneyFrontierTests
{
    [Fact]
    public void Each_migration_is_spent_where_it_gains_most()
    {
        // Staying on server 1: 1 + 5 + 9 + 1; leaving it in slot 2 only and coming back gains 8 − 1, at two migrations.
        var frontier = JourneyFrontier.Of([Slot((1, 1), (2, 3)), Slot((1, 5), (2, 4)), Slot((1, 9), (2, 1)), Slot((1, 1), (2, 7))]);

        // k = 0: all on 2, 3 + 4 + 1 + 7. k = 1: 2, 2, 2, then 1 (3 + 4 + 1 + 1). k = 2: 1, 2, 2, 1 (1 + 4 + 1 + 1).
        Assert.Equal([15, 9, 7, 7], frontier.LeastSeconds.ToArray());
        Assert.Equal([2, 2, 2, 2], frontier.Sequence(0));
        Assert.Equal([2, 2, 2, 1], frontier.Sequence(1));
        Assert.Equal([1, 2, 2, 1], frontier.Sequence(2));
    }

    [Fact]
    public void A_lost_server_forces_a_migration()
    {
        var frontier = JourneyFrontier.Of([Slot((1, 1), (2, 2)), Slot((3, 1)), Slot((3, 1), (1, 0.5))]);

        Assert.Equal([double.PositiveInfinity, 3, 2.5], frontier.LeastSeconds.ToArray());
        Assert.Equal(1, frontier.FewestMigrations);
        Assert.Equal(new JourneyOptimum(Budget: 0, Migrations: 1, Seconds: 3, Forced: true), frontier.Optimum(beta: 0.2, slots: 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => frontier.Sequence(0));
    }

    [Fact]
    public void Out_of_coverage_the_serving_server_is_kept()
    {
        var frontier = JourneyFrontier.Of(
            [JourneySlot.Uncovered, Slot((1, 1), (2, 2)), JourneySlot.Uncovered, Slot((1, 3), (2, 1)), JourneySlot.Uncovered]);

        Assert.Equal([3, 2], frontier.LeastSeconds.ToArray());
        Assert.Equal([-1, 2, 2, 2, 2], frontier.Sequence(0));
        Assert.Equal([-1, 1, 1, 2, 2], frontier.Sequence(1));
    }

    [Fact]
    public void An_outage_delays_the_task_of_its_slot()
    {
        var frontier = JourneyFrontier.Of([Slot((1, 1), (2, 2)), Slot((1, 3), (2, 1))], outageSeconds: 0.75);

        Assert.Equal([3, 2.75], frontier.LeastSeconds.ToArray());
    }

    [Fact]
    public void The_optimum_has_the_whole_budget_and_no_more()
    {
        // 0.1 · 30 is 3.0000000000000004 or 2.9999999999999996 in doubles, but three migrations in either case.
        var slots = Enumerable.Range(0, 30).Select(slot => Slot((1, slot % 2), (2, 1 - slot % 2))).ToArray();

        var optimum = JourneyFrontier.Of(slots).Optimum(0.1, 30);

        Assert.Equal((3, 3, false), (optimum.Budget, optimum.Migrations, optimum.Forced));
        Assert.Equal(0, JourneyFrontier.Of(slots).AtMost(1_000));
    }

    [Fact]
    public void A_journey_without_tasks_costs_nothing()
    {
        var frontier = JourneyFrontier.Of([JourneySlot.Uncovered, JourneySlot.Uncovered]);

        Assert.Equal([0], frontier.LeastSeconds.ToArray());
        Assert.Equal([-1, -1], frontier.Sequence(0));
        Assert.Equal(new JourneyOptimum(0, 0, 0, false), frontier.Optimum(0.2, 2));
    }

    [Fact]
    public void Every_candidate_needs_a_latency()
    {
        Assert.Contains("Slot 1", Assert.Throws<ArgumentException>(() => JourneyFrontier.Of([Slot((1, 1)), Slot((1, double.NaN))])).Message);
        Assert.Throws<ArgumentException>(() => JourneyFrontier.Of([new JourneySlot([1, 2], [1])]));
    }

    [Property]
    public void The_frontier_is_the_best_of_all_sequences(JourneySlot[] slots)
    {
        var frontier = JourneyFrontier.Of(slots, outageSeconds: 0.25);
        var best = new double[frontier.LeastSeconds.Length];
        Array.Fill(best, double.PositiveInfinity);
        foreach (var (seconds, migrations) in All(slots, 0, -1))
            for (var k = migrations; k < best.Length; k++)
                best[k] = Math.Min(best[k], seconds);

        Assert.Equal(best, frontier.LeastSeconds.ToArray());
    }

    [Property]
    public void A_sequence_has_the_latency_that_it_promises(JourneySlot[] slots)
    {
        var frontier = JourneyFrontier.Of(slots, outageSeconds: 0.25);
        for (var k = frontier.FewestMigrations; k < frontier.LeastSeconds.Length; k++)
        {
            var (seconds, migrations, serving) = (0.0, 0, -1);
            foreach (var (slot, server) in slots.Zip(frontier.Sequence(k)))
            {
                if (slot.Servers.Length > 0)
                {
                    var move = serving >= 0 && server != serving;
                    seconds += slot.Seconds[Array.IndexOf(slot.Servers, server)] + (move ? 0.25 : 0);
                    migrations += move ? 1 : 0;
                }

                if (slot.Servers.Length == 0)
                    Assert.Equal(serving, server);
                serving = server;
            }

            Assert.Equal(frontier.LeastSeconds[k], seconds);
            Assert.InRange(migrations, 0, k);
        }
    }

    /// <summary>Up to six slots with up to three of four servers; latencies are multiples of 1/8, so that sums are exact.</summary>
    public static Arbitrary<JourneySlot[]> ArbitraryJourney() => Arb.From(
        from length in Gen.Choose(1, 6)
        from slots in Gen.ArrayOf(ArbitrarySlot(), length)
        select slots);

    private static Gen<JourneySlot> ArbitrarySlot() =>
        from servers in Gen.Shuffle(new[] { 0, 1, 2, 3 })
        from count in Gen.Elements(0, 1, 2, 3, 3)
        from eighths in Gen.ArrayOf(Gen.Choose(0, 24), count)
        select new JourneySlot([.. servers.Take(count)], [.. eighths.Select(n => n / 8.0)]);

    private static IEnumerable<(double Seconds, int Migrations)> All(JourneySlot[] slots, int slot, int serving)
    {
        if (slot == slots.Length)
            return [(0, 0)];
        if (slots[slot].Servers.Length == 0)
            return All(slots, slot + 1, serving);
        return slots[slot].Servers.Zip(slots[slot].Seconds).SelectMany(choice =>
        {
            var move = serving >= 0 && choice.First != serving;
            return All(slots, slot + 1, choice.First)
                .Select(rest => (rest.Seconds + choice.Second + (move ? 0.25 : 0), rest.Migrations + (move ? 1 : 0)));
        });
    }

    private static JourneySlot Slot(params (int Server, double Seconds)[] candidates) =>
        new([.. candidates.Select(c => c.Server)], [.. candidates.Select(c => c.Seconds)]);
}
