using System.Globalization;
using System.Text.RegularExpressions;
using Diten.Emulation.Tests.Results;
using Diten.Model.Records;
using Diten.Runs.Plots;
using Diten.Runs.Results;

namespace Diten.Emulation.Tests.Plots;

/// <summary>What the plots of a run show, as their SVG has it.</summary>
public sealed class RunPlotTests : IDisposable
{
    private static readonly string[] Cards = [Palette.Ground[1].Light, Palette.Ground[1].Dark];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Squares_of_the_load_map_are_outlined_and_lie_within_its_axes_and_the_least_busy_is_the_darkest()
    {
        var map = Map(new SyntheticRun(4, 6));
        var svg = map.InlineSvg();

        var squares = Regex.Matches(svg, "<rect fill=\"(#[0-9A-Fa-f]{3,6})\"[^>]* x=\"([0-9.]+)\" y=\"([0-9.]+)\" width=\"([0-9.]+)\" height=\"([0-9.]+)\"")
            .Where(rect => Number(rect, 4) == Number(rect, 5) && Number(rect, 4) < 30).ToArray();
        var outlines = Regex.Matches(svg, "<rect [^>]*stroke=\"currentColor\"[^>]* x=\"([0-9.]+)\" y=\"([0-9.]+)\" width=\"([0-9.]+)\"");

        Assert.Equal(16, squares.Length);
        var data = map.Plot.RenderManager.LastRender.DataRect;
        foreach (var square in squares)
        {
            Assert.Contains(outlines, outline => Number(outline, 1) == Number(square, 2) && Number(outline, 2) == Number(square, 3));
            Assert.InRange(Number(square, 2), data.Left, data.Right - Number(square, 4));
            Assert.InRange(Number(square, 3), data.Top, data.Bottom - Number(square, 5));
        }

        // Drawn from the least load to the highest.
        Assert.Equal(squares.Select(square => Contrast.Luminance(square.Groups[1].Value)).Order(), squares.Select(square => Contrast.Luminance(square.Groups[1].Value)));
        Assert.True(Contrast.Luminance(squares[0].Groups[1].Value) < 0.05 && Contrast.Luminance(squares[^1].Groups[1].Value) > 0.7);
        Assert.Contains(squares, square => Cards.Any(card => Contrast.Of(square.Groups[1].Value, card) < 1.5)); // why they need the outline
    }

