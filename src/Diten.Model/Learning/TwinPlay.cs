using Diten.Model.Offloading;
using Diten.Model.Policies.Networks;
using Diten.Model.Randomness;
using Diten.Model.Scenarios;
using Diten.Model.Space;
using Diten.Model.SystemTwin;

namespace Diten.Model.Learning;

/// <summary>Lets a policy play in the world that the system's twin believes in, and writes episodes down; a pure function of its arguments.</summary>
/// <remarks>
/// A play begins in a slot that is drawn from the model's, and lasts as long as a journey, or as the model reaches. All recorded devices take
/// part and try things out, in the scenario's decision rounds; the journeys that are wanted are drawn among them. Of a play that is cut before a
/// journey ends, the state that comes next is kept, as with episodes of the emulation. See <see cref="Purpose.TwinPlay"/> for what is drawn.
/// </remarks>
/// <param name="scenario">What is trained in.</param>
/// <param name="topology">Where servers stand.</param>
public sealed class TwinPlay(Scenario scenario, Topology topology)
{
    private readonly DecisionBatch _batch = new(scenario.Decisions.Candidates);
    private readonly DecisionTrace _trace = new();

    /// <summary>Journeys that make as many decisions as a period of the emulation.</summary>
    public static int JourneysOf(Scenario scenario) => scenario.Learning.TwinJourneys > 0
        ? scenario.Learning.TwinJourneys
        : (int)Math.Max(1, (long)scenario.Learning.PeriodSlots * scenario.Devices.Count / scenario.Devices.JourneySlots);

    /// <summary>Plays as many journeys as a version of the policy is trained on.</summary>
    /// <param name="model">What the twin knows.</param>
    /// <param name="weights">The policy that decides.</param>
    /// <param name="version">Its version.</param>
    /// <returns>By first slot and device, both counted anew; none where the model knows too little.</returns>
    public IReadOnlyList<Episode> Play(SystemTwinModel model, PolicyWeights weights, int version)
    {
        var slots = Math.Min(scenario.Devices.JourneySlots, model.Slots.Length - TwinEnvironment.First - 1);
        var devices = model.Slots.Length == 0 ? 0 : model.Slots[0].Devices.Length;
        if (slots < 1 || devices == 0)
            return [];
        var pool = new EpisodePool(1, PolicyShape.StateWidth(weights.State, scenario.Decisions.Candidates));
        var wanted = JourneysOf(scenario);
        List<DecisionRows>[] rows = [.. Enumerable.Range(0, slots + 1).Select(_ => new List<DecisionRows>())];
        for (var play = 0; play * devices < wanted; play++)
            Play(model, weights, (version, play), slots, Math.Min(devices, wanted - play * devices), rows);
        for (var slot = 0; slot <= slots; slot++)
            pool.Add(0, slot, DecisionRows.Joined(rows[slot]), _ => version);
        return pool.Take().Episodes;
    }

    private void Play(SystemTwinModel model, PolicyWeights weights, (int Version, int Play) key, int slots, int wanted, List<DecisionRows>[] rows)
    {
        var (first, second) = RandomStreams.UniformPair(scenario.Seed, key.Version, key.Play, Purpose.TwinPlay);
        var own = scenario with
        {
            Seed = (ulong)(first * (1L << 53)) ^ (ulong)(second * (1L << 53)) << 11,
            Policy = scenario.Policy with { Decide = PolicyDecide.Sample },
        };
        var policy = new LearnedPolicy(weights, own, topology.SpacingMetres);
        var environment = new TwinEnvironment(Surroundings.Of(scenario, topology), topology.Servers, model);
        var starts = model.Slots.Length - slots - TwinEnvironment.First;
        var state = environment.Initial(
            TwinEnvironment.First + RandomStreams.ToIndex(RandomStreams.Uniform(own.Seed, 0, 0, Purpose.TwinPlay), starts));
        var log = new Log(Learners(own.Seed, state.Queue.Length, wanted), key.Play * state.Queue.Length, _trace);
        var turns = new List<int>[scenario.Decisions.Rounds];
        for (var round = 0; round < turns.Length; round++)
            turns[round] = [];
        var rewards = new float[state.Queue.Length];
        for (var t = 0; t <= slots; t++)
        {
            var slot = model.Slots[state.At];
            Draw(own.Seed, slot, turns);
            log.BeginSlot();
            foreach (var turn in turns)
            {
                environment.Observe(state, [.. turn], _batch);
                var choices = new int[turn.Count];
                policy.Decide(_batch, choices, _trace);
                log.Add(turn, _batch, choices);
                environment.Place(state, [.. turn], _batch, choices);
            }

            if (t < slots) // else what is kept of it is what came next
                environment.EndSlot(state, rewards);
            rows[t].Add(log.EndSlot(slot, rewards, cut: t == slots));
        }
    }

