using Diten.Model.Statistics;
using Diten.Runs.Experiments.Cells;
using Diten.Runs.Experiments.Findings;
using Diten.Runs.Results;

namespace Diten.Runs.Demos.Lectures;

/// <summary>What the worlds behind a lecture say: intervals beside its figures, and which answers are right (docs/statistics.md).</summary>
internal static class LectureMeasures
{
    /// <summary>A figure of one case, one result a seed, that of the world that is shown first.</summary>
    public static RecordedCourse Course(IReadOnlyList<CellResult> results, Metric metric)
    {
        double[][] courses = [.. results.Select(result => result.Extras.Course![metric.Name])];
        return new RecordedCourse(
            [.. courses[0].Select(Number)],
            [.. Enumerable.Range(0, courses[0].Length).Select(slot => Interval([.. courses.Select(course => course[slot])]))],
            Interval([.. results.Select(result => result[metric])]));
    }

    /// <summary>Second side less first, over whole runs.</summary>
    public static double?[] Difference(IReadOnlyList<CellResult> first, IReadOnlyList<CellResult> second, Metric metric) =>
        Of(PairedTest.Of([.. second.Select(result => result[metric])], [.. first.Select(result => result[metric])]).Difference);

    /// <summary>A question, answered.</summary>
    public static RecordedQuestion Answer(LectureQuestion question, IReadOnlyList<CellResult> first, IReadOnlyList<CellResult> second)
    {
        double[] MeansOf(IReadOnlyList<CellResult> side) => [.. side.Select(result => MeanOf(result.Extras.Course![question.Metric.Name], question.From, question.To))];
        var (one, other) = (MeansOf(first), MeansOf(second));
        var difference = PairedTest.Of(other, one).Difference;
        var unit = Shape.UnitOf(question.Metric);
        var measured = double.IsFinite(difference.HalfWidth)
            ? $"{Shape.Shown(question.Metric, difference.Mean)}, {Shape.Shown(question.Metric, difference.Low)} to {Shape.Shown(question.Metric, difference.High)} {unit}".TrimEnd()
            : "nothing";
        return new RecordedQuestion(
            question.Name, question.Slot, question.Tells, question.Load, question.Asks, Shown(question.Metric), question.From, question.To,
            [.. question.Answers.Select(answer => new RecordedAnswer(answer.Says, answer.Lies, VerdictOf(answer, difference)))],
            question.Because, [Interval(one), Interval(other)], Of(difference), measured);
    }

    /// <summary>A figure as people see it.</summary>
    public static ShownFigure Shown(Metric metric) => new(metric.Display.Title, metric.Display.Scale, metric.Display.Decimals);

    /// <summary>
    /// right where the whole interval lies in the answer's range and touches no end of it, for the next answer begins there; wrong where it lies
    /// elsewhere; open where it reaches beyond, or there is none.
    /// </summary>
    public static string VerdictOf(LectureAnswer answer, MeanInterval difference) =>
        difference.Low > answer.Low && difference.High < answer.High ? "right"
        : Verdicts.Outside(difference.Low, difference.High, answer.Low, answer.High) ? "wrong"
        : "open";

    /// <summary>Mean over the slots in which something was measured; NaN where there are none.</summary>
    private static double MeanOf(double[] course, int from, int to) => course[from..to].Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average();

    /// <summary>Mean and interval over the worlds in which something was measured.</summary>
    private static double?[] Interval(double[] values) => values.Where(double.IsFinite).ToArray() is { Length: > 0 } finite ? Of(MeanInterval.Of(finite)) : [null, null, null];

    private static double?[] Of(MeanInterval interval) => [Number(interval.Mean), Number(interval.Low), Number(interval.High)];

    /// <summary>Six digits: no page shows more.</summary>
    private static double? Number(double value) =>
        !double.IsFinite(value) ? null : value == 0 ? 0 : Math.Round(value, Math.Clamp(5 - (int)Math.Floor(Math.Log10(Math.Abs(value))), 0, 15));
}
