using System.Text.Json;
using Diten.Emulation.Tests.Results;
using Diten.Node.Commands;

namespace Diten.Emulation.Tests.Cli;

/// <summary>Runs the program as a user does, on a world that takes a second.</summary>
public sealed class CommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _out = new(), _error = new();
    private readonly string _scenario;

    public CommandTests()
    {
        _scenario = _folder.At("tiny.conf");
        File.WriteAllText(_scenario, """
            seed = 3
            slots = 8
            area.side = 800 m
            devices.count = 60
            devices.mobility.speed = 30 m/s
            """);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_run_writes_a_whole_folder_whose_summary_is_what_json_prints()
    {
        var code = await Diten("run", _scenario, "--out", _folder.At("run"), "--json");

        Assert.Equal(0, code);
        Assert.All(["report.html", "summary.json", "scenario.conf"], file => Assert.True(File.Exists(_folder.At("run", file)), file));
        using var printed = JsonDocument.Parse(_out.ToString());
        using var written = JsonDocument.Parse(File.ReadAllText(_folder.At("run", "summary.json")));
        Assert.Equal(480, printed.RootElement.GetProperty("deviceSlots").GetInt64());
        Assert.Equal(written.RootElement.GetProperty("digest").GetString(), printed.RootElement.GetProperty("digest").GetString());
        Assert.False(Directory.Exists(_folder.At("run.partial")));
    }

    [Fact]
    public async Task Runs_with_other_zones_and_threads_verify_as_equal()
    {
        Assert.Equal(0, await Diten("run", _scenario, "--out", _folder.At("a"), "--quiet"));
        Assert.Equal(0, await Diten(
            "run", _scenario, "--out", _folder.At("b"), "--quiet", "--threads", "1", "--set", "zones.columns=2", "--set", "zones.rows=2"));

        Assert.Equal(0, await Diten("verify", _folder.At("a"), _folder.At("b")));
    }

    [Fact]
    public async Task Runs_that_differ_are_told_apart_by_slot_station_and_device()
    {
        Assert.Equal(0, await Diten("run", _scenario, "--out", _folder.At("a"), "--quiet"));
        Assert.Equal(0, await Diten("run", _scenario, "--out", _folder.At("b"), "--quiet", "--set", "objective.v=30"));

        Assert.Equal(1, await Diten("verify", _folder.At("a"), _folder.At("b")));

        var told = _out.ToString() + _error;
        Assert.Matches("slot [0-9]", told);
        Assert.Matches("station [0-9]", told);
        Assert.Matches("device [0-9]", told);
    }

    [Theory]
    [InlineData("devices.cuont=3", "devices.count")]
    [InlineData("radio.bandwidth=20", "radio.bandwidth")]
    [InlineData("decisions.candidates=0", "decisions.candidates")]
    public async Task Bad_input_names_the_key_and_leaves_no_folder(string setting, string named)
    {
        var code = await Diten("run", _scenario, "--out", _folder.At("run"), "--set", setting);

        Assert.Equal(2, code);
        Assert.Contains(named, _error.ToString());
        Assert.DoesNotContain("   at ", _error.ToString());
        Assert.Equal([_scenario], Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task A_missing_scenario_is_bad_input()
    {
        Assert.Equal(2, await Diten("run", _folder.At("none.conf")));
        Assert.Contains("none.conf", _error.ToString());
    }

    [Fact]
    public async Task A_sweep_goes_on_where_it_stopped()
    {
        Assert.Equal(0, await Diten(
            "sweep", _scenario, "--vary", "decisions.candidates=2", "--seeds", "2", "--out", _folder.At("sweep")));
        Assert.Equal(0, await Diten(
            "sweep", _scenario, "--vary", "decisions.candidates=2,5", "--seeds", "2", "--out", _folder.At("sweep")));

        Assert.NotEmpty(Directory.EnumerateFiles(_folder.At("sweep"), "*.csv", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_comparison_shows_every_policy_and_the_bounds()
    {
        Assert.Equal(0, await Diten(
            "compare", _scenario, "--policies", "drift-plus-penalty,nearest-first", "--seeds", "2", "--out", _folder.At("compare")));

        Assert.Contains("nearest-first", _out.ToString());
        Assert.Contains("frontier", _out.ToString());
    }

    [Fact]
    public async Task Help_names_every_command()
    {
        Assert.Equal(0, await Diten("--help"));

        Assert.All(
            ["run", "validate", "scenarios", "verify", "compare", "sweep", "reference"],
            command => Assert.Contains("  " + command, _out.ToString()));
    }

    private Task<int> Diten(params string[] args) => CommandTree.RunAsync(args, new Session(new Terminal(_out, _error)));
}
