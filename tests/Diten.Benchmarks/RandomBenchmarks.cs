using BenchmarkDotNet.Attributes;
using Diten.Model.Offloading;
using Diten.Model.Randomness;
using Diten.Model.Scenarios;

namespace Diten.Benchmarks;

/// <summary>Random draws: three blocks of Philox for each device and slot, and what is made of them.</summary>
[MemoryDiagnoser]
public class RandomBenchmarks
{
    private readonly Scenario _scenario = new();
    private int _slot;

    /// <summary>One block of Philox4x32-10: two uniforms.</summary>
    [Benchmark]
    public (double, double) Two_uniforms() => RandomStreams.UniformPair(1, 7, _slot++, Purpose.Task);

    /// <summary>A normal draw by Box-Muller.</summary>
    [Benchmark]
    public double One_normal() => RandomStreams.Normal(1, 7, _slot++, Purpose.Deviation);

    /// <summary>A device's task: data, work, deadline and power.</summary>
    [Benchmark]
    public OffloadingTask One_task() => OffloadingTask.Draw(_scenario, 7, _slot++);
}
