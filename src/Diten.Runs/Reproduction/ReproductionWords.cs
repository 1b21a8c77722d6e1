using System.Globalization;
using Diten.Runs.Experiments.Findings;
using Diten.Runs.Results;

namespace Diten.Runs.Reproduction;

/// <summary>Prose of a reproduction's pages, whatever they are written in.</summary>
internal static class ReproductionWords
{
    /// <summary>Slots of a journey where no key says another number.</summary>
    public const int UsualJourneySlots = 100;

    /// <summary>The command that makes the page again.</summary>
    /// <param name="page">Path of a page that it names; null = it names none.</param>
    public static string Command(ReproductionResult result, string? page = null) => string.Join(
        ' ', ["diten reproduce", .. result.Sections.Count == PaperFigure.All.Count ? [] : result.Sections.Select(section => $"--figure {section.Figure.Name}"), .. result.IsQuick ? ["--quick"] : Array.Empty<string>(),
            .. result.Trajectories.Option.Length == 0 ? [] : new[] { result.Trajectories.Option },
            .. result.Set.Select(change => $"--set \"{change.Override}\""), .. page is null ? [] : new[] { $"--page {page}" }]);

    /// <summary>By what the page was made, and what that takes.</summary>
    public static IEnumerable<string> Making(ReproductionResult result)
    {
        var trainings = result.Sections.SelectMany(section => section.Trainings).DistinctBy(training => training.Name).ToArray();
        // Two figures can share a run: what it took is told once.
        var runs = result.Sections.SelectMany(section => section.Parts).SelectMany(part => part.Results.Results).SelectMany(worlds => worlds)
            .Select(run => run.Summary).DistinctBy(run => (run.Digest, run.Rate.WallSeconds));
        var minutes = (runs.Sum(run => run.Rate.WallSeconds) + trainings.Sum(training => training.WallSeconds)) / 60;
        var took = minutes < 5 ? "less than five minutes" : FormattableString.Invariant($"some {Math.Round(minutes / 5) * 5:0} minutes");
        var prints = trainings.Select(training => training.Fingerprint).Where(print => print.Length > 0).Distinct().Select(print => $"`{print}`").ToArray();
        yield return $"Made by Diten {RunSummary.BuildVersion}{(prints.Length > 0 ? $", with policies of training fingerprint {string.Join(", ", prints)} ([reproducibility](reproducibility.md))" : "")}. "
            + $"Its runs and trainings took {took} one after the other; as many go on at the same time as there are cores.";
        yield return "`--dry-run` tells beforehand how long it takes on your machine. `--quick` takes few worlds and points, and leaves open what they cannot tell; `--figure 5` makes one figure alone. "
            + "`--nodes 2` does the runs on a cluster of two processes of this machine, with the same results. Finished runs and trained policies are kept in the output folder (`--out`): the same command goes on where it was stopped.";
    }

    /// <summary>What was trained for a section.</summary>
    public static string Trainings(IReadOnlyList<TrainingCurve> trainings)
    {
        var (least, most) = (trainings.Min(training => training.Rewards.Count), trainings.Max(training => training.Rewards.Count));
        return string.Create(CultureInfo.InvariantCulture, $"{trainings.Count} training{(trainings.Count == 1 ? "" : "s")}, of {least:#,0}{(most > least ? $" to {most:#,0}" : "")} journeys{(trainings.Count == 1 ? "" : " each")}.");
    }

    /// <summary>Where the numbers behind figures and verdicts are.</summary>
    public const string Data = "Beside each figure lies what it shows, as CSV and as Parquet: a row for each point, with the name of its line (`series`), the values of both axes, in the units of the axes, "
        + "`half width` of the 95 % interval of the second, the number of `values` that it is a mean of (worlds; trainings in Fig. 4), and a place that is `marked at` a line (none here, NaN).\n\n"
        + "The output folder has a folder for each figure and each part of the text, with `means` and `runs`, whose columns are the figures of `summary.json` ([data dictionary](data-dictionary.md)), "
        + "and the verdicts of this page with all that they rest on, each as CSV and as Parquet:";

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
        var all = part.Results.Results.SelectMany(runs => runs).Select(run => run.Summary.ChangedKeys).ToArray();
        var common = all[0].Where(changed => !changed.Key.StartsWith("policy.", StringComparison.Ordinal) && Array.TrueForAll(all, changes => changes.Contains(changed)))
            .Select(changed => $"`{changed.Key} = {changed.Value}`").ToArray();
        return string.Create(CultureInfo.InvariantCulture, $"{part.Part.Cases.Count} points, each of {part.Results.Seeds} worlds and at least {journeys.Min():#,0} journeys.")
            + (common.Length > 0 ? $" Unlike the default world all of them have {Reasons.List(common)}." : "");
    }

    /// <summary>Slots of a journey in a run.</summary>
    public static int JourneySlots(RunSummary run) => run.ChangedKeys.FirstOrDefault(changed => changed.Key == "devices.journey-slots") is { } changed
        ? int.Parse(changed.Value, CultureInfo.InvariantCulture) : UsualJourneySlots;
}
