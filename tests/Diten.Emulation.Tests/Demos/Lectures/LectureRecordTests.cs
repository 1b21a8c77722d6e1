using Diten.Emulation.Tests.Results;
using Diten.Runs;
using Diten.Runs.Demos.Lectures;
using Diten.Runs.Results;

namespace Diten.Emulation.Tests.Demos.Lectures;

/// <summary>What is kept of a lecture, and the page that is made of it.</summary>
public sealed class LectureRecordTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Kept => _folder.At(LectureRecord.FileName);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void It_is_read_as_it_was_written()
    {
        Lecture().Write(_folder.Path);

        Assert.True(LectureRecord.IsIn(_folder.Path));
        Assert.Equal(Lecture().ToJson(), LectureRecord.Read(_folder.Path).ToJson());
        Assert.Equal([1, 2], LectureRecord.Read(_folder.Path).Runs().Select(run => run.Number));
    }

    [Theory]
    [InlineData("cut off in its text")]
    [InlineData("cut off in its seal")]
    [InlineData("an answer changed")]
    [InlineData("empty")]
    public void What_is_damaged_is_not_believed(string how)
    {
        Lecture().Write(_folder.Path);
        var text = File.ReadAllText(Kept);
        File.WriteAllText(Kept, how switch
        {
            "cut off in its text" => text[..(text.Length / 2)],
            "cut off in its seal" => text[..^5],
            "an answer changed" => text.Replace("\"wrong\"", "\"right\"", StringComparison.Ordinal),
            _ => "",
        });

        Assert.Null(LectureRecord.TryRead(_folder.Path));
        Assert.Equal($"--replay: {Kept} is damaged or was changed.", Assert.Throws<UserErrorException>(() => LectureRecord.Read(_folder.Path)).Message);
    }

    [Theory]
    [InlineData("{}")] // whole, and of another version: what is not there is no empty list
    [InlineData("""{"title":"T","text":"","firstSeed":1,"seeds":2}""")]
    [InlineData("""{"title":"T","text":"","firstSeed":1,"seeds":2,"scenes":null}""")]
    [InlineData("""{"title":"T","text":"","firstSeed":1,"seeds":2,"scenes":[{"name":"a","title":"A"}]}""")]
    [InlineData("""{"title":"T","text":"","firstSeed":"one","seeds":2,"scenes":[]}""")]
    [InlineData("null")]
    public void What_another_version_wrote_is_not_believed_either(string json)
    {
        SealedText.Write(Kept, json + "\n");

        Assert.Null(LectureRecord.TryRead(_folder.Path));
        Assert.Throws<UserErrorException>(() => LectureRecord.Read(_folder.Path));
    }

    [Fact]
    public void A_folder_without_it_is_told()
    {
        Assert.Null(LectureRecord.TryRead(_folder.Path));
        Assert.Equal(
            $"--replay: found {_folder.Path}, where no lecture.json is; allowed: the folder of a lecture that was prepared.",
            Assert.Throws<UserErrorException>(() => LectureRecord.Read(_folder.Path)).Message);
    }

    [Fact]
    public void The_page_has_questions_with_verdicts_what_was_measured_and_why()
    {
        LecturePage.Write(_folder.At("made", "page.md"), Lecture(), "diten demo --lecture --once --page page.md");

        var page = File.ReadAllText(_folder.At("made", "page.md"));
        Assert.StartsWith("# Title\n\nFirst.\n\nSecond.\n\n", page, StringComparison.Ordinal);
        Assert.Contains("over 2 worlds, each run on both sides", page, StringComparison.Ordinal);
        Assert.Contains("\n```\nditen demo --lecture --once --page page.md\n```\n", page, StringComparison.Ordinal);
        Assert.Contains("""
            | devices | figure | here | there | second less first |
            |---|---|---|---|---|
            | 20 | latency, ms | 100.00 (90.00 to 110.00) | – | 20.00 |

            """, page, StringComparison.Ordinal);
        Assert.EndsWith("""
            **In slot 3 (devices: 20): How much?**

            | answer | range | verdict |
            |---|---|---|
            | It falls \| stays. | below 0 ms | wrong |
            | It rises. | from 0 ms to 30 ms | **right** |
            | It soars. | above 30 ms | open |

            Measured, latency in slots 4 to 8: here 100.00 (90.00 to 110.00); there 120.00 (118.00 to 122.00); the second less the first 20.00, 10.00 to 30.00 ms.

            So it is.

            """, page, StringComparison.Ordinal);
    }

    private static LectureRecord Lecture()
    {
        RecordedCourse first = new([0.1, null], [[0.1, 0.09, 0.11], [null, null, null]], [0.1, 0.09, 0.11]), second = first with { Run = [null, null, null] };
        var latency = new ShownFigure("latency, ms", 1e3, 2);
        return new LectureRecord("Title", "First.\n\nSecond.", 1, 2,
        [
            new RecordedScene(
                "a", "A", "Words.", new() { [0] = "It begins." }, ["here", "there"], "Devices", ["20"], [latency],
                [new RecordedPair(
                    [new RecordedRun(1, "a-1", "k1", "d1", [first], []), new RecordedRun(2, "a-2", "k2", "d2", [second], [new DeviceChoices(3, [new(1, -1, 0, 0.2, [new(4, 10, 2, 0.1, 0.15, 0)])])])],
                    [[0.02, null, null]])],
                [new RecordedQuestion(
                    "q", 3, 7, 0, "How much?", latency, 4, 9,
                    [new("It falls | stays.", "below 0 ms", "wrong"), new("It rises.", "from 0 ms to 30 ms", "right"), new("It soars.", "above 30 ms", "open")],
                    "So it is.", [[0.1, 0.09, 0.11], [0.12, 0.118, 0.122]], [0.02, 0.01, 0.03], "20.00, 10.00 to 30.00 ms")],
                7),
        ]);
    }
}
