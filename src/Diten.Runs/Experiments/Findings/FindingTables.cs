using Diten.Runs.Results;

namespace Diten.Runs.Experiments.Findings;

/// <summary>The tables of what was estimated, and of what is claimed.</summary>
internal static class FindingTables
{
    private sealed record EstimateRow(string Part, Estimate Estimate);

    private sealed record ClaimRow(string Part, Claim Claim);

    private static Table<EstimateRow> Estimates { get; } = new(
        "estimates", "One row for each number that was estimated; SI units, or shares, or the unit of the axis; intervals of 95 %.",
        new TextColumn<EstimateRow>("part", "", "Part of the experiment; empty where there is one only.", (in EstimateRow r) => r.Part),
        new TextColumn<EstimateRow>("estimate", "", "Its name in the experiment's file.", (in EstimateRow r) => r.Estimate.Design.Name),
        new TextColumn<EstimateRow>("kind", "", "mean, difference, recovered (a share) or crossing (a place on an axis).", (in EstimateRow r) => r.Estimate.Design.Kind.ToString().ToLowerInvariant()),
        new TextColumn<EstimateRow>("figure", "", "Name of the figure in summary.json.", (in EstimateRow r) => r.Estimate.Design.Metric.Name),
        new TextColumn<EstimateRow>("of", "", "The case, the remedied one, or the first curve.", (in EstimateRow r) => r.Estimate.Design.Of.ToString()),
        new TextColumn<EstimateRow>("against", "", "What it is compared with.", (in EstimateRow r) => r.Estimate.Design.Against?.ToString() ?? ""),
        new TextColumn<EstimateRow>("at", "", "Levels of all other axes.", (in EstimateRow r) => r.Estimate.At.ToString()),
        new NumberColumn<EstimateRow, int>("seeds", "worlds", "Number of worlds.", (in EstimateRow r) => r.Estimate.Seeds),
        new NumberColumn<EstimateRow, double>("value", "of the figure", "The estimate.", (in EstimateRow r) => r.Estimate.Value),
        new NumberColumn<EstimateRow, double>("low", "of the figure", "Lower end of its interval.", (in EstimateRow r) => r.Estimate.Low),
        new NumberColumn<EstimateRow, double>("high", "of the figure", "Upper end of its interval.", (in EstimateRow r) => r.Estimate.High),
        new NumberColumn<EstimateRow, double>("p", "1", "Two-sided p, or p of being equal within the margin; NaN where there is no test.", (in EstimateRow r) => r.Estimate.P),
        new NumberColumn<EstimateRow, double>("p_corrected", "1", "Corrected with all other primary ones (Holm); NaN where it is exploratory.", (in EstimateRow r) => r.Estimate.Corrected),
        new TextColumn<EstimateRow>("note", "", "What else is to be said.", (in EstimateRow r) => r.Estimate.Note));

    private static Table<ClaimRow> Claims { get; } = new(
        "claims", "One row for each sentence that was held against estimates.",
        new TextColumn<ClaimRow>("part", "", "Part of the experiment; empty where there is one only.", (in ClaimRow r) => r.Part),
        new TextColumn<ClaimRow>("claim", "", "Its name in the experiment's file.", (in ClaimRow r) => r.Claim.Design.Name),
        new TextColumn<ClaimRow>("verdict", "", "holds, holds in part, open, or does not hold.", (in ClaimRow r) => r.Claim.Word),
        new TextColumn<ClaimRow>("says", "", "The sentence.", (in ClaimRow r) => r.Claim.Design.Says),
        new TextColumn<ClaimRow>("estimate", "", "Name of the estimate.", (in ClaimRow r) => r.Claim.Design.Estimate),
        new NumberColumn<ClaimRow, double>("low", "of the figure", "Least value with which it holds.", (in ClaimRow r) => r.Claim.Design.Low),
        new NumberColumn<ClaimRow, double>("high", "of the figure", "Largest value with which it holds.", (in ClaimRow r) => r.Claim.Design.High));

    /// <summary>Writes <c>estimates</c> and <c>claims</c>, as CSV and Parquet, into an existing folder.</summary>
    public static void Write(string folder, IReadOnlyList<PartFindings> parts)
    {
        using (var table = Estimates.Create(folder, 10_000))
        {
            foreach (var part in parts)
                foreach (var estimate in part.Estimates)
                    table.Write(new EstimateRow(part.Part.Name, estimate));
            table.Complete();
        }

        using (var table = Claims.Create(folder, 10_000))
        {
            foreach (var part in parts)
                foreach (var claim in part.Claims)
                    table.Write(new ClaimRow(part.Part.Name, claim));
            table.Complete();
        }
    }
}
