using Diten.Model.Statistics;
using Diten.Runs.Experiments.Designs;

namespace Diten.Runs.Experiments.Findings;

/// <summary>What was learned from a part.</summary>
/// <param name="Widths">Where seeds were added until intervals were narrow enough: the last decision; null = their number was fixed.</param>
internal sealed record PartFindings(PartResults Results, IReadOnlyList<Estimate> Estimates, IReadOnlyList<Claim> Claims, StoppingDecision? Widths)
{
    /// <summary>The part.</summary>
    public ExperimentPart Part => Results.Part;

    /// <summary>Makes all estimates, and holds all sentences against them.</summary>
    public static PartFindings Of(PartResults results, StoppingDecision? widths)
    {
        var estimates = Findings.Estimates.Of(results);
        return new PartFindings(results, estimates, Claim.Of(results.Part, estimates), widths);
    }
}
