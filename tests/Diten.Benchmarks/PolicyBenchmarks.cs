using BenchmarkDotNet.Attributes;
using Diten.Model.Offloading;
using Diten.Model.Policies.Networks;
using Diten.Model.Scenarios;
using Diten.Model.Worlds;

namespace Diten.Benchmarks;

/// <summary>Decisions for 64 devices with 5 candidates each; an operation is one device's.</summary>
[MemoryDiagnoser]
public class PolicyBenchmarks
{
    private const int Devices = 64;
    private readonly int[] _choices = new int[Devices];
    private readonly DecisionTrace _trace = new();
    private readonly DecisionFeatures _encoder = new(156.25, 20, 1);
    private readonly IOffloadingPolicy _driftPlusPenalty = World.Create(new Scenario()).Policy;
    private readonly PolicyInference _network = new(UntrainedPolicy.Set(1));
    private DecisionBatch _batch = null!;
    private float[] _features = [], _scores = [];
    private LearnedPolicy _set = null!, _sampled = null!, _dense = null!, _paper = null!;

    /// <summary>N: what a decision costs grows with it.</summary>
    [Params(5, 10, 20, 40)]
    public int Candidates { get; set; }

    /// <summary>Devices whose features differ, and networks that have learned nothing.</summary>
    [GlobalSetup]
    public void Create()
    {
        var scenario = new Scenario() with { Decisions = new DecisionsSection { Candidates = Candidates } };
        var sample = scenario with { Policy = new PolicySection { Decide = PolicyDecide.Sample } };
        var paper = scenario with { Decisions = new DecisionsSection { Candidates = Candidates, State = DecisionState.Paper } };
        _batch = new DecisionBatch(Candidates);
        (_features, _scores) = (new float[Devices * Candidates * DecisionFeatures.Count], new float[Devices * Candidates]);
        (_set, _sampled) = (Learned(UntrainedPolicy.Set(1), scenario), Learned(UntrainedPolicy.Set(1), sample));
        _dense = Learned(UntrainedPolicy.Create(PolicyNetworkKind.Dense, DecisionState.Diten, Candidates, [64, 64, 64], 1), scenario);
        _paper = Learned(UntrainedPolicy.Create(PolicyNetworkKind.Dense, DecisionState.Paper, Candidates, [64, 64, 64], 1), paper);
        _batch.Begin(slot: 0, Devices);
        for (var row = 0; row < Devices; row++)
        {
            _batch.AddRow();
            (_batch.Devices[row], _batch.CandidateCounts[row], _batch.ServingIndices[row]) = (row, Candidates, row % Candidates);
            (_batch.Queues[row], _batch.Cycles[row]) = (row % 3, 1.5e9 + 1e6 * row);
            for (var k = 0; k < Candidates; k++)
            {
                var cell = row * Candidates + k;
                (_batch.DistanceMetres[cell], _batch.EstimatedHertz[cell]) = (60 * k + row, 1e9 * (1 + (7 * cell % 11)));
                (_batch.DeviationHertz[cell], _batch.PredictedSeconds[cell]) = (0.5e9, 0.03 + _batch.Cycles[row] / (_batch.EstimatedHertz[cell] + 0.5e9));
            }

            _encoder.Write(_batch, row, _features.AsSpan(row * Candidates * DecisionFeatures.Count));
        }
    }

    /// <summary>What the others are held against.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Devices)]
    public void Drift_plus_penalty() => _driftPlusPenalty.Decide(_batch, _choices);

    /// <summary>The 11 N features of a device.</summary>
    [Benchmark(OperationsPerInvoke = Devices)]
    public void Features()
    {
        for (var row = 0; row < Devices; row++)
            _encoder.Write(_batch, row, _features.AsSpan(row * Candidates * DecisionFeatures.Count));
    }

    /// <summary>The forward pass of the set network 11 → 32 → 32 → 1: 1,408 N multiply-adds a device.</summary>
    [Benchmark(OperationsPerInvoke = Devices)]
    public void Set_network_alone() => _network.Score(_features, Devices * Candidates, _scores);

    /// <summary>The whole decision by the set network's arg max.</summary>
    [Benchmark(OperationsPerInvoke = Devices)]
    public void Set_policy() => _set.Decide(_batch, _choices);

    /// <summary>By a draw from its softmax.</summary>
    [Benchmark(OperationsPerInvoke = Devices)]
    public void Set_policy_sampled() => _sampled.Decide(_batch, _choices);

    /// <summary>By a draw, with states and probabilities for a learner.</summary>
    [Benchmark(OperationsPerInvoke = Devices)]
    public void Set_policy_sampled_and_traced() => _sampled.Decide(_batch, _choices, _trace);

    /// <summary>A dense network on all features, 11 N → 64 → 64 → 64 → N: 768 N + 8,192 multiply-adds a device.</summary>
    [Benchmark(OperationsPerInvoke = Devices)]
    public void Dense_policy() => _dense.Decide(_batch, _choices);

    /// <summary>The paper's network on the paper's state, 3 N + 1 → 64 → 64 → 64 → N: some 256 N + 8,256 multiply-adds a device.</summary>
    [Benchmark(OperationsPerInvoke = Devices)]
    public void Paper_policy() => _paper.Decide(_batch, _choices);

    private static LearnedPolicy Learned(PolicyWeights weights, Scenario scenario) => new(weights, scenario, spacingMetres: 156.25);
}
