using Diten.Emulation.Tests.Results;
using Diten.Model.Scenarios;
using Diten.Runs;
using Diten.Runs.Execution;
using Diten.Runs.Experiments.Cells;
using Diten.Runs.Progress;
using Diten.Runs.Scenarios;

namespace Diten.Emulation.Tests.Execution;

/// <summary>What a machine cannot hold is refused before it is tried, with what it needs and what there is.</summary>
public sealed class RunSizeTests
{
    private static readonly Scenario City = new() { Devices = new() { Count = 100_000 } };

    [Fact]
    public void Devices_stations_and_processes_need_memory()
    {
        var size = RunSize.Of(City, 0);

        Assert.Equal((100_000, 1000, 0), (size.Devices, Math.Round(size.Stations), size.Processes));
        Assert.InRange(size.Bytes, 0.2e9, 0.73e9);   // docs/performance.md: 0.73 GB
        Assert.InRange(RunSize.Of(City with { Devices = City.Devices with { Count = 1_000_000 } }, 0).Bytes, 1e9, 2.09e9);   // 2.09 GB
        Assert.InRange(RunSize.Of(City, 4).Bytes, 0.5e9, 1.81e9);   // 1.81 GB
    }

    [Fact]
    public void What_fits_is_not_refused() => Assert.Null(RunSize.Of(City, 4).WhyNot(4e9, cores: 2));

    [Fact]
    public void Too_little_memory_is_told_in_figures() => Assert.Equal(
        "100,000 devices, 1,000 stations need some 0.2 GB of memory, and 0.1 GB are free here.", RunSize.Of(City, 0).WhyNot(0.1e9, cores: 2));

    [Fact]
    public void Too_many_processes_are_told_in_figures() => Assert.StartsWith(
        "33 processes on 2 cores: more than 16 a core", RunSize.Of(City, 33).WhyNot(1e12, cores: 2));

    [Fact]
    public void Stations_of_a_file_are_counted_when_it_is_read() =>
        Assert.Equal(0, RunSize.Of(City with { Stations = City.Stations with { Topology = StationLayout.Sites } }, 0).Stations);

    [Fact]
    public void Stations_of_a_file_count_when_it_was_read()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.At("sites.csv"), "x,y\n0,0\n500,0\n0,500\n500,500\n");
        File.WriteAllText(folder.At("few.conf"), "stations.topology = sites\nstations.sites-file = sites.csv\ndevices.count = 9\n");
        var input = ScenarioInput.Load(folder.At("few.conf"), [], null);

        var refused = Assert.Throws<UserErrorException>(() => input.Ready(processes: 1_000_000, force: false));

        Assert.StartsWith("few: too large for this machine: 9 devices, 4 stations, 1,000,000 processes need ", refused.Message);
        Assert.NotNull(input.Ready(processes: 1_000_000, force: true));
    }

    [Fact]
    public void Stations_of_a_file_count_in_experiments_too()
    {
        using var folder = new TemporaryFolder();
        var file = folder.At("sites.csv");
        File.WriteAllText(file, "x,y\n" + string.Concat(Enumerable.Range(0, 10).Select(i => $"{i * 500},0\n")));
        File.WriteAllText(folder.At("few.conf"), "stations.topology = sites\nstations.sites-file = sites.csv\ndevices.count = 9\n");
        Cell[] cells = [.. Cell.Load(new ExperimentSettings { Scenario = folder.At("few.conf"), Seeds = 3, Set = [Change.Parse("policy.name=random", "--set")] }, new Case([]))];
        File.Delete(file); // who counts its stations reads it

        var refused = Assert.Throws<UserErrorException>(() => Cell.Check(cells, new Terminal(TextWriter.Null, TextWriter.Null), force: false));

        Assert.Equal($"stations.sites-file: {file}: does not exist", refused.Message);
    }

    [Fact]
    public void This_machine_has_some_memory() => Assert.InRange(RunSize.AvailableBytes(), 1e6, 1e15);

    [Fact]
    public void Every_shipped_scenario_fits_a_small_machine_but_the_largest() => Assert.All(
        ShippedScenarios.Files().Where(file => !file.EndsWith("real-sites-and-traces.conf", StringComparison.Ordinal)),
        file =>
        {
            var size = RunSize.Of(ScenarioFile.Load(file, [], null), 0);
            if (!file.EndsWith("ten-million.conf", StringComparison.Ordinal))
                Assert.Null(size.WhyNot(2e9, cores: 2));
            else
                Assert.Equal((true, true), (size.WhyNot(8e9, cores: 2) is not null, size.WhyNot(23e9, cores: 2) is null));
        });
}
