using Diten.Actors;
using Diten.Emulation.Tests.Results;
using Diten.Model.Policies.Networks;
using Diten.Model.Records;
using Diten.Runs.Execution;
using Diten.Runs.Hosting;
using Diten.Runs.Results;
using Xunit.Abstractions;

namespace Diten.Emulation.Tests.Clusters;

/// <summary>A policy that is trained in the emulation is the same to the last bit, on however many nodes, and whoever dies.</summary>
[Collection(OneAtATime.Name)]
[Trait("Category", "Slow")]
public sealed class TrainingTests(TrainingTests.TrainedAlone alone, ITestOutputHelper output) : IClassFixture<TrainingTests.TrainedAlone>, IDisposable
{
    private const int Interrupt = 2;

    private readonly TemporaryFolder _folder = new();
    private readonly List<Program.Running> _started = [];

    public void Dispose()
    {
        foreach (var running in _started)
            running.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task A_training_on_many_processes_equals_the_one_in_one(int nodes)
    {
        await Program.Run(0, "train", Town(_folder), "--out", _folder.At("many"), "--quiet", "--nodes", $"{nodes}", "--checkpoint-every", "30");

        ExpectSame(await alone.Folder(), _folder.At("many"));
    }

    [Fact]
    public async Task Repeated_it_gives_the_same_policy_and_another_seed_another()
    {
        await Program.Run(0, "train", Town(_folder), "--out", _folder.At("again"), "--quiet", "--threads", "1", "--set", "zones.rows=1");
        await Program.Run(0, "train", Town(_folder), "--out", _folder.At("other"), "--quiet", "--seed", "2");

        ExpectSame(await alone.Folder(), _folder.At("again"));
        Assert.NotEqual(Card(await alone.Folder()).Sha256, Card(_folder.At("other")).Sha256);
    }

    [Fact]
    public async Task The_policy_that_is_in_force_does_not_depend_on_how_long_training_takes()
    {
        string[] lag = ["--set", "learning.lag=7"];
        await Program.Run(0, ["train", Town(_folder), "--out", _folder.At("one"), "--quiet", .. lag]);
        await Program.Run(0, ["train", Town(_folder), "--out", _folder.At("two"), "--quiet", "--nodes", "2", .. lag]);

        ExpectSame(_folder.At("one"), _folder.At("two"));
        Assert.NotEqual(Card(await alone.Folder()).Sha256, Card(_folder.At("one")).Sha256);
    }

    [Fact]
    public async Task The_node_with_the_learner_is_killed_half_way()
    {
        var input = ScenarioInput.Load(Town(_folder), [], null);
        input = input.With(input.Scenario with { Slots = input.Scenario.Learning.Slots });
        var journal = new SqliteJournal(_folder.At("journal.db"));
        JournalSettings.Prepare(journal);
        await using var cluster = await LocalCluster.StartAsync(
            3, 1, journal, _folder.At("logs"), output.WriteLine, CancellationToken.None, learns: true);
        var killer = new LearnerKiller(cluster, atSlot: 75);

        var run = new RunSpec("training", "town", input.ResolvedText, 3, new EmulationOptions { Training = true, CheckpointEverySlots = 30 });
        var outcome = await cluster.Self.RunAsync(run, killer, [], CancellationToken.None).WaitAsync(Program.Patience);

        Assert.True(killer.Killed is > 0, "no node was seen to hold the learner");
        Assert.True(killer.RolledBack, "nothing was run again");
        Assert.Equal(Card(await alone.Folder()).Sha256, PolicyFile.Hash(outcome.Policy!.Weights));
        Assert.Equal(Card(await alone.Folder()).Digest, Convert.ToHexStringLower(outcome.Digest));
    }

    [SkippableTheory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task A_training_that_was_killed_with_all_its_processes_is_gone_on_with(int nodes)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "processes are killed as on Linux");
        var run = Start("train", Town(_folder, pace: true), "--out", _folder.At("run"), "--nodes", $"{nodes}", "--checkpoint-every", "30");
        await SlotsWritten(50);

        run.Process.Kill();
        await run.End();
        Assert.Contains("diten train --resume", await Program.Run(2, "resume", _folder.At("run")));
        await Program.Run(0, "train", "--resume", _folder.At("run"), "--quiet", "--nodes", "0");

        ExpectSame(await alone.Folder(), _folder.At("run"));
    }

