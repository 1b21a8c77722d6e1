using Diten.Actors;
using Diten.Actors.Wire;
using Diten.Model.Learning;
using Diten.Model.Offloading;
using Diten.Model.Policies.Networks;
using Diten.Model.Scenarios;

namespace Diten.Learning.Tests;

/// <summary>Networks so small that updates can be worked out by hand, and episodes for them: two candidates with one feature x each, and one row (0, x) a decision.</summary>
internal static class Some
{
    public static readonly bool[] AllFeatures = [.. Enumerable.Repeat(true, DecisionFeatures.Count)];

    /// <summary>Linear networks for two candidates.</summary>
    public static readonly NetworkShape Linear = Shape(candidates: 2) with { PolicyWidths = [], CriticWidths = [] };

    /// <summary>A shape with the usual hidden layers.</summary>
    public static NetworkShape Shape(PolicyNetworkKind kind = PolicyNetworkKind.Set, DecisionState state = DecisionState.Diten, int candidates = 5) =>
        new() { Kind = kind, State = state, Candidates = candidates };

    /// <summary>Single steps, no scaling, no entropy: what the tests change from is as plain as can be.</summary>
    public static LearningSection Plain(LearningUpdate update) => new()
    {
        Update = update,
        Discount = 0.5,
        RewardScale = 1,
        Passes = 1,
        Minibatches = 1,
        Entropy = 0,
        PolicyRate = update == LearningUpdate.Paper ? 0.1 : 1e-3,
        CriticRate = update == LearningUpdate.Paper ? 0.1 : 1e-3,
    };

    /// <summary>Scores w · x, and V(S) = c · max x + b; advantages are taken as they are.</summary>
    public static ActorCritic Learner(LearningSection learning, double w = 0, double c = 2, double b = 1, int version = 0)
    {
        var critic = new float[33];
        critic[22] = (float)c;
        return Learner(learning, w, version, [new(33, 1, critic, [(float)b])]);
    }

    /// <summary>Q(S, A) = max x + 2 x(A), in two hidden neurons.</summary>
    public static ActorCritic ActionValueLearner(LearningSection learning, double w)
    {
        var (state, action) = (new float[33], new float[11]);
        (state[22], action[0]) = (1, 1);
        DenseLayer[] critic = [new(33, 1, state, [0]), new(11, 1, action, [0]), new(2, 1, [1, 2], [0])];
        return Learner(learning with { Critic = CriticKind.ActionValue }, w, version: 0, critic);
    }

    /// <summary>A row a decision: candidates with 0 and x.</summary>
    public static Episode Episode(
        (double X, int Action, double Reward)[] rows, TransitionEnd end = TransitionEnd.Terminal, double next = 0, float probability = 0.5f, int version = 0,
        int device = 0, int slot = 0) => new()
        {
            Device = device,
            FirstSlot = slot,
            StateWidth = 22,
            States = [.. rows.SelectMany(r => State(r.X))],
            CandidateCounts = [.. rows.Select(_ => 2)],
            Actions = [.. rows.Select(r => r.Action)],
            Probabilities = [.. rows.Select(_ => probability)],
            Versions = [.. rows.Select(_ => version)],
            Rewards = [.. rows.Select(r => (float)r.Reward)],
            End = end,
            NextState = end == TransitionEnd.Truncated ? State(next) : [],
            NextCandidateCount = end == TransitionEnd.Truncated ? 2 : 0,
        };

