using Diten.Model.Offloading;
using Diten.Model.Policies.Networks;
using Diten.Model.Scenarios;
using Diten.Model.Tests.Offloading;
using FsCheck.Xunit;

namespace Diten.Model.Tests.Policies.Networks;

[Properties(Arbitrary = [typeof(PolicyProperties)])]
public class LearnedPolicyTests
{
    private const double Spacing = 100;

    private static readonly Scenario ArgMax = new() { Decisions = new DecisionsSection { Candidates = Rows.MaximumCandidates } };
    private static readonly Scenario Sampling = ArgMax with { Policy = new PolicySection { Decide = PolicyDecide.Sample } };
    private static readonly Scenario Paper = ArgMax with { Decisions = ArgMax.Decisions with { State = DecisionState.Paper } };

    private static readonly PolicyWeights Set = UntrainedPolicy.Set(seed: 2),
        Dense = UntrainedPolicy.Create(PolicyNetworkKind.Dense, DecisionState.Diten, Rows.MaximumCandidates, [16, 16], 2),
        DensePaper = UntrainedPolicy.Create(PolicyNetworkKind.Dense, DecisionState.Paper, Rows.MaximumCandidates, [16], 2);

    private static readonly LearnedPolicy[] All =
    [
        new(Set, ArgMax, Spacing), new(Set, Sampling, Spacing), new(Dense, ArgMax, Spacing), new(Dense, Sampling, Spacing),
        new(DensePaper, Paper, Spacing), new(DensePaper, Paper with { Policy = Sampling.Policy }, Spacing),
        new(Set with { Features = [.. Enumerable.Range(0, 11).Select(i => i % 2 == 0)] }, ArgMax, Spacing),
    ];

    [Fact]
    public void A_network_that_scores_minus_latency_takes_the_lowest_latency_and_of_equals_the_nearer()
    {
        var policy = new LearnedPolicy(Reads(DecisionFeatures.Names.IndexOf("latency"), -1), ArgMax, Spacing);

        Assert.Equal([1, 0, 2, 0], policy.Choices(Rows.Batch(new Row(0.2, 0.1, 0.1), new Row(0.3, 0.3), new Row(0.4, 0.3, 0.2, 0.5), new Row(0.5))));
    }

    [Fact]
    public void A_feature_that_the_network_does_not_see_reads_0()
    {
        var latency = DecisionFeatures.Names.IndexOf("latency");
        var blind = Reads(latency, -1) with { Features = [.. Enumerable.Range(0, DecisionFeatures.Count).Select(i => i != latency)] };
        var trace = new DecisionTrace();
        var choices = new int[1];

        new LearnedPolicy(blind, ArgMax, Spacing).Decide(Rows.Batch(new Row(0.9, 0.1)), choices, trace);

        Assert.Equal(0, choices[0]);
        Assert.Equal(0, trace.State(0)[latency]);
        Assert.Equal(0.5f, trace.State(0)[DecisionFeatures.Names.IndexOf("distance")]);
    }

    [Fact]
    public void A_dense_network_never_chooses_a_candidate_that_there_is_not()
    {
        // It always likes the fourth best, then the third.
        var weights = new PolicyWeights(PolicyNetworkKind.Dense, DecisionState.Paper, 4, [], [new DenseLayer(13, 4, new float[52], [0, 1, 2, 3])]);

        Assert.Equal([3, 2, 0], new LearnedPolicy(weights, Paper, Spacing).Choices(Rows.Batch(new Row(1, 1, 1, 1), new Row(1, 1, 1), new Row(1))));
    }

    [Fact]
    public void A_draw_is_that_of_device_and_slot()
    {
        // Scores of the first two differ by ln 3: probabilities ¼ and ¾.
        var policy = new LearnedPolicy(Reads(DecisionFeatures.Names.IndexOf("rank"), 4 * MathF.Log(3)), Sampling, Spacing);
        var devices = Enumerable.Range(0, 200).ToArray();
        var choices = policy.Choices(Rows.Batch(slot: 9, [.. devices.Select(device => new Row(1, 1) { Device = device })]));

        Assert.Equal(
            devices.Select(device => Diten.Model.Randomness.RandomStreams.Uniform(1, device, 9, Diten.Model.Randomness.Purpose.Policy) < 0.25 ? 0 : 1), choices);
    }

