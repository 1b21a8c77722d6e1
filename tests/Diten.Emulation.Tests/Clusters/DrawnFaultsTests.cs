using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Diten.Actors;
using Diten.Actors.Tests.Faults;
using Diten.Emulation.Tests.Results;
using Diten.Model.Records;
using Diten.Model.Scenarios;
using Diten.Runs.Hosting;
using Diten.Runs.Scenarios;
using Xunit.Abstractions;

namespace Diten.Emulation.Tests.Clusters;

/// <summary>
/// Maps of faults drawn at random, each run by three processes of which one is killed while the faults are in force: the run goes back to a
/// checkpoint and comes to what it comes to in one process. How many: <c>DITEN_FAULT_MAPS_ON_PROCESSES</c>, else 5; all on one cluster, in which a
/// new process takes the place of the one that was killed. <c>DITEN_FAULT_MAP</c> names the numbers of a single one.
/// </summary>
[Collection(OneAtATime.Name)]
[Trait("Category", "Slow")]
public sealed class DrawnFaultsTests(ITestOutputHelper output) : IDisposable
{
    private const int Nodes = 3, MostFaults = 6;

    private static readonly EmulationOptions Options = new() { WorkerThreads = 1, CheckpointEverySlots = 5, TwinJournal = true };

    private static readonly int Maps =
        int.TryParse(Environment.GetEnvironmentVariable("DITEN_FAULT_MAPS_ON_PROCESSES"), CultureInfo.InvariantCulture, out var maps) ? maps : 5;

    private readonly TemporaryFolder _folder = new();
    private readonly ConcurrentQueue<string> _told = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_process_killed_among_faults_leaves_no_trace_in_what_they_come_to()
    {
        var (random, began, again) = (new Random(13), Stopwatch.StartNew(), new List<int>());
        int[][] worlds = DrawnFaults.Asked is { } asked ? [asked] : [.. Enumerable.Range(0, Maps).Select(_ => Draw(random))];
        var journal = new SqliteJournal(_folder.At("diten.db"));
        JournalSettings.Prepare(journal);
        await using var cluster = await LocalCluster.StartAsync(
            Nodes, Options.WorkerThreads, journal, _folder.At("logs"), Tell, CancellationToken.None);
        foreach (var numbers in worlds)
        {
            try
            {
                again.Add(await LookAsync(cluster, numbers, again.Count, Tell));
            }
            catch (Exception problem)
            {
                var command = DrawnFaults.Command(numbers, "tests/Diten.Emulation.Tests -c Release --settings tests/slow.runsettings --filter DrawnFaults");
                throw new InvalidOperationException(
                    $"World {again.Count}: {problem.Message}\n{DrawnFaults.Describe(numbers)}\n{string.Join('\n', _told)}\nOnce more: {command}", problem);
            }
        }

        output.WriteLine(FormattableString.Invariant(
            $"{worlds.Length} worlds and kills in {began.Elapsed.TotalSeconds:F0} s; after {again.Count(slots => slots > 0)} kills {again.Sum()} slots were run again"));
        output.WriteLine(string.Join('\n', _told));
        // A kill right at a checkpoint takes nothing back; nearly all others do.
        Assert.True(2 * again.Count(slots => slots > 0) >= worlds.Length - 1, $"slots run again: {string.Join(", ", again)}");

        void Tell(string what) => _told.Enqueue(FormattableString.Invariant($"{began.Elapsed.TotalSeconds,6:F1} s  {what}"));
    }

