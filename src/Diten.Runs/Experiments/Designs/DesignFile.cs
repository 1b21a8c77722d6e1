using System.Globalization;
using Diten.Model.Input;
using Diten.Model.Scenarios.Keys;
using Diten.Model.Statistics;
using Diten.Runs.Experiments.Cells;
using Diten.Runs.Results;
using Diten.Runs.Scenarios;
using Diten.Runs.Scenarios.Hocon;

namespace Diten.Runs.Experiments.Designs;

/// <summary>Reads an experiment from its file.</summary>
public static class DesignFile
{
    private static readonly Metric[] UsualMetrics = [.. Metric.Headline];

    /// <summary>Reads and checks it; the scenarios of its cases are checked when they are loaded.</summary>
    /// <param name="path">HOCON file.</param>
    /// <param name="quick">Whether what it says under <c>quick</c> counts.</param>
    /// <exception cref="ScenarioException">Everything that is wrong with it.</exception>
    public static ExperimentDesign Read(string path, bool quick)
    {
        var errors = new List<ScenarioError>();
        var design = Resolve(path, "an existing experiment file", ShippedExperiments.Hint, errors) is { } root ? Read(path, root, quick, errors) : null;
        return errors.Count == 0 ? design! : throw new ScenarioException([.. errors.Take(ScenarioKeys.MostErrors)], Math.Max(0, errors.Count - ScenarioKeys.MostErrors));
    }

    /// <summary>What is in a HOCON file; null, and an error, where it cannot be read.</summary>
    /// <param name="allowed">What is meant to be there.</param>
    /// <param name="hint">Where to find what is looked for in vain, as a sentence.</param>
    internal static HoconObject? Resolve(string path, string allowed, Func<string, string?> hint, List<ScenarioError> errors)
    {
        if (!File.Exists(path))
        {
            errors.Add(new ScenarioError(path, "", Directory.Exists(path) ? "a folder" : "no such file", allowed, hint(path)));
            return null;
        }

        try
        {
            var document = new HoconDocument();
            document.AddFile(Path.GetFullPath(path));
            return document.Resolve();
        }
        catch (HoconException problem)
        {
            errors.Add(new ScenarioError(HoconReader.Shown(problem.Place.File), "", problem.Found, problem.Allowed, problem.Suggestion) { Line = problem.Place.Line });
            return null;
        }
    }

    private static ExperimentDesign? Read(string path, HoconObject file, bool quick, List<ScenarioError> errors)
    {
        var root = new DesignFields(file, "", errors);
        if (root.Optional("experiment") is not { } all)
        {
            if (errors.Count == 0)
                errors.Add(new ScenarioError(path, "experiment", "nothing", "experiment { scenario = …, vary { … } }; a scenario is run by diten run"));
            return null;
        }

        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var name = Path.GetFileNameWithoutExtension(path);
        var (title, text, limits) = (all.Text("title") ?? name, all.Prose("text"), all.Prose("limits"));
        var inherited = new Inherited(null, [], new SeedPlan(1, 20, 20, []), UsualMetrics).With(all, folder, quick);
        var trainings = Trainings(all, inherited, folder, quick).ToArray();
        var parts = new List<ExperimentPart>();
        if (all.Optional("parts") is { } listed)
        {
            foreach (var part in listed.Names)
                if (listed.Optional(part) is { } fields)
                    parts.Add(ReadPart(part, fields, inherited.With(fields, folder, quick), quick));
            if (parts.Count == 0)
                all.Refuse("parts", "nothing", "names of parts, each with braces");
        }
        else
        {
            parts.Add(ReadPart("", all, inherited, quick));
        }

        foreach (var change in parts.SelectMany(part => part.Cases).SelectMany(one => one.Changes).Where(change => change.Value.StartsWith(TrainingDesign.Mark, StringComparison.Ordinal)))
            if (!trainings.Any(training => TrainingDesign.Mark + training.Name == change.Value))
                errors.Add(new ScenarioError(change.Source, change.Key, change.Value, $"a policy that train names: {string.Join(", ", trainings.Select(training => training.Name))}") { Line = change.Line });
        all.Close();
        root.Close();
        return new ExperimentDesign(name, HoconReader.Shown(Path.GetFullPath(path)), title, text, parts, quick) { Limits = limits, Trainings = trainings };
    }

    private static IEnumerable<TrainingDesign> Trainings(DesignFields root, Inherited inherited, string folder, bool quick)
    {
        var all = root.Object("train");
        var keep = quick ? root.Object("quick").List("train") : null;
        var cut = quick ? DesignAxes.Changes(root.Object("quick").Object("set")) : [];
        foreach (var unknown in keep?.Except(all.Names) ?? [])
            all.Refuse("", $"no training '{unknown}', which quick.train names", string.Join(", ", all.Names), Suggestion.For(unknown, all.Names));
        foreach (var name in all.Names)
        {
            if (all.Optional(name) is not { } fields)
                continue;
            var scenario = fields.Text("scenario") is { } file ? Path.GetFullPath(file, folder) : inherited.Scenario;
            if (scenario is null)
                fields.Refuse("scenario", "nothing", "a scenario file, here or beside train, counted from the folder of this file");
            var training = new TrainingDesign(
                name, scenario ?? "", [.. inherited.Set, .. DesignAxes.Changes(fields.Object("set")), .. cut], (ulong)Whole(fields, "seed", 100_001, 0, int.MaxValue));
            fields.Close();
            if (keep is null || keep.Contains(name))
                yield return training;
        }
    }

