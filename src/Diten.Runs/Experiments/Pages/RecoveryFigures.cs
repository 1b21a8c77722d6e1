using Diten.Model.Statistics;
using Diten.Runs.Experiments.Designs;
using Diten.Runs.Experiments.Findings;
using Diten.Runs.Plots.Figures;
using Diten.Runs.Results;

namespace Diten.Runs.Experiments.Pages;

/// <summary>Draws how a metric goes slot by slot, and when it is back where it was before the faults.</summary>
internal static class RecoveryFigures
{
    /// <summary>
    /// A metric is back once it stays for <see cref="Steady"/> slots within this share of what it is there in the case without faults that is drawn
    /// beside it; where there is none, of its mean before the faults.
    /// </summary>
    private const double Near = 0.05;

    private const int Steady = 5;

    /// <summary>The figure.</summary>
    public static LinesFigure Of(PartResults results, FigureDesign design)
    {
        var metric = design.Metric;
        var named = ExperimentFigures.Named(results.Part, design).ToArray();
        var windows = named.SelectMany(one => Stretches(results, one.Case)).Distinct().ToArray();
        var calm = named.Where(one => results.Results[one.Case][0].Summary.Faults is null or []).Select(one => Course(results, one.Case, metric).Select(slot => slot.Mean).ToArray()).FirstOrDefault();
        return new LinesFigure(
            design.Name, design.Title, design.Caption, new Quantity("Slot"), ExperimentFigures.QuantityOf(metric),
            [.. named.Select(one =>
            {
                MeanInterval[] course = [.. Course(results, one.Case, metric)];
                var own = Stretches(results, one.Case).ToArray();
                double? back = own.Length == 0 ? null : Back(course, calm ?? Before(course, (int)own.Min(window => window.From)), (int)own.Max(window => window.To));
                return new LineSeries(one.Name, [.. Enumerable.Range(0, course.Length).Select(slot => (double)slot)], course)
                {
                    Marked = back,
                    Note = back is null ? "" : double.IsNaN(back.Value) ? "not back by the end" : FormattableString.Invariant($"back in slot {back:0}"),
                };
            })])
        {
            Windows = [.. windows.Select(window => new Window(window.Name, window.From, window.To))],
        };
    }

    private static IEnumerable<MeanInterval> Course(PartResults results, int one, Metric metric)
    {
        var runs = results.Results[one].Select(run => run.Extras.Course![metric.Name]).ToArray();
        for (var slot = 0; slot < runs[0].Length; slot++)
        {
            double[] values = [.. runs.Select(run => run[slot]).Where(double.IsFinite)];
            yield return values.Length == 0 ? new MeanInterval(double.NaN, double.NaN, 1) : metric.Display.Scaled(MeanInterval.Of(values));
        }
    }

    /// <summary>Stretches of all faults that were not in force all the time; those of the first world.</summary>
    private static IEnumerable<(string Name, double From, double To)> Stretches(PartResults results, int one)
    {
        var run = results.Results[one][0].Summary;
        return from fault in run.Faults ?? []
               where !(fault.Slots is [[0, var end]] && end == run.Slots)
               from stretch in fault.Slots
               select (fault.Name, (double)stretch[0], (double)stretch[1]);
    }

    /// <summary>Its mean before the faults, for each slot.</summary>
    private static double[] Before(MeanInterval[] course, int from)
    {
        var mean = course.Take(from).Select(slot => slot.Mean).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average();
        return [.. course.Select(_ => mean)];
    }

    /// <summary>NaN where it is not back by the end.</summary>
    private static double Back(MeanInterval[] course, double[] calm, int to)
    {
        for (var slot = to; slot + Steady <= course.Length; slot++)
            if (Enumerable.Range(slot, Steady).All(i => Math.Abs(course[i].Mean - calm[i]) <= Near * Math.Abs(calm[i])))
                return slot;
        return double.NaN;
    }
}
