using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Diten.Emulation.Tests.Results;
using Diten.Model.Policies.Networks;
using Diten.Node.Commands;
using Diten.Runs.Execution;
using Diten.Runs.Progress;
using Diten.Runs.Results;

namespace Diten.Emulation.Tests.Commands;

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
    public async Task A_learned_policy_has_one_digest_whatever_the_zones_and_threads_and_is_named_by_the_run()
    {
        PolicyFile.Write(_folder.At("a.policy"), UntrainedPolicy.Set(4));
        File.AppendAllText(_scenario, "\npolicy { name = learned, file = a.policy, decide = sample }\n");
        string[] cut = ["--set", "zones.columns=2", "--set", "zones.rows=2"];

        Assert.Equal(0, await Diten("run", _scenario, "--out", _folder.At("a"), "--quiet", "--threads", "1"));
        Assert.Equal(0, await Diten(["run", _scenario, "--out", _folder.At("b"), "--quiet", "--threads", "2", .. cut]));

        Assert.Equal(0, await Diten("verify", _folder.At("a"), _folder.At("b")));
        var read = RunSummary.Read(_folder.At("a", "summary.json")).FilesRead;
        Assert.Equal($"{_folder.At("a.policy")}: a set policy 11 → 32 → 32 → 1 of 1473 numbers with SHA-256 {PolicyFile.Hash(UntrainedPolicy.Set(4))}", Assert.Single(read));
        Assert.Contains("a set policy 11 → 32 → 32 → 1", File.ReadAllText(_folder.At("a", "report.html")));
    }

    [Fact]
    public async Task Runs_that_differ_are_told_apart_by_slot_station_and_device()
    {
        Assert.Equal(0, await Diten("run", _scenario, "--out", _folder.At("a"), "--quiet"));
        Assert.Equal(0, await Diten(
            "run", _scenario, "--out", _folder.At("b"), "--quiet", "--set", "objective.v=30", "--set", "zones.columns=1",
            "--set", "zones.rows=4"));

        Assert.Equal(1, await Diten("verify", _folder.At("a"), _folder.At("b")));

        // The reward of the first slot holds v; the zone is that of each run's own cut.
        Assert.Matches(@"(?m)^The runs differ first in slot 0 at station \d+ \(zone 0 in the first and zone [1-3] in the second\)\.\n", _out.ToString());
        Assert.Matches(@"first device that differs there is device \d+\.\n  first:  server \d+, .*\n  second: server \d+, ", _out.ToString());
    }

    [Fact]
    public async Task Runs_of_two_seeds_differ_at_a_device_that_is_in_one_of_them_only()
    {
        Assert.Equal(0, await Diten("run", _scenario, "--out", _folder.At("a"), "--quiet"));
        Assert.Equal(0, await Diten("run", _scenario, "--out", _folder.At("b"), "--quiet", "--seed", "4"));

        Assert.Equal(1, await Diten("verify", _folder.At("a"), _folder.At("b")));

        // Devices start elsewhere: the same one does not stand at the same station.
        Assert.Matches(@"in slot 0 at station 0 \(zone 0 in both\)\.\nThe first device that differs there is device \d+\.", _out.ToString());
        Assert.Contains("not at this station", _out.ToString());
    }

    [Fact]
    [Trait("Takes", "Seconds")]
    public async Task What_a_report_tells_to_do_again_works_as_written_in_its_folder()
    {
        Assert.Equal(0, await Diten("run", _scenario, "--out", _folder.At("run"), "--quiet"));
        var page = File.ReadAllText(_folder.At("run", "report.html"));
        var lines = Regex.Match(page, "<pre>(.*?)</pre>", RegexOptions.Singleline).Groups[1].Value.Split('\n');

        foreach (var line in lines)
        {
            string[] words = [Environment.ProcessPath!, typeof(CommandTree).Assembly.Location, .. line.Split(' ').Skip(1)];
            Assert.StartsWith("diten ", line);
            using var process = Process.Start(new ProcessStartInfo(words[0], words[1..])
            {
                WorkingDirectory = _folder.At("run"),
                RedirectStandardOutput = true,
            })!;
            var told = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            Assert.True(process.ExitCode == 0, $"{line}: {told}");
        }

        Assert.Equal(2, lines.Length);
    }

    [Fact]
    public async Task A_comparison_shows_every_policy_and_the_bounds()
    {
        Assert.Equal(0, await Diten(
            "compare", _scenario, "--policies", "drift-plus-penalty,nearest-first", "--seeds", "2", "--out", _folder.At("compare")));

        Assert.Contains("nearest-first", _out.ToString());
        Assert.Contains("frontier", _out.ToString());
        using var written = JsonDocument.Parse(File.ReadAllText(_folder.At("compare", "compare.json")));
        var policy = written.RootElement.GetProperty("bounds").GetProperty("policies")[0];
        double[] frontier = [.. policy.GetProperty("frontier").EnumerateArray()
            .Select(point => point.GetProperty("latency.mean").GetProperty("mean").GetDouble())];
        Assert.Equal(45, frontier.Length);
        Assert.Equal(frontier.OrderDescending(), frontier);   // the more migrations, the faster
        var figure = File.ReadAllText(_folder.At("compare", "latency-vs-migration.svg"));
        Assert.All(
            ["drift-plus-penalty", "nearest-first", "budget β = 0.2", "journey frontier, others as with", "balance bound"],
            label => Assert.Contains(label, figure));
        Assert.True(File.Exists(_folder.At("compare", "latency-vs-migration.png")));
    }

    [Fact]
    public async Task A_comparison_in_single_journeys_closes_none_of_the_gap_with_nearest_first_and_some_with_others()
    {
        Assert.Equal(0, await Diten(
            "compare", _scenario, "--policies", "nearest-first,drift-plus-penalty", "--case", "queues: servers.sharing=fifo", "--seeds", "2",
            "--single-journeys", "--no-bounds", "--out", _folder.At("compare")));

        Assert.Matches(@"in single journeys +latency, ms +migrated ", _out.ToString());
        Assert.Contains("No single journeys of queues: they need servers.sharing = equal or exclusive.", _out.ToString());
        using var written = JsonDocument.Parse(File.ReadAllText(_folder.At("compare", "compare.json")));
        var rows = written.RootElement.GetProperty("singleJourneys").GetProperty("policies").EnumerateArray().ToArray();
        Assert.Equal(["nearest-first", "drift-plus-penalty"], rows.Select(row => row.GetProperty("policy").GetString()));
        var whole = written.RootElement.GetProperty("policies")[0].GetProperty("figures");
        Assert.All(
            ["latency.mean", "migrationRate"],
            figure => Assert.Equal(Mean(whole, figure), Mean(rows[0], figure), 12));
        Assert.Equal(0, Mean(rows[0], "gapClosed"), 9);
        Assert.InRange(Mean(rows[1], "gapClosed"), 0.3, 1);
        Assert.Equal(JsonValueKind.Null, rows[1].GetProperty("rewardPerJourney").GetProperty("mean").ValueKind);   // 8 of 100 slots

        static double Mean(JsonElement of, string figure) => of.GetProperty(figure).GetProperty("mean").GetDouble();
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task A_large_comparison_samples_its_bounds_and_says_so_with_their_intervals()
    {
        // 2,001 devices × 100 slots are 100 device-slots more than are looked at whole; one candidate makes the bounds quick.
        Assert.Equal(0, await Diten(
            "compare", _scenario, "--policies", "nearest-first", "--seeds", "2", "--out", _folder.At("compare"), "--quiet",
            "--set", "devices.count=2001", "--set", "slots=100", "--set", "decisions.candidates=1", "--set", "tasks.data=[1 kB, 2 kB]"));

        Assert.Contains("Bounds are over a random sample of 99.95 % of the devices (whole journeys)", _out.ToString());
        Assert.Contains("their intervals contain the sampling.", _out.ToString());
        Assert.Matches(@"nearest-first on the sampled journeys: [0-9.]+ ± [0-9.]+ ms", _out.ToString());
        Assert.Matches(@"balance bound, lower +[0-9.]+ ± [0-9.]+ ", _out.ToString());
        using var written = JsonDocument.Parse(File.ReadAllText(_folder.At("compare", "compare.json")));
        var bounds = written.RootElement.GetProperty("bounds");
        Assert.Equal(200_000 / 200_100.0, bounds.GetProperty("sampledShare").GetDouble(), 12);
        var policy = bounds.GetProperty("policies")[0];
        // One candidate leaves no choice: a sample's frontier is what its devices had, and not what all had.
        Assert.Equal(
            policy.GetProperty("latency.mean").GetProperty("mean").GetDouble(),
            policy.GetProperty("frontierAtOwnMigrations").GetProperty("mean").GetDouble(), 12);
        var all = written.RootElement.GetProperty("policies")[0].GetProperty("figures").GetProperty("latency.mean").GetProperty("mean").GetDouble();
        Assert.NotEqual(all, policy.GetProperty("latency.mean").GetProperty("mean").GetDouble());
        Assert.Equal(all, policy.GetProperty("latency.mean").GetProperty("mean").GetDouble(), 0.001);
    }

    [Fact]
    public async Task A_crowd_has_no_balance_bound_and_says_so()
    {
        // 8,000 devices on 25 servers are 8·10⁸, where 10⁸ is as much as is searched.
        Assert.Equal(0, await Diten(
            "compare", _scenario, "--policies", "nearest-first", "--seeds", "1", "--out", _folder.At("compare"), "--quiet",
            "--set", "devices.count=8000", "--set", "slots=2", "--set", "decisions.candidates=1", "--set", "tasks.data=[100 B, 200 B]"));

        Assert.Contains("No balance bound: placing 8000 devices on 25 servers at once takes too long.", _out.ToString());
        Assert.DoesNotContain("balance bound, lower", _out.ToString());
        Assert.Contains("journey frontier at budget", _out.ToString());
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
