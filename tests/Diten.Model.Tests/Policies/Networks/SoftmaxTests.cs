using Diten.Model.Policies.Networks;
using FsCheck.Xunit;

namespace Diten.Model.Tests.Policies.Networks;

public class SoftmaxTests
{
    [Fact]
    public void Probabilities_worked_by_hand()
    {
        // e^0 : e^ln2 : e^ln5 = 1 : 2 : 5.
        var probabilities = new double[3];

        Softmax.Probabilities([7, 7 + MathF.Log(2), 7 + MathF.Log(5)], probabilities);

        Assert.Equal([0.125, 0.25, 0.625], probabilities, (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Fact]
    public void Great_scores_do_not_overflow()
    {
        var probabilities = new double[3];

        Softmax.Probabilities([3e38f, -3e38f, 3e38f], probabilities);

        Assert.Equal([0.5, 0, 0.5], probabilities);
    }

    [Theory]
    [InlineData(0.0, 0)]
    [InlineData(0.2499, 0)]
    [InlineData(0.2501, 1)]
    [InlineData(0.7499, 1)]
    [InlineData(0.7501, 3)]
    [InlineData(0.9999, 3)]
    public void A_draw_falls_into_the_candidates_in_their_order(double uniform, int expected)
    {
        // Weights 1/2, 1, 0 and 1/2 beside the highest score.
        var (choice, probability) = Softmax.Sample([-MathF.Log(2), 0, -1000, -MathF.Log(2)], uniform, new double[4]);

        Assert.Equal(expected, choice);
        Assert.Equal(expected == 1 ? 0.5 : 0.25, probability, 1e-7);
    }

    [Fact]
    public void The_highest_score_wins_and_of_equals_the_nearer()
    {
        Assert.Equal(1, Softmax.ArgMax([1, 3, 2]));
        Assert.Equal(0, Softmax.ArgMax([3, 3, 2]));
        Assert.Equal(2, Softmax.ArgMax([-5, -4, -1, -1]));
        Assert.Equal(0, Softmax.ArgMax([0f, -0f]));
    }

    [Property]
    public void A_draw_is_a_candidate_with_a_chance(int seed)
    {
        var random = new Random(seed);
        float[] scores = [.. Enumerable.Range(0, random.Next(1, 12)).Select(_ => (float)(200 * random.NextDouble()))];
        var probabilities = new double[scores.Length];
        Softmax.Probabilities(scores, probabilities);

        var (choice, probability) = Softmax.Sample(scores, random.NextDouble(), new double[scores.Length]);

        Assert.True(probability > 0);
        Assert.Equal(probabilities[choice], probability);
        Assert.Equal(1, probabilities.Sum(), 1e-12);
    }
}
