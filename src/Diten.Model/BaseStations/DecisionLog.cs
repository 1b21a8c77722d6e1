using Diten.Model.Learning;
using Diten.Model.Offloading;
using Diten.Model.Policies.Networks;
using Diten.Model.SystemTwin;

namespace Diten.Model.BaseStations;

/// <summary>What a base station writes down of its devices' decisions in a training run, for the learner.</summary>
public sealed class DecisionLog
{
    private readonly DecisionTrace _trace = new();
    private TrainingPolicy? _policy;
    private float[] _states = [], _probabilities = [];
    private int[] _actions = [], _counts = [], _unused = [];

    /// <summary>Takes over a policy of the learner.</summary>
    public void Use(TrainingPolicy policy) => _policy = policy;

    /// <summary>Makes room for a slot's devices.</summary>
    public void BeginSlot(int seats)
    {
        if (_counts.Length < seats)
            (_probabilities, _actions, _counts) = (new float[2 * seats], new int[2 * seats], new int[2 * seats]);
        if (_states.Length < seats * Width)
            _states = new float[2 * seats * Width];
        Array.Clear(_counts);
    }

    /// <summary>Has the policy decide for the devices of a round, and takes note of what it saw and did.</summary>
    internal void Decide(BaseStationState state, int round, DecisionBatch batch, Span<int> choices)
    {
        var policy = _policy ?? throw new InvariantViolatedException($"Station {state.Station}, slot {state.Slot}: the learner has published no policy.");
        if (_unused.Length < choices.Length)
            _unused = new int[2 * choices.Length];
        var sampled = ReferenceEquals(policy.Decides, policy.Network);
        policy.Network.Decide(batch, sampled ? choices : _unused, _trace);
        if (!sampled)
            policy.Decides.Decide(batch, choices);
        for (int seat = state.NextInRound(round, 0), row = 0; seat >= 0; seat = state.NextInRound(round, seat + 1), row++)
        {
            _trace.State(row).CopyTo(StateOf(seat));
            (_counts[seat], _actions[seat], _probabilities[seat]) =
                (batch.CandidateCounts[row], choices[row], sampled ? _trace.Probabilities[row] : 1);
        }
    }

    /// <summary>The slot's rows, by device id, once all tasks are done and before devices leave.</summary>
    /// <remarks>A task that was lost is worth R = −v · slot length − Q C: it is as bad as one that took the whole slot.</remarks>
    public DecisionRows Rows(BaseStationState state, Scenarios.Scenario scenario)
    {
        int[] seats = [.. Enumerable.Range(0, state.Attached).Where(seat => _counts[seat] > 0 || state.Turns[seat].Report.LastOfJourney)];
        var states = new float[seats.Count(seat => _counts[seat] > 0) * Width];
        var written = 0;
        foreach (var seat in seats)
        {
            if (_counts[seat] == 0)
                continue;
            StateOf(seat).CopyTo(states.AsSpan(written));
            written += Width;
        }

        return new DecisionRows(
            Array.ConvertAll(seats, seat => state.Seats[seat].Device),
            Array.ConvertAll(seats, seat => _counts[seat]),
            Array.ConvertAll(seats, seat => _counts[seat] > 0 ? _actions[seat] : 0),
            Array.ConvertAll(seats, seat => _counts[seat] > 0 ? _probabilities[seat] : 0),
            Array.ConvertAll(seats, seat => (float)RewardOf(state, scenario, seat)),
            Array.ConvertAll(seats, seat => state.Turns[seat].Report.LastOfJourney),
            states);
    }

    /// <summary>What the twin of the system learns of a slot's devices, before they leave; null in slots in which it is not fed.</summary>
    public static DeviceSighting[]? Sightings(BaseStationState state, Scenarios.Scenario scenario)
    {
        if (state.Slot >= scenario.Learning.TwinSlots())
            return null;
        var (every, sightings) = (SystemReport.Every(scenario), new List<DeviceSighting>());
        for (var i = 0; i < state.Attached; i++)
        {
            ref readonly var turn = ref state.Turns[i];
            if (state.Seats[i].Device % every == 0)
                sightings.Add(new DeviceSighting(
                    state.Seats[i].Device, turn.Report.X, turn.Report.Y, turn.Chosen < 0 ? -1 : state.Reach[turn.Chosen],
                    turn.Chosen < 0 ? 0 : turn.UplinkSeconds, turn.Report.Task.DataBits, turn.Report.Task.Cycles,
                    turn.Report.Task.DeadlineSeconds, turn.Report.LastOfJourney));
        }

        return [.. sightings];
    }

    private static double RewardOf(BaseStationState state, Scenarios.Scenario scenario, int seat)
    {
        ref readonly var turn = ref state.Turns[seat];
        var objective = scenario.Objective;
        return turn.Lost
            ? Rewards.Of(scenario.SlotLengthSeconds, turn.Report.Queue, turn.Migrates ? objective.MigrationCost : 0, objective.V)
            : state.Seats[seat].Link.Last.Reward;
    }

    private int Width => _policy?.StateWidth ?? 0;

    private Span<float> StateOf(int seat) => _states.AsSpan(seat * Width, Width);
}