    [SkippableFact]
    public async Task A_training_that_was_stopped_by_Ctrl_C_is_gone_on_with()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "signals are sent as on Linux");
        var run = Start("train", Town(_folder, pace: true), "--out", _folder.At("run"), "--checkpoint-every", "30");
        await SlotsWritten(70);

        Signals.Send(run.Process, Interrupt);
        Assert.Equal(130, await run.End());
        Assert.InRange(Card(_folder.At("run")).Version, 1, 5);
        await Program.Run(0, "train", "--resume", _folder.At("run"), "--quiet");

        ExpectSame(await alone.Folder(), _folder.At("run"));
        Assert.Contains("is done: there is nothing to go on with", await Program.Run(2, "train", "--resume", _folder.At("run")));
    }

    [SkippableTheory]
    [InlineData("system-twin")]
    [InlineData("both")]
    public async Task On_the_systems_twin_too_the_policy_is_the_same_on_many_processes_and_after_a_kill(string ground)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "processes are killed as on Linux");
        string[] on = ["--set", $"learning.train-on={ground}", "--checkpoint-every", "30"];
        await Program.Run(0, ["train", Town(_folder), "--out", _folder.At("one"), "--quiet", .. on]);
        await Program.Run(0, ["train", Town(_folder), "--out", _folder.At("two"), "--quiet", "--nodes", "2", .. on]);
        ExpectSame(_folder.At("one"), _folder.At("two"));
        Assert.NotEqual(Card(await alone.Folder()).Sha256, Card(_folder.At("one")).Sha256);

        var run = Start(["train", Town(_folder, pace: true), "--out", _folder.At("run"), .. on]);
        await SlotsWritten(50);
        run.Process.Kill();
        await run.End();
        await Program.Run(0, "train", "--resume", _folder.At("run"), "--quiet");

        ExpectSame(_folder.At("one"), _folder.At("run"));
    }

    [Fact]
    public async Task A_policy_that_was_trained_decides_and_is_better_than_chance()
    {
        var policy = Path.Combine(await alone.Folder(), "town.policy");
        await Program.Run(0, "run", Town(_folder), "--seed", "5", "--out", _folder.At("random"), "--quiet", "--set", "policy.name=random");
        await Program.Run(
            0, "run", Town(_folder), "--seed", "5", "--out", _folder.At("learned"), "--quiet", "--set", "policy.name=learned", "--set", $"policy.file={policy}");

        Assert.True(Reward("learned") > 0.75 * Reward("random"), $"{Reward("learned")} against {Reward("random")} of chance");

        double Reward(string run) => RunSummary.Read(_folder.At(run, "summary.json"))[Metric.Reward];
    }

    [Fact]
    public async Task Mistakes_are_told()
    {
        Assert.Contains("Name a SCENARIO", await Program.Run(2, "train"));
        Assert.Contains("--checkpoint-every: found 0", await Program.Run(2, "train", Town(_folder), "--checkpoint-every", "0"));
        Assert.Contains("learning.period", await Program.Run(2, "train", Town(_folder), "--set", "learning.period=0"));
        Assert.Contains("the twin is fitted in the first 20 slots", await Program.Run(2, "train", Town(_folder), "--set", "learning.train-on=both", "--set", "learning.slots=40"));
    }

    private static void ExpectSame(string one, string other)
    {
        var (a, b) = (Card(one), Card(other));
        Assert.Equal(a.Sha256, b.Sha256);
        Assert.Equal(a.Digest, b.Digest);
        foreach (var table in (string[])["training.csv", "journeys.csv", "training.parquet"])
            Assert.True(File.ReadAllBytes(Path.Combine(one, "tables", table)).SequenceEqual(File.ReadAllBytes(Path.Combine(other, "tables", table))), table);
        Assert.Equal(File.ReadAllText(Path.Combine(one, "town.policy")), File.ReadAllText(Path.Combine(other, "town.policy")));
    }

    private static PolicyCard Card(string folder) => PolicyCard.Read(Path.Combine(folder, "policy.json"));

    /// <summary>A town where six versions are trained in two hundred slots.</summary>
    private static string Town(TemporaryFolder folder, bool pace = false)
    {
        var path = folder.At("town.conf");
        File.WriteAllText(
            path,
            $"area.side = 800 m\ndevices.count = 60\ndevices.journey-slots = 20\ndevices.mobility.speed = 30 m/s\nzones.columns = 2\nzones.rows = 2\n"
            + $"learning.slots = 120\nlearning.period = 20\nslots = 40\n{(pace ? "pace = 20\n" : "")}");
        return path;
    }

    private Program.Running Start(params string[] args)
    {
        _started.Add(Signals.Interruptible(args));
        return _started[^1];
    }

    /// <summary>Waits until so many slots are done, roughly, and long before the last: a slot's report takes some 190 bytes here.</summary>
    private async Task SlotsWritten(int slots)
    {
        var log = new RunFolder(_folder.At("run")).Partial.ReportLogFile;
        for (var waited = 0; !File.Exists(log) || new FileInfo(log).Length < slots * 190; waited++)
        {
            Assert.True(waited < 6000, $"{log} does not grow; the run said:\n{_started[^1].Said}");
            await Task.Delay(20);
        }
    }

    /// <summary>The training in one process, undisturbed.</summary>
    public sealed class TrainedAlone : IDisposable
    {
        private readonly TemporaryFolder _folder = new();

        public void Dispose() => _folder.Dispose();

        public async Task<string> Folder()
        {
            var run = _folder.At("alone");
            if (!Directory.Exists(run))
                await Program.Run(0, "train", Town(_folder), "--out", run, "--quiet", "--checkpoint-every", "30");
            return run;
        }
    }

    private sealed class LearnerKiller(LocalCluster cluster, int atSlot) : IRunObserver
    {
        private ClusterStatus? _seen;

        public int? Killed { get; private set; }

        public bool RolledBack { get; private set; }

        public void SlotCompleted(SlotReport report)
        {
            // The first status may be late: from the slot on, as soon as it is known who has the learner.
            if (report.Slot < atSlot || Killed is not null || _seen?.Nodes.FirstOrDefault(node => node.Learns) is not { } learner)
                return;
            Killed = cluster.NumberOf(learner.Node);
            if (Killed is { } number)
                cluster.Kill(number);
        }

        public void Noticed(RunNotice notice) => RolledBack |= notice is { Kind: RunNoticeKind.EpochOpened, Epoch: > 1 };

        public void ClusterSeen(ClusterStatus status) => _seen = status;
    }
}
