using BenchmarkDotNet.Running;

namespace Diten.Benchmarks;

/// <summary>Micro-benchmarks of the model's hot rules, without actors; how to run and read them: docs/benchmarks.md.</summary>
public static class Program
{
    /// <summary>Takes BenchmarkDotNet's options, such as <c>--filter '*'</c>.</summary>
    public static void Main(string[] args) => BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
}