    [Fact]
    public void Draws_are_as_frequent_as_they_are_probable()
    {
        const int draws = 40_000;
        var policy = new LearnedPolicy(Set, Sampling, Spacing);
        var (trace, choices) = (new DecisionTrace(), new int[draws]);
        policy.Decide(Rows.Batch([.. Enumerable.Range(0, draws).Select(device => new Row(0.20, 0.15, 0.18, 0.14) { Device = device, Queue = 0.7 })]), choices, trace);

        var square = choices.Index().GroupBy(c => c.Item).Sum(group =>
        {
            var expected = draws * (double)trace.Probabilities[group.First().Index];
            return (group.Count() - expected) * (group.Count() - expected) / expected;
        });

        Assert.Equal(4, choices.Distinct().Count());
        Assert.True(square < 16.3, $"χ² = {square:F1}"); // 3 degrees of freedom: exceeded once in 1,000 seeds
    }

    [Property]
    public void A_row_is_decided_as_if_it_were_alone_and_is_given_a_candidate(Row[] rows)
    {
        foreach (var policy in All)
        {
            var choices = policy.Choices(Rows.Batch(rows));

            Assert.Equal(rows.Select(policy.Choice), choices);
            Assert.All(choices.Zip(rows), pair => Assert.InRange(pair.First, 0, pair.Second.Predicted.Length - 1));
        }
    }

    [Property]
    public void A_trace_changes_no_choice_and_tells_states_and_probabilities(Row[] rows)
    {
        var trace = new DecisionTrace();
        foreach (var policy in All)
        {
            var (batch, choices) = (Rows.Batch(rows), new int[rows.Length]);
            policy.Decide(batch, choices, trace);

            Assert.Equal(policy.Choices(batch), choices);
            Assert.Equal(rows.Length, trace.Count);
            Assert.All(trace.Probabilities[..rows.Length], p => Assert.InRange(p, 1e-6f, 1));
            for (var row = 0; row < rows.Length; row++)
            {
                var expected = new float[trace.StateWidth];
                if (policy.Weights.State == DecisionState.Paper)
                    new PaperState(Spacing).Write(batch, row, expected);
                else
                    new DecisionFeatures(Spacing, 20, 1).Write(batch, row, expected);
                for (var i = 0; i < expected.Length; i++)
                    Assert.Equal(policy.Weights.State == DecisionState.Paper || policy.Weights.Features[i % DecisionFeatures.Count] ? expected[i] : 0, trace.State(row)[i]);
            }
        }
    }

    [Property]
    public void A_network_made_to_decide_like_drift_plus_penalty_does(Row row)
    {
        var batch = Rows.Batch(row);
        double Score(int k) => Math.Min(20 * (row.Predicted[k] - row.Predicted.Min()) + (batch.IsMove(0, k) ? row.Queue : 0), DecisionFeatures.ScoreCap);

        var choice = new LearnedPolicy(UntrainedPolicy.SetLikeDriftPlusPenalty(3), ArgMax, Spacing).Choice(row);

        Assert.Equal(Enumerable.Range(0, row.Predicted.Length).Min(Score), Score(choice), 1e-5);
    }

    [Fact]
    public void Batches_of_any_size_are_decided_row_by_row()
    {
        var random = new Random(5);
        Row[] rows = [.. Enumerable.Range(0, 150).Select(device => new Row([.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => random.NextDouble())]) { Device = device, Queue = random.Next(3) })];

        Assert.All(All, policy => Assert.Equal(rows.Select(policy.Choice), policy.Choices(Rows.Batch(rows))));
    }

    [Fact]
    public void A_score_that_is_no_number_stops_the_run()
    {
        var weights = Reads(0, float.MaxValue);

        var failure = Assert.Throws<InvariantViolatedException>(() => new LearnedPolicy(weights, ArgMax, spacingMetres: 1).Choice(new Row(0.1) { Device = 17 }));

        Assert.Contains("Device 17, slot 7: the learned policy gives a candidate the score Infinity", failure.Message);
    }

    [Fact]
    public void A_policy_that_does_not_fit_the_scenario_is_refused()
    {
        Assert.Contains("is a dense network for 4 candidates, but decisions.candidates = 5: set decisions.candidates = 4",
            Assert.Throws<ArgumentException>(() => new LearnedPolicy(Dense, new Scenario(), Spacing)).Message);
        Assert.Contains("reads the state diten, but decisions.state = paper: set decisions.state = diten",
            Assert.Throws<ArgumentException>(() => new LearnedPolicy(Dense, Paper, Spacing)).Message);
    }

    /// <summary>A set network that scores a candidate by one of its features.</summary>
    private static PolicyWeights Reads(int feature, float weight)
    {
        var weights = new float[DecisionFeatures.Count];
        weights[feature] = weight;
        return new PolicyWeights(PolicyNetworkKind.Set, DecisionState.Diten, 5, [.. Enumerable.Repeat(true, 11)], [new DenseLayer(11, 1, weights, [0])]);
    }
}
