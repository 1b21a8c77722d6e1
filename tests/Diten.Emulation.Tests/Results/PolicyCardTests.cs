using Diten.Runs.Results;

namespace Diten.Emulation.Tests.Results;

public sealed class PolicyCardTests
{
    [Fact]
    public void A_training_settles_where_the_mean_of_a_window_comes_within_5_percent_of_the_last_five_for_good()
    {
        // After 150 journeys of −200 and n of −100 the mean of the last 100 is −200 + n: within 5 % of −100 from n = 95 on.
        float[] rewards = [.. Enumerable.Repeat(-200f, 150), .. Enumerable.Repeat(-100f, 550)];

        Assert.Equal(150 + 95, PolicyCard.Settled(rewards, 100));
    }

    [Fact]
    public void Leaving_that_band_once_more_begins_it_anew()
    {
        float[] rewards = [.. Enumerable.Repeat(-100f, 300), -700, .. Enumerable.Repeat(-100f, 600)];

        Assert.Equal(401, PolicyCard.Settled(rewards, 100)); // the outlier, the 301st, is among the last 100 up to the 400th
    }

    [Theory]
    [InlineData(0)]
    [InlineData(499)]
    public void Too_few_journeys_have_not_settled(int journeys) =>
        Assert.Equal(journeys, PolicyCard.Settled([.. Enumerable.Repeat(-1f, journeys)], 100));
}
