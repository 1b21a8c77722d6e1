using System.Buffers;
using Diten.Model.Input;
using Diten.Model.Offloading;
using Diten.Model.Randomness;
using Diten.Model.Scenarios;

namespace Diten.Model.Policies.Networks;

/// <summary>
/// A policy network that decides: the candidate of the highest score, ties to the nearer, or one drawn from the softmax of the scores with
/// <see cref="Purpose.Policy"/>, index 0 (<c>policy.decide</c>; model.md §5).
/// </summary>
public sealed class LearnedPolicy : IOffloadingPolicy
{
    /// <summary>Devices whose states are held at once: few enough to stay in the cache.</summary>
    private const int Chunk = 64;

    private readonly PolicyInference _network;
    private readonly DecisionFeatures _features;
    private readonly PaperState _paper;
    private readonly int[] _unseen;
    private readonly int _featureCount;
    private readonly bool _sample, _set;
    private readonly ulong _seed;

    /// <param name="weights">The network.</param>
    /// <param name="scenario">Gives seed, <c>policy.decide</c>, and the objective's v and 𝒞.</param>
    /// <param name="spacingMetres">a, distance between neighbouring stations, metres; positive.</param>
    /// <exception cref="ArgumentException">The weights cannot be used, or not in this scenario; the message says why.</exception>
    public LearnedPolicy(PolicyWeights weights, Scenario scenario, double spacingMetres)
    {
        _network = new PolicyInference(weights);
        if (Misfit(weights, scenario) is { } misfit)
            throw new ArgumentException($"The policy {misfit}.", nameof(weights));
        _featureCount = DecisionFeatures.CountOf(weights.State);
        _features = new DecisionFeatures(spacingMetres, scenario.Objective.V, scenario.Objective.MigrationCost, weights.State);
        _paper = new PaperState(spacingMetres);
        _unseen = [.. Enumerable.Range(0, _featureCount).Where(i => !weights.Features[i])];
        (_sample, _set, _seed) = (scenario.Policy.Decide == PolicyDecide.Sample, weights.Kind == PolicyNetworkKind.Set, scenario.Seed);
    }

    /// <summary>The network.</summary>
    public PolicyWeights Weights => _network.Weights;

    /// <summary>The file that it was read from; null where there is none.</summary>
    public string? File { get; private init; }

    /// <summary>Reads the policy that a scenario names.</summary>
    /// <param name="scenario">With <c>policy.file</c>.</param>
    /// <param name="spacingMetres">a, distance between neighbouring stations, metres; positive.</param>
    /// <exception cref="InputFileException">The file cannot be used, or its policy does not fit the scenario.</exception>
    public static LearnedPolicy Load(Scenario scenario, double spacingMetres)
    {
        var file = scenario.Policy.File ?? throw new ArgumentException("policy.name = learned needs policy.file.", nameof(scenario));
        var weights = PolicyFile.Read(file);
        return Misfit(weights, scenario) is { } misfit
            ? throw new InputFileException(file, 0, misfit)
            : new LearnedPolicy(weights, scenario, spacingMetres) { File = file };
    }

    /// <inheritdoc/>
    public void Decide(DecisionBatch batch, Span<int> choices) => Decide(batch, choices, null);

