using Diten.Runs.Results;
using static Diten.Runs.Plots.PlotStyle;

namespace Diten.Runs.Plots;

/// <summary>Draws how a policy was trained.</summary>
internal static class TrainingPlots
{
    /// <summary>Journeys that the moving mean goes over: as in the paper's Fig. 4.</summary>
    public const int MeanOver = 100;

    private const int Width = 580, MostPoints = 1500;

    /// <summary>Rewards, losses and entropy, latency and migrations.</summary>
    /// <param name="rows">All versions, at least one.</param>
    public static IReadOnlyList<RunPlot> All(IReadOnlyList<TrainingRow> rows) => [Rewards(rows), Learning(rows), Outcomes(rows)];

    private static RunPlot Rewards(IReadOnlyList<TrainingRow> rows)
    {
        var plot = New("Reward of a journey, by the number of journeys", "Journeys", "Reward of a journey");
        double[] rewards = [.. rows.SelectMany(row => row.Report.JourneyRewards).Select(reward => (double)reward)];
        var step = Math.Max(1, rewards.Length / MostPoints);
        double[] at = [.. Enumerable.Range(0, rewards.Length).Where(i => i % step == 0).Select(i => (double)(i + 1))];
        var points = plot.Add.ScatterPoints(at, [.. at.Select(number => rewards[(int)number - 1])], Blue.WithAlpha(.25));
        points.MarkerSize = 3;
        points.LegendText = step == 1 ? "a journey" : FormattableString.Invariant($"a journey, each {step}th");
        var means = MovingMeans(rewards, MeanOver);
        Line(plot, at, [.. at.Select(number => means[(int)number - 1])], Orange, FormattableString.Invariant($"mean of the last {MeanOver}"));
        plot.ShowLegend(ScottPlot.Alignment.LowerRight);
        return new RunPlot(
            "training-reward", "Rewards", "A curve that rises and then stays level has converged; one that falls back has unlearned something.", plot, Width, 340);
    }

    private static RunPlot Learning(IReadOnlyList<TrainingRow> rows)
    {
        var plot = New("Entropy and error of the critic, by version", "Version", "Nats; squared error");
        double[] version = [.. rows.Select(row => (double)row.Report.Version)];
        Line(plot, version, [.. rows.Select(row => row.Report.Entropy)], Violet, "entropy of the policy");
        Line(plot, version, [.. rows.Select(row => row.Report.ValueLoss)], Red, "error of the critic");
        Line(plot, version, [.. rows.Select(row => row.Report.ExplainedVariance)], Green, "variance that the critic explains");
        plot.ShowLegend(ScottPlot.Alignment.UpperRight);
        return new RunPlot(
            "training-learning", "Learning",
            "Entropy falls as the policy becomes sure. At zero from early on, it has collapsed: it does the same whatever it sees.", plot, Width, 300);
    }

    private static RunPlot Outcomes(IReadOnlyList<TrainingRow> rows)
    {
        var plot = New("Latency and migrations, by version", "Version", "Latency (ms); migrations (%)");
        double[] version = [.. rows.Select(row => (double)row.Report.Version)];
        Line(plot, version, [.. rows.Select(row => 1000 * row.Slots.Latency / row.Slots.Completed)], Blue, "mean latency (ms)");
        Line(plot, version, [.. rows.Select(row => 100.0 * Metric.MigrationRate.Of(new Measured(row.Slots)))], Orange, "migrations (% of slots)");
        Line(plot, version, [.. rows.Select(row => 100.0 * Metric.FailureRate.Of(new Measured(row.Slots)))], Red, "failed tasks (%)");
        plot.ShowLegend(ScottPlot.Alignment.UpperRight);
        return new RunPlot(
            "training-outcomes", "Outcomes", "What the devices got while the policy was trained: it tries things out, so it does better when it is done.", plot, Width, 300);
    }

    /// <summary>Mean of each number and those before it, at most <paramref name="over"/> of them.</summary>
    private static double[] MovingMeans(double[] numbers, int over)
    {
        var means = new double[numbers.Length];
        var sum = 0.0;
        for (var i = 0; i < numbers.Length; i++)
        {
            sum += numbers[i] - (i >= over ? numbers[i - over] : 0);
            means[i] = sum / Math.Min(i + 1, over);
        }

        return means;
    }
}