    [Fact]
    public void A_large_map_tells_of_its_servers_by_patches_the_busiest_first()
    {
        var map = Map(new SyntheticRun(50, 1));
        var told = Regex.Matches(map.InlineSvg(), "<title>([^<]*)</title>").Select(title => title.Groups[1].Value).ToArray();

        Assert.InRange(told.Length, 500, 2000);
        var servers = told.SelectMany(text => text.Split('\n')).ToArray();
        Assert.Equal(2500, servers.Count(line => line.StartsWith("server ", StringComparison.Ordinal))
            + servers.Where(line => line.StartsWith("and ", StringComparison.Ordinal)).Sum(line => int.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture)));
        foreach (var patch in told.Select(text => Regex.Matches(text, @": ([0-9.]+) %").Select(load => double.Parse(load.Groups[1].Value, CultureInfo.InvariantCulture)).ToArray()))
            Assert.Equal(patch.OrderDescending(), patch);
        Assert.Equal(2500, map.Table!.Rows.Count);
    }

    [Fact]
    [Trait("Takes", "Seconds")]
    public void All_plots_of_a_run_with_faults_tell_their_values_and_those_over_slots_are_shaded()
    {
        var folder = Run(WithRegret());
        RunPlot[] plots = [.. RunPlots.All(folder), .. FaultPlots.All(folder), .. StandOutPlots.All(folder)];

        Assert.Contains(plots, plot => plot.Name == "regret-by-age");
        Assert.Contains(plots, plot => plot.Name == "stands-out-regret");
        foreach (var plot in plots)
        {
            var svg = plot.InlineSvg();
            Assert.True(plot.Table is { Rows.Count: > 0 }, plot.Name);
            Assert.Matches(new Regex("<rect [^>]*><title>[^<]*[0-9]", RegexOptions.Singleline), svg);
            var isOverSlots = plot.Plot.Axes.Bottom.Label.Text == "Slot";
            Assert.True(isOverSlots == Regex.IsMatch(svg, @">\s*out_age\s*<"), plot.Name); // the shade's name
        }

        string[] overSlots = ["latency-over-time", "failure-over-time", "migrations-over-time", "twin-deviation", "twin-age-over-time", "twin-free-lag", "twin-tasks-lag", "twin-conditions"];
        Assert.All(overSlots, name => Assert.Equal("Slot", plots.Single(plot => plot.Name == name).Plot.Axes.Bottom.Label.Text));
        Assert.Equal(["0", "1-3", "4-10", "older"], plots.Single(plot => plot.Name == "regret-by-age").Table!.Rows.Select(row => row[0]));
        Assert.Equal(["2", "–", "–", "–"], plots.Single(plot => plot.Name == "regret-by-age").Table!.Rows.Select(row => row[1]));
    }

    [Fact]
    public void All_plots_of_a_training_tell_their_values()
    {
        var report = new LearningReport(1, 5, [-3, -2, -1], (9, 9), 0.1, 0.5, 1.5, 0.1, 0.01, 0.3, 0.4, null);
        var slots = new SlotTotals { Devices = 4, InTime = 4, Latency = 1 };

        foreach (var plot in TrainingPlots.All([new TrainingRow(report, slots), new TrainingRow(report with { Version = 2 }, slots)]))
        {
            Assert.Matches(new Regex("<rect [^>]*><title>[^<]*[0-9]", RegexOptions.Singleline), plot.InlineSvg());
            Assert.True(plot.Table is { Rows.Count: > 0 }, plot.Name);
        }
    }

    [Fact]
    public void In_a_page_plots_take_its_colours_and_as_files_they_have_their_own()
    {
        var plot = RunPlots.All(Run(new SyntheticRun(4, 6))).Single(plot => plot.Name == "failure-over-time");
        plot.Save(_folder.Path);

        Assert.Contains("fill=\"var(--orange)\"", plot.InlineSvg());
        Assert.DoesNotContain(Palette.Orange.Light, plot.InlineSvg(), StringComparison.OrdinalIgnoreCase);
        Assert.Contains($"fill=\"{Palette.Orange.Light}\"", File.ReadAllText(_folder.At("failure-over-time.svg")), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void The_station_that_stands_out_is_told_of_in_any_run_beside_all_stations()
    {
        var run = new SyntheticRun(4, 6);
        var folder = Run(run);
        var table = TableFile.Read(folder.Csv(Tables.StationStretches.Name));
        var latency = Enumerable.Range(0, 16).Select(station => Enumerable.Range(0, 6).Average(slot => new SyntheticRun(4, 6).Report(slot).StationTotals[station].Latency / 2)).ToArray();
        var slowest = latency.IndexOf(latency.Max());
        var plot = StandOutPlots.All(folder).Single(plot => plot.Name == "stands-out-latency");

        Assert.Equal($"Station {slowest}: the slowest", plot.Title);
        var rows = Enumerable.Range(0, table.Count).Where(row => table.Words("by")[row] == "latency").ToArray();
        Assert.Equal([0, 1, 2, 3, 4, 5], rows.Select(row => table.Numbers("slot")[row]));
        Assert.All(rows, row => Assert.Equal(("1", $"{slowest}"), (table.Words("slots")[row], table.Words("station")[row])));
        foreach (var row in rows)
        {
            var totals = run.Report((int)table.Numbers("slot")[row]).StationTotals;
            Assert.Equal(totals[slowest].Latency / 2, table.Numbers("latency_mean_seconds")[row], 12);
            Assert.Equal(totals.Sum(one => one.Latency) / 32, table.Numbers("latency_mean_all_seconds")[row], 12);
            Assert.Equal(totals.Sum(one => one.Late) / 32.0, table.Numbers("failed_all")[row], 12);
        }

        Assert.DoesNotContain("regret_mean_seconds", table.Names);
        Assert.False(File.Exists(new RunFolder(new SyntheticRun(1, 3).WriteTo(_folder.At("alone"))).Csv(Tables.StationStretches.Name))); // there is nobody to stand out from
    }

    private RunPlot Map(SyntheticRun run) => RunPlots.All(Run(run)).Single(plot => plot.Name == LoadMap.Name);

    private RunFolder Run(SyntheticRun run) => RunFolder.Open(run.WriteTo(_folder.At("run")));

    /// <summary>Regret of 2 ms of each of four tasks a station and slot; more at the last station.</summary>
    private static SyntheticRun WithRegret()
    {
        var run = SyntheticRun.WithFaults(4, 6);
        return new SyntheticRun(4, 6)
        {
            Description = run.Description,
            Changed = static report => report with
            {
                StationTotals = [.. report.StationTotals.Select((totals, station) => totals with { RegretTasks = 4, Regret = station == 15 ? 0.016 : 0.008 })],
                Total = report.Total with { RegretTasks = 64, RegretTasksAge0 = 64, Regret = 0.128, RegretAge0 = 0.128 },
            },
        };
    }

    private static double Number(Match match, int group) => double.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);
}
