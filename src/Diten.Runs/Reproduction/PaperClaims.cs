namespace Diten.Runs.Reproduction;

/// <summary>The table of the paper's claims.</summary>
internal static class PaperClaims
{
    /// <summary>All, by figure; those without one come last.</summary>
    public static IReadOnlyList<PaperClaim> All { get; } =
        [.. LearningClaims.All.Concat(LatencyClaims.All).Concat(MigrationClaims.All).OrderBy(claim => claim.Figure == 0 ? int.MaxValue : claim.Figure)];

    /// <summary>Holds claims against results.</summary>
    public static IReadOnlyList<JudgedReading> Judge(IEnumerable<PaperClaim> claims, ReproductionResults results) => [.. claims.SelectMany(claim => claim.Judge(results))];
}
