using System.Text;
using Diten.Runs.Experiments.Findings;
using Diten.Runs.Experiments.Pages;
using Diten.Runs.Plots.Figures;
using Diten.Runs.Results;

namespace Diten.Runs.Sensitivity;

/// <summary>The page of the readings, as Markdown: which claims stand in all of them, and which rest on one.</summary>
public static class SensitivityPage
{
    /// <summary>Writes it, with a figure a claim in a folder of the same name beside it.</summary>
    /// <param name="path">Of the page, ending in <c>.md</c>.</param>
    /// <param name="command">The command that makes it again.</param>
    public static void Write(string path, SensitivityResult result, string command)
    {
        var figures = new PageFigures(path);
        var page = new StringBuilder(Head(result, command));
        page.Append("## What stands, and what rests on a reading\n\n| claim | Fig. | says | with Diten's readings | in other worlds | with one reading changed |\n|---|---|---|---|---|---|\n");
        foreach (var claim in SensitivityClaims.All)
        {
            var (here, elsewhere) = (result.Alone[claim, SensitivityEffects.Base], result.Elsewhere[claim, SensitivityEffects.Base]);
            page.Append($"| {claim.Name} | {claim.Figure} | {claim.Says} | {Shown(here)} | {Shown(elsewhere)} | {Outcome(result, claim)} |\n");
        }

        page.Append("\n\"In other worlds\" are Diten's readings once more, with seeds that nothing else here has.\n\n");
        AppendPairs(page, result);
        AppendDeclaration(page, result);
        page.Append("## Claim by claim\n\n");
        foreach (var claim in SensitivityClaims.All)
            figures.Append(page, FigureOf(result, claim));
        File.WriteAllText(path, page.ToString());
    }

    /// <summary>The tornado of a claim.</summary>
    internal static TornadoFigure FigureOf(SensitivityResult result, SensitivityClaim claim)
    {
        var (metric, basis) = (claim.Of.Metric, result.Alone[claim, SensitivityEffects.Base]);
        var bars = result.Alone.Levels.Where(level => level != SensitivityEffects.Base).Select(level => result.Alone[claim, level])
            .Select(effect => new TornadoBar(effect.Level, ExperimentFigures.Scaled(metric, effect.Difference), effect.Verdict switch
            {
                Verdict.Holds => TornadoVerdict.Holds,
                Verdict.DoesNotHold => TornadoVerdict.DoesNotHold,
                _ => TornadoVerdict.Open,
            }));
        var caption = $"{SidesOf(claim)}: the claim holds left of the line at 0.";
        return new TornadoFigure(
            $"tornado-{claim.Name.ToLowerInvariant()}", $"{claim.Name}: {claim.Says}", caption, AxisOf(metric),
            ExperimentFigures.Scaled(metric, basis.Difference), 0, [.. bars]);
    }

    /// <summary>What a tornado shows of a metric.</summary>
    internal static Quantity AxisOf(Metric metric) => ExperimentFigures.QuantityOf(metric) with { Name = $"Difference of {Shape.NameOf(metric)}" };

    private static string Head(SensitivityResult result, string command)
    {
        var page = new StringBuilder("# Readings of the paper, and what its claims owe to them\n\n");
        page.Append("The paper leaves things open. Diten had to choose, and every choice is a key of the scenario. This page changes one choice at a time, ")
            .Append("and then two at a time of those that matter most, and asks of each claim of a direction whether it still holds.\n\n")
            .Append("All numbers and figures of this page come from one command:\n\n```\n").Append(command).Append("\n```\n\n");
        if (result.IsQuick)
            page.Append("**A quick run**: few worlds, small and short ones, and the first alternative of each reading only. Where it says *open*, more worlds would be needed to say.\n\n");
        page.Append(FormattableString.Invariant($"The world is a piece of the paper's city, {result.SideKilometres} km × {result.SideKilometres} km, with {result.Users} users. "));
        page.Append("The proposed scheme is drift-plus-penalty, the rule of (13): it needs no training, which each reading would want one of. ")
            .Append("Claims have the names that [the page of the paper's figures](reproduction.md) gives them; there the learned policy is the proposed scheme, but in K6b. ")
            .Append("A claim is a difference of two means, world by world, that must be below 0: it *holds* where the whole 95 % interval is, it *does not hold* ")
            .Append("where none of it is, and else it is *open*. Where a claim itself sets what a reading changes (speed, β), the claim's values count.\n\n");
        page.Append("Of the claims of that page these are not here:\n\n");
        foreach (var (names, why) in SensitivityClaims.LeftOut)
            page.Append($"- {string.Join(", ", names)}: {why}\n");
        page.Append($"\nReadings that no key changes, so that they are not varied: {string.Join("; ", ModelReadings.Fixed)}.\n\n");
        return page.ToString();
    }