    /// <summary>Who decides in which part of the slot.</summary>
    private static void Draw(ulong seed, RecordedSlot slot, List<int>[] turns)
    {
        foreach (var turn in turns)
            turn.Clear();
        for (var i = 0; i < slot.Devices.Length; i++)
            if (slot.Devices[i].Covered)
                turns[RandomStreams.ToIndex(RandomStreams.Uniform(seed, slot.Devices[i].Device, slot.Slot, Purpose.DecisionRound), turns.Length)].Add(i);
    }

    /// <summary>Of all devices, those whose journeys are wanted, without repetition.</summary>
    private static bool[] Learners(ulong seed, int devices, int wanted)
    {
        var learns = new bool[devices];
        if (wanted == devices)
        {
            Array.Fill(learns, true);
            return learns;
        }

        int[] order = [.. Enumerable.Range(0, devices)];
        for (var i = 0; i < wanted; i++)
        {
            var j = i + RandomStreams.ToIndex(RandomStreams.Uniform(seed, 0, 0, Purpose.TwinPlay, 1 + i), devices - i);
            (order[i], order[j]) = (order[j], order[i]);
            learns[order[i]] = true;
        }

        return learns;
    }

    /// <summary>What a play's learners saw and did in a slot.</summary>
    private sealed class Log(bool[] learns, int firstId, DecisionTrace trace)
    {
        private readonly float[][] _states = new float[learns.Length][];
        private readonly int[] _counts = new int[learns.Length], _actions = new int[learns.Length];
        private readonly float[] _probabilities = new float[learns.Length];

        public void BeginSlot() => Array.Clear(_counts);

        public void Add(List<int> turn, DecisionBatch batch, int[] choices)
        {
            for (var row = 0; row < choices.Length; row++)
            {
                var i = turn[row];
                if (learns[i])
                    (_states[i], _counts[i], _actions[i], _probabilities[i]) =
                        (trace.State(row).ToArray(), batch.CandidateCounts[row], choices[row], trace.Probabilities[row]);
            }
        }

        public DecisionRows EndSlot(RecordedSlot slot, float[] rewards, bool cut)
        {
            bool Ends(int i) => !cut && slot.Devices[i].Ends;
            int[] rows = [.. Enumerable.Range(0, learns.Length).Where(i => learns[i] && (_counts[i] > 0 || Ends(i)))];
            return new DecisionRows(
                Array.ConvertAll(rows, i => firstId + i), Array.ConvertAll(rows, i => _counts[i]),
                Array.ConvertAll(rows, i => _counts[i] > 0 ? _actions[i] : 0), Array.ConvertAll(rows, i => _counts[i] > 0 ? _probabilities[i] : 0),
                Array.ConvertAll(rows, i => rewards[i]), Array.ConvertAll(rows, Ends),
                [.. rows.Where(i => _counts[i] > 0).SelectMany(i => _states[i])]);
        }
    }
}
