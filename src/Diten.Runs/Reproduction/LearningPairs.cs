using static Diten.Runs.Reproduction.GridNames;

namespace Diten.Runs.Reproduction;

/// <summary>Trained policies that claims compare with each other: those that the levels of a grid name alike.</summary>
internal static class LearningPairs
{
    /// <summary>Trainings of one seed, in reality and on the twin of the system.</summary>
    public static IEnumerable<(string Name, PaperCase Real, PaperCase Twin)> OnTwin(ReproductionResults results) =>
        BySeed(results["training-on-twin"], "trained in reality", "trained on the twin");

    /// <summary>Trainings of one seed that differ in ε alone.</summary>
    public static IEnumerable<(string Name, PaperCase Ahead, PaperCase Now)> Foresight(ReproductionResults results) =>
        BySeed(results["long-run"], "discount 0.95", "discount 0");

    /// <summary>Policies that were trained at a point of a grid, and the one that was trained once, there.</summary>
    public static IEnumerable<(string Name, PaperCase There, PaperCase Once)> AtThePoint(ReproductionResults results)
    {
        const string there = ", trained there", once = ", trained once";
        var grid = results["trained-at-the-point"];
        return from level in grid.Levels(Compared)
               where level.EndsWith(there, StringComparison.Ordinal)
               let point = level[..^there.Length]
               select (point, grid.Case(Compared, level), grid.Case(Compared, point + once));
    }

    /// <summary>Policies in a world without deviations, and predicting by (8) and by (10) in one with them.</summary>
    public static IEnumerable<(string Policy, PaperCase Without, PaperCase By8, PaperCase By10)> Calibration(ReproductionResults results)
    {
        var grid = results["calibration"];
        const string without = ", no deviation";
        return from level in grid.Levels(Compared)
               where level.EndsWith(without, StringComparison.Ordinal)
               let policy = level[..^without.Length]
               select (policy, grid.Case(Compared, level), grid.Case(Compared, $"{policy}, predicting by (8)"), grid.Case(Compared, $"{policy}, predicting by (10)"));
    }

    private static IEnumerable<(string Name, PaperCase Of, PaperCase Against)> BySeed(PaperGrid grid, string of, string against)
    {
        const string seed = ", seed ";
        return from level in grid.Levels(Policy)
               where level.StartsWith(of + seed, StringComparison.Ordinal)
               let number = level[(of + seed).Length..]
               select ($"training seed {number}", grid.Case(Policy, level), grid.Case(Policy, against + seed + number));
    }
}
