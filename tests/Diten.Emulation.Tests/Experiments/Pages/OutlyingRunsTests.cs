using System.Net;
using System.Text.RegularExpressions;
using Diten.Emulation.Tests.Reproduction;
using Diten.Emulation.Tests.Results;
using Diten.Node.Commands;
using Diten.Runs.Execution;
using Diten.Runs.Experiments.Findings;
using Diten.Runs.Experiments.Pages;
using Diten.Runs.Progress;
using Diten.Runs.Results;

namespace Diten.Emulation.Tests.Experiments.Pages;

/// <summary>From the page of many runs to a single one.</summary>
public sealed class OutlyingRunsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public OutlyingRunsTests() => File.WriteAllText(_folder.At("tiny.conf"), "slots = 4\narea.side = 800 m\ndevices.count = 20\n");

    public void Dispose() => _folder.Dispose();

    /// <summary>Worlds of a case have its value times 1 + spread · (−1, 0, 1, −½, ½) in turn: the median is the value, and the median distance half the spread.</summary>
    [Fact]
    public void The_farthest_from_the_median_of_its_case_comes_first()
    {
        var results = MadeUp.Grid("made", Metric.Latency, [("load", ["low", "high"])], 0.1, levels => levels[0] == "low" ? 0.1 : 0.3);
        var runs = results.Results.Select(one => one.ToArray()).ToArray();
        runs[0][1] = With(runs[0][1], 0.15); // it was 0.1, in the middle: now values are 0.09, 0.15, 0.11, 0.095, 0.105

        var table = OutlyingRuns.Table(new PartResults(results.Part, runs) { Commands = [.. Enumerable.Range(0, 2).Select(one => (string[])[.. Enumerable.Range(0, 5).Select(seed => $"run {one} {seed}")])] })!;

        // The median is 0.105, and distances from it are 0.015, 0.045, 0.005, 0.01 and 0, those of the other case 0.03, 0, 0.03, 0.015 and 0.015.
        // The median of all of them is 0.015, more than that of the case's own: 0.045 / 0.015 / 1.4826 = 2.02.
        Assert.Equal(["low", "1", Metric.Latency.Display.Title, "150.00", "105.00", "2.0", "run 0 1"], table.Rows[0]);
        Assert.Equal(8, table.Rows.Count);
        Assert.Equal(table.Rows.Select(row => row[5]).OrderDescending(), table.Rows.Select(row => row[5]));
        Assert.Contains("the others of their case", table.Title);
    }

    [Fact]
    public void Of_few_worlds_all_runs_are_looked_at_together_and_those_that_are_alike_are_none()
    {
        var results = MadeUp.Grid("made", Metric.Latency, [("load", ["low", "mid", "high"])], 0, levels => levels[0] == "high" ? 0.3 : 0.1);
        PartResults one = new(results.Part, [.. results.Results.Select(runs => runs.Take(1).ToArray())]) { Commands = [["a"], ["b"], ["c"]] };

        var table = OutlyingRuns.Table(one)!;

        Assert.Equal("c", Assert.Single(table.Rows)[^1]);
        Assert.Contains("all others", table.Title);
        Assert.Null(OutlyingRuns.Table(results with { Commands = [.. results.Results.Select(runs => runs.Select(_ => "x").ToArray())] })); // each case is all alike
        Assert.Null(OutlyingRuns.Table(one with { Commands = [] }));
    }

    [Theory]
    [InlineData("sweep", "TINY|--vary|decisions.candidates=2,5|--seeds|3", 6)]
    [InlineData("compare", "TINY|--policies|random|--case|held on to: policy.name=hysteresis; radio.bandwidth=10 MHz|--seeds|3|--no-bounds", 6)]
    [InlineData("experiment", "TRY", 4)]
    [Trait("Takes", "Seconds")]
    public async Task The_command_in_a_report_makes_the_same_run(string command, string words, int runs)
    {
        File.WriteAllText(_folder.At("try.conf"), "experiment { scenario = tiny.conf, seeds = [4, 5], set { slots = 5 }, vary { n { devices.count = [15, 30] } } }");
        await DitenAsync([command, .. words.Replace("TINY", _folder.At("tiny.conf")).Replace("TRY", _folder.At("try.conf")).Split('|'), "--out", _folder.At("many"), "--quiet"]);
        var page = WebUtility.HtmlDecode(File.ReadAllText(_folder.At("many", "report.html")));
        string[] commands = [.. Regex.Matches(page, "<td class=\"left\">diten (run [^<]*)</td>").Select(match => match.Groups[1].Value)];

        Assert.InRange(commands.Length, 1, runs);
        foreach (var (line, number) in commands.Select((line, number) => (line, number)).Where(one => one.number == 0 || one.number == commands.Length - 1))
        {
            var folder = _folder.At($"again{number}");
            await DitenAsync([.. Regex.Matches(line, @"'([^']*)'|\S+").Select(word => word.Groups[1].Success ? word.Groups[1].Value : word.Value), "--out", folder, "--quiet"]);
            var summary = RunSummary.Read(new RunFolder(folder).SummaryFile);
            var cell = Assert.Single(Directory.GetFiles(_folder.At("many", "cells")), file => File.ReadAllText(file).Contains(summary.Digest, StringComparison.Ordinal));
            Assert.Contains($"-seed{summary.Seed}-", cell);
        }
    }

    private static Runs.Experiments.Cells.CellResult With(Runs.Experiments.Cells.CellResult run, double latency) => run with
    {
        Summary = run.Summary with { Figures = new Dictionary<string, double>(run.Summary.Figures) { [Metric.Latency.Name] = latency } },
    };

    private static async Task DitenAsync(string[] words)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var code = await CommandTree.RunAsync(words, new Session(new Terminal(output, error)));
        Assert.True(code == 0, error.ToString());
    }
}
