using System.Globalization;
using Diten.Model.Input;
using Diten.Model.Scenarios.Keys;
using Diten.Runs.Experiments.Cells;
using Diten.Runs.Experiments.Designs;
using Diten.Runs.Results;
using Diten.Runs.Scenarios;

namespace Diten.Runs.Demos.Lectures;

/// <summary>Reads a lecture from its file.</summary>
public sealed class LectureFile
{
    private const int MostScenes = 30, MostQuestions = 20, MostAnswers = 8, MostLoads = 12, MostDevices = 8, MostSeeds = 1000;

    private readonly string _folder;

    private LectureFile(string folder) => _folder = folder;

    /// <summary>Reads and checks it; the scenes' scenarios are checked when they are loaded.</summary>
    /// <exception cref="ScenarioException">Everything that is wrong with it.</exception>
    public static LectureScript Read(string path)
    {
        var errors = new List<ScenarioError>();
        LectureScript? script = null;
        if (DesignFile.Resolve(path, "an existing script of a lecture", ShippedScenarios.Hint, errors) is { } file)
        {
            var root = new DesignFields(file, "", errors);
            if (root.Optional("lecture") is { } fields)
                script = new LectureFile(Path.GetDirectoryName(Path.GetFullPath(path))!).Read(path, fields);
            else if (errors.Count == 0)
                errors.Add(new ScenarioError(path, "lecture", "nothing", "lecture { scenes { … } }; acts are played without --lecture"));
            root.Close();
        }

        return errors.Count == 0 ? script! : throw new ScenarioException([.. errors.Take(ScenarioKeys.MostErrors)], Math.Max(0, errors.Count - ScenarioKeys.MostErrors));
    }

    private LectureScript Read(string path, DesignFields fields)
    {
        var seeds = DesignFile.ReadSeeds(fields, new SeedPlan(1, 20, 20, []));
        if (seeds.Count is < 2 or > MostSeeds || seeds.Until.Count > 0)
            fields.Refuse("seeds", FormattableString.Invariant($"{seeds.Count} seeds{(seeds.Until.Count > 0 ? ", until" : "")}"), FormattableString.Invariant($"[first, last], 2 to {MostSeeds} of them"));
        var all = fields.Object("scenes");
        var scenes = new List<LectureScene>();
        foreach (var name in all.Names)
            if (all.Optional(name) is { } scene)
                scenes.Add(ReadScene(name, scene));
        if (scenes.Count is 0 or > MostScenes)
            fields.Refuse("scenes", $"{scenes.Count} scenes", $"1 to {MostScenes} names of scenes, each with braces");
        var script = new LectureScript(
            fields.Text("title") ?? Path.GetFileNameWithoutExtension(path), HoconReader.Shown(Path.GetFullPath(path)), fields.Prose("text"), seeds.First, seeds.Count, scenes);
        fields.Close();
        return script;
    }

    private LectureScene ReadScene(string name, DesignFields fields)
    {
        if (name.AsSpan().ContainsAnyExcept(DemoAct.Letters))
            fields.Refuse("", name, "a name of small letters, digits and hyphens: it names folders, too");
        var scenario = fields.Required("scenario", "a scenario file, counted from the folder of this file") ?? "";
        var sides = DesignAxes.Read("sides", fields.Object("sides"), null);
        if (sides.Levels.Count != 2)
            fields.Refuse("sides", FormattableString.Invariant($"{sides.Levels.Count} sides"), "two: sides { levels { \"in sync\" { }, \"not\" { faults.loss { … } } } }");
        var loads = fields.Optional("loads") is { } varied ? DesignAxes.Read("loads", varied, null) : null;
        if (loads?.Levels.Count > MostLoads)
            fields.Refuse("loads", FormattableString.Invariant($"{loads.Levels.Count} loads"), FormattableString.Invariant($"at most {MostLoads}"));
        Metric[] metrics = [.. (fields.List("figures") ?? ["latency.mean", "failureRate", "migrationRate"]).Select(figure => MetricOf(fields, "figures", figure)).OfType<Metric>()];
        if (metrics.Length == 0)
            fields.Refuse("figures", "nothing", Figures);
        var scene = new LectureScene(
            name, fields.Text("title") ?? name, fields.Prose("text"), Path.GetFullPath(scenario, _folder), DesignAxes.Changes(fields.Object("set")), sides, loads, metrics,
            DemoScript.BySlot(fields, "captions", "\"the text from that slot on\"", text => (true, text)), [],
            fields.Node("server") is null ? null : DesignFile.Whole(fields, "server", 0, 0, int.MaxValue),
            [.. (fields.List("devices") ?? []).Select(text => DeviceOf(fields, text)).OfType<int>()]);
        if (scene.Devices.Count > MostDevices)
            fields.Refuse("devices", FormattableString.Invariant($"{scene.Devices.Count} devices"), FormattableString.Invariant($"at most {MostDevices}"));
        RequireDifferent(fields, "devices", scene.Devices);
        RequireDifferent(fields, "figures", metrics.Select(metric => metric.Name));
        scene = scene with { Questions = metrics.Length == 0 ? [] : ReadQuestions(fields.Object("questions"), scene) };
        fields.Close();
        return scene;
    }

    private static List<LectureQuestion> ReadQuestions(DesignFields all, LectureScene scene)
    {
        var questions = new List<LectureQuestion>();
        foreach (var name in all.Names)
            if (all.Optional(name) is { } fields && ReadQuestion(name, fields, scene) is { } question)
                questions.Add(question);
        if (questions.Count > MostQuestions)
            all.Refuse("", FormattableString.Invariant($"{questions.Count} questions"), FormattableString.Invariant($"at most {MostQuestions} a scene"));
        return [.. questions.OrderBy(question => question.Load).ThenBy(question => question.Slot)];
    }

