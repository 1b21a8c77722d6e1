using Diten.Model.Learning;
using Diten.Model.Offloading;
using Diten.Model.Randomness;

namespace Diten.Learning.Tests.Mdps;

/// <summary>A decision process as pure functions. Chance comes in as a uniform number in [0, 1).</summary>
internal interface ITinyMdp<TState>
    where TState : notnull
{
    TState Initial(double chance);

    /// <summary>Eleven features of each valid candidate.</summary>
    float[][] Observation(TState state);

    double Reward(TState state, int action);

    TState Transition(TState state, int action, double chance);

    bool Terminal(TState state);
}

/// <summary>Plays decision processes with a network's policy, as a learner's episodes.</summary>
internal static class Play
{
    /// <summary>Episodes of as many devices, each to its end, with actions sampled from the policy.</summary>
    /// <param name="candidates">N, to which observations are filled up with zeros.</param>
    /// <param name="slot">First slot of all episodes; makes another draw of everything.</param>
    public static Episode[] Episodes<TState>(ITinyMdp<TState> mdp, ActorCritic learner, int count, int slot, ulong seed, int? version = null)
        where TState : notnull
    {
        var n = learner.Shape.Candidates;
        var runs = Enumerable.Range(0, count).Select(device => new Run<TState>(mdp.Initial(RandomStreams.Uniform(seed, device, slot, Purpose.MobilityStart)))).ToArray();
        for (var t = slot; ; t++)
        {
            var alive = Enumerable.Range(0, count).Where(device => !mdp.Terminal(runs[device].State)).ToArray();
            if (alive.Length == 0)
                break;
            var seen = alive.Select(device => mdp.Observation(runs[device].State)).ToArray();
            var states = seen.Select(o => Fill(o, n)).ToArray();
            var policy = learner.Policy.Probabilities([.. states.SelectMany(s => s)], [.. seen.Select(o => o.Length)]);
            for (var i = 0; i < alive.Length; i++)
            {
                var (device, run) = (alive[i], runs[alive[i]]);
                var action = Sample(policy.AsSpan(i * n, seen[i].Length), RandomStreams.Uniform(seed, device, t, Purpose.Policy));
                run.Rows.Add((states[i], seen[i].Length, action, policy[i * n + action], mdp.Reward(run.State, action)));
                run.State = mdp.Transition(run.State, action, RandomStreams.Uniform(seed, device, t, Purpose.Mobility));
            }
        }

        return [.. runs.Select((run, device) => run.ToEpisode(device, slot, n, version ?? learner.Version))];
    }

    /// <summary>Each state's most probable action, ties to the nearer.</summary>
    public static int[] Best<TState>(ITinyMdp<TState> mdp, PolicyNetwork policy, IReadOnlyList<TState> states)
        where TState : notnull
    {
        var n = policy.Shape.Candidates;
        var seen = states.Select(mdp.Observation).ToArray();
        var probabilities = policy.Probabilities([.. seen.SelectMany(o => Fill(o, n))], [.. seen.Select(o => o.Length)]);
        return [.. seen.Select((o, i) => LowestIndexOf(probabilities.AsSpan(i * n, o.Length)))];
    }

    private static int LowestIndexOf(ReadOnlySpan<float> probabilities)
    {
        var best = 0;
        for (var k = 1; k < probabilities.Length; k++)
            best = probabilities[k] > probabilities[best] ? k : best;
        return best;
    }

    private static int Sample(ReadOnlySpan<float> probabilities, double chance)
    {
        for (var k = 0; k < probabilities.Length - 1; k++)
        {
            if (chance < probabilities[k])
                return k;
            chance -= probabilities[k];
        }

        return probabilities.Length - 1;
    }

    private static float[] Fill(float[][] observation, int candidates) =>
        [.. observation.SelectMany(x => x), .. new float[(candidates - observation.Length) * DecisionFeatures.Count]];

    private sealed class Run<TState>(TState state)
    {
        public TState State { get; set; } = state;
        public List<(float[] State, int Count, int Action, float Probability, double Reward)> Rows { get; } = [];

        public Episode ToEpisode(int device, int slot, int candidates, int version) => new()
        {
            Device = device,
            FirstSlot = slot,
            StateWidth = candidates * DecisionFeatures.Count,
            States = [.. Rows.SelectMany(r => r.State)],
            CandidateCounts = [.. Rows.Select(r => r.Count)],
            Actions = [.. Rows.Select(r => r.Action)],
            Probabilities = [.. Rows.Select(r => r.Probability)],
            Versions = [.. Rows.Select(_ => version)],
            Rewards = [.. Rows.Select(r => (float)r.Reward)],
            End = TransitionEnd.Terminal,
        };
    }
}

/// <summary>Exact values of processes with few states, by dynamic programming; chance is taken at some evenly spread numbers.</summary>
internal static class Exact
{
    /// <summary>Mean sum of rewards of an episode whose decisions <paramref name="decide"/> makes, given the value of each action.</summary>
    /// <param name="chances">How many numbers stand for chance: exact where all its thresholds are multiples of 1 / chances.</param>
    public static double Value<TState>(ITinyMdp<TState> mdp, int chances, Func<TState, double[], int> decide)
        where TState : notnull
    {
        double[] draws = [.. Enumerable.Range(0, chances).Select(i => (i + 0.5) / chances)];
        var known = new Dictionary<TState, double>();
        double Of(TState state)
        {
            if (mdp.Terminal(state))
                return 0;
            if (known.TryGetValue(state, out var value))
                return value;
            double[] values = [.. mdp.Observation(state).Select((_, action) =>
                mdp.Reward(state, action) + draws.Average(chance => Of(mdp.Transition(state, action, chance))))];
            return known[state] = values[decide(state, values)];
        }

        return draws.Average(chance => Of(mdp.Initial(chance)));
    }

    public static double Optimum<TState>(ITinyMdp<TState> mdp, int chances)
        where TState : notnull => Value(mdp, chances, (_, values) => Array.IndexOf(values, values.Max()));

    /// <summary>Of the policy that takes what is best for the moment.</summary>
    public static double Greedy<TState>(ITinyMdp<TState> mdp, int chances)
        where TState : notnull => Value(mdp, chances, (state, values) =>
    {
        double[] now = [.. values.Select((_, action) => mdp.Reward(state, action))];
        return Array.IndexOf(now, now.Max());
    });

    /// <summary>Of the network's most probable actions.</summary>
    public static double Learned<TState>(ITinyMdp<TState> mdp, int chances, PolicyNetwork policy)
        where TState : notnull => Value(mdp, chances, (state, _) => Play.Best(mdp, policy, [state])[0]);
}
