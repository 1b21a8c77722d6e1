using Diten.Model.Statistics;
using Diten.Runs.Demos.Lectures;
using Diten.Runs.Experiments.Cells;
using Diten.Runs.Results;

namespace Diten.Emulation.Tests.Demos.Lectures;

/// <summary>Which answer is right, from what many worlds say; by hand.</summary>
public sealed class LectureMeasuresTests
{
    private const double None = double.NaN, Below = double.NegativeInfinity, Above = double.PositiveInfinity;

    [Theory]
    [InlineData(1, 2, 0, 3, "right")]
    [InlineData(1, 2, 1.5, 3, "open")]
    [InlineData(1, 2, 0, 1.5, "open")]
    [InlineData(1, 2, 1.2, 1.8, "open")]
    [InlineData(1, 2, 3, 4, "wrong")]
    [InlineData(1, 2, -1, 0.5, "wrong")]
    [InlineData(1, 2, Below, 3, "right")]
    [InlineData(1, 2, 0, Above, "right")]
    [InlineData(1, 2, 3, Above, "wrong")]
    [InlineData(1, 2, Below, 0, "wrong")]
    [InlineData(1, 2, 0, 2, "open")] // it touches the next answer
    [InlineData(1, 2, 2, 4, "open")]
    [InlineData(0, 0, Below, 0, "open")] // both sides are the same to the last bit: neither of these two is right
    [InlineData(0, 0, 0, Above, "open")]
    [InlineData(0, 0, -1, 1, "right")]
    public void An_answer_is_right_where_the_whole_interval_lies_in_its_range(double low, double high, double from, double to, string verdict) =>
        Assert.Equal(verdict, LectureMeasures.VerdictOf(new LectureAnswer("", from, to, ""), new MeanInterval((low + high) / 2, (high - low) / 2, 3)));

    [Fact]
    public void Without_an_interval_all_is_open() =>
        Assert.Equal("open", LectureMeasures.VerdictOf(new LectureAnswer("", Below, Above, ""), new MeanInterval(1, None, 1)));

    /// <summary>
    /// Three worlds, means of slots 2 and 3 in milliseconds: 10, 20, 30 on the first side and 12, 24, 36 on the second. Differences 2, 4, 6: mean 4,
    /// deviation 2, standard error 2/√3, Student's t of 2 degrees of freedom 4.30265: half a width of 4.96828.
    /// </summary>
    [Fact]
    public void A_question_compares_the_means_of_its_slots_world_by_world()
    {
        var question = Question(from: 2, to: 4, ("No", Below, -0.002), ("Little", -0.002, 0.01), ("Much", 0.01, Above));

        var answered = LectureMeasures.Answer(
            question, [Result(9, 9, 0.009, 0.011, 9), Result(9, 9, 0.02, 0.02, 9), Result(9, 9, None, 0.03, 9)],
            [Result(1, 1, 0.012, 0.012, 1), Result(1, 1, 0.024, None, 1), Result(1, 1, 0.03, 0.042, 1)]);

        Assert.Equal(["wrong", "right", "wrong"], answered.Answers.Select(answer => answer.Verdict));
        Assert.Equal([0.004, -0.000968, 0.00897], [.. answered.Difference.Select(value => Math.Round(value!.Value, 6 - (value > 0.005 ? 1 : 0)))]);
        Assert.Equal("4.00, −0.97 to 8.97 ms", answered.Measured);
        Assert.Equal((0.02, 0.024), (answered.Means[0][0], answered.Means[1][0]));
        Assert.Equal(("latency, ms", 1e3, 2), (answered.Figure.Title, answered.Figure.Scale, answered.Figure.Digits));
    }

    [Fact]
    public void An_interval_that_reaches_into_two_answers_leaves_both_open_and_a_world_without_numbers_leaves_all_so()
    {
        var question = Question(from: 0, to: 1, ("Falls", Below, 0), ("Rises", 0, 0.02), ("Soars", 0.02, Above));
        CellResult[] first = [Result(0.01), Result(0.02), Result(0.03)];

        var reaches = LectureMeasures.Answer(question, first, [Result(0.012), Result(0.024), Result(0.036)]);
        var empty = LectureMeasures.Answer(question, first, [Result(0.012), Result(None), Result(0.036)]);

        Assert.Equal(["open", "open", "wrong"], reaches.Answers.Select(answer => answer.Verdict));
        Assert.Equal(["open", "open", "open"], empty.Answers.Select(answer => answer.Verdict));
        Assert.Equal("nothing", empty.Measured);
        Assert.Equal([null, null, null], empty.Difference);
    }

    [Fact]
    public void A_course_is_that_of_the_first_world_with_the_interval_of_all_in_each_slot()
    {
        var course = LectureMeasures.Course([Result(0.01, None), Result(0.02, None), Result(0.03, 0.5)], Metric.Latency);

        Assert.Equal([0.01, null], course.Shown);
        Assert.Equal([0.02, -0.0048414, 0.0448414], course.Slots[0].Select(value => (double?)Math.Round(value!.Value, 7)));
        Assert.Equal([0.5, null, null], course.Slots[1]); // of one world there is no interval
    }

    private static LectureQuestion Question(int from, int to, params (string Says, double Low, double High)[] answers) => new(
        "q", 1, to - 1, 0, "?", Metric.Latency, from, to, [.. answers.Select(answer => new LectureAnswer(answer.Says, answer.Low, answer.High, "as written"))], "So it is.");

    private static CellResult Result(params double[] latencies) => new(
        new RunSummary("s", 1, "v", "d", 1, 1, false, 1, new WorldSummary(1, 1, 1, 1, "p", 0.2, 0.1, 0.2), new RateSummary(1, 1, 1), new MemorySummary(1), PlatformSummary.Here(), [])
        {
            Figures = new Dictionary<string, double> { [Metric.Latency.Name] = latencies[0] },
        },
        new CellExtras([], [], new Dictionary<string, double[]> { [Metric.Latency.Name] = latencies }));
}
