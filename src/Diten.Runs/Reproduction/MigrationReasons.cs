using System.Globalization;
using Diten.Runs.Results;
using static Diten.Runs.Reproduction.GridNames;

namespace Diten.Runs.Reproduction;

/// <summary>Why claims of migrations hold in part only, or not at all, or are open: from what was measured.</summary>
internal static class MigrationReasons
{
    /// <summary>At which speeds a scheme migrates less than nearest-first, at which more, and where the other one crosses.</summary>
    public static string Crossing(ReproductionResults results, string scheme, string other)
    {
        Check[] less = [.. MigrationClaims.Below(results, scheme, above: 0)];
        string[] Where(Func<Check, bool> takes) => [.. less.Where(takes).Select(check => check.At)];
        var (fewer, more) = (Where(check => check.Inside), Where(check => check.Outside));
        var elsewhere = MigrationClaims.CrossingOf(results["figure-8"], other) is { Exists: true } found
            ? $"With {other} they cross at {CheckUnit.Speed.Number(found.Place.Estimate)} m/s."
            : $"With {other} they do not cross.";
        return Reasons.Joined(
            fewer.Length == 0 ? "It migrates less than nearest-first at no speed." : $"It migrates less than nearest-first at {Reasons.List(fewer)}.",
            more.Length == 0 ? "It migrates more at no speed." : $"It migrates more at {Reasons.List(more)}.", elsewhere);
    }

    /// <summary>Of what is said of any speed: how it stands above the one that the paper names.</summary>
    public static string AtAnySpeed(Judgement found)
    {
        Check[] fast = [.. found.Checks.Where(check => double.Parse(check.At.Split(' ')[0], CultureInfo.InvariantCulture) > MigrationClaims.PaperSpeed)];
        return string.Create(CultureInfo.InvariantCulture, $"Fig. 8 itself says it of speeds above {MigrationClaims.PaperSpeed} m/s only, where it is so at {fast.Count(check => check.Inside)} of {fast.Length}.");
    }

    /// <summary>How much of a budget is used up where a larger one changes nothing.</summary>
    public static string Budgets(ReproductionResults results, Judgement found)
    {
        var grid = results["figure-8"];
        var used = from check in found.Checks
                   where !check.Inside
                   let names = check.At.Split(" → ")
                   let speed = names[1].Split(", ")[1]
                   let beta = double.Parse(names[0].Split("β=")[1], CultureInfo.InvariantCulture)
                   let rate = grid.Mean(Metric.MigrationRate, (Speed, speed[..^" m/s".Length]), (Scheme, names[0])).Mean
                   select $"{names[0].Split(", ")[1]} at {speed}: {Reasons.Percent(rate / beta)}";
        return $"Used of the smaller budget there: {string.Join("; ", used)}.";
    }
}
