using Diten.Runs.Plots.Figures;

namespace Diten.Emulation.Tests.Plots;

public sealed class ScaleTests
{
    [Theory]
    [InlineData(0, 1, "0 0.2 0.4 0.6 0.8 1.0")]
    [InlineData(-3, 11, "0 5 10")]
    [InlineData(2.8, 3.2, "2.8 2.9 3.0 3.1 3.2")]
    [InlineData(95_000, 106_000, "95.0k 97.5k 100.0k 102.5k 105.0k")]
    [InlineData(-2e6, 2e6, "−2M −1M 0 1M 2M")]
    [InlineData(0, 4e-5, "0 1e−5 2e−5 3e−5 4e−5")]
    public void Ticks_are_round_numbers_with_as_many_decimals_as_they_need(double low, double high, string labels) =>
        Assert.Equal(labels, string.Join(' ', Scale.Between(low, high, 5).Major.Select(tick => tick.Label)));

    [Theory]
    [InlineData(1e-5, 1, "1e−5 1e−4 0.001 0.01 0.1 1")]
    [InlineData(10, 200, "10 20 50 100 200")]
    [InlineData(100, 300, "100 150 200 250 300")]
    public void Logarithmic_ticks_are_powers_of_ten_or_what_there_is_room_for(double low, double high, string labels) =>
        Assert.Equal(labels, string.Join(' ', Scale.Log([low, high]).Major.Select(tick => tick.Label)));

    [Fact]
    public void Values_stand_where_they_belong()
    {
        var log = Scale.Log([1, 100]);

        Assert.Equal(.25, Scale.Between(10, 30, 5).Share(15), 12);
        Assert.Equal(.5, log.Share(10), 12);
        Assert.Equal(0, log.Share(-3));
        Assert.Equal(1 / 6.0, Scale.Categories(["a", "b", "c"]).Share(0), 12);
    }

    [Fact]
    public void An_axis_holds_all_values_and_begins_at_zero_where_it_may()
    {
        Assert.Equal(0, Scale.Linear([3, 9, double.NaN, double.PositiveInfinity], fromZero: true, .1, 5).Low);
        Assert.True(Scale.Linear([3, 9], fromZero: false, .1, 5) is { Low: < 3 and > 0, High: > 9 and < 10 });
        Assert.True(Scale.Linear([-3, 9], fromZero: true, .1, 5).Low < -3);
        Assert.True(Scale.Linear([7], fromZero: false, .1, 5) is { Low: < 7, High: > 7 });
        Assert.True(Scale.Linear([], fromZero: false, 0, 5) is { Low: 0, High: 1 });
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(-12.345, "−12.3")]
    [InlineData(9.996, "10.0")]
    [InlineData(0.01234, "0.012")]
    [InlineData(1234.4, "1234")]
    [InlineData(-812_345, "−812k")]
    [InlineData(0.00001, "1e−5")]
    public void Numbers_in_cells_are_short(double value, string text) => Assert.Equal(text, Scale.Short(value));
}
