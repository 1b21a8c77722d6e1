using Diten.Model.Policies;
using Diten.Model.Tests.Offloading;

namespace Diten.Model.Tests.Policies;

public class TopsisTests
{
    private static readonly Topsis Default = new(new TopsisWeights(0.4, 0.2, 0.1, 0.3), migrationCost: 1);

    /// <summary>Each attribute's vector has length 5, 5, 100 and 1 in some unit; the second serves.</summary>
    private static readonly Row Two = new(0.3, 0.4) { Hertz = [4e9, 3e9], Distances = [60, 80], Serving = 1 };

    [Fact]
    public void Closeness_is_that_of_the_table_worked_by_hand()
    {
        // y = weight · x / length:   latency  capacity  distance  migration
        // first                        0.24      0.16      0.06       0.30
        // second (serves)              0.32      0.12      0.08       0
        // ideal                        0.24      0.16      0.06       0
        // anti-ideal                   0.32      0.12      0.08       0.30
        // First: D+ = 0.30, D− = √(0.08² + 0.04² + 0.02²) = √0.0084. Second: the other way round.
        var batch = Rows.Batch(Two);

        Assert.Equal(0.234013, Default.Closeness(batch, 0, 0), 6);
        Assert.Equal(0.765987, Default.Closeness(batch, 0, 1), 6);
        Assert.Equal(1, Default.Choice(Two));
    }

    [Fact]
    public void Three_candidates_and_four_attributes_as_worked_by_hand()
    {
        // Lengths 0.3 s, 3 GHz, 300 m and √2; with these weights y is   2 −2 1 1   |   1 −2 2 1   |   2 −1 2 0.
        // Ideal 1 −2 1 0, anti-ideal 2 −1 2 1: distances √2 √2, √2 √2, √3 1.
        var topsis = new Topsis(new TopsisWeights(3, 3, 3, Math.Sqrt(2)), migrationCost: 7);
        var batch = Rows.Batch(new Row(0.2, 0.1, 0.2) { Hertz = [2e9, 2e9, 1e9], Distances = [100, 200, 200], Serving = 2 });

        Assert.Equal(0.5, topsis.Closeness(batch, 0, 0), 12);
        Assert.Equal(0.5, topsis.Closeness(batch, 0, 1), 12);
        Assert.Equal(1 / (1 + Math.Sqrt(3)), topsis.Closeness(batch, 0, 2), 12);
    }

    [Fact]
    public void A_migration_that_weighs_less_is_made() =>
        // As above, but D+ of the first is 0.05 and its closeness 0.0917 / 0.1417.
        Assert.Equal(0, new Topsis(new TopsisWeights(0.4, 0.2, 0.1, 0.05), migrationCost: 1).Choice(Two));

    [Fact]
    public void Where_nothing_is_a_migration_or_everything_is_the_better_candidate_wins()
    {
        Assert.Equal(0, Default.Choice(Two with { Serving = -1, Free = true }));
        Assert.Equal(0, Default.Choice(Two with { Serving = -1 }));
        Assert.Equal(0, new Topsis(new TopsisWeights(0.4, 0.2, 0.1, 0.3), migrationCost: 0).Choice(Two));
    }

    [Fact]
    public void Equals_and_single_candidates_go_to_the_nearest()
    {
        Assert.Equal(0, Default.Choice(new Row(0.2, 0.2, 0.2) { Hertz = [1e9, 1e9, 1e9], Distances = [0, 0, 0], Serving = -1 }));
        Assert.Equal(0, Default.Choice(new Row(0.2) { Serving = -1 }));
        Assert.Equal(0, new Topsis(new TopsisWeights(0, 0, 0, 0), migrationCost: 1).Choice(Two));
    }
}
