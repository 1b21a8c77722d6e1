using Diten.Model.Statistics;
using Diten.Runs.Experiments.Designs;
using Diten.Runs.Experiments.Findings;

namespace Diten.Runs.Sensitivity;

/// <summary>What became of a claim in a reading.</summary>
/// <param name="Level">The reading, as <see cref="SensitivityEffects.Base"/> or "name: other".</param>
/// <param name="Difference">Of the claim's two means, world by world; in SI units.</param>
internal sealed record SensitivityEffect(SensitivityClaim Claim, string Level, MeanInterval Difference)
{
    /// <summary>Whether the claim holds there.</summary>
    public Verdict Verdict => SensitivityClaim.VerdictOf(Difference);
}

/// <summary>All claims in some readings.</summary>
internal sealed class SensitivityEffects
{
    /// <summary>The axis of readings.</summary>
    public const string Axis = "reading";

    /// <summary>The level with all of Diten's own readings.</summary>
    public const string Base = "Diten's readings";

    private readonly Dictionary<(string Claim, string Level), SensitivityEffect> _effects = [];

    /// <summary>Measures them on the results of a grid of readings × cases.</summary>
    public SensitivityEffects(PartResults results)
    {
        Levels = [.. results.Part.Axes[results.Part.IndexOf(Axis)].Levels.Select(level => level.Name)];
        foreach (var level in Levels)
            foreach (var claim in SensitivityClaims.All)
            {
                double[] Values((string Case, Results.Metric Metric) side) =>
                    results.Values(results.Part.Matching(new Selection([(Axis, level), (SensitivityClaims.Axis, side.Case)])).Single(), side.Metric);
                _effects[(claim.Name, level)] = new SensitivityEffect(claim, level, PairedTest.Of(Values(claim.Of), Values(claim.Against)).Difference);
            }
    }

    /// <summary>The readings, in order.</summary>
    public IReadOnlyList<string> Levels { get; }

    /// <summary>A claim in a reading.</summary>
    public SensitivityEffect this[SensitivityClaim claim, string level] => _effects[(claim.Name, level)];

    /// <summary>Name of the level of another reading.</summary>
    public static string LevelOf(ModelReading reading, OtherReading other) => $"{reading.Name}: {other.Name}";
}
