using System.Globalization;
using Diten.Actors.Nodes;
using Diten.Actors.Tests.Recovery;
using Diten.Model.Faults;
using Diten.Model.Records;
using Diten.Model.Scenarios;
using FsCheck;
using FsCheck.Fluent;

namespace Diten.Actors.Tests.Faults;

/// <summary>
/// Maps of faults drawn at random, in two phases: while faults are in force nothing breaks, and when they have ended all twins are in sync again.
/// How many: <c>DITEN_FAULT_MAPS</c>, else 200; one in twenty of them on three hosts of which one dies. <c>DITEN_FAULT_MAP</c> names the numbers of
/// a single one.
/// </summary>
public sealed class RandomFaultsTests
{
    private static readonly int Maps =
        int.TryParse(Environment.GetEnvironmentVariable("DITEN_FAULT_MAPS"), CultureInfo.InvariantCulture, out var maps) ? maps : 200;

    [Fact]
    [Trait("Takes", "Seconds")]
    public void Under_faults_nothing_breaks_and_after_them_every_twin_is_in_sync() => Check(Maps, AloneAndInZones);

    [Fact]
    public void So_it_is_on_three_hosts_of_which_one_dies() => Check(Math.Max(3, Maps / 20), OnHostsThatDie);

    private static void Check(int count, Action<int[]> look)
    {
        if (DrawnFaults.Asked is { } asked)
        {
            Again(asked);
            return;
        }

        var maps = Gen.Choose(0, int.MaxValue - 1).ArrayOf().Resize(6).ToArbitrary();
        Prop.ForAll(Arb.From(maps.Generator, Fewer), Again).Check(Config.QuickThrowOnFailure.WithMaxTest(count).WithReplay(new Replay(new Rnd(13, 7), null)));

        void Again(int[] numbers)
        {
            try
            {
                look(numbers);
            }
            catch (Exception problem)
            {
                throw new InvalidOperationException(
                    $"{problem.Message}\n{DrawnFaults.Describe(numbers)}\nOnce more: {DrawnFaults.Command(numbers)}", problem);
            }
        }
    }

    /// <summary>All maps with one fault less, and the same faults in the usual world.</summary>
    private static IEnumerable<int[]> Fewer(int[] numbers)
    {
        for (var i = numbers.Length - 1; i >= 0; i--)
            yield return [.. numbers.Where((_, at) => at != i)];
    }

    private static void AloneAndInZones(int[] numbers)
    {
        var city = DrawnFaults.City(numbers);
        var (alone, cut) = (Run(city.Cut(1, 1)), Run(city.Cut(3, 2)));

        Assert.Equal(alone.Digest, cut.Digest);
        Assert.Equal(DrawnFaults.Slots, alone.Reports.Slots.Count);
        ExpectNoWayBack(city, alone.Reports);
        ExpectInSync(city, alone.Reports);
    }

    private static void OnHostsThatDie(int[] numbers)
    {
        var city = DrawnFaults.City(numbers);
        var alone = Run(city.Cut(1, 1));

        var (outcome, observer) = SmallCluster.RunWithDeathAsync(city.Cut(3, 2), nodes: 3, slot: 17).GetAwaiter().GetResult();

        Assert.Equal(alone.Digest, Convert.ToHexString(outcome.Digest));
        Assert.Equal(2, observer.Notices.Count(notice => notice.Kind == RunNoticeKind.EpochOpened));
        Assert.Equal(Ages(alone.Reports), observer.Slots.SelectMany(slot => slot.Servers).Select(row => row.TwinAgeSlots));
    }

    private static (string Digest, Reports Reports) Run(Scenario scenario)
    {
        var reports = new Reports();
        var run = Emulation.RunAsync(scenario, new EmulationOptions { WorkerThreads = 2, StuckAfterSeconds = 30 }, reports);
        Assert.True(run.Wait(TimeSpan.FromSeconds(90)), "the run stands still");
        return (Convert.ToHexString(run.Result.Digest), reports);
    }

    private static IEnumerable<int> Ages(Reports reports) => reports.Slots.SelectMany(slot => slot.Servers).Select(row => row.TwinAgeSlots);

    /// <summary>A twin's newest sync is never older than it was, but after a crash in which it forgot, or with a clock that is wrong.</summary>
    private static void ExpectNoWayBack(Scenario city, Reports reports)
    {
        if (city.Faults.All.Any(fault => fault is { Kind: FaultKind.ClockSkew } or { Kind: FaultKind.Crash, Durable: false }))
            return;
        var newest = new int[reports.Slots[0].Servers.Length];
        Array.Fill(newest, int.MinValue);
        foreach (var row in reports.Slots.SelectMany(slot => slot.Servers))
        {
            var synced = row.Slot - 1 - row.TwinAgeSlots;
            Assert.True(synced >= newest[row.Server], $"slot {row.Slot}, server {row.Server}: the twin rests on slot {synced}, and rested on {newest[row.Server]} before");
            newest[row.Server] = synced;
        }
    }

    /// <summary>
    /// In sync: as old as its server's silence lets it be. With deltas a gap is seen with the next sync, asked for, and answered with the one after
    /// that: two silences more. Two slots more until what stations hold is new.
    /// </summary>
    private static void ExpectInSync(Scenario city, Reports reports)
    {
        var silence = city.Twins.Send switch
        {
            TwinSend.EverySlot => 1,
            TwinSend.Every => city.Twins.SendEverySlots,
            _ => city.Twins.HeartbeatSlots,
        };
        var from = DrawnFaults.StormSlots + 2 + 3 * silence;
        Assert.True(from < DrawnFaults.Slots);
        foreach (var row in reports.Slots.Skip(from).SelectMany(slot => slot.Servers))
            Assert.True(row.TwinAgeSlots < silence, $"slot {row.Slot}, server {row.Server}: the twin is {row.TwinAgeSlots} slots old");
    }
}
