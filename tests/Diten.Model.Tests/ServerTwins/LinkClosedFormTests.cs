using Diten.Model.Faults;
using Diten.Model.Scenarios;
using Diten.Model.ServerTwins;

namespace Diten.Model.Tests.ServerTwins;

/// <summary>What the age of 400 twins must be on the average, by the faults of their links (model.md §10).</summary>
public sealed class LinkClosedFormTests
{
    private const int Twins = 400;

    private static readonly TwinsSection State = new(), Once = new() { Sync = TwinSync.Delta, Resync = TwinResync.Once };

    private static readonly Fault Sync = new() { Name = "sync", Kind = FaultKind.Drop, What = FaultWhat.Sync };

    private static readonly Fault Request = new() { Name = "request", Kind = FaultKind.Drop, What = FaultWhat.Request };

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    [InlineData(0.97)]
    public void Where_syncs_are_lost_the_age_is_geometric_but_for_the_runs_begin(double p)
    {
        const int slots = 100;
        var ages = Ages(State, slots, 0, Sync with { Probability = p });

        Near(p / (1 - p) * (1 - (1 - Math.Pow(p, slots)) / (slots * (1 - p))), ages.Select(Mean));
        for (var k = 1; k <= 4; k++)
            Near(Math.Pow(p, k), ages.Select(twin => Mean(twin[k..].Select(age => age >= k ? 1 : 0))));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void Where_syncs_are_late_the_age_is_their_delay_but_for_the_runs_begin(int delay)
    {
        const int slots = 100;
        var ages = Ages(State, slots, 0, Sync with { Kind = FaultKind.Delay, DelayLowSlots = delay, DelayHighSlots = delay });

        Assert.All(ages, twin => Assert.Equal(delay - delay * (delay + 1) / (2.0 * slots), Mean(twin), 1e-12));
    }

    [Theory]
    [InlineData(0.6, 0.869)]
    [InlineData(0.3, 0.328)]
    public void Where_syncs_stay_again_and_again_the_newest_that_came_counts(double q, double about)
    {
        var expected = Enumerable.Range(1, 60).Sum(k => Math.Pow(q, k * (k + 1) / 2.0));
        Assert.Equal(about, expected, 1e-3);

        Near(expected, Ages(State, 300, 60, Sync with { Kind = FaultKind.Delay, Stay = q }).Select(Mean));
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.5)]
    [InlineData(0.7)]
    public void Where_syncs_rest_on_each_other_a_twin_is_in_sync_in_a_share_of_the_slots(double p)
    {
        var delta = Ages(Once, 500, 100, Sync with { Probability = p });
        Near((1 - p) * (1 - p), delta.Select(twin => Mean(twin.Select(age => age == 0 ? 1 : 0))));

        var lonely = Ages(Once, 500, 100, Sync with { Probability = p }, Request with { Probability = p });
        var q = 1 - p;
        Near(q * q * q / (q * q + p), lonely.Select(twin => Mean(twin.Select(age => age == 0 ? 1 : 0))));
    }

    [Fact]
    public void Bursts_lose_their_share_of_syncs_and_age_twins_by_their_length()
    {
        const double a = 0.05, b = 0.2;
        var ages = Ages(State, 1200, 200, Sync with { HasBurst = true, BurstStart = a, BurstEnd = b });

        Near(a / ((a + b) * b), ages.Select(Mean));
        Near(a / (a + b), ages.Select(twin => Mean(twin.Select(age => age > 0 ? 1 : 0))));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public void Where_only_every_nth_slot_gets_through_the_age_goes_up_to_n_less_1(int every)
    {
        var ages = Ages(State, 20 * every + 1, 1, Sync with { Kind = FaultKind.Limit, Every = every });

        Assert.All(ages, twin => Assert.Equal((every - 1) / 2.0, Mean(twin)));
    }

    /// <summary>Ages of all twins in the slots after the first.</summary>
    private static int[][] Ages(TwinsSection twins, int slots, int skipped, params Fault[] faults)
    {
        var world = SyncedTwin.City(twins, faults);
        return [.. Enumerable.Range(0, Twins).Select(server =>
        {
            var twin = new SyncedTwin(world, server);
            var ages = new int[slots];
            for (var slot = 0; slot < slots; slot++)
            {
                ages[slot] = twin.AgeIn(slot);
                twin.Step(slot);
            }

            return ages[skipped..];
        })];
    }

    private static double Mean(IEnumerable<int> values) => values.Average();

    /// <summary>Within four standard errors of the mean over twins.</summary>
    private static void Near(double expected, IEnumerable<double> ofTwins)
    {
        double[] values = [.. ofTwins];
        var mean = values.Average();
        var error = Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1) / values.Length);
        Assert.InRange(mean, expected - 4 * error, expected + 4 * error);
        Assert.True(error < 0.1 * expected, $"{values.Length} twins tell {expected} but to {error}.");
    }
}
