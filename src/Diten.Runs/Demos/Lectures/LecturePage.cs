using System.Globalization;
using System.Text;
using Diten.Runs.Experiments.Pages;

namespace Diten.Runs.Demos.Lectures;

/// <summary>The page of a lecture as Markdown: its questions, and the answers that its runs give.</summary>
public static class LecturePage
{
    private const string Guide = """
        ## In a course

        ```sh
        diten demo --lecture                    # prepares it, and shows it in the browser until Ctrl-C
        diten demo --replay runs/lecture        # shows it again without running anything
        ```

        Runs are kept in `runs/lecture` (`--out`), sealed by checksums: the same command goes on where it was stopped, and a second one has little to do.
        Prepare it before the hour. A scene takes five to ten minutes: read what it asks aloud, play, and let everybody write down an answer
        where time stops; only then press one. What comes is drawn as it comes; the answer is told when it is known, with the guess beside it. Until then
        neither charts nor slots show what lies ahead. *Go on without an answer* skips a question.

        Beside each number of the slot stands the 95 % interval of its mean over all worlds: a single run is an anecdote. Where one run
        lies outside, ask why: the interval is of the mean, and not of a run. The second scene from the end shows one server, the last one lets a reader decide for
        a device, and tells what each choice cost.

        Change it: copy the script, and play it by `--script`. Sides and loads are written as in [experiments](experiments.md), answers as ranges of a difference; which one
        is right is computed. [The demo](demo.md) says every key.

        """;

    /// <summary>Writes it.</summary>
    /// <param name="path">Of the page, ending in <c>.md</c>.</param>
    /// <param name="command">The command that makes it again.</param>
    public static void Write(string path, LectureRecord lecture, string command)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
            Directory.CreateDirectory(folder);
        File.WriteAllText(path, Text(lecture, command));
    }

    private static string Text(LectureRecord lecture, string command)
    {
        var page = new StringBuilder($"# {lecture.Title}\n\n");
        Paragraphs(page, lecture.Text);
        page.Append("Questions and answers of this page come from one command. Which answer is right is computed: the one in whose range the whole 95 % interval of the\n")
            .Append(CultureInfo.InvariantCulture, $"difference lies, over {lecture.Seeds} worlds, each run on both sides ([statistics](statistics.md)).\n\n```\n{command}\n```\n\n")
            .Append(Guide).Append('\n');
        foreach (var (scene, number) in lecture.Scenes.Select((scene, i) => (scene, i + 1)))
        {
            page.Append(CultureInfo.InvariantCulture, $"## {number}. {scene.Title}\n\n");
            Paragraphs(page, scene.Text);
            ExperimentPage.Append(page, Means(scene, lecture.Seeds));
            foreach (var question in scene.Questions)
                Append(page, scene, question);
        }

        return page.ToString().TrimEnd() + "\n";
    }

    private static void Append(StringBuilder page, RecordedScene scene, RecordedQuestion question)
    {
        var at = scene.LoadLabel.Length > 0 ? $" ({scene.LoadLabel.ToLowerInvariant()}: {scene.Loads[question.Load]})" : "";
        page.Append(CultureInfo.InvariantCulture, $"**In slot {question.Slot}{at}: {question.Asks}**\n\n| answer | range | verdict |\n|---|---|---|\n");
        foreach (var answer in question.Answers)
            page.Append(CultureInfo.InvariantCulture, $"| {ExperimentPage.Cell(answer.Says)} | {answer.Lies} | {(answer.Verdict == "right" ? "**right**" : answer.Verdict)} |\n");
        var name = question.Figure.Title.Split(", ")[0];
        page.Append(CultureInfo.InvariantCulture, $"\nMeasured, {name} in slots {question.From} to {question.To - 1}: {scene.Sides[0]} {Shown(question.Figure, question.Means[0])}; ")
            .Append(CultureInfo.InvariantCulture, $"{scene.Sides[1]} {Shown(question.Figure, question.Means[1])}; the second less the first {question.Measured}.\n\n");
        Paragraphs(page, question.Because);
    }

    private static PageTable Means(RecordedScene scene, int seeds) => new(
        string.Create(CultureInfo.InvariantCulture, $"Whole runs, means over {seeds} worlds with their 95 % intervals"),
        [.. scene.LoadLabel.Length > 0 ? [scene.LoadLabel.ToLowerInvariant()] : Array.Empty<string>(), "figure", .. scene.Sides, "second less first"],
        [.. scene.Pairs.SelectMany((pair, load) => scene.Figures.Select((figure, f) => (string[])
            [
                .. scene.LoadLabel.Length > 0 ? [scene.Loads[load]] : Array.Empty<string>(), figure.Title,
                .. pair.Runs.Select(run => Shown(figure, run.Figures[f].Run)), Shown(figure, pair.Differences[f]),
            ]))]);

    /// <summary>"143.20 (120.11 to 160.02)".</summary>
    private static string Shown(ShownFigure figure, double?[] interval)
    {
        return interval[0] is null ? "–" : interval[1] is null ? Number(interval[0]) : $"{Number(interval[0])} ({Number(interval[1])} to {Number(interval[2])})";

        string Number(double? value) => (value!.Value * figure.Scale).ToString($"F{figure.Digits}", CultureInfo.InvariantCulture).Replace('-', '−');
    }

    private static void Paragraphs(StringBuilder page, string text)
    {
        foreach (var paragraph in PageTables.Paragraphs(text))
            page.Append(paragraph).Append("\n\n");
    }
}
