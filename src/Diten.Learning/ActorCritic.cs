using Diten.Model.Learning;
using Diten.Model.Randomness;
using Diten.Model.Scenarios;
using Diten.Model.Scenarios.Keys;
using TorchSharp;
using static TorchSharp.torch;

namespace Diten.Learning;

/// <summary>The learner: policy (actor) and critic, and how a batch of episodes improves them. Read it from top to bottom. Not thread-safe; dispose of it.</summary>
/// <remarks>
/// An update is a pure function of settings, shape, seed, the updates before and the set of episodes: torch runs on one thread, rows are sorted, and
/// minibatches are drawn from counter-based streams, so that on one platform and build results are equal to the last bit.
/// Choices where the paper is silent: the target of Q(S, A) is that of expected SARSA, R + ε Σ_a π(a|S') Q(S', a), with the policy as it was before
/// the update; its advantage is Q(S, A) − Σ_a π(a|S) Q(S, a). A terminal row bootstraps with 0, a truncated one with the value of the state that
/// would have come next. Rows of another policy, of an arg max or of a policy that is too old train the critic only; so the critic's
/// pre-training on random decisions (K1 of Algorithm 1) is this same update, with rows of version −1.
/// </remarks>
public sealed class ActorCritic : IDisposable
{
    private readonly Adam? _policySteps, _criticSteps;
    private CancellationToken _cancel;

    /// <summary>A learner before its first update. A pure function of its arguments.</summary>
    /// <param name="learning">How it learns, within the ranges of the scenario's keys.</param>
    /// <param name="shape">Of policy and critic.</param>
    /// <param name="seed">Seed of first weights and of minibatches.</param>
    /// <exception cref="ArgumentException">A value is out of the range of its key, or values of the shape do not go together.</exception>
    /// <exception cref="PlatformNotSupportedException">This machine cannot train (<see cref="Training.IsAvailable"/>).</exception>
    public ActorCritic(LearningSection learning, NetworkShape shape, ulong seed)
    {
        ScenarioKeys.Require(new Scenario { Learning = learning }, "learning.");
        Training.UseOneThread();
        (Learning, Shape, Seed, Policy, Critic) = (learning, shape, seed, new(shape, seed), Critic.Of(learning.Critic, shape, seed));
        if (learning.Update == LearningUpdate.Ppo)
            (_policySteps, _criticSteps) = (new(Policy.Parameters, learning.PolicyRate), new(Critic.Parameters, learning.CriticRate));
    }

    /// <summary>A learner as it was when it was asked what it remembers: it goes on as if it had never stopped, bit by bit.</summary>
    /// <param name="learning">As it was then; likewise shape and seed.</param>
    /// <exception cref="ArgumentException">A value is out of range, or the memory is of a learner of another kind, or its parts do not fit each other.</exception>
    /// <exception cref="PlatformNotSupportedException">This machine cannot train (<see cref="Training.IsAvailable"/>).</exception>
    public ActorCritic(LearningSection learning, NetworkShape shape, ulong seed, ActorCriticMemory memory)
    {
        ScenarioKeys.Require(new Scenario { Learning = learning }, "learning.");
        Training.UseOneThread();
        (Learning, Shape, Seed, Version) = (learning, shape, seed, memory.Version);
        (Policy, Critic) = (new(memory.Policy), Critic.Of(learning.Critic, shape, memory.Critic));
        if (!Policy.Shape.SeesAs(shape))
            throw new ArgumentException("The policy that is remembered reads states in another way than the scenario says.", nameof(memory));
        var adam = learning.Update == LearningUpdate.Ppo;
        if (adam != (memory.PolicyAdam is not null) || adam != (memory.CriticAdam is not null))
            throw new ArgumentException("What is remembered is of the other update than the scenario says.", nameof(memory));
        if (adam)
        {
            _policySteps = new(Policy.Parameters, learning.PolicyRate, memory.PolicyAdam);
            _criticSteps = new(Critic.Parameters, learning.CriticRate, memory.CriticAdam);
        }
    }

    /// <summary>How it learns.</summary>
    public LearningSection Learning { get; }

    /// <summary>Of policy and critic.</summary>
    public NetworkShape Shape { get; }

    /// <summary>Seed of first weights and of minibatches.</summary>
    public ulong Seed { get; }