    /// <summary>Episodes of chance features, counts, actions and rewards, for networks of this shape.</summary>
    public static Episode[] Episodes(NetworkShape shape, int seed, int count = 6, int length = 9, int version = 0)
    {
        var random = new Random(seed);
        float[] State(int candidates) => shape.State == DecisionState.Paper
            ? [.. Enumerable.Range(0, PaperState.Length(shape.Candidates)).Select(_ => random.NextSingle())]
            : [.. Enumerable.Range(0, candidates * DecisionFeatures.CountOf(shape.State)).Select(_ => 2 * random.NextSingle() - 1), .. new float[(shape.Candidates - candidates) * DecisionFeatures.CountOf(shape.State)]];
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            int[] counts = [.. Enumerable.Range(0, length).Select(_ => 1 + random.Next(shape.Candidates))];
            var end = i % 2 == 0 ? TransitionEnd.Terminal : TransitionEnd.Truncated;
            return new Episode
            {
                Device = i,
                FirstSlot = i / 3,
                StateWidth = shape.State == DecisionState.Paper ? PaperState.Length(shape.Candidates) : shape.Candidates * DecisionFeatures.CountOf(shape.State),
                States = [.. counts.SelectMany(State)],
                CandidateCounts = counts,
                Actions = [.. counts.Select(n => random.Next(n))],
                Probabilities = [.. counts.Select(n => 1f / n)],
                Versions = [.. counts.Select(_ => version)],
                Rewards = [.. counts.Select(_ => -5 * random.NextSingle())],
                End = end,
                NextState = end == TransitionEnd.Truncated ? State(shape.Candidates) : [],
                NextCandidateCount = end == TransitionEnd.Truncated ? shape.Candidates : 0,
            };
        })];
    }

    /// <summary>All bits that training changes.</summary>
    public static uint[] Bits(ActorCritic learner)
    {
        var all = learner.ToMemory();
        return [.. all.Policy.Layers.Concat(all.Critic).SelectMany(l => l.Weights.Concat(l.Bias))
            .Concat(new[] { all.PolicyAdam, all.CriticAdam }.OfType<AdamMemory>().SelectMany(m => m.Means.Concat(m.Squares)).SelectMany(x => x))
            .Select(BitConverter.SingleToUInt32Bits)];
    }

    /// <summary>w of a learner that <see cref="Learner"/> made.</summary>
    public static float W(ActorCritic learner) => learner.Policy.ToWeights().Layers[0].Weights[0];

    /// <summary>Weights on min x, mean x, max x, and bias of its critic.</summary>
    public static float[] CriticOf(ActorCritic learner)
    {
        var layer = learner.ToMemory().Critic[0];
        return [layer.Weights[0], layer.Weights[11], layer.Weights[22], layer.Bias[0]];
    }

    public static void Close(IEnumerable<double> expected, IEnumerable<float> actual, double tolerance = 1e-5)
    {
        Assert.Equal(expected.Count(), actual.Count());
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, tolerance));
    }

    private static float[] State(double x) => [.. new float[11], (float)x, .. new float[10]];

    /// <summary>All that a learner keeps that began with this trainer, and has decided nothing.</summary>
    public static SavedLearner Saved(TrainerMemory trainer) => new(trainer, [], new(0, [], [], [], []), []);

    /// <summary>What a trainer remembers that is none.</summary>
    public static TrainerMemory Trainer() => new("here", [], new(0, UntrainedPolicy.Set(1), [], null, null));

    /// <summary>A checkpoint, written and read.</summary>
    public static SavedLearner Kept(SavedLearner learner)
    {
        var message = new LearnerSaved(0, learner);
        return ((LearnerSaved)MessageTable.FromBytes(MessageTable.ManifestOf(message), MessageTable.ToBytes(message))).Learner!;
    }

    private static ActorCritic Learner(LearningSection learning, double w, int version, DenseLayer[] critic)
    {
        AdamMemory? Fresh(DenseLayer[] layers) => learning.Update == LearningUpdate.Paper ? null : new(0, Zeros(layers), Zeros(layers));
        static float[][] Zeros(DenseLayer[] layers) => [.. layers.SelectMany(l => (float[][])[new float[l.Weights.Length], new float[l.Bias.Length]])];

        DenseLayer[] policy = [new(11, 1, [(float)w, .. new float[10]], [0])];
        var weights = new PolicyWeights(Linear.Kind, Linear.State, Linear.Candidates, Linear.Features, policy);
        return new(learning, Linear, 1, new(version, weights, critic, Fresh(policy), Fresh(critic))) { NormalisesAdvantages = false };
    }
}