    private static ExperimentPart ReadPart(string name, DesignFields fields, Inherited inherited, bool quick)
    {
        if (inherited.Scenario is null)
            fields.Refuse("scenario", "nothing", "a scenario file, counted from the folder of this file");
        var keep = fields.Object("quick").Object("keep");
        var vary = fields.Object("vary");
        var axes = new List<Axis>();
        foreach (var axis in vary.Names)
            if (vary.Optional(axis) is { } levels)
                axes.Add(DesignAxes.Read(axis, levels, quick ? keep.List(axis) : null));
        vary.Close();
        foreach (var kept in keep.Names.Except(axes.Select(axis => axis.Name)).ToArray())
            keep.Refuse(kept, "an unknown axis", string.Join(", ", axes.Select(axis => axis.Name)), Suggestion.For(kept, axes.Select(axis => axis.Name)));
        var part = new ExperimentPart(
            name, name.Length == 0 ? "" : fields.Text("title") ?? name, name.Length == 0 ? "" : fields.Prose("text"),
            inherited.Scenario ?? "", inherited.Set, axes, inherited.Seeds, inherited.Metrics);
        part = new DesignParts(part, quick).Read(fields);
        if (name.Length > 0)
            fields.Close();
        return part;
    }

    /// <summary>What parts have from the experiment where they do not say it themselves.</summary>
    private sealed record Inherited(string? Scenario, IReadOnlyList<Change> Set, SeedPlan Seeds, IReadOnlyList<Metric> Metrics)
    {
        public Inherited With(DesignFields fields, string folder, bool quick)
        {
            var cut = fields.Object("quick");
            var set = Set.Concat(DesignAxes.Changes(fields.Object("set")));
            var (quickSet, quickSeeds) = (DesignAxes.Changes(cut.Object("set")), ReadSeeds(cut, Seeds)); // read also where it does not count: mistakes in it are told
            _ = (cut.Object("keep"), cut.List("train"));
            cut.Close();
            var seeds = ReadSeeds(fields, Seeds);
            return new Inherited(
                fields.Text("scenario") is { } file ? Path.GetFullPath(file, folder) : Scenario, [.. quick ? set.Concat(quickSet) : set],
                quick && cut.Node("seeds") is not null ? quickSeeds : quick && Seeds.Count < seeds.Count ? Seeds : seeds,
                fields.List("metrics") is { } names ? [.. names.Select(name => DesignParts.MetricOf(fields, "metrics", name)).OfType<Metric>()] : Metrics);
        }
    }

    /// <summary>Which seeds a file names; the usual ones where it names none.</summary>
    internal static SeedPlan ReadSeeds(DesignFields fields, SeedPlan usual)
    {
        const string allowed = "[first, last], or { first = 1, count = 20, most = 100, until { latency.mean = 1 ms } }";
        switch (fields.Node("seeds"))
        {
            case null:
                return usual;
            case HoconList { Items: [HoconText from, HoconText to] } when ulong.TryParse(from.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var first)
                && ulong.TryParse(to.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var last) && last >= first && last - first < 10_000:
                var count = (int)(last - first) + 1;
                return new SeedPlan(first, count, count, []);
            case HoconObject:
                var inner = fields.Object("seeds");
                var plan = ReadPlan(inner);
                inner.Close();
                return plan;
            case var node:
                fields.Refuse("seeds", HoconWriter.Text(node), allowed);
                return usual;
        }
    }

    private static SeedPlan ReadPlan(DesignFields fields)
    {
        var count = Whole(fields, "count", 20, 2, 10_000);
        var most = Whole(fields, "most", Math.Max(count, 100), count, 10_000);
        var until = new List<(Metric, Precision)>();
        foreach (var (key, value) in fields.Object("until").Leaves())
        {
            if (DesignParts.MetricOf(fields, "until", key) is not { } metric)
                continue;
            if (DesignParts.ValueOf(metric, HoconWriter.Text(value)) is { } width and > 0)
                until.Add((metric, Precision.Within(width)));
            else
                fields.Refuse("until", $"{key} = {HoconWriter.Text(value)}", "half the width of an interval, such as latency.mean = 1 ms");
        }

        return new SeedPlan((ulong)Whole(fields, "first", 1, 0, int.MaxValue), count, until.Count == 0 ? count : most, until);
    }

    /// <summary>A whole number within limits; the usual one where there is none.</summary>
    internal static int Whole(DesignFields fields, string name, int usual, int least, int most)
    {
        if (fields.Text(name) is not { } text)
            return usual;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most)
            return value;
        fields.Refuse(name, text, FormattableString.Invariant($"a whole number from {least} to {most}"));
        return usual;
    }
}
