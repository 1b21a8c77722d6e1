using Diten.Model.Learning;
using Diten.Model.Offloading;
using Diten.Model.SystemTwin;

namespace Diten.Model.BaseStations;

/// <summary>What a base station writes down of its devices' decisions in a training run, for the learner.</summary>
public sealed class DecisionLog
{
    private readonly DecisionTrace _trace = new();
    private LearnedPolicy? _network;
    private IOffloadingPolicy? _decides;
    private float[] _states = [], _probabilities = [];
    private int[] _actions = [], _counts = [], _unused = [];
    private int _width;

    /// <summary>Takes over a policy of the learner.</summary>
    public void Use(PolicyPublished policy, World world)
    {
        // While it trains, a policy tries things out, whatever it will do when it is done.
        var scenario = world.Scenario with { Policy = world.Scenario.Policy with { Decide = Scenarios.PolicyDecide.Sample } };
        _network = new LearnedPolicy(policy.Weights, scenario, world.Topology.SpacingMetres);
        _decides = policy.Decides ? _network : world.Policy;
        _width = PolicyShape.StateWidth(policy.Weights.State, scenario.Decisions.Candidates);
    }

    /// <summary>Makes room for a slot's devices.</summary>
    public void BeginSlot(int seats)
    {
        if (_counts.Length < seats)
            (_probabilities, _actions, _counts) = (new float[2 * seats], new int[2 * seats], new int[2 * seats]);
        if (_states.Length < seats * _width)
            _states = new float[2 * seats * _width];
        Array.Clear(_counts);
    }

    /// <summary>Has the policy decide for the devices of a round, and takes note of what it saw and did.</summary>
    internal void Decide(BaseStationState state, int round, DecisionBatch batch, Span<int> choices)
    {
        var network = _network ?? throw new InvariantViolatedException($"Station {state.Station}, slot {state.Slot}: the learner has published no policy.");
        if (_unused.Length < choices.Length)
            _unused = new int[2 * choices.Length];
        var sampled = ReferenceEquals(_decides, network);
        network.Decide(batch, sampled ? choices : _unused, _trace);
        if (!sampled)
            _decides!.Decide(batch, choices);
        for (int seat = 0, row = 0; row < batch.Count; seat++)
        {
            if (!state.Turns[seat].Covered || state.Turns[seat].Report.Round != round)
                continue;
            _trace.State(row).CopyTo(StateOf(seat));
            (_counts[seat], _actions[seat], _probabilities[seat]) =
                (batch.CandidateCounts[row], choices[row], sampled ? _trace.Probabilities[row] : 1);
            row++;
        }
    }

    /// <summary>The slot's rows, by device id, once all tasks are done and before devices leave.</summary>
    public DecisionRows Rows(BaseStationState state)
    {
        int[] seats = [.. Enumerable.Range(0, state.Attached).Where(seat => _counts[seat] > 0 || state.Turns[seat].Report.LastOfJourney)];
        var states = new float[seats.Count(seat => _counts[seat] > 0) * _width];
        var written = 0;
        foreach (var seat in seats)
        {
            if (_counts[seat] == 0)
                continue;
            StateOf(seat).CopyTo(states.AsSpan(written));
            written += _width;
        }

        return new DecisionRows(
            Array.ConvertAll(seats, seat => state.Seats[seat].Device),
            Array.ConvertAll(seats, seat => _counts[seat]),
            Array.ConvertAll(seats, seat => _counts[seat] > 0 ? _actions[seat] : 0),
            Array.ConvertAll(seats, seat => _counts[seat] > 0 ? _probabilities[seat] : 0),
            Array.ConvertAll(seats, seat => (float)state.Seats[seat].Last.Reward),
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

    private Span<float> StateOf(int seat) => _states.AsSpan(seat * _width, _width);
}
