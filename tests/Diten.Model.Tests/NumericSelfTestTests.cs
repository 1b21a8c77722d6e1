using System.Diagnostics;

namespace Diten.Model.Tests;

/// <summary>The check that two machines compute alike.</summary>
public sealed class NumericSelfTestTests
{
    [Fact]
    public void The_same_machine_always_agrees_with_itself()
    {
        var first = NumericSelfTest.Hash();

        Assert.Matches("^[0-9a-f]{64}$", first);
        Assert.All(Enumerable.Range(0, 50), _ => Assert.Equal(first, NumericSelfTest.Hash())); // also when the compiler has optimised it
        Assert.Single(Enumerable.Range(0, 8).AsParallel().Select(_ => NumericSelfTest.Hash()).Distinct());
    }

    [Fact]
    public void It_costs_a_start_next_to_nothing()
    {
        NumericSelfTest.Hash();
        var best = Enumerable.Range(0, 10).Min(_ =>
        {
            var watch = Stopwatch.StartNew();
            NumericSelfTest.Hash();
            return watch.Elapsed.TotalMilliseconds;
        });

        Assert.True(best < 20, $"{best} ms");
    }

    [Fact]
    public void A_machine_is_described_in_a_line()
    {
        Assert.Contains(".NET", NumericSelfTest.Describe());
        Assert.DoesNotContain('\n', NumericSelfTest.Describe());
    }
}