    private static LectureQuestion? ReadQuestion(string name, DesignFields fields, LectureScene scene)
    {
        if (fields.Node("slot") is null)
            fields.Refuse("slot", "nothing", "the slot in which time stops for it");
        var slot = DesignFile.Whole(fields, "slot", 0, 0, int.MaxValue - 1);
        var (from, to) = WindowOf(fields, slot);
        var tells = DesignFile.Whole(fields, "tells", int.MaxValue, 0, int.MaxValue);
        var asks = fields.Required("asks", "a question") ?? "";
        var metric = fields.Text("of") is { } named ? MetricOf(fields, "of", named) : scene.Metrics[0];
        var load = LoadOf(fields, scene);
        var answers = new List<LectureAnswer>();
        var given = fields.Object("answers");
        foreach (var answer in given.Names)
            if (given.Optional(answer) is { } inner)
                answers.Add(ReadAnswer(inner, metric));
        if (answers.Count is < 2 or > MostAnswers)
            fields.Refuse("answers", FormattableString.Invariant($"{answers.Count} answers"), $"2 to {MostAnswers}: answers {{ more {{ says = \"It doubles.\", lies = \"above 100 ms\" }} }}");
        else if (answers.All(answer => answer.Low < answer.High))
            RequireWhole(fields, answers);
        if (tells < slot)
            fields.Refuse("tells", FormattableString.Invariant($"slot {tells}"), FormattableString.Invariant($"slot {slot} or later, when it is asked"));
        var because = fields.Prose("because");
        fields.Close();
        return metric is null ? null : new LectureQuestion(name, slot, tells, load, asks, metric, from, to, answers, because);
    }

    private static LectureAnswer ReadAnswer(DesignFields fields, Metric? metric)
    {
        var (says, lies) = (fields.Required("says", "an answer") ?? "", fields.Required("lies", DesignRange.Allowed) ?? "");
        var range = DesignRange.Of(lies, text => DesignParts.ValueOf(metric, text));
        if (range is null && lies.Length > 0 && metric is not null)
            fields.Refuse("lies", lies, $"{DesignRange.Allowed}, of the second side less the first, X such as {(metric.Unit == "s" ? "10 ms or 0.01 s" : "0.01 or 1 %")}");
        fields.Close();
        return new LectureAnswer(says, range?.Low ?? 0, range?.High ?? 0, lies);
    }

    /// <summary>Whatever is measured must be in the range of one answer, and of one only: else none may be right, or two.</summary>
    private static void RequireWhole(DesignFields fields, IReadOnlyList<LectureAnswer> answers)
    {
        const string allowed = "ranges that cover all there is, each beginning where another one ends: below 0 ms, from 0 ms to 20 ms, above 20 ms";
        LectureAnswer[] sorted = [.. answers.OrderBy(answer => answer.Low).ThenBy(answer => answer.High)];
        if (double.IsFinite(sorted[0].Low))
            fields.Refuse("answers", $"nothing below '{sorted[0].Lies}'", allowed);
        foreach (var (lower, upper) in sorted.Zip(sorted.Skip(1)).Where(pair => pair.Item1.High != pair.Item2.Low))
            fields.Refuse("answers", $"'{lower.Lies}' and '{upper.Lies}', which {(lower.High < upper.Low ? "leave a gap" : "overlap")}", allowed);
        if (sorted.All(answer => double.IsFinite(answer.High)))
            fields.Refuse("answers", $"nothing above '{sorted[^1].Lies}'", allowed);
    }

    /// <summary>Slots whose mean is compared: from the one after the question to the end, where nothing else is said.</summary>
    private static (int From, int To) WindowOf(DesignFields fields, int slot)
    {
        if (fields.List("slots") is not { } ends)
            return (slot + 1, int.MaxValue);
        if (ends is [var first, var last] && int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var from)
            && int.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out var to) && from > slot && from < to)
            return (from, to);
        fields.Refuse("slots", $"[{string.Join(", ", ends)}]", FormattableString.Invariant($"[from, to], the second not among them, both after slot {slot}, in which it is asked"));
        return (slot + 1, int.MaxValue);
    }

    private static int LoadOf(DesignFields fields, LectureScene scene)
    {
        if (fields.Text("at") is not { } named)
            return 0;
        var at = scene.LoadNames.ToList().IndexOf(named);
        if (at < 0 || scene.Loads is null)
            fields.Refuse("at", named, scene.Loads is null ? "nothing: the scene has no loads" : string.Join(", ", scene.LoadNames), Suggestion.For(named, scene.LoadNames));
        return Math.Max(0, at);
    }

    private static void RequireDifferent<T>(DesignFields fields, string key, IEnumerable<T> all)
    {
        foreach (var twice in all.GroupBy(one => one).Where(group => group.Count() > 1))
            fields.Refuse(key, $"{twice.Key} twice", "each once");
    }

    private static int? DeviceOf(DesignFields fields, string text)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var device))
            return device;
        fields.Refuse("devices", text, "numbers of devices, such as [3, 17]");
        return null;
    }

    private static string Figures => string.Join(", ", CourseRecorder.Metrics.Select(metric => metric.Name));

    /// <summary>The metric of a name; null, and an error, where it is none that is known slot by slot.</summary>
    private static Metric? MetricOf(DesignFields fields, string key, string name)
    {
        if (CourseRecorder.Metrics.FirstOrDefault(metric => metric.Name == name) is { } metric)
            return metric;
        fields.Refuse(key, name, Figures, Suggestion.For(name, CourseRecorder.Metrics.Select(one => one.Name)));
        return null;
    }
}