    /// <summary>One world, without a kill and with one; returns how many slots were run again.</summary>
    private static async Task<int> LookAsync(LocalCluster cluster, int[] numbers, int world, Action<string> tell)
    {
        var city = DrawnFaults.City(numbers);
        var newcomer = cluster.Alive < Nodes ? cluster.AddAsync(CancellationToken.None) : Task.FromResult(0);
        var undisturbed = new Reports();
        var alone = await Actors.Nodes.Emulation.RunAsync(city with { Zones = new ZonesSection { Columns = 1, Rows = 1 } }, new EmulationOptions(), undisturbed);
        await newcomer;
        tell(FormattableString.Invariant($"world {world}"));
        cluster.Self.ExpectNodes(Nodes); // it was told to do with fewer when one was lost

        // Its pace keeps it going until it is struck.
        var cut = city with { Pace = 50, Zones = new ZonesSection { Columns = 3, Rows = 2 } };
        var killer = new Killer(cluster, numbers, tell);
        var run = new RunSpec(FormattableString.Invariant($"world-{world}"), "drawn", ScenarioFile.Resolve(cut), Nodes, Options);
        var outcome = await cluster.Self.RunAsync(run, killer, [], CancellationToken.None).WaitAsync(Program.Patience);

        Assert.Equal(Convert.ToHexString(alone.Digest), Convert.ToHexString(outcome.Digest));
        Assert.Equal(Rows(undisturbed.Slots), Rows(killer.Slots));
        ExpectSame(alone.Twins, outcome.Twins);
        return await killer.Again.WaitAsync(Program.Patience);
    }

    private static int[] Draw(Random random) => [.. Enumerable.Range(0, random.Next(1, MostFaults + 1)).Select(_ => random.Next())];

    private static IEnumerable<ServerSlotRecord> Rows(IEnumerable<SlotReport> slots) => slots.SelectMany(slot => slot.Servers);

    private static void ExpectSame(TwinFigures? alone, TwinFigures? killed)
    {
        Assert.Equal((alone is null, alone?.Total), (killed is null, killed?.Total));
        Assert.Equal(alone?.Ages, killed?.Ages);
        Assert.Equal(alone?.Faults.Offered, killed?.Faults.Offered);
        Assert.Equal(alone?.Faults.Hit, killed?.Faults.Hit);
    }

    private class Reports : IRunObserver
    {
        public List<SlotReport> Slots { get; } = [];

        public virtual void SlotCompleted(SlotReport report) => Slots.Add(report);
    }

    /// <summary>Kills a process once, when and which is a function of the world's numbers: every other time the one that the clock lives in.</summary>
    private sealed class Killer : Reports, IRunObserver
    {
        private readonly TaskCompletionSource<int> _again = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly LocalCluster _cluster;
        private readonly Action<string> _tell;
        private readonly Random _random;
        private readonly int _slot;
        private bool _struck;

        public Killer(LocalCluster cluster, int[] numbers, Action<string> tell)
        {
            (_cluster, _tell, _random) = (cluster, tell, new Random(numbers.Aggregate(17, (hash, number) => unchecked(31 * hash + number))));
            _slot = _random.Next(1, DrawnFaults.StormSlots);
        }

        /// <summary>Slots that were run again, from those that were reported before the kill; known when the run goes on.</summary>
        public Task<int> Again => _again.Task;

        public override void SlotCompleted(SlotReport report)
        {
            base.SlotCompleted(report);
            if (report.Slot != _slot)
                return;
            _struck = true;
            _ = Task.Delay(_random.Next(40)).ContinueWith(_ => Kill(), TaskScheduler.Default); // in any phase of one of the next slots
        }

        public void Noticed(RunNotice notice)
        {
            if (notice.Kind is RunNoticeKind.EpochOpened or RunNoticeKind.FirstSlotCompleted)
                _tell(notice.Text);
            if (_struck && notice.Kind == RunNoticeKind.EpochOpened)
                _again.TrySetResult(Slots.Count - notice.Slot);
        }

        private void Kill()
        {
            int[] alive = [.. _cluster.Processes.Keys.Order()];
            var any = alive[_random.Next(alive.Length)];
            var victim = _random.Next(2) == 0 ? _cluster.Coordinator() ?? any : any;
            _tell(FormattableString.Invariant($"kill of process {victim} ({(victim == _cluster.Coordinator() ? "the clock's" : "another")})"));
            _cluster.Kill(victim);
        }
    }
}
