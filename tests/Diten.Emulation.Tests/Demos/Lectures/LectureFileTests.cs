using Diten.Emulation.Tests.Architecture;
using Diten.Emulation.Tests.Results;
using Diten.Model.Scenarios.Keys;
using Diten.Runs.Demos.Lectures;
using Diten.Runs.Scenarios;

namespace Diten.Emulation.Tests.Demos.Lectures;

/// <summary>Scripts of lectures: what is read, and how mistakes are answered.</summary>
public sealed class LectureFileTests : IDisposable
{
    private const string Scene = "lecture.scenes.part", Many = Scene + ".questions.many", Few = Scene + ".questions.few";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Scenes_have_two_sides_loads_words_and_questions_in_the_order_of_loads_and_slots()
    {
        var script = LectureFile.Read(TinyLecture.Write(_folder));

        Assert.Equal(("T", "What it is about.", 1UL, 2), (script.Title, script.Text, script.FirstSeed, script.Seeds));
        var scene = Assert.Single(script.Scenes);
        Assert.Equal(("part", "Parted", "What is asked.", _folder.At("tiny.conf")), (scene.Name, scene.Title, scene.Text, scene.Scenario));
        Assert.Equal(["near", "told"], scene.Sides.Levels.Select(level => level.Name));
        Assert.Equal(["10", "20"], scene.LoadNames);
        Assert.Equal(["10 near", "10 told", "20 near", "20 told"], scene.Cases.Select(one => string.Join(' ', one.Levels.Select(level => level.Name))));
        Assert.Equal(["latency.mean", "failureRate"], scene.Metrics.Select(metric => metric.Name));
        Assert.Equal([(0, "It begins."), (5, "It goes on.")], scene.Captions.Select(caption => (caption.Key, caption.Value)));
        Assert.Equal((1, "3 4"), (scene.Server, string.Join(' ', scene.Devices)));
        Assert.Equal(["few", "many"], scene.Questions.Select(question => question.Name));
        var (few, many) = (scene.Questions[0], scene.Questions[1]);
        Assert.Equal((0, 4, 5, int.MaxValue, int.MaxValue, "failureRate"), (few.Load, few.Slot, few.From, few.To, few.Tells, few.Metric.Name));
        Assert.Equal((1, 2, 3, 12, 9, "latency.mean"), (many.Load, many.Slot, many.From, many.To, many.Tells, many.Metric.Name));
        Assert.Equal(("How much?", "So it is."), (many.Asks, many.Because));
        Assert.Equal([("Less", double.NegativeInfinity, -10), ("More", -10, 10), ("Much", 10, double.PositiveInfinity)], many.Answers.Select(answer => (answer.Says, answer.Low, answer.High)));
    }

    [Fact]
    public void What_is_not_said_has_a_usual_value()
    {
        var script = TinyLecture.Read(_folder, """title = T, text = "What it is about.", seeds = [1, 2]""", "");

        Assert.Equal(("script", "", 1UL, 20), (script.Title, script.Text, script.FirstSeed, script.Seeds));
        File.WriteAllText(_folder.At("script.conf"), "lecture { scenes { a { scenario = tiny.conf, sides { levels { x { }, y { } } } } } }");
        var scene = Assert.Single(LectureFile.Read(_folder.At("script.conf")).Scenes);
        Assert.Equal(("a", null, "latency.mean failureRate migrationRate"), (scene.Title, scene.Server, string.Join(' ', scene.Metrics.Select(metric => metric.Name))));
        Assert.Equal([""], scene.LoadNames);
        Assert.Empty(scene.Questions);
    }

