using Diten.Emulation.Tests.Results;
using Diten.Node.Commands;
using Diten.Runs.Execution;
using Diten.Runs.Progress;

namespace Diten.Emulation.Tests.Commands;

/// <summary>Comparisons keep their runs, with the bounds and journeys that were computed as they ran.</summary>
public sealed class CompareTests : IDisposable
{
    private static readonly string[] Files = ["compare.csv", "compare.json", "report.html", "latency-vs-migration.svg"];

    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _out = new(), _error = new();
    private int _runs;

    public CompareTests() => File.WriteAllText(_folder.At("tiny.conf"), "slots = 6\narea.side = 800 m\ndevices.count = 20\ndevices.journey-slots = 3\n");

    public void Dispose() => _folder.Dispose();

    [Fact]
    [Trait("Takes", "Seconds")]
    public async Task A_comparison_that_was_stopped_goes_on_where_it_was_and_ends_in_the_same_files()
    {
        string[] compare = ["nearest-first,drift-plus-penalty", "--seeds", "2", "--single-journeys", "--parallel", "1"];
        using var stop = new CancellationTokenSource();

        Assert.Equal(130, await Compare("stopped", compare, stopAfter: 5, stop)); // in the recorded runs

        Assert.Contains("the same command goes on from there", _error.ToString());
        Assert.Equal(4, Directory.GetFiles(_folder.At("stopped", "cells")).Length);
        _runs = 0;
        Assert.Equal(0, await Compare("stopped", compare));
        Assert.Equal(2, _runs);
        Assert.Contains("6 runs, 4 of them kept from before", _out.ToString());
        Assert.Equal(0, await Compare("at-once", compare));
        foreach (var file in Files)
            Assert.Equal(File.ReadAllText(_folder.At("at-once", file)), File.ReadAllText(_folder.At("stopped", file)));
        _runs = 0;
        Assert.Equal(0, await Compare("at-once", compare));
        Assert.Equal(0, _runs);
        foreach (var file in Files)
            Assert.Equal(File.ReadAllText(_folder.At("stopped", file)), File.ReadAllText(_folder.At("at-once", file)));
    }

    [Fact]
    [Trait("Takes", "Seconds")]
    public async Task A_wider_comparison_runs_only_what_is_new_and_what_was_kept_for_less_runs_again()
    {
        Assert.Equal(0, await Compare("out", ["random,nearest-first", "--seeds", "1"]));
        Assert.Equal(0, await Compare("out", ["random,nearest-first,stay", "--seeds", "2"]));
        Assert.Equal(2 + 4, _runs);

        // The balance bound is computed with the first one's runs: another first one's runs lack it.
        Assert.Equal(0, await Compare("out", ["stay,random", "--seeds", "2"]));
        Assert.Equal(6 + 2, _runs);
        Assert.Equal(0, await Compare("out", ["random,stay", "--seeds", "2"]));
        Assert.Equal(8, _runs);
        Assert.Equal(0, await Compare("at-once", ["random,stay", "--seeds", "2"]));
        foreach (var file in Files)
            Assert.Equal(File.ReadAllText(_folder.At("at-once", file)), File.ReadAllText(_folder.At("out", file)));

        _runs = 0;
        Assert.Equal(0, await Compare("plain", ["random", "--seeds", "1", "--no-bounds"]));
        Assert.Equal(0, await Compare("plain", ["random", "--seeds", "1"]));
        Assert.Equal(2, _runs);
    }

    /// <summary>With one round, nearest-first's own run is the one whose journeys are travelled: a cell has bounds and journeys then.</summary>
    [Fact]
    [Trait("Takes", "Seconds")]
    public async Task A_run_keeps_what_was_found_in_it_for_different_ends()
    {
        string[] compare = ["nearest-first,stay", "--seeds", "1", "--set", "decisions.rounds=1"];
        Assert.Equal(0, await Compare("out", [.. compare, "--single-journeys"]));
        Assert.Equal(3, _runs);
        Assert.Equal(2, Directory.GetFiles(_folder.At("out", "cells")).Length);

        Assert.Equal(0, await Compare("out", [.. compare, "--single-journeys"]));
        Assert.Equal(0, await Compare("out", compare));

        Assert.Equal(3, _runs);
    }

    /// <summary>A recorded run is the same whatever the travellers' policies are, and keeps the journeys of each.</summary>
    [Fact]
    [Trait("Takes", "Seconds")]
    public async Task Journeys_of_a_changed_case_of_the_same_name_are_made_anew()
    {
        static string[] Case(string margin) => ["stay", "--case", $"mine: policy.name=hysteresis; policy.margin={margin}", "--seeds", "1", "--single-journeys", "--no-bounds"];
        Assert.Equal(0, await Compare("out", Case("0.9")));
        Assert.Equal(3, _runs);

        Assert.Equal(0, await Compare("out", Case("0.01")));

        Assert.Equal(3 + 2, _runs);
        Assert.Equal(0, await Compare("at-once", Case("0.01")));
        foreach (var file in Files)
            Assert.Equal(File.ReadAllText(_folder.At("at-once", file)), File.ReadAllText(_folder.At("out", file)));
    }

    [Fact]
    public async Task The_page_of_a_comparison_has_its_chart_its_differences_and_its_bounds()
    {
        Assert.Equal(0, await Compare("out", ["nearest-first,stay", "--seeds", "2", "--single-journeys"]));

        var page = File.ReadAllText(_folder.At("out", "report.html"));
        Assert.All(
            ["<h1>Comparison: tiny</h1>", "aria-label=\"Latency against migration rate\"", "case=stay less case=nearest-first", "Exploratory", "balance bound, lower", "gap closed, %", "Single journeys: each device alone"],
            text => Assert.Contains(text, page));
    }

    private Task<int> Compare(string folder, string[] policiesAndMore, int stopAfter = int.MaxValue, CancellationTokenSource? stop = null) => CommandTree.RunAsync(
        ["compare", _folder.At("tiny.conf"), "--out", _folder.At(folder), "--quiet", "--policies", .. policiesAndMore],
        new Session(new Terminal(_out, _error), async (world, options, observer, cancel) =>
        {
            if (Interlocked.Increment(ref _runs) == stopAfter)
                await stop!.CancelAsync();
            return await Actors.Nodes.Emulation.RunAsync(world, options, observer, cancel);
        }),
        stop?.Token ?? default);
}