    private static string Outcome(SensitivityResult result, SensitivityClaim claim)
    {
        var basis = result.Alone[claim, SensitivityEffects.Base].Verdict;
        var others = result.Alone.Levels.Where(level => level != SensitivityEffects.Base).Select(level => result.Alone[claim, level]).ToArray();
        string Names(Verdict verdict) => string.Join("; ", others.Where(effect => effect.Verdict == verdict).Select(effect => effect.Level));
        return basis switch
        {
            _ when others.All(effect => effect.Verdict == Verdict.Holds) => "**stands in every reading**",
            Verdict.Holds when others.Any(effect => effect.Verdict == Verdict.DoesNotHold) =>
                $"flips with {Names(Verdict.DoesNotHold)}{(Names(Verdict.Open) is { Length: > 0 } open ? $"; open with {open}" : "")}",
            Verdict.Holds => $"never flips; open with {Names(Verdict.Open)}",
            _ when others.Any(effect => effect.Verdict == Verdict.Holds) => $"holds only with {Names(Verdict.Holds)}",
            _ => "holds in no reading",
        };
    }

    private static void AppendPairs(StringBuilder page, SensitivityResult result)
    {
        page.Append("## Two at a time\n\nThe readings that matter most: those with which most claims flip, and of equal ones those that move them farthest. ")
            .Append("Each is taken with the alternative that moves claims most.\n\n| readings | flip, and did with one of the two alone | flip only with both |\n|---|---|---|\n");
        foreach (var (level, first, second) in result.Pairs)
        {
            SensitivityClaim[] flipped = [.. SensitivityClaims.All.Where(claim => Flips(result.Paired[claim, level], result, claim))];
            var alone = flipped.Where(claim => Flips(result.Alone[claim, first], result, claim) || Flips(result.Alone[claim, second], result, claim)).ToArray();
            page.Append($"| {level} | {Names(alone)} | {Names(flipped.Except(alone))} |\n");
        }

        page.Append('\n');
    }

    private static void AppendDeclaration(StringBuilder page, SensitivityResult result)
    {
        page.Append("## The declaration\n\n| reading | the paper says | Diten takes | because | one could take | claims that flip then |\n|---|---|---|---|---|---|\n");
        foreach (var reading in ModelReadings.All)
            foreach (var other in reading.Others)
            {
                var level = SensitivityEffects.LevelOf(reading, other);
                var wasRun = result.Alone.Levels.Contains(level);
                var flipped = wasRun ? Names(SensitivityClaims.All.Where(claim => Flips(result.Alone[claim, level], result, claim))) : "not run";
                var head = ReferenceEquals(other, reading.Others[0]) ? $"{reading.Name} | {reading.Paper} | {reading.Taken} | {reading.Why}" : " | | | ";
                page.Append($"| {head} | {other.Name}: {string.Join(", ", other.Settings.Select(setting => $"`{setting}`"))} | {flipped} |\n");
            }

        page.Append('\n');
    }

    private static bool Flips(SensitivityEffect effect, SensitivityResult result, SensitivityClaim claim) =>
        SensitivityRanking.Flips(effect.Verdict, result.Alone[claim, SensitivityEffects.Base].Verdict);

    private static string Names(IEnumerable<SensitivityClaim> claims) => string.Join(", ", claims.Select(claim => claim.Name)) is { Length: > 0 } names ? names : "–";

    private static string SidesOf(SensitivityClaim claim) => claim.Of.Metric == claim.Against.Metric
        ? $"{claim.Of.Case} less {claim.Against.Case}"
        : $"{Shape.NameOf(claim.Of.Metric)} less {Shape.NameOf(claim.Against.Metric)}";

    /// <summary>"−46.1 ± 3.0 ms: holds".</summary>
    private static string Shown(SensitivityEffect effect) =>
        $"{Shape.Shown(effect.Claim.Of.Metric, effect.Difference)} {Shape.UnitOf(effect.Claim.Of.Metric)}".TrimEnd() + $": {effect.Verdict.Word()}";
}