    [Theory]
    [InlineData("seeds = [1, 2]", "seeds = [1, 1]", "lecture.seeds", "1 seeds", "[first, last], 2 to 1000 of them")]
    [InlineData("seeds = [1, 2]", "seeds = [1, 1001]", "lecture.seeds", "1001 seeds", "2 to 1000")]
    [InlineData("seeds = [1, 2]", "seeds = { count = 2, until { latency.mean = 1 ms } }", "lecture.seeds", "2 seeds, until", "[first, last]")]
    [InlineData("seeds = [1, 2]", "seeds = few", "lecture.seeds", "few", "[first, last]")]
    [InlineData("seeds = [1, 2]", "seed = [1, 2]", "lecture.seed", "an unknown key", "scenes, seeds, text, title", "Did you mean 'seeds'?")]
    [InlineData("title = T,", "title { a = 1 },", "lecture.title", "{ a = 1 }", "a text")]
    [InlineData("part {", "Part_1 {", "lecture.scenes.Part_1:", "Part_1", "small letters, digits and hyphens")]
    [InlineData("scenario = tiny.conf", "", Scene + ".scenario", "nothing", "a scenario file, counted from the folder of this file")]
    [InlineData("figures = [", "figure = [", Scene + ".figure", "an unknown key", "captions, devices, figures, loads, questions, scenario, server, set, sides, text, title", "Did you mean 'figures'?")]
    [InlineData("sides { levels { near { policy.name = nearest-first }, told", "sides { levels { told", Scene + ".sides", "1 sides", "two: sides {")]
    [InlineData("told { policy.name = drift-plus-penalty } }", "told { }, third { } }", Scene + ".sides", "3 sides", "two: sides {")]
    [InlineData("sides { levels { near { policy.name = nearest-first }, told { policy.name = drift-plus-penalty } } }", "", Scene + ".sides:", "no level", "levels { NAME {")]
    [InlineData("devices.count = [10, 20] }", "devices.count = 20 }", Scene + ".loads.devices.count", "20", "key = [a, b]")]
    [InlineData("devices.count = [10, 20] }", "devices.count = [20, 20] }", Scene + ".loads:", "'20' twice", "levels of different names")]
    [InlineData("devices.count = [10, 20] }", "devices.count = [20,1,2,3,4,5,6,7,8,9,10,11,12] }", Scene + ".loads", "13 loads", "at most 12")]
    [InlineData("[latency.mean, failureRate]", "[latency.meen]", Scene + ".figures", "latency.meen", "latency.mean, ", "Did you mean 'latency.mean'?")]
    [InlineData("[latency.mean, failureRate]", "[]", Scene + ".figures", "nothing", "failureRate")]
    [InlineData("[latency.mean, failureRate]", "[failureRate, failureRate]", Scene + ".figures", "failureRate twice", "each once")]
    [InlineData("server = 1", "server = -1", Scene + ".server", "-1", "a whole number from 0")]
    [InlineData("devices = [3, 4]", "devices = [3, x]", Scene + ".devices", "x", "numbers of devices")]
    [InlineData("devices = [3, 4]", "devices = [3, 3]", Scene + ".devices", "3 twice", "each once")]
    [InlineData("devices = [3, 4]", "devices = [0,1,2,3,4,5,6,7,8]", Scene + ".devices", "9 devices", "at most 8")]
    [InlineData("captions { 0 =", "captions { now =", Scene + ".captions.now", "now", "a slot from 0 on")]
    [InlineData("slot = 2, ", "", Many + ".slot", "nothing", "the slot in which time stops")]
    [InlineData("slot = 2, ", "slot = soon, ", Many + ".slot", "soon", "a whole number from 0")]
    [InlineData("slots = [3, 12]", "slots = [3]", Many + ".slots", "[3]", "[from, to], the second not among them, both after slot 2")]
    [InlineData("slots = [3, 12]", "slots = [5, 5]", Many + ".slots", "[5, 5]", "[from, to]")]
    [InlineData("slots = [3, 12]", "slots = [2, 12]", Many + ".slots", "[2, 12]", "both after slot 2, in which it is asked")]
    [InlineData("tells = 9", "tells = 1", Many + ".tells", "slot 1", "slot 2 or later, when it is asked")]
    [InlineData("tells = 9", "told = 9", Many + ".told", "an unknown key", "answers, asks, at, because, of, slot, slots, tells")]
    [InlineData("at = 20, ", "at = 30, ", Many + ".at", "30", "10, 20")]
    [InlineData("loads { label = Devices, devices.count = [10, 20] }", "", Many + ".at", "20", "nothing: the scene has no loads")]
    [InlineData("asks = \"How much?\", ", "", Many + ".asks", "nothing", "a question")]
    [InlineData("of = failureRate", "of = failures", Few + ".of", "failures", "failureRate")]
    [InlineData("less { says = Less, lies = \"below 0 %\" }, ", "", Few + ".answers", "1 answers", "2 to 8: answers {")]
    [InlineData("less { says = Less, lies = \"below 0 %\" }", "less = \"below 0 %\"", Few + ".answers.less", "below 0 %", "braces")]
    [InlineData("less { says = Less, lies = \"below 0 %\" }", "less { lies = \"below 0 %\" }", Few + ".answers.less.says", "nothing", "an answer")]
    [InlineData("less { says = Less, lies = \"below 0 %\" }", "less { says = Less }", Few + ".answers.less.lies", "nothing", "below X, above X, or from X to Y")]
    [InlineData("less { says = Less, lies = \"below 0 %\" }", "less { says = Less, lie = \"below 0 %\" }", Few + ".answers.less.lie:", "an unknown key", "lies, says", "Did you mean 'lies'?")]
    [InlineData("\"below 0 %\"", "\"under 0 %\"", Few + ".answers.less.lies", "under 0 %", "below X", "0.01 or 1 %")]
    [InlineData("\"below 0 %\"", "\"below 0 ms\"", Few + ".answers.less.lies", "below 0 ms", "below X", "0.01 or 1 %")]
    [InlineData("\"from -10 s to 10 s\"", "\"from 10 s to -10 s\"", Many + ".answers.more.lies", "from 10 s to -10 s", "from X to Y", "10 ms or 0.01 s")]
    [InlineData("\"from -10 s to 10 s\"", "\"from -10 s to 11 s\"", Many + ".answers", "'from -10 s to 11 s' and 'above 10 s', which overlap", "each beginning where another one ends")]
    [InlineData("\"from -10 s to 10 s\"", "\"from -9 s to 10 s\"", Many + ".answers", "'below -10 s' and 'from -9 s to 10 s', which leave a gap", "ranges that cover all there is")]
    [InlineData("\"below -10 s\"", "\"from -12 s to -10 s\"", Many + ".answers", "nothing below 'from -12 s to -10 s'", "ranges that cover all there is")]
    [InlineData("\"above 10 s\"", "\"from 10 s to 12 s\"", Many + ".answers", "nothing above 'from 10 s to 12 s'", "ranges that cover all there is")]
    [InlineData("\"above 0 %\"", "\"below 0 %\"", Few + ".answers", "'below 0 %' and 'below 0 %', which overlap", "ranges that cover all there is")]
    public void A_mistake_is_told_with_file_key_what_was_found_and_what_is_allowed(string old, string other, string key, string found, params string[] allowed)
    {
        var problem = Assert.Throws<ScenarioException>(() => TinyLecture.Read(_folder, old, other));

        var line = Assert.Single(problem.Lines, line => line.Contains($"{key.TrimEnd(':')}: found {found}", StringComparison.Ordinal));
        Assert.Contains("script.conf, line ", line, StringComparison.Ordinal);
        Assert.All(allowed, part => Assert.Contains(part, line[line.IndexOf("; allowed: ", StringComparison.Ordinal)..], StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("slot = 2, ", "slot = soon, ")]
    [InlineData("of = failureRate", "of = failures")]
    [InlineData("\"from -10 s to 10 s\"", "\"from 10 s to -10 s\"")]
    [InlineData("\"below 0 %\"", "\"under 0 %\"")]
    public void One_mistake_is_told_once(string old, string other) =>
        Assert.Single(Assert.Throws<ScenarioException>(() => TinyLecture.Read(_folder, old, other)).Errors);

    [Theory]
    [InlineData("lecture { scenes { } }", "lecture.scenes: found 0 scenes; allowed: 1 to 30")]
    [InlineData("demo { acts { } }", "lecture: found nothing; allowed: lecture { scenes { … } }; acts are played without --lecture")]
    [InlineData("lecture = 3", "lecture: found 3; allowed: braces")]
    [InlineData("lecture {", "script.conf")]
    public void A_file_that_is_no_lecture_is_told(string text, string part)
    {
        var problem = Assert.Throws<ScenarioException>(() => LectureFile.Read(TinyLecture.Write(_folder, text)));

        Assert.Contains(part, problem.Message, StringComparison.Ordinal);
        Assert.Contains("script.conf", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there_is_told() =>
        Assert.Contains("found no such file; allowed: an existing script of a lecture", Assert.Throws<ScenarioException>(() => LectureFile.Read(_folder.At("nothing.conf"))).Message, StringComparison.Ordinal);

    [Fact]
    public void No_more_questions_a_scene_than_anybody_answers()
    {
        var many = string.Join('\n', Enumerable.Range(0, 21).Select(i => $$"""q{{i}} { slot = 1, asks = A, answers { a { says = A, lies = "below 0 s" }, b { says = B, lies = "above 0 s" } } }"""));

        var problem = Assert.Throws<ScenarioException>(() => TinyLecture.Read(_folder, "questions {", "questions {\n" + many));

        Assert.Contains($"{Scene}.questions: found 23 questions; allowed: at most 20 a scene", problem.Message, StringComparison.Ordinal);
    }

    /// <summary>A key that nobody knows is answered with all that are known: those must be the ones of the page.</summary>
    [Fact]
    public void All_keys_stand_on_the_page_of_the_demo()
    {
        var odd = TinyLecture.Script.Replace("title = T,", "odd = 1, title = T,", StringComparison.Ordinal).Replace("title = Parted,", "odd = 1, title = Parted,", StringComparison.Ordinal)
            .Replace("of = failureRate,", "odd = 1, of = failureRate,", StringComparison.Ordinal).Replace("says = Much,", "odd = 1, says = Much,", StringComparison.Ordinal);
        var problem = Assert.Throws<ScenarioException>(() => LectureFile.Read(TinyLecture.Write(_folder, odd)));
        Assert.Equal(4, problem.Errors.Count);
        var known = problem.Errors.SelectMany(error => error.Allowed.Split(", ").Select(key => error.Key[..^"odd".Length] + key))
            .Select(key => key.Replace("lecture.", "", StringComparison.Ordinal).Replace(".part.", ".NAME.", StringComparison.Ordinal)
                .Replace(".few.", ".NAME.", StringComparison.Ordinal).Replace(".many.", ".NAME.", StringComparison.Ordinal).Replace(".much.", ".NAME.", StringComparison.Ordinal));

        var rows = File.ReadAllLines(Path.Combine(ArchitectureTests.Root.FullName, "docs", "demo.md")).Where(line => line.StartsWith("| `", StringComparison.Ordinal)).ToArray();

        Assert.Equal(known.Order(StringComparer.Ordinal), rows.Select(row => row.Split('`')[1]).Order(StringComparer.Ordinal));
        Assert.All(rows, row => Assert.DoesNotContain(row.Split('|')[1..^1], string.IsNullOrWhiteSpace)); // name, meaning, unit, default, allowed
        Assert.All(rows, row => Assert.Equal(7, row.Split('|').Length));
    }

    /// <summary>The example of the page is a script that can be read.</summary>
    [Fact]
    public void The_example_on_the_page_is_read()
    {
        var page = File.ReadAllText(Path.Combine(ArchitectureTests.Root.FullName, "docs", "demo.md"));
        var example = page.Split("```").Single(part => part.StartsWith("\nlecture {", StringComparison.Ordinal));

        var script = LectureFile.Read(TinyLecture.Write(_folder, example));

        var question = Assert.Single(Assert.Single(script.Scenes).Questions);
        Assert.Equal((1, 20, double.NegativeInfinity, 0.02), (question.Load, question.Slot, question.Answers[0].Low, question.Answers[0].High));
    }

    [Fact]
    public void The_lecture_that_comes_with_diten_is_read() => Assert.Equal(5, LectureFile.Read(ShippedScenarios.Find(LectureScript.Usual)).Scenes.Count);
}
