using Diten.Emulation.Tests.Architecture;
using Diten.Emulation.Tests.Clusters;
using Diten.Emulation.Tests.Results;
using Diten.Runs.Demos.Lectures;
using Diten.Runs.Scenarios;

namespace Diten.Emulation.Tests.Demos.Lectures;

/// <summary>The lecture that comes with Diten, and its page.</summary>
public sealed class ShippedLectureTests
{
    private static readonly LectureScript Script = LectureFile.Read(ShippedScenarios.Find(LectureScript.Usual));

    private static readonly string[] Page = File.ReadAllLines(Path.Combine(ArchitectureTests.Root.FullName, "docs", "lecture.md"));

    [Fact]
    public void Its_page_asks_what_the_script_asks_and_knows_one_right_answer_to_each_question()
    {
        var asked = Script.Scenes.SelectMany(scene => scene.Questions).ToArray();

        Assert.Equal(asked.Length, Page.Count(line => line.StartsWith("**In slot ", StringComparison.Ordinal)));
        foreach (var question in asked)
        {
            var rows = Rows(question);
            Assert.Equal(question.Answers.Select(answer => $"| {answer.Says} | {answer.Lies} "), rows.Select(row => row[..row[..^2].LastIndexOf('|')]));
            Assert.Single(rows, IsRight);
            Assert.Equal(question.Answers.Count - 1, rows.Count(row => row.EndsWith(" | wrong |", StringComparison.Ordinal)));
        }
    }

    /// <summary>Who has seen that the last answer is right most often needs no twins to guess.</summary>
    [Fact]
    public void The_right_answer_stands_in_each_of_the_four_places_as_often()
    {
        var questions = Script.Scenes.SelectMany(scene => scene.Questions).ToArray();
        var places = questions.Select(question => Array.FindIndex(Rows(question), IsRight)).ToArray();

        Assert.Equal([0, 1, 2, 3], places.Distinct().Order());
        Assert.All(places.CountBy(place => place), place => Assert.InRange(place.Value, questions.Length / 4, (questions.Length + 3) / 4));
        Assert.True(2 * questions.Where((question, i) => places[i] == question.Answers.Count - 1).Count() < questions.Length, "the last answer is right too often");
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task In_few_worlds_each_question_has_the_right_answer_of_its_page_and_no_other()
    {
        using var folder = new TemporaryFolder();

        await Program.Run(0, TimeSpan.FromMinutes(15), "demo", "--lecture", "--once", "--seeds", "5", "--out", folder.At("out"), "--port", "0");

        foreach (var question in LectureRecord.Read(folder.At("out")).Scenes.SelectMany(scene => scene.Questions))
        {
            var own = Assert.Single(Script.Scenes.SelectMany(scene => scene.Questions), one => one.Asks == question.Asks);
            var right = Array.FindIndex(Rows(own), IsRight);
            Assert.Equal(
                question.Answers.Select((answer, i) => $"{question.Asks} {answer.Says} {(i == right ? "right" : "wrong")}"),
                question.Answers.Select(answer => $"{question.Asks} {answer.Says} {answer.Verdict}"));
        }
    }

    /// <summary>The answers to a question as the page has them.</summary>
    private static string[] Rows(LectureQuestion question)
    {
        var at = Array.FindIndex(Page, line => line.EndsWith($": {question.Asks}**", StringComparison.Ordinal));
        Assert.True(at >= 0, $"docs/lecture.md does not ask '{question.Asks}': diten demo --lecture --once --page docs/lecture.md makes it anew.");
        return Page[(at + 4)..(at + 4 + question.Answers.Count)];
    }

    private static bool IsRight(string row) => row.EndsWith(" | **right** |", StringComparison.Ordinal);
}
