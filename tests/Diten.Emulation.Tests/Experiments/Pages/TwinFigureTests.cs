using Diten.Runs.Experiments.Cells;
using Diten.Runs.Experiments.Designs;
using Diten.Runs.Experiments.Findings;
using Diten.Runs.Experiments.Pages;
using Diten.Runs.Plots.Figures;
using Diten.Runs.Results;

namespace Diten.Emulation.Tests.Experiments.Pages;

/// <summary>Figures of twins, over results made by hand.</summary>
public sealed class TwinFigureTests
{
    [Fact]
    public void Ages_are_shares_of_twin_slots_that_are_at_least_so_old_over_all_worlds()
    {
        var figure = Assert.IsType<CcdfFigure>(Draw(FigureKind.Ages, [[Run(ages: [6, 3]), Run(ages: [6, 3, 2])]]));

        Assert.Equal([0.0, 1, 2], figure.Series[0].X);
        Assert.Equal([1, 0.4, 0.1], figure.Series[0].AtLeast);
    }

    [Fact]
    public void Regret_by_age_is_a_mean_of_worlds_in_milliseconds_and_worlds_without_such_tasks_do_not_count()
    {
        var figure = Assert.IsType<BinsFigure>(Draw(FigureKind.RegretByAge,
            [[Run(regret: [(0.1, 100), (0.2, 10), (0, 0), (3, 30)]), Run(regret: [(0.3, 100), (0.6, 20), (0, 0), (0, 0)])]]));

        var bins = figure.Series[0].Bins;
        Assert.Equal([2, 25, double.NaN, 100], bins.Select(bin => bin.Value.Mean), (a, b) => a.Equals(b) || Math.Abs(a - b) < 1e-9);
        Assert.Equal([200L, 30, 0, 30], bins.Select(bin => bin.Items));
    }

    /// <summary>The fault is in force in slots 2 and 3; the case without it rises, and back is who is where it is, not where it was before.</summary>
    [Fact]
    public void A_course_is_back_once_it_stays_for_five_slots_where_the_case_without_faults_is()
    {
        double[] calm = [1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2], struck = [1, 1, 9, 9, 2, 9, 2, 2, 2, 2, 2, 2];

        var beside = Assert.IsType<LinesFigure>(Draw(FigureKind.Recovery, [[Run(course: calm)], [Run(course: struck, faulty: true)]]));
        var alone = Assert.IsType<LinesFigure>(Draw(FigureKind.Recovery, [[Run(course: struck, faulty: true)]]));

        Assert.Equal([null, 6.0], beside.Series.Select(series => series.Marked));
        Assert.Equal("back in slot 6", beside.Series[1].Note);
        Assert.Equal(double.NaN, alone.Series[0].Marked); // before the faults it was 1
        Assert.Equal(("dead", 2.0, 4.0), (beside.Windows[0].Name, beside.Windows[0].From, beside.Windows[0].To));
    }

    private static Figure Draw(FigureKind kind, CellResult[][] results)
    {
        var axis = Axis.Of("case", "x", Enumerable.Range(0, results.Length).Select(i => $"{i}"), "here");
        var part = new ExperimentPart("", "", "", "", [], [axis], new SeedPlan(1, 1, 1, []), [Metric.Latency])
        {
            Figures = [new FigureDesign("figure", kind, "Figure", Metric.Latency, null, null, new Selection([]))],
        };
        return Assert.Single(ExperimentFigures.Of(new PartResults(part, results)));
    }

    /// <param name="course">Latency, seconds.</param>
    private static CellResult Run(long[]? ages = null, (double, long)[]? regret = null, double[]? course = null, bool faulty = false) => new(
        new RunSummary("s", 1, "v", "d", course?.Length ?? 1, course?.Length ?? 1, false, 1, new WorldSummary(1, 1, 1, 1, "p", 0.2, 0.1, 0.2), new RateSummary(1, 1, 1), new MemorySummary(1), PlatformSummary.Here(), [])
        {
            Figures = new Dictionary<string, double>(),
            Faults = faulty ? [new FaultSummary("dead", "crash", "twins", 1, [[2, 4]], 2, 2)] : null,
        },
        new CellExtras(ages ?? [], regret ?? [], course is null ? null : new Dictionary<string, double[]> { [Metric.Latency.Name] = course }));
}
