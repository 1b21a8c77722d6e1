using Diten.Emulation.Tests.Results;
using Diten.Node.Commands;
using Diten.Runs.Execution;
using Diten.Runs.Experiments.Cells;
using Diten.Runs.Experiments.Designs;
using Diten.Runs.Progress;
using Diten.Runs.Reproduction;
using Diten.Runs.Results;
using Diten.Runs.Scenarios;

namespace Diten.Emulation.Tests.Reproduction;

/// <summary><c>diten reproduce</c>.</summary>
public sealed class ReproductionTests : IDisposable
{
    /// <summary>What makes a world of Fig. 8 so small that dozens are run in seconds.</summary>
    private static readonly string[] Tiny = ["--set", "area.side=800 m", "--set", "devices.count=20", "--set", "slots=8"];

    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _out = new(), _error = new();
    private int _runs;

    public void Dispose() => _folder.Dispose();

    [Fact]
    [Trait("Takes", "Seconds")]
    public async Task A_figure_becomes_a_page_with_verdicts_and_goes_on_where_it_was_stopped()
    {
        Assert.Equal(0, await Run("whole", ["--page", _folder.At("page.md")]));
        var whole = _runs;
        _runs = 0;
        using var stop = new CancellationTokenSource();
        Assert.Equal(130, await Run("stopped", ["--parallel", "1"], 5, stop));
        _runs = 0;
        Assert.Equal(0, await Run("stopped", []));

        Assert.Equal(whole - 4, _runs);
        foreach (var file in (string[])["reproduction.md", "verdicts.csv", "checks.csv", "figure-8/means.csv", "figure-8/migrations.csv", "reproduction/figure-8-migrations.csv"])
            Assert.Equal(File.ReadAllText(_folder.At("whole", file)), File.ReadAllText(_folder.At("stopped", file)));
        foreach (var file in (string[])["verdicts.parquet", "checks.parquet", "figure-8/means.parquet", "figure-8/migrations.parquet", "reproduction/figure-8-migrations.svg", "reproduction/figure-8-migrations.png"])
            Assert.True(new FileInfo(_folder.At("whole", file)).Length > 0, file);
        Assert.Contains("<svg", File.ReadAllText(_folder.At("whole", "report.html")));
        Assert.Equal(["K16", "K6", "K6-speed", "K6b", "K6c", "K7"], ReproductionPage.Verdicts(_folder.At("page.md")).Keys.Order(StringComparer.Ordinal));
        Assert.All(ReproductionPage.Verdicts(_folder.At("page.md")).Values, verdict => Assert.Contains(verdict, (string[])["holds", "holds in part", "open", "does not hold"]));
        var page = File.ReadAllText(_folder.At("page.md"));
        Assert.Contains("![Migrations by speed and β](page/figure-8-migrations.svg)", page);
        Assert.Contains($"diten reproduce --figure 8 --quick --set \"area.side=800 m\" --set \"devices.count=20\" --set \"slots=8\" --page {_folder.At("page.md")}\n", page);
        Assert.DoesNotContain("--page", File.ReadAllText(_folder.At("whole", "reproduction.md")));
        Assert.Contains($"Made by Diten {RunSummary.BuildVersion}. Its runs and trainings took less than five minutes", page);
        Assert.Contains("all of them have `slots = 8`, ", page);
        Assert.Contains("| `holds_where` |", page);
        Assert.True(File.Exists(_folder.At("page", "figure-8-migrations.svg")));
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task A_cluster_of_two_processes_finds_the_same()
    {
        Assert.Equal(0, await Run("here", [], figure: "6"));
        Assert.Equal(0, await Run("cluster", ["--nodes", "2"], figure: "6"));

        foreach (var file in (string[])["checks.csv", "verdicts.csv", "figure-6/means.csv"])
            Assert.Equal(File.ReadAllText(_folder.At("here", file)), File.ReadAllText(_folder.At("cluster", file)));
    }

    [Fact]
    public async Task A_figure_that_the_paper_does_not_have_is_told()
    {
        Assert.Equal(2, await CommandTree.RunAsync(["reproduce", "--figure", "10", "--out", _folder.At("out")], new Session(new Terminal(_out, _error))));

        Assert.Contains("--figure: found 10; allowed: 4, 5, 6, 7, 8, 9, text.", _error.ToString());
        Assert.False(Directory.Exists(_folder.At("out")));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void All_figures_can_be_read_together_and_all_their_cases_are_possible(bool quick)
    {
        var designs = PaperFigure.All.Select(figure => DesignFile.Read(figure.Path(), quick)).ToArray();
        var all = ExperimentDesign.Joined("all", designs);

        foreach (var part in all.Parts)
        {
            var settings = new ExperimentSettings { Scenario = part.Scenario, Set = part.Set, Seed = part.Seeds.First, Seeds = 1 };
            Case[] possible = [.. part.Cases.Where(one => !one.Changes.Any(change => change.Value.StartsWith(TrainingDesign.Mark, StringComparison.Ordinal)))];
            var cells = possible.SelectMany(one => Cell.Load(settings, one)).ToArray();
            Assert.Equal(possible.Length, cells.Length);
            Assert.True(quick || part.Seeds.Count >= 30, $"{part.Name}: {part.Seeds.Count} worlds");
            Assert.All(cells, cell => Assert.True(
                quick || (long)cell.Input.Scenario.Devices.Count * (cell.Input.Scenario.Slots / cell.Input.Scenario.Devices.JourneySlots) * part.Seeds.Count >= 5000, $"{cell.Label}: fewer journeys than the paper has simulations"));
        }
    }

    [SkippableFact]
    [Trait("Category", "Slow")]
    public async Task A_quick_run_does_not_contradict_the_page_that_comes_with_Diten()
    {
        var page = ShippedScenarios.Folder() is { } scenarios ? Path.Combine(scenarios, "..", "docs", "reproduction.md") : "";
        Skip.IfNot(File.Exists(page), "the page of a whole run is not there yet: diten reproduce --page makes it.");
        Skip.IfNot(Learning.Training.IsAvailable(out var why), why);

        Assert.Equal(0, await CommandTree.RunAsync(["reproduce", "--quick", "--out", _folder.At("out"), "--quiet"], new Session(new Terminal(_out, _error))));

        var (whole, quick) = (ReproductionPage.Verdicts(page), ReproductionPage.Verdicts(_folder.At("out", "reproduction.md")));
        Assert.Equal(whole.Keys, quick.Keys);
        // Few worlds leave much open, and few points may all hold where some of many do not; but nothing that holds may be seen not to, or the other way round.
        Assert.All(whole, one => Assert.False(
            (one.Value, quick[one.Key]) is ("holds", "does not hold") or ("does not hold", "holds"), $"{one.Key}: the page says that it {one.Value}, a quick run that it {quick[one.Key]}"));
    }

    private Task<int> Run(string folder, string[] more, int stopAfter = int.MaxValue, CancellationTokenSource? stop = null, string figure = "8") => CommandTree.RunAsync(
        ["reproduce", "--figure", figure, "--quick", "--out", _folder.At(folder), "--quiet", .. Tiny, .. more],
        new Session(new Terminal(_out, _error), async (world, options, observer, cancel) =>
        {
            if (Interlocked.Increment(ref _runs) == stopAfter)
                await stop!.CancelAsync();
            return await Actors.Nodes.Emulation.RunAsync(world, options, observer, cancel);
        }),
        stop?.Token ?? default);
}
