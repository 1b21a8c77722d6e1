using Diten.Model.Computing;
using Diten.Model.Scenarios;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Diten.Model.Tests.Computing;

/// <summary>One slot's tasks at one server.</summary>
/// <param name="Cycles">λ of each, CPU cycles.</param>
/// <param name="Arrivals">After the slot's start, seconds.</param>
public sealed record Load(double[] Cycles, double[] Arrivals, double FreeHertz, double CarriedSeconds);

/// <summary>What holds for every set of tasks, whatever the sharing rule (model.md §1, Sharing).</summary>
[Properties(Arbitrary = [typeof(SharingProperties)])]
public sealed class SharingProperties
{
    private const double SlotSeconds = 1;

    [Property(MaxTest = 20)]
    [Trait("Takes", "Seconds")]
    public void No_server_hands_out_more_than_it_has(PositiveInt seed, PositiveInt hertz)
    {
        var tasks = new Random(seed.Get);
        var load = new double[tasks.Next(1, 300_000)];
        for (var i = 0; i < load.Length; i++)
            load[i] = 1e6 + 1e9 * tasks.NextDouble();
        foreach (var sharing in new[] { CpuSharing.Equal, CpuSharing.ProcessorSharing, CpuSharing.Fifo })
        {
            var sheet = Run(sharing, new Load(load, new double[load.Length], hertz.Get * 1e7 / 3, 0)).Sheet;
            Assert.InRange(sheet.PeakSharesHertz / (hertz.Get * 1e7 / 3), 1 - 1e-12, 1 + 1e-12); // and none is left idle
        }
    }

    [Property]
    public void Equal_shares_add_up_to_the_free_capacity(Load load)
    {
        var (sheet, _) = Run(CpuSharing.Equal, load);

        var handedOut = Enumerable.Range(0, sheet.Count).Sum(i => load.Cycles[i] / sheet.ComputationSeconds[i]);

        Assert.Equal(load.FreeHertz, handedOut, load.FreeHertz * 1e-12);
    }

    [Property]
    public void Processor_sharing_conserves_work(Load load)
    {
        var (sheet, _) = Run(CpuSharing.ProcessorSharing, load);
        var ends = sheet.ComputationSeconds.AsSpan(0, sheet.Count).ToArray();

        // The server is busy with all it has until the last task ends, and serves all that are there alike until each one ends.
        Assert.Equal(load.Cycles.Sum() / load.FreeHertz, ends.Max(), ends.Max() * 1e-12);
        for (var i = 0; i < ends.Length; i++)
        {
            var doneByThen = load.Cycles.Sum(c => Math.Min(c, load.Cycles[i]));
            Assert.Equal(doneByThen / load.FreeHertz, ends[i], ends[i] * 1e-12);
        }
    }

    [Property]
    public void Shares_that_return_never_make_a_task_later_than_equal_shares_for_its_whole_length(Load load)
    {
        var (equal, returning) = (Run(CpuSharing.Equal, load).Sheet, Run(CpuSharing.ProcessorSharing, load).Sheet);

        for (var i = 0; i < load.Cycles.Length; i++)
            Assert.InRange(
                returning.ComputationSeconds[i], load.Cycles[i] / load.FreeHertz * (1 - 1e-12), equal.ComputationSeconds[i] * (1 + 1e-12));
    }

    [Property]
    public void One_task_more_makes_none_of_the_others_faster(Load load)
    {
        var fewer = load with { Cycles = load.Cycles[..^1], Arrivals = load.Arrivals[..^1] };
        foreach (var sharing in Enum.GetValues<CpuSharing>())
        {
            var (before, after) = (Run(sharing, fewer), Run(sharing, load));
            for (var i = 0; i < fewer.Cycles.Length; i++)
                Assert.True(Latency(after.Sheet, i) >= Latency(before.Sheet, i) * (1 - 1e-12), $"{sharing}: task {i} is faster in company");
            Assert.True(after.Carried >= before.Carried);
        }
    }

    [Property]
    public void With_equal_shares_latency_grows_in_proportion_to_the_number_of_tasks(Load load)
    {
        var alone = Run(CpuSharing.Equal, load with { Cycles = load.Cycles[..1], Arrivals = load.Arrivals[..1] }).Sheet.ComputationSeconds[0];

        Assert.Equal(alone * load.Cycles.Length, Run(CpuSharing.Equal, load).Sheet.ComputationSeconds[0], alone * load.Cycles.Length * 1e-12);
    }

    [Property]
    public void First_come_first_served_serves_one_after_the_other_and_carries_over_the_rest(Load load)
    {
        var (sheet, carried) = Run(CpuSharing.Fifo, load);

        var free = load.CarriedSeconds;
        foreach (var i in Enumerable.Range(0, sheet.Count).OrderBy(i => load.Arrivals[i]).ThenBy(i => i))
        {
            var start = load.Arrivals[i] + sheet.QueueingSeconds[i];
            Assert.Equal(Math.Max(free, load.Arrivals[i]), start, 1e-9); // as soon as it is there and those before it are done
            Assert.Equal(load.Cycles[i] / load.FreeHertz, sheet.ComputationSeconds[i], 1e-9);
            free = start + sheet.ComputationSeconds[i];
        }

        Assert.Equal(Math.Max(0, free - SlotSeconds), carried, 1e-9);
    }

    [Property]
    public void A_deviation_leaves_at_least_a_tenth_and_more_of_it_makes_no_task_slower(Load load, int tens)
    {
        var deviation = tens * 1e7;
        foreach (var sharing in Enum.GetValues<CpuSharing>())
        {
            var (none, some, more) = (Run(sharing, load).Sheet, Run(sharing, load, deviation).Sheet, Run(sharing, load, deviation + 1e8).Sheet);
            for (var i = 0; i < load.Cycles.Length; i++)
            {
                Assert.InRange(some.ComputationSeconds[i], 0, 10 * none.ComputationSeconds[i] * (1 + 1e-12));
                Assert.True(more.ComputationSeconds[i] <= some.ComputationSeconds[i]);
            }
        }
    }

    private static double Latency(TaskSheet sheet, int i) => sheet.QueueingSeconds[i] + sheet.ComputationSeconds[i];

    private static (TaskSheet Sheet, double Carried) Run(CpuSharing sharing, Load load, double deviationHertz = 0)
    {
        var sheet = new TaskSheet();
        sheet.Begin(load.Cycles.Length);
        for (var i = 0; i < load.Cycles.Length; i++)
            sheet.Add(i, load.Cycles[i], load.Arrivals[i]);
        sheet.Sort();
        if (sheet.Count == 0)
            return (sheet, Math.Max(0, sharing == CpuSharing.Fifo ? load.CarriedSeconds - SlotSeconds : 0));
        return (sheet, TaskExecution.Run(sharing, sheet, load.FreeHertz, deviationHertz, load.CarriedSeconds, SlotSeconds));
    }

    /// <summary>Few different sizes and arrivals, so that ties are common.</summary>
    public static Arbitrary<Load> ArbitraryLoad() => Arb.From(
        from count in Gen.Choose(1, 30)
        from cycles in Gen.ArrayOf(Gen.Choose(1, 40), count)
        from arrivals in Gen.ArrayOf(Gen.Choose(0, 12), count)
        from gigahertz in Gen.Choose(1, 25)
        from carried in Gen.Elements(0, 0, 0.3, 2.5)
        select new Load([.. cycles.Select(c => c * 1e8)], [.. arrivals.Select(a => a / 40.0)], gigahertz * 1e9, carried));
}
