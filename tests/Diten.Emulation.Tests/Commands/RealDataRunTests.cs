using Diten.Emulation.Tests.Results;
using Diten.Model.Tests;
using Diten.Node.Commands;
using Diten.Runs.Execution;
using Diten.Runs.Progress;
using Diten.Runs.Results;
using Diten.Runs.Scenarios;

namespace Diten.Emulation.Tests.Commands;

/// <summary>The run of docs/real-data.md, shortened: real stations, recorded journeys and recorded background load together.</summary>
public sealed class RealDataRunTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _out = new(), _error = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public async Task Taxis_of_Wuxi_among_the_stations_of_Melbourne()
    {
        var run = await Run("one", zones: 1);

        Assert.Collection(
            run.FilesRead,
            line => Assert.EndsWith(".csv: 125 rows read, 125 kept, 0 dropped (0 duplicates, 0 unreadable, 0 out of range)", line),
            line => Assert.EndsWith(".csv: Csv format, 1 file(s), 475 ids", line),
            line => Assert.Equal("20188 rows read, 16912 kept", line),
            line => Assert.Equal("2114 dropped: far outside of where the others are", line),
            line => Assert.Equal("6 dropped: step faster than allowed", line),
            line => Assert.Equal("971 dropped: outside of the area", line),
            line => Assert.Equal("185 dropped: in a journey too short to follow", line),
            line => Assert.Equal("1498 journeys, split at 1219 long pauses", line),
            line => Assert.Equal("mean speed of all journeys 6.21 m/s as recorded, 6.21 m/s in the area (lengths × 0.0219)", line),
            line => Assert.Matches("^devices of this scenario move at [0-9.]+ m/s on average", line),
            line => Assert.Contains(": 11 CPU traces, 58370 rows read, 58370 kept, 0 dropped", line),
            line => Assert.Contains("26 of 200 devices draw a journey that another one draws, too (recorded: 1498)", line),
            line => Assert.EndsWith("760 of 58370 values are below 0 or above 99 % and count as the nearer of the two", line));
        Assert.Equal((125, 125, 30, 6000L), (run.World.Stations, run.World.Servers, run.SlotsCompleted, run.DeviceSlots));
        // A third of the box around the stations is out of coverage, but taxis are mostly downtown.
        Assert.InRange(run[Metric.UncoveredRate], 0.05, 0.3);
        Assert.InRange(run[Metric.FailureRate], run[Metric.UncoveredRate], 0.35);
        // 6 m/s among stations some 170 m apart: another one every half minute at most, and those that end a journey.
        Assert.InRange(run[Metric.HandoverRate], 0.02, 0.12);
        Assert.InRange(run[Metric.MigrationRate], 0.01, 0.2);
        // The recorded load alone is 0.2 on average; 1.3 covered tasks a server add little.
        Assert.InRange(run[Metric.Utilisation], 0.15, 0.35);
        Assert.InRange(run[Metric.Median], 0.03, 0.15);
        Assert.InRange(run[Metric.Latency95], run[Metric.Median], 0.5);
    }

    [SkippableFact]
    [Trait("Takes", "Seconds")]
    public async Task Real_input_gives_the_same_bits_in_one_zone_and_in_twelve()
    {
        var one = await Run("one", zones: 1);
        var many = await Run("many", zones: 12);

        Assert.Equal(one.Digest, many.Digest);
        var zones = TableFile.Read(new RunFolder(_folder.At("many")).Csv(Tables.Stations.Name)).Words("zone");
        Assert.True(zones.Distinct().Count() > 6, "stations stand in several zones");
    }

    [SkippableFact]
    public async Task Validate_says_which_time_scale_keeps_the_recorded_speed()
    {
        var code = await Diten(["validate", Scenario(), .. Data()]);

        Assert.Equal(0, code);
        Assert.Contains("0.14 m/s in the area", _out.ToString());
        Assert.Contains("a time scale of 0.0219 would keep the recorded speed", _out.ToString());
    }

    private async Task<RunSummary> Run(string name, int zones)
    {
        string[] args =
        [
            "run", Scenario(), .. Data(), "--set", "devices.mobility.time-scale=0.0219", "--set", "slots=30",
            "--set", $"zones.columns={Math.Min(zones, 4)}", "--set", $"zones.rows={(zones + 3) / 4}", "--out", _folder.At(name), "--quiet",
        ];
        var code = await Diten(args);
        Assert.True(code == 0, _error.ToString());
        return RunSummary.Read(new RunFolder(_folder.At(name)).SummaryFile);
    }

    private static string[] Data() =>
    [
        "--set", "stations.sites-file=" + RealData.Require("sites-eua/edge-servers/site-optus-melbCBD.csv"),
        "--set", "devices.mobility.traces=" + RealData.Require("traj-wuxi-taxi/WX_taxi_100k_with_id_downsample_5x.csv"),
        "--set", "servers.background.model=trace",
        "--set", "servers.background.traces=" + RealData.Require("cpu-nab-aws"),
    ];

    private static string Scenario() => ShippedScenarios.Find("real-sites-and-traces.conf");

    private Task<int> Diten(string[] args) => CommandTree.RunAsync(args, new Session(new Terminal(_out, _error)));
}
