using System.Collections.Concurrent;
using System.Diagnostics;
using Diten.Actors;
using Diten.Emulation.Tests.Results;
using Diten.Model.Records;
using Diten.Model.Scenarios;
using Diten.Runs.Hosting;
using Diten.Runs.Scenarios;
using Microsoft.Data.Sqlite;

namespace Diten.Emulation.Tests.Clusters;

/// <summary>A process that stood still for longer than the others waited is out: when it wakes it finds that out, says so and ends.</summary>
[Collection(OneAtATime.Name)]
[Trait("Category", "Slow")]
public sealed class SleepingNodeTests : IDisposable
{
    private const int Stop = 19, Continue = 18;

    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder _folder = new();
    private readonly ConcurrentQueue<string> _told = new();

    public void Dispose() => _folder.Dispose();

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_node_that_sleeps_through_its_removal_ends_when_it_wakes_and_the_run_goes_on_without_it(bool hasTheClock)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "signals are sent as on Linux");
        var journal = new SqliteJournal(_folder.At("diten.db"));
        JournalSettings.Prepare(journal);
        await using var cluster = await LocalCluster.StartAsync(3, threads: 1, journal, _folder.At("logs"), _told.Enqueue, CancellationToken.None);
        var (number, sleeper) = (0, (Process?)null);
        var run = new RunSpec("sleep", "town", ScenarioFile.Resolve(Town()), 3, new EmulationOptions { CheckpointEverySlots = 5, TwinJournal = true });
        // It wakes when the others go on without it, in the middle of their run.
        var observer = new Doing(slot: 12, FallAsleep, () => Signals.Send(sleeper!, Continue), _told.Enqueue);

        var outcome = cluster.Self.RunAsync(run, observer, [], CancellationToken.None);
        // A run that fails wakes nobody: it says why.
        await await Task.WhenAny(observer.Awake, outcome).WaitAsync(Program.Patience);
        Assert.True(observer.Awake.IsCompletedSuccessfully, $"The run was over, and nobody was missed:\n{string.Join('\n', _told)}");
        await sleeper!.WaitForExitAsync().WaitAsync(Bound);

        var alone = await Actors.Nodes.Emulation.RunAsync(Town() with { Pace = 0 }, new EmulationOptions());
        Assert.Equal(Convert.ToHexString(alone.Digest), Convert.ToHexString((await outcome.WaitAsync(Program.Patience)).Digest));
        Assert.Contains("this node is no member of the cluster any more: the others could not reach it, or were more.", File.ReadAllText(_folder.At($"logs/node-{number}.log")));
        Assert.Contains(_told, told => told.StartsWith($"node {number} has ended with code 1", StringComparison.Ordinal));

        void FallAsleep()
        {
            var clock = cluster.Coordinator();
            number = cluster.Processes.Keys.Order().First(process => process == clock == hasTheClock);
            sleeper = cluster.Processes[number];
            Signals.Send(sleeper, Stop);
            // Who falls asleep in the middle of a commit keeps the file's lock, and nobody can go on (docs/running-a-cluster.md): that is not what is tried here.
            for (var tries = 0; !CanBeWritten(); tries++)
            {
                Assert.True(tries < 100, "the sleeper always has the journal's lock");
                Signals.Send(sleeper, Continue);
                Thread.Sleep(20);
                Signals.Send(sleeper, Stop);
            }
        }
    }

    /// <summary>Whether the journal's lock can be had: those who are awake let go of it within milliseconds.</summary>
    private bool CanBeWritten()
    {
        using var connection = new SqliteConnection($"Data Source={_folder.At("diten.db")};Pooling=False;Default Timeout=3");
        connection.Open();
        try
        {
            using var writing = connection.BeginTransaction(deferred: false);
            return true;
        }
        catch (SqliteException locked) when (locked.SqliteErrorCode == SQLitePCL.raw.SQLITE_BUSY)
        {
            return false;
        }
    }

    private static Scenario Town() => new() { Slots = 150, Pace = 10, AreaSideMetres = 800, Devices = new DevicesSection { Count = 150 } };

    /// <summary>Does something at the end of a slot, and something else once the run goes on in an epoch that was opened after it.</summary>
    private sealed class Doing(int slot, Action atSlot, Action whenItGoesOn, Action<string> tell) : IRunObserver
    {
        private readonly TaskCompletionSource _awake = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private bool _asleep;

        /// <summary>Done when the second thing was done.</summary>
        public Task Awake => _awake.Task;

        public void SlotCompleted(SlotReport report)
        {
            if (report.Slot != slot)
                return;
            atSlot();
            _asleep = true;
        }

        public void Noticed(RunNotice notice)
        {
            tell(notice.Text);
            // Whichever epoch that is: a node that is ready a moment after another one was opened has its share in the next, before a slot is done.
            if (!_asleep || _awake.Task.IsCompleted || notice.Kind != RunNoticeKind.FirstSlotCompleted)
                return;
            whenItGoesOn();
            _awake.TrySetResult();
        }
    }
}
