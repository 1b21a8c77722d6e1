using Diten.Model.Policies.Networks;
using Diten.Model.Randomness;
using Diten.Model.Scenarios;
using Diten.Model.Worlds;

namespace Diten.Bench;

/// <summary>The learned policy of <see cref="ArrayModel"/>, one device and one number at a time (model.md §5).</summary>
internal sealed class ArrayNetwork
{
    private const int Features = 11;

    private readonly PolicyWeights _policy;
    private readonly Scenario _scenario;
    private readonly double _spacing;
    private readonly float[] _state, _score;
    private readonly double[] _exponential;
    private readonly float[][] _activation;

    public ArrayNetwork(World world)
    {
        (_policy, _scenario, _spacing) = (((LearnedPolicy)world.Policy).Weights, world.Scenario, world.Topology.SpacingMetres);
        var most = _scenario.Decisions.Candidates;
        (Metres, Hertz, Deviation) = (new double[most], new double[most], new double[most]);
        (Seconds, Moves) = (new double[most], new bool[most]);
        _state = new float[_policy.State == DecisionState.Paper ? 3 * most + 1 : Features * most];
        (_score, _exponential) = (new float[most], new double[most]);
        _activation = [.. _policy.Layers.Select(layer => new float[layer.Outputs])];
    }

    /// <summary>Of each candidate, nearest first, to be filled before a choice: distance, metres; f and f̂, hertz; T̂, seconds; whether it is a migration.</summary>
    public double[] Metres { get; }

    /// <inheritdoc cref="Metres"/>
    public double[] Hertz { get; }

    /// <inheritdoc cref="Metres"/>
    public double[] Deviation { get; }

    /// <inheritdoc cref="Metres"/>
    public double[] Seconds { get; }

    /// <inheritdoc cref="Metres"/>
    public bool[] Moves { get; }

    /// <summary>The candidate that the network likes best, or that is drawn.</summary>
    /// <param name="candidates">How many there are.</param>
    public int Choose(int slot, int device, int candidates, double queue, double cycles)
    {
        if (_policy.State == DecisionState.Paper)
            ReadPaper(candidates, queue);
        else
            Read(candidates, queue, cycles);
        if (_policy.Kind == PolicyNetworkKind.Dense)
            Forward(_state).CopyTo(_score, 0);
        else
            for (var k = 0; k < candidates; k++)
                _score[k] = Forward(_state.AsSpan(k * Features, Features))[0];

        var best = 0;
        for (var k = 1; k < candidates; k++)
            if (_score[k] > _score[best])
                best = k;
        return _scenario.Policy.Decide == PolicyDecide.ArgMax ? best : Draw(slot, device, candidates, _score[best]);
    }

    private int Draw(int slot, int device, int candidates, double highest)
    {
        var sum = 0.0;
        for (var k = 0; k < candidates; k++)
            sum += _exponential[k] = Math.Exp(_score[k] - highest);
        var target = RandomStreams.Uniform(_scenario.Seed, device, slot, Purpose.Policy) * sum;
        var reached = 0.0;
        for (var k = 0; k < candidates - 1; k++)
            if (target < (reached += _exponential[k]))
                return k;
        return candidates - 1;
    }

    private void Read(int candidates, double queue, double cycles)
    {
        Array.Clear(_state);
        var fastest = double.PositiveInfinity;
        for (var k = 0; k < candidates; k++)
            fastest = Math.Min(fastest, Seconds[k]);
        var (v, cost, log) = (_scenario.Objective.V, _scenario.Objective.MigrationCost, Math.Log(1 + queue));
        for (var k = 0; k < candidates; k++)
        {
            var slower = Seconds[k] - fastest;
            var penalty = v * slower + (Moves[k] ? queue * cost : 0);
            Put(k, 0, Metres[k] / _spacing);
            Put(k, 1, Hertz[k] / 10e9);
            Put(k, 2, Deviation[k] / 1e9);
            Put(k, 3, 10 * slower);
            Put(k, 4, 5 * Seconds[k]);
            Put(k, 5, Moves[k] ? 1 : 0);
            Put(k, 6, log);
            Put(k, 7, Moves[k] ? log : 0);
            Put(k, 8, cycles / 2e9);
            Put(k, 9, (double)k / Metres.Length);
            Put(k, 10, Math.Min(penalty, 10) / 5);
        }
    }

    private void Put(int k, int feature, double value)
    {
        if (_policy.Features[feature])
            _state[k * Features + feature] = (float)value;
    }

    private void ReadPaper(int candidates, double queue)
    {
        Array.Clear(_state);
        for (var k = 0; k < candidates; k++)
        {
            _state[3 * k] = (float)(Metres[k] / _spacing);
            _state[3 * k + 1] = (float)(Hertz[k] / 10e9);
            _state[3 * k + 2] = (float)(Deviation[k] / 1e9);
        }

        _state[^1] = (float)queue;
    }

    /// <summary>b, then each input in turn by a fused multiply-add; ReLU but after the last layer.</summary>
    private float[] Forward(ReadOnlySpan<float> input)
    {
        for (var i = 0; i < _activation.Length; i++)
        {
            var (layer, result) = (_policy.Layers[i], _activation[i]);
            for (var output = 0; output < result.Length; output++)
            {
                var sum = layer.Bias[output];
                for (var at = 0; at < input.Length; at++)
                    sum = MathF.FusedMultiplyAdd(layer.Weights[output * input.Length + at], input[at], sum);
                result[output] = i < _activation.Length - 1 && !(sum > 0) ? 0 : sum;
            }

            input = result;
        }

        return _activation[^1];
    }
}
