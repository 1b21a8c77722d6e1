using System.IO.Compression;
using System.Text.RegularExpressions;
using Diten.Emulation.Tests.Results;
using Diten.Model.Policies.Networks;
using Diten.Model.Scenarios;
using Diten.Node.Commands;
using Diten.Runs.Execution;
using Diten.Runs.Progress;

namespace Diten.Emulation.Tests.Commands;

/// <summary>What users do wrong: each is told in one line what was found and what is allowed, nothing runs, and nothing is left behind.</summary>
public sealed class MistakeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _out = new(), _error = new();
    private readonly Session _session;

    public MistakeTests()
    {
        _session = new Session(new Terminal(_out, _error), (_, _, _, _) => throw new InvalidOperationException("Nothing shall run."));
        Write("tiny.conf", "area.side = 800 m\ndevices.count = 60\n");
        Write("broken.conf", "slots = 10\nradio { bandwidth = 20 apples }\n");
        Write("empty.csv", "");
        Write("header.csv", "latitude,longitude\n");
        Write("columns.csv", "north,east\n1,2\n");
        PolicyFile.Write(At("set.policy"), UntrainedPolicy.Set(1));
        PolicyFile.Write(At("dense.policy"), UntrainedPolicy.Create(PolicyNetworkKind.Dense, DecisionState.Diten, 3, [4], 1));
        Write("damaged.policy", Regex.Replace(File.ReadAllText(At("set.policy")), "(?<=\"weights\": \").{4}", "AAAA"));
        File.WriteAllBytes(At("binary.csv"), [.. Enumerable.Range(0, 100).Select(i => (byte)(200 + i % 50)), 1, 2, 3]);
        using (var archive = ZipFile.Open(At("archive.csv"), ZipArchiveMode.Create))
            archive.CreateEntry("sites.csv");
        Directory.CreateDirectory(At("no-traces"));
        Directory.CreateDirectory(At("taken"));
        Write("taken/letter.txt", "Dear Ada");
    }

    public void Dispose() => _folder.Dispose();

    // Words of a command line are divided by '|'; @ stands for the folder, and T for "run @tiny.conf --out @run".
    [Theory]
    [InlineData("frobnicate", "frobnicate: found an unknown command; allowed: run, validate,")]
    [InlineData("runn|@tiny.conf|--seed|3", "Did you mean 'run'?")]
    [InlineData("run", "Required argument missing for command: 'run'.")]
    [InlineData("T|more", "'more' is one argument too many.")]
    [InlineData("T|--sed|4", "--sed: found an unknown option; allowed: --seed,", "Did you mean '--seed'?")]
    [InlineData("T|--seed|x", "--seed: found 'x'; allowed: a whole number up to 18446744073709551615.")]
    [InlineData("T|--threads|-1", "--threads: found -1; allowed: a whole number from 0 to 1024.")]
    [InlineData("T|--journal|sqlite:@taken/letter.txt/diten.db", "The journal cannot be used: SQLite file ", "diten.db: ")]
    [InlineData("run|@none.conf", "none.conf: found no such file; allowed: an existing scenario file. Those that come with Diten are in ", "scenarios: city-100k.conf, ")]
    [InlineData("run|@taken", "taken: found a folder; allowed: an existing scenario file.")]
    [InlineData("run|@broken.conf", "broken.conf, line 2: radio.bandwidth: found '20 apples' (unknown unit 'apples'); allowed: a frequency above 0 Hz, in GHz,")]
    [InlineData("T|--set|devices.count", "--set devices.count: expected key=value")]
    [InlineData("T|--set|devices.cuont=5", "--set: devices.cuont: found an unknown key", "Did you mean 'devices.count'?")]
    [InlineData("T|--set|devices.count=0", "--set: devices.count: found '0' (out of range); allowed: a whole number from 1")]
    [InlineData("T|--set|decisions.candidates=100000000", "allowed: a whole number from 1 to 1000.")]   // these would overflow the stack,
    [InlineData("T|--set|radio.channels=1000000000", "allowed: a whole number from 0 to 1000.")]        // or memory,
    [InlineData("T|--set|decisions.rounds=65", "allowed: a whole number from 1 to 64.")]                // or the rounds' bits
    [InlineData("T|--threads|2147483647", "--threads: found 2147483647; allowed: a whole number from 0 to 1024.")]
    [InlineData("T|--set|stations.coverage=0,5 km", "--set: stations.coverage: found '0,5 km' (a number with a comma; write a point, as in 0.5); allowed: a length")]
    [InlineData("T|--set|tasks.data=[0,1 kB, 2 kB]", "has 3 elements; numbers have a point, no comma")]
    [InlineData("T|--set|tasks.data=[1 kB, 2 kB", "--set: found a '[' that is not closed")]
    [InlineData("T|--set|devices={ cuont = 5 }", "--set: devices.cuont: found an unknown key", "Did you mean 'devices.count'?")]
    [InlineData("T|--set|.=5", "--set: found an empty part in a key")]
    [InlineData("run|@tiny.conf|--out|@taken|--set|stations.density=9.9e6 /km2", "tiny: too large for this machine: 60 devices, 6,336,000 stations need some ")]
    [InlineData("run|@tiny.conf|--out|@taken|--set|devices.count=2000000000", "tiny: too large for this machine: 2,000,000,000 devices, ", " need some 2,400.", " GB are free here. --force tries it all the same.")]
    // Where the check is broken, these must not start anything: their folder is taken.
    [InlineData("run|@tiny.conf|--out|@taken|--nodes|100000", "tiny: too large for this machine: ", "100,000 processes need some 10,000.", "--force")]
    [InlineData("train|@tiny.conf|--out|@taken|--nodes|100000", "tiny: too large for this machine: ")]
    [InlineData("chaos|@tiny.conf|--nodes|100000", "tiny: too large for this machine: ")]
    [InlineData("compare|@tiny.conf|--policies|random|--out|@new|--set|devices.count=2000000000", "tiny: too large for this machine: ")]
    [InlineData("sweep|@tiny.conf|--vary|devices.count=1,2000000000|--out|@new", "tiny: too large for this machine: ")]
    [InlineData("validate|@tiny.conf|--set|devices.count=2000000000", "tiny: too large for this machine: ")]
    [InlineData("bench|--devices|2000000000", "--devices: found 2000000000; allowed: a whole number from 1 to 1000000000.")]
    [InlineData("bench|--devices|1000000000", "bench: too large for this machine: 1,000,000,000 devices")]
    [InlineData("sweep|@tiny.conf|--vary|devices.count=1|--out|@new|--seeds|2000000000", "--seeds: found 2000000000; allowed: a whole number from 1 to 100000.")]
    [InlineData("run|quikstart.conf", "quikstart.conf: found no such file; allowed: an existing scenario file. Did you mean ", "scenarios/quickstart.conf?")]
    [InlineData("T|--set|radio.bandwidth=20", "--set: radio.bandwidth: found '20' (has no unit); allowed: a frequency")]
    [InlineData("T|--set|radio.bandwidth=20 Mhz", "unknown unit 'Mhz', did you mean 'MHz'?")]
    [InlineData("T|--set|policy.name=nearst", "policy.name: found 'nearst'", "Did you mean 'nearest-first'?")]
    [InlineData("T|--set|stations.topology=sites", "stations.sites-file: found nothing, with stations.topology = sites", "--set stations.sites-file=")]
    [InlineData("SITES=@none.csv", "stations.sites-file: found '", "none.csv', which does not exist; allowed: an existing CSV file.")]
    [InlineData("SITES=@empty.csv", "stations.sites-file: ", "empty.csv: is empty")]
    [InlineData("SITES=@header.csv", "stations.sites-file: ", "header.csv: has a header and no rows")]
    [InlineData("SITES=@columns.csv", "stations.sites-file: ", "columns.csv: has no column named longitude; found north, east")]
    [InlineData("SITES=@archive.csv", "stations.sites-file: ", "archive.csv: is a ZIP archive, not CSV; unpack it first")]
    [InlineData("SITES=@binary.csv", "stations.sites-file: ", "binary.csv: is a binary file, not CSV")]
    [InlineData("T|--set|devices.mobility.model=trace|--set|devices.mobility.traces=@no-traces", "devices.mobility.traces: ", "has no trace files")]
    [InlineData("T|--set|servers.background.model=trace|--set|servers.background.traces=@no-traces", "servers.background.traces: ", "holds no file")]
    [InlineData("T|--set|policy.name=learned", "policy.file: found nothing, with policy.name = learned; allowed: a policy file. Name one, as in --set policy.file=")]
    [InlineData("LEARNED=@none.policy", "policy.file: found '", "none.policy', which does not exist; allowed: an existing policy file.")]
    [InlineData("LEARNED=@columns.csv", "policy.file: ", "columns.csv, line 1: is damaged or no policy: ")]
    [InlineData("LEARNED=@archive.csv", "policy.file: ", "archive.csv: is a ZIP archive, not JSON; unpack it first")]
    [InlineData("LEARNED=@damaged.policy", "policy.file: ", "damaged.policy: is damaged: the SHA-256 of its weights is ")]
    [InlineData("LEARNED=@dense.policy", "policy.file: ", "dense.policy: is a dense network for 3 candidates, but decisions.candidates = 5: set decisions.candidates = 3, or")]
    [InlineData("LEARNED=@set.policy|--set|decisions.state=paper", "policy.file: ", "set.policy: reads the state diten, but decisions.state = paper: set decisions.state = diten, or")]
    [InlineData("LEARNED=@set.policy|--set|policy.decide=max", "policy.decide: found 'max' (unknown value); allowed: arg-max | sample.")]
    [InlineData("validate|@tiny.conf|--set|policy.name=learned|--set|policy.file=@dense.policy", "policy.file: ", "is a dense network for 3 candidates")]
    [InlineData("compare|@tiny.conf|--policies|random,learned|--out|@new", "policy.file: found nothing, with policy.name = learned")]
    [InlineData("run|@tiny.conf|--out|@taken", "--out: found ", "taken, which is not empty: choose another one, or say --overwrite.")]
    [InlineData("run|@tiny.conf|--out|@taken|--overwrite", "holds no run, so it is not overwritten.")]
    [InlineData("run|@tiny.conf|--out|@tiny.conf", "which is a file; allowed: a folder")]
    [InlineData("run|@tiny.conf|--out|@tiny.conf/run", "--out: ", "cannot be written to: ")]
    [InlineData("run|@tiny.conf|--out|", "--out: found nothing; allowed: the name of a folder.")]
    [InlineData("compare|@tiny.conf", "Name what shall be compared")]
    [InlineData("compare|@tiny.conf|--policies|random,nearest|--out|@new", "--policies: policy.name: found 'nearest'", "Did you mean 'nearest-first'?")]
    [InlineData("compare|@tiny.conf|--policies|random,random|--out|@new", "--policies and --case name random twice.")]
    [InlineData("compare|@tiny.conf|--policies|random|--seeds|0", "--seeds: found 0; allowed: a whole number from 1 to 100000.")]
    [InlineData("compare|@tiny.conf|--policies|random|--out|@taken", "taken cannot be written to: it holds something that is no comparison.")]
    [InlineData("compare|@tiny.conf|--policies|random|--out|@new|--set|stations.topology=sites|--set|stations.sites-file=@empty.csv", "empty.csv: is empty")]
    [InlineData("sweep|@tiny.conf|--vary|devices.cuont=1,2|--out|@new", "--vary: devices.cuont: found an unknown key", "Did you mean 'devices.count'?")]
    [InlineData("sweep|@tiny.conf|--vary|devices.count=1,x|--out|@new", "--vary: devices.count: found 'x' (not a whole number)")]
    [InlineData("sweep|@tiny.conf|--vary|devices.count=1,1|--out|@new", "devices.count has a value twice.")]
    [InlineData("sweep|@tiny.conf|--vary|devices.count=1|--out|@taken", "taken cannot be written to: it holds something that is no sweep.")]
    [InlineData("sweep|@tiny.conf|--vary|stations.sites-file=@empty.csv|--set|stations.topology=sites|--out|@new", "empty.csv: is empty")]
    [InlineData("verify|@taken|@taken", "taken is not the folder of a finished run: it has no summary.json.")]
    [InlineData("verify|@taken", "Required argument missing for command: 'verify'.")]
    [InlineData("reference|--seeds|1", "--seeds: found 1; allowed: a whole number from 2 to 100000.")]
    [InlineData("demo|--replay|@none|--step", "--step: a replay runs nothing and writes nothing; allowed: without --replay.")]
    [InlineData("demo|--replay|@none|--script|@tiny.conf", "--script: a replay runs nothing")]
    [InlineData("demo|--replay|@none|--nodes|4", "--nodes: a replay runs nothing")]
    [InlineData("demo|--replay|@none|--once", "--once: a replay runs nothing")]
    [InlineData("demo|--replay|@none|--out|@new", "--out: a replay runs nothing")]
    [InlineData("demo|--replay|@none|--overwrite", "--overwrite: a replay runs nothing")]
    [InlineData("demo|--replay|@none|--lecture|--page|@new.md", "--page: a replay runs nothing")]
    [InlineData("demo|--replay|@none|--lecture|--seeds|3", "--seeds: a replay runs nothing")]
    [InlineData("scenarios|frobnicate", "no scenario key has \"frobnicate\" in its name, default, allowed values or meaning")]
    [InlineData("node|--http|garbage", "--http: diten.node.http: found 'garbage'; allowed: a TCP port from 0 to 65535 (0 = any that is free), or ADDRESS:PORT")]
    [InlineData("node|--http|70000", "--http: diten.node.http: found '70000'; allowed: a TCP port from 0 to 65535")]
    [InlineData("node|--http|edge-1:9464", "--http: diten.node.http: found 'edge-1:9464'; allowed: a TCP port from 0 to 65535")]
    [InlineData("validate|@tiny.conf|@none.conf", "none.conf: found no such file")]
    [InlineData("reference|@none.conf|--seeds|2", "none.conf: found no such file")]
    public async Task A_mistake_is_told_in_a_line_and_leaves_nothing_behind(string line, params string[] told)
    {
        var before = Everything();
        var words = line.Replace("SITES=", "T|--set|stations.topology=sites|--set|stations.sites-file=").Replace("LEARNED=", "T|--set|policy.name=learned|--set|policy.file=").Replace("T|", "run|@tiny.conf|--out|@run|");

        var code = await CommandTree.RunAsync([.. words.Split('|').Select(word => word.Replace("@", _folder.Path + "/"))], _session);

        Assert.Equal(2, code);
        var mistakes = _error.ToString().Split('\n').Where(l => l.StartsWith("diten: ", StringComparison.Ordinal)).ToArray();
        Assert.Single(mistakes);
        Assert.All(told, part => Assert.Contains(part, mistakes[0]));
        Assert.DoesNotContain("   at ", _error.ToString());
        Assert.Equal(before, Everything());
    }

    [SkippableTheory]
    [InlineData("run|@tiny.conf|--out|/proc/x", "--out: /proc/x cannot be written to: ")]
    [InlineData("run|@tiny.conf|--out|/proc", "--out: found /proc, which is not empty")]
    [InlineData("train|@tiny.conf|--out|/proc/x", "--out: /proc/x cannot be written to: ")]
    [InlineData("compare|@tiny.conf|--policies|random|--out|/proc/x", "--out: /proc/x cannot be written to: ")]
    [InlineData("sweep|@tiny.conf|--vary|devices.count=1|--out|/proc/x", "--out: /proc/x cannot be written to: ")]
    [InlineData("run|/proc/self/mem", "/proc/self/mem: found ", ", which cannot be read (")]
    public async Task What_only_looks_like_a_folder_or_a_file_is_told(string line, params string[] told)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "only Linux has such");

        await A_mistake_is_told_in_a_line_and_leaves_nothing_behind(line, told);
    }

    [Fact]
    public async Task A_training_has_slots_of_its_own()
    {
        Assert.Equal(2, await CommandTree.RunAsync(["train", At("tiny.conf"), "--set", "slots=9", "--out", At("taken")], _session));

        Assert.Contains("diten: warning: --set: slots has no effect here: a training takes learning.slots.\n", _error.ToString());
    }

    [SkippableFact]
    public async Task A_folder_that_may_not_be_written_to_is_told_before_anything_runs()
    {
        if (OperatingSystem.IsWindows())
            throw new SkipException("permissions are set as on Linux");
        Skip.If(Environment.IsPrivilegedProcess, "root may write anywhere");
        File.SetUnixFileMode(At("taken"), UnixFileMode.UserRead | UnixFileMode.UserExecute);

        Assert.Equal(2, await CommandTree.RunAsync(["run", At("tiny.conf"), "--out", At("taken/run")], _session));
        File.SetUnixFileMode(At("taken"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        Assert.Contains("cannot be written to", _error.ToString());
    }

    [Fact]
    public async Task What_is_odd_is_warned_of_and_valid()
    {
        Assert.Equal(0, await CommandTree.RunAsync(["validate", At("tiny.conf"), "--set", "policy.margin=0.2"], _session));

        Assert.Contains("tiny.conf: valid\n", _out.ToString());
        Assert.Contains("  warning: --set: policy.margin = 0.2 has no effect: it counts where policy.name = hysteresis", _out.ToString());
        Assert.Contains(" GB of memory; ", _out.ToString());
    }

    [Theory]
    [InlineData("manhattan", "devices.mobility.model")]     // a value
    [InlineData("20 MHz", "radio.bandwidth")]               // a default
    [InlineData("BANDWIDTH", "radio.bandwidth")]
    public async Task Keys_are_found_by_what_they_may_hold(string filter, string key)
    {
        Assert.Equal(0, await CommandTree.RunAsync(["scenarios", filter], _session));

        Assert.Contains(key, _out.ToString());
        Assert.DoesNotContain("objective.beta", _out.ToString());
    }

    [Fact]
    public async Task Without_a_command_the_help_is_shown()
    {
        Assert.Equal(2, await CommandTree.RunAsync([], _session));
        Assert.Contains("Exit codes: 0 done;", _out.ToString());
    }

    [Theory]
    [InlineData("run")]
    [InlineData("validate")]
    [InlineData("scenarios")]
    [InlineData("verify")]
    [InlineData("compare")]
    [InlineData("sweep")]
    [InlineData("reference")]
    [InlineData("certificates")]
    [InlineData("node")]
    [InlineData("metrics")]
    public async Task Each_command_explains_itself_with_examples(string command)
    {
        Assert.Equal(0, await CommandTree.RunAsync([command, "--help"], _session));
        Assert.Contains("\n  diten " + command, _out.ToString());
    }

    private string At(string name) => _folder.At(name);

    private void Write(string name, string text) => File.WriteAllText(At(name), text);

    private string[] Everything() => [.. Directory.EnumerateFileSystemEntries(_folder.Path, "*", SearchOption.AllDirectories).Order()];
}