    /// <summary>Chooses for every row of a batch, and tells a learner what it needs to know of it.</summary>
    /// <param name="trace">Receives states and probabilities; null where nobody learns. Never changes a choice.</param>
    /// <inheritdoc cref="IOffloadingPolicy.Decide"/>
    /// <exception cref="InvariantViolatedException">A score is not finite.</exception>
    public void Decide(DecisionBatch batch, Span<int> choices, DecisionTrace? trace)
    {
        var width = PolicyShape.StateWidth(Weights.State, batch.Candidates);
        trace?.Begin(batch.Count, width);
        var (inputCount, scoreCount) = (Math.Min(Chunk, batch.Count) * width, Math.Min(Chunk, batch.Count) * batch.Candidates);
        var (rentedInputs, rentedScores) = (ArrayPool<float>.Shared.Rent(inputCount), ArrayPool<float>.Shared.Rent(scoreCount));
        Span<float> inputs = rentedInputs.AsSpan(0, inputCount), scores = rentedScores.AsSpan(0, scoreCount);
        Span<double> scratch = stackalloc double[_sample ? batch.Candidates : 0];
        for (var first = 0; first < batch.Count; first += Chunk)
        {
            var end = Math.Min(first + Chunk, batch.Count);
            Score(batch, first, end, inputs, scores, trace);
            for (int row = first, at = 0; row < end; row++)
            {
                var own = scores.Slice(at, batch.CandidateCounts[row]);
                RequireFinite(own, batch, row);
                var (choice, probability) = _sample
                    ? Softmax.Sample(own, RandomStreams.UniformPair(_seed, batch.Devices[row], batch.Slot, Purpose.Policy).First, scratch)
                    : (Softmax.ArgMax(own), 1);
                choices[row] = choice;
                if (trace is not null)
                    trace.Probabilities[row] = (float)probability;
                at += _set ? own.Length : _network.Outputs;
            }
        }

        ArrayPool<float>.Shared.Return(rentedInputs);
        ArrayPool<float>.Shared.Return(rentedScores);
    }

    /// <summary>Why a policy cannot be used in a scenario, and what to do about it; null where it can.</summary>
    private static string? Misfit(PolicyWeights weights, Scenario scenario)
    {
        var (state, candidates) = (scenario.Decisions.State, scenario.Decisions.Candidates);
        if (weights.State != state)
            return $"reads the state {Words.Kebab(weights.State.ToString())}, but decisions.state = {Words.Kebab(state.ToString())}: "
                + $"set decisions.state = {Words.Kebab(weights.State.ToString())}, or name another policy";
        if (weights.Kind == PolicyNetworkKind.Dense && weights.Candidates != candidates)
            return $"is a dense network for {weights.Candidates} candidates, but decisions.candidates = {candidates}: "
                + $"set decisions.candidates = {weights.Candidates}, or name another policy";
        return null;
    }

    /// <summary>Scores of the rows from <paramref name="first"/> on: a set network's one candidate after another, a dense one's N a row.</summary>
    private void Score(DecisionBatch batch, int first, int end, Span<float> inputs, Span<float> scores, DecisionTrace? trace)
    {
        var written = 0;
        for (var row = first; row < end; row++)
        {
            var state = Encode(batch, row, inputs[written..]);
            written += state.Length;
            if (trace is null)
                continue;
            state.CopyTo(trace.State(row));
            trace.State(row)[state.Length..].Clear();
        }

        var rows = written / _network.Inputs;
        _network.Score(inputs[..written], rows, scores[..(rows * _network.Outputs)]);
    }

    /// <summary>Writes what the network sees of a row, and returns it: for a set network only the candidates that there are.</summary>
    private Span<float> Encode(DecisionBatch batch, int row, Span<float> into)
    {
        if (Weights.State == DecisionState.Paper)
        {
            _paper.Write(batch, row, into);
            return into[.._network.Inputs];
        }

        var written = _features.Write(batch, row, into);
        foreach (var feature in _unseen)
            for (var at = feature; at < written; at += _featureCount)
                into[at] = 0;
        if (_set)
            return into[..written];
        into[written.._network.Inputs].Clear();
        return into[.._network.Inputs];
    }

    private static void RequireFinite(ReadOnlySpan<float> scores, DecisionBatch batch, int row)
    {
        foreach (var score in scores)
            if (!float.IsFinite(score))
                throw new InvariantViolatedException(FormattableString.Invariant(
                    $"Device {batch.Devices[row]}, slot {batch.Slot}: the learned policy gives a candidate the score {score}."));
    }
}