    /// <summary>Whether PPO shifts and scales a batch's advantages to mean 0 and deviation 1. Always; but not where updates are worked out by hand.</summary>
    internal bool NormalisesAdvantages { get; init; } = true;

    /// <summary>Updates done so far, which is the version of the policy: what <see cref="Episode.Versions"/> of its samples must say.</summary>
    public int Version { get; private set; }

    /// <summary>π, the actor. Trained in place: <see cref="PolicyNetwork.ToWeights"/> takes a copy.</summary>
    public PolicyNetwork Policy { get; }

    /// <summary>V or Q.</summary>
    public Critic Critic { get; }

    /// <summary>A copy of everything that the next update depends on.</summary>
    public ActorCriticMemory ToMemory() =>
        new(Version, Policy.ToWeights(), Critic.ToLayers(), _policySteps?.ToMemory(), _criticSteps?.ToMemory());

    /// <summary>Trains policy and critic on a batch; the version goes up by one, even where the batch is empty or trains the critic only.</summary>
    /// <param name="episodes">In any order: they are sorted by first slot, then device.</param>
    /// <exception cref="ArgumentException">An episode does not fit the networks, or is there twice; nothing was changed.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled between two steps; what is here is half updated, and good for nothing.</exception>
    public UpdateReport Update(IReadOnlyList<Episode> episodes, CancellationToken cancel = default)
    {
        _cancel = cancel;
        Training.UseOneThread();
        using var scope = NewDisposeScope(); // every tensor of the update dies with it
        var rows = Transitions.Of(episodes, Learning, Shape, Version);
        var report = rows.Count == 0 ? new UpdateReport { Version = 0 } : Train(rows);
        Version++;
        return report with { Version = Version };
    }

    private UpdateReport Train(Transitions rows)
    {
        var states = StateBatch.Of(Shape, rows.States, rows.CandidateCounts);
        var actions = tensor(rows.Actions);
        var ofPolicy = Enumerable.Range(0, rows.Count).Where(row => rows.TrainsPolicy[row]).ToArray();
        var before = LogProbabilitiesNow(states, ofPolicy);

        var report = Learning.Update == LearningUpdate.Ppo ? Proximal(rows, states, actions, ofPolicy) : AsPrinted(rows, states, actions);

        report = report with { PolicyRows = ofPolicy.Length, CriticRows = rows.Count, Diverged = !IsFinite() };
        if (before is null)
            return report;
        var after = LogProbabilitiesNow(states, ofPolicy)!;
        return report with { Entropy = Entropies(after).mean().item<float>(), KlDivergence = (before.exp() * (before - after)).sum(1).mean().item<float>() };
    }

    // ---- Proximal policy optimisation ----

