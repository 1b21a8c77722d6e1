using Diten.Model.Statistics;
using Diten.Runs.Results;

namespace Diten.Runs.Experiments.Comparisons;

/// <summary>Several policies on the same seeds: means, and differences against the first policy run by run.</summary>
public sealed class Comparison
{
    private readonly Dictionary<string, RunSummary[]> _runs;

    /// <param name="policies">Names, the baseline first.</param>
    /// <param name="summaries">Of each policy in turn, one a seed, in the same order of seeds.</param>
    public Comparison(IReadOnlyList<string> policies, IReadOnlyList<RunSummary> summaries)
    {
        Policies = policies;
        RunSummary[][] chunks = [.. summaries.Chunk(summaries.Count / policies.Count)];
        _runs = Enumerable.Range(0, policies.Count).ToDictionary(i => policies[i], i => chunks[i]);
    }

    /// <summary>Names; the others are compared with the first.</summary>
    public IReadOnlyList<string> Policies { get; }

    /// <summary>Runs of each policy.</summary>
    public int Seeds => _runs[Policies[0]].Length;

    /// <summary>Figures that any of the runs tells, those of <see cref="Metric.Headline"/> first.</summary>
    public IEnumerable<Metric> Metrics => Metric.HeadlineFirst.Where(metric => Policies.Any(policy => Has(policy, metric)));

    /// <summary>Whether a policy's runs tell a figure: some do only where twins are measured.</summary>
    public bool Has(string policy, Metric metric) => !metric.OnlyMeasured || _runs[policy].All(run => run.Has(metric));

    /// <summary>Mean of a figure over a policy's runs.</summary>
    public MeanInterval Mean(string policy, Metric metric) => MeanInterval.Of(Values(policy, metric));

    /// <summary>The policy (first) against the baseline (second), seed by seed.</summary>
    public PairedComparison AgainstFirst(string policy, Metric metric) =>
        PairedComparison.Of(Values(policy, metric), Values(Policies[0], metric));

    private double[] Values(string policy, Metric metric) => [.. _runs[policy].Select(run => run[metric])];
}
