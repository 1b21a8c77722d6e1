using Diten.Emulation.Tests.Results;
using Diten.Model.Input;
using Diten.Node.Commands;
using Diten.Runs.Execution;
using Diten.Runs.Progress;

namespace Diten.Emulation.Tests.Commands;

public sealed class SweepTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _out = new(), _error = new();
    private readonly string _scenario;
    private int _runs;

    public SweepTests()
    {
        _scenario = _folder.At("tiny.conf");
        File.WriteAllText(_scenario, "slots = 4\narea.side = 800 m\ndevices.count = 20\n");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_sweep_that_was_stopped_goes_on_where_it_was_and_ends_in_the_same_tables()
    {
        string[] sweep = ["sweep", _scenario, "--vary", "decisions.candidates=2,5", "--seeds", "2", "--parallel", "1", "--out"];
        using var stop = new CancellationTokenSource();

        var stopped = await CommandTree.RunAsync([.. sweep, _folder.At("stopped")], Session(stopAfter: 3, stop), stop.Token);

        Assert.Equal(130, stopped);
        Assert.Contains("the same command goes on from there", _error.ToString());
        Assert.Equal([_folder.At("stopped", "cells")], Directory.GetFileSystemEntries(_folder.At("stopped")));
        Assert.Equal(2, Directory.GetFiles(_folder.At("stopped", "cells")).Length);

        _runs = 0;
        Assert.Equal(0, await CommandTree.RunAsync([.. sweep, _folder.At("stopped")], Session()));
        Assert.Equal(2, _runs);
        Assert.Contains("4 runs, 2 of them kept from before", _out.ToString());
        Assert.Equal(0, await CommandTree.RunAsync([.. sweep, _folder.At("at-once")], Session()));
        foreach (var table in (string[])["sweep.csv", "runs.csv"])
            Assert.Equal(File.ReadAllText(_folder.At("at-once", table)), File.ReadAllText(_folder.At("stopped", table)));
    }

    [Fact]
    public async Task A_wider_sweep_runs_only_what_is_new_and_a_changed_scenario_runs_again()
    {
        Assert.Equal(0, await Sweep("--vary", "decisions.candidates=2", "--seeds", "2"));
        Assert.Equal(0, await Sweep("--vary", "decisions.candidates=2,5", "--seeds", "3"));
        Assert.Equal(6, _runs);

        Assert.Equal(0, await Sweep("--vary", "decisions.candidates=2", "--seeds", "2", "--set", "objective.v=21"));
        Assert.Equal(8, _runs);
    }

    [Fact]
    public async Task A_data_file_that_changed_runs_again()
    {
        string[] sweep = ["--vary", "decisions.candidates=2", "--set", "servers.background.model=trace", "--set", $"servers.background.traces={_folder.At("cpu.csv")}", "--seeds", "2"];
        File.WriteAllText(_folder.At("cpu.csv"), "timestamp,value\n0,10\n300,20\n");
        Assert.Equal(0, await Sweep(sweep));
        Assert.Equal(0, await Sweep(sweep));
        Assert.Equal(2, _runs);

        File.WriteAllText(_folder.At("cpu.csv"), "timestamp,value\n0,10\n300,90\n");
        Assert.Equal(0, await Sweep(sweep));
        Assert.Equal(4, _runs);
    }

    [Fact]
    public async Task A_kept_run_that_was_changed_is_named()
    {
        string[] sweep = ["--vary", "decisions.candidates=2", "--seeds", "1"];
        Assert.Equal(0, await Sweep(sweep));
        var cell = Assert.Single(Directory.GetFiles(_folder.At("sweep", "cells")));
        File.WriteAllText(cell, File.ReadAllText(cell).Replace("\"deviceSlots\":80", "\"deviceSlots\":81", StringComparison.Ordinal));

        Assert.Equal(2, await Sweep(sweep));
        Assert.Contains($"{cell} is damaged or was changed: delete it, and this run is run again.", _error.ToString());
        File.WriteAllText(cell, "");
        Assert.Equal(2, await Sweep(sweep));
    }

    [Fact]
    public async Task Values_with_commas_and_long_ones_are_whole_in_the_table()
    {
        var longName = _folder.At(new string('c', 200) + ".csv");
        File.WriteAllText(longName, "timestamp,value\n0,10\n300,20\n");

        Assert.Equal(0, await Sweep(
            "--vary", "tasks.data=[60 kB, 80 kB],[600 kB, 800 kB]", "--vary", "servers.background.traces=" + longName,
            "--set", "servers.background.model=trace", "--seeds", "1"));

        foreach (var (table, columns) in new[] { ("sweep.csv", 9), ("runs.csv", 7) })
        {
            var rows = CsvTable.Read(_folder.At("sweep", table)).Rows.ToArray();
            Assert.All(rows, row => Assert.Equal(columns, row.Fields.Length));
            Assert.Equal(["[60 kB, 80 kB]", "[600 kB, 800 kB]"], rows.Select(row => row[0]).Distinct());
            Assert.Equal([longName], rows.Select(row => row[1]).Distinct());
        }
    }

    [Fact]
    public async Task The_page_of_a_sweep_has_a_figure_a_headline_and_its_means()
    {
        Assert.Equal(0, await Sweep("--vary", "devices.count=5,10", "--vary", "decisions.candidates=3", "--policies", "stay,random", "--seeds", "2"));

        var page = File.ReadAllText(_folder.At("sweep", "report.html"));
        Assert.Contains("<h1>Sweep: tiny</h1>", page);
        Assert.All(["Latency", "Migrated", "Reward/slot"], title => Assert.Contains($"aria-label=\"{title}\"", page));
        Assert.Contains("Means over 2 worlds", page);
        var points = CsvTable.Read(_folder.At("sweep", "latency.mean.csv")).Rows.ToArray();
        Assert.Equal(["stay", "stay", "random", "random"], points.Select(row => row[0]));
    }

    private Task<int> Sweep(params string[] args) =>
        CommandTree.RunAsync(["sweep", _scenario, .. args, "--out", _folder.At("sweep"), "--quiet"], Session());

    /// <summary>Counts runs; the one that is asked for is stopped before it begins.</summary>
    private Session Session(int stopAfter = int.MaxValue, CancellationTokenSource? stop = null) => new(
        new Terminal(_out, _error),
        async (world, options, observer, cancel) =>
        {
            if (Interlocked.Increment(ref _runs) == stopAfter)
                await stop!.CancelAsync();
            return await Actors.Nodes.Emulation.RunAsync(world, options, observer, cancel);
        });
}