    private UpdateReport Proximal(Transitions rows, StateBatch states, Tensor actions, int[] ofPolicy)
    {
        var (values, predictions) = CriticNow(rows, states, actions);
        var (advantages, targets) = Advantages.Estimate(rows, values, predictions, Learning);
        if (NormalisesAdvantages)
            Advantages.Normalise(advantages, ofPolicy);
        var target = Tensors.Of(Array.ConvertAll(targets, x => (float)x), rows.Count);
        var advantage = Tensors.Of(Array.ConvertAll(advantages, x => (float)x), rows.Count);
        var old = Tensors.Of(Array.ConvertAll(rows.Probabilities, p => (float)Math.Log(p)), rows.Count);

        var batches = Minibatches(rows.Count);
        // From here on critic and policy have nothing in common but what both read: each gets a thread, and both the bits that one would give them.
        var critic = Task.Factory.StartNew(
            () => TeachCritic(batches, states, actions, target), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        List<double> policyLosses;
        long clipped;
        try
        {
            (policyLosses, clipped) = TeachPolicy(batches, rows, states, actions, advantage, old);
        }
        finally
        {
            ((IAsyncResult)critic).AsyncWaitHandle.WaitOne(); // it reads tensors that end with this update
        }

        var valueLosses = critic.GetAwaiter().GetResult();
        return new()
        {
            Version = Version,
            PolicyLoss = policyLosses.DefaultIfEmpty(0).Average(),
            ValueLoss = valueLosses.Average(),
            ClipFraction = ofPolicy.Length == 0 ? 0 : (double)clipped / Learning.Passes / ofPolicy.Length,
            ExplainedVariance = Advantages.ExplainedVariance(predictions, targets),
        };
    }

    /// <summary>All steps of the critic, on a thread of its own. Returns the loss of each.</summary>
    private List<double> TeachCritic(IReadOnlyList<int[]> batches, StateBatch states, Tensor actions, Tensor targets)
    {
        Training.UseOneThread(); // torch asks each thread anew
        var losses = new List<double>();
        foreach (var batch in batches)
        {
            _cancel.ThrowIfCancellationRequested();
            using var step = NewDisposeScope();
            losses.Add(CriticStep(states, actions, targets, tensor(batch)));
        }

        return losses;
    }

    /// <summary>All steps of the policy. Returns the loss of each, and how many ratios had left the range that pulls, of all steps.</summary>
    private (List<double> Losses, long Outside) TeachPolicy(
        IReadOnlyList<int[]> batches, Transitions rows, StateBatch states, Tensor actions, Tensor advantages, Tensor old)
    {
        var (losses, outside) = (new List<double>(), 0L);
        foreach (var batch in batches)
        {
            _cancel.ThrowIfCancellationRequested();
            var taught = Array.FindAll(batch, row => rows.TrainsPolicy[row]);
            if (taught.Length == 0)
                continue;
            using var step = NewDisposeScope();
            var (loss, left) = PolicyStep(states, actions, advantages, old, tensor(taught));
            losses.Add(loss);
            outside += left;
        }

        return (losses, outside);
    }

    /// <summary>The rows of each minibatch of each pass that has any.</summary>
    private List<int[]> Minibatches(int count)
    {
        var batches = new List<int[]>();
        for (var pass = 0; pass < Learning.Passes; pass++)
        {
            var order = Shuffled(count, pass);
            for (var k = 0; k < Learning.Minibatches; k++)
            {
                var batch = order[(int)((long)k * count / Learning.Minibatches)..(int)((k + 1L) * count / Learning.Minibatches)];
                if (batch.Length > 0)
                    batches.Add(batch);
            }
        }

        return batches;
    }

    /// <summary>One step of Adam for the critic. Returns the mean of ½θ².</summary>
    private double CriticStep(StateBatch states, Tensor actions, Tensor targets, Tensor rows)
    {
        var prediction = Critic.Predict(states.At(rows), actions.index_select(0, rows));
        var error = (targets.index_select(0, rows) - prediction).detach(); // θ
        var squared = error * error;
        var loss = -((Learning.CriticRule == CriticRule.Literal ? squared : error) * prediction).mean(); // its descent is the mean of (18)
        _criticSteps!.Step(autograd.grad([loss], [.. Critic.Parameters]));
        return 0.5 * squared.mean().item<float>();
    }

    /// <summary>One step of Adam for the policy. Returns its loss, and how many rows' ratios had left the range that pulls.</summary>
    private (double Loss, long Outside) PolicyStep(StateBatch states, Tensor actions, Tensor advantages, Tensor old, Tensor rows)
    {
        var all = Policy.LogProbabilities(states.At(rows));
        var chosen = all.gather(1, actions.index_select(0, rows).unsqueeze(1)).squeeze(1);
        var advantage = advantages.index_select(0, rows);
        var ratio = (chosen - old.index_select(0, rows)).exp(); // ρ = π_new(A_t | S_t) / π_old(A_t | S_t)
        using Scalar least = (1 - Learning.Clip).ToScalar(), most = (1 + Learning.Clip).ToScalar(), weight = Learning.Entropy.ToScalar();
        var surrogate = minimum(ratio * advantage, ratio.clamp(least, most) * advantage);
        var loss = -surrogate.mean() - Entropies(Finite(all)).mean() * weight;
        _policySteps!.Step(autograd.grad([loss], [.. Policy.Parameters]));
        return (loss.item<float>(), ratio.lt(least).sum().item<long>() + ratio.gt(most).sum().item<long>());
    }

    // ---- Algorithm 1 ----

    /// <summary>One step for critic and policy after each row, in order: (17), (18), (19).</summary>
    private UpdateReport AsPrinted(Transitions rows, StateBatch states, Tensor actions)
    {
        var (predictions, targets, policyLosses) = (new float[rows.Count], new double[rows.Count], new List<double>());
        for (var row = 0; row < rows.Count; row++)
        {
            _cancel.ThrowIfCancellationRequested();
            using var step = NewDisposeScope();
            var (state, action) = (states.Slice(row, 1), actions.narrow(0, row, 1));
            var prediction = Critic.Predict(state, action);
            predictions[row] = prediction.item<float>();
            targets[row] = rows.Rewards[row] + Learning.Discount * (rows.Next[row] == Transitions.Nothing ? 0 : Worth(states.Slice(rows.Next[row], 1)));
            var error = targets[row] - predictions[row]; // θ, (17)
            var advantage = Learning.Critic == CriticKind.StateValue ? error : predictions[row] - Worth(state);

            Ascend(Critic.Parameters, prediction, Learning.CriticRate * (Learning.CriticRule == CriticRule.Literal ? error * error : error)); // (18)
            if (!rows.TrainsPolicy[row])
                continue;
            var logProbability = Policy.LogProbabilities(state).gather(1, action.unsqueeze(1)); // log π(A_t | S_t)
            Ascend(Policy.Parameters, logProbability, Learning.PolicyRate * advantage); // (19)
            policyLosses.Add(-advantage * logProbability.item<float>());
        }

        return new()
        {
            Version = Version,
            PolicyLoss = policyLosses.DefaultIfEmpty(0).Average(),
            ValueLoss = predictions.Select((p, row) => 0.5 * (targets[row] - p) * (targets[row] - p)).Average(),
            ExplainedVariance = Advantages.ExplainedVariance(predictions, targets),
        };
    }

    private double Worth(StateBatch state)
    {
        using var off = no_grad();
        return Critic.StateValues(state, Policy).item<float>();
    }

    /// <summary>W += step · ∇_W output.</summary>
    private static void Ascend(IReadOnlyList<Tensor> parameters, Tensor output, double step)
    {
        var gradients = autograd.grad([output.sum()], [.. parameters]);
        using var off = no_grad();
        using var factor = ((float)step).ToScalar(); // a step too long for float32 is an infinite one, which the report tells
        for (var i = 0; i < parameters.Count; i++)
            parameters[i].add_(gradients[i], factor);
    }

    // ---- What both use ----

    /// <summary>log π of all candidates of some rows, [rows, N], 0 where there is no candidate; null without rows.</summary>
    private Tensor? LogProbabilitiesNow(StateBatch states, int[] rows)
    {
        using var off = no_grad();
        return rows.Length == 0 ? null : Finite(Policy.LogProbabilities(states.At(tensor(rows))));
    }

    /// <summary>−Σ_a π log π of each row, [R]. Where there is no candidate log π must be 0, which makes its summand 0.</summary>
    private static Tensor Entropies(Tensor logProbabilities) => -(logProbabilities.exp() * logProbabilities).sum(1);

    /// <summary>0 where there is no candidate.</summary>
    private static Tensor Finite(Tensor logProbabilities)
    {
        using var zero = 0.0.ToScalar();
        return logProbabilities.masked_fill(logProbabilities.isneginf(), zero);
    }

    /// <summary>What each state is worth, and the prediction for each row.</summary>
    private (float[] Values, float[] Predictions) CriticNow(Transitions rows, StateBatch states, Tensor actions)
    {
        using var off = no_grad();
        return (Tensors.ToArray(Critic.StateValues(states, Policy)), Tensors.ToArray(Critic.Predict(states.Slice(0, rows.Count), actions)));
    }

    /// <summary>A permutation of 0 to count − 1, by Fisher and Yates; pure function of seed, update and pass.</summary>
    private int[] Shuffled(int count, int pass)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        for (var i = count - 1; i > 0; i--)
        {
            var j = RandomStreams.ToIndex(RandomStreams.Uniform(Seed, Version, pass, Purpose.Minibatches, i), i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }

        return order;
    }

    private bool IsFinite() => Policy.Parameters.Concat(Critic.Parameters).All(p => p.isfinite().all().item<bool>());

    /// <inheritdoc/>
    public void Dispose()
    {
        Policy.Dispose();
        Critic.Dispose();
        _policySteps?.Dispose();
        _criticSteps?.Dispose();
    }
}
