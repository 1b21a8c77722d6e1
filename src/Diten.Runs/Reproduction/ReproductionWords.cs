using System.Globalization;
using Diten.Runs.Experiments.Findings;

namespace Diten.Runs.Reproduction;

/// <summary>Prose of a reproduction's pages, whatever they are written in.</summary>
internal static class ReproductionWords
{
    /// <summary>Slots of a journey where no key says another number.</summary>
    private const int UsualJourneySlots = 100;

    /// <summary>The command that makes the page again.</summary>
    public static string Command(ReproductionResult result) => string.Join(
        ' ', ["diten reproduce", .. result.Sections.Count == PaperFigure.All.Count ? [] : result.Sections.Select(section => $"--figure {section.Figure.Name}"), .. result.IsQuick ? ["--quick"] : Array.Empty<string>(),
            .. result.Trajectories.Option.Length == 0 ? [] : new[] { result.Trajectories.Option },
            .. result.Set.Select(change => $"--set \"{change.Override}\"")]);

    /// <summary>What the page is.</summary>
    public static IEnumerable<string> Opening(ReproductionResult result)
    {
        if (result.IsQuick)
            yield return "**A quick run**: few worlds and points. What it cannot tell is open.";
        yield return "What the paper's Section V and its text say of results, and what Diten measures. A verdict is computed: a claim *holds* where the 95 % intervals of all numbers lie where the claim has "
            + "them, *holds in part* where some do, *does not hold* where all lie elsewhere, and is *open* where intervals reach beyond ([statistics](statistics.md)). Where a sentence can be understood in several ways, each is tried.";
        yield return "The axes of the paper's figures are not in its text: the grids here are ours, and so is whatever the paper leaves open ([the model](model.md) says what and why). "
            + "Numbers of this page are all made by one command:";
    }

    /// <summary>What has to be said about it.</summary>
    public static IEnumerable<string> Limits(ReproductionResult result)
    {
        yield return "The proposed scheme is the policy that Diten trains with its defaults, and not the paper's update, which does not learn in this world ([learned policies](learned-policies.md)). "
            + "For Figs. 4 to 9 it was trained once for each N in the default world, comes with Diten, and is used at every point ([how it is made](../scenarios/policies/README.md)): "
            + "so that whoever repeats the page has the same bits on any processor. Policies that the command trains itself, those of Fig. 4's curves and of the text, differ in their last bits between "
            + "processors of different make ([reproducibility](reproducibility.md)); numbers that rest on them repeat within the printed intervals.";
        yield return "A replicate is a world, that is a seed: journeys of one world share load. All schemes meet the same worlds, none of which a policy was trained in.";
        yield return $"The paper drives recorded taxis of T-Drive, which may not be passed on; {result.Trajectories.Says}. `--t-drive FOLDER` takes the recorded ones of whoever has them, `--waypoint` users without turns and stops: "
            + "with these the policies that come with Diten were trained. Which claims depend on how users move, and on every other reading, tells `diten sensitivity`: [its page](sensitivity.md).";
        yield return "The paper's servers, its background load, its v and what is between them are not told; "
            + "a claim that does not hold here does not hold under this reading, and the tables say which one it would need.";
    }

    /// <summary>Heading of the times of decisions.</summary>
    public const string CostsTitle = "What a decision costs";

    /// <summary>What is said above them.</summary>
    public const string Costs = "Processor time of one decision as a device has more candidates, on one core: of many turns the least, which what else the machine does disturbs little. "
        + "Unlike other numbers of this page they move with the machine and from one call to the next.";

    /// <summary>How much was run for a part.</summary>
    public static string Size(PartFindings part)
    {
        var journeys = part.Results.Results.Select(runs => runs.Sum(run => run.Summary.DeviceSlots / JourneySlots(run.Summary))).ToArray();
        return string.Create(CultureInfo.InvariantCulture, $"{part.Part.Cases.Count} points, each of {part.Results.Seeds} worlds and at least {journeys.Min():#,0} journeys.");
    }

    private static int JourneySlots(Results.RunSummary run) => run.ChangedKeys.FirstOrDefault(changed => changed.Key == "devices.journey-slots") is { } changed
        ? int.Parse(changed.Value, CultureInfo.InvariantCulture) : UsualJourneySlots;
}
