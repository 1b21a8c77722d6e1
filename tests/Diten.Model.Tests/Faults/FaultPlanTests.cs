using Diten.Model.Faults;
using Diten.Model.Scenarios;
using Diten.Model.Worlds;

namespace Diten.Model.Tests.Faults;

public class FaultPlanTests
{
    private static readonly Fault Loss = new() { Name = "loss", Kind = FaultKind.Drop, What = FaultWhat.Sync, Probability = 0.3 };

    [Fact]
    public void Without_faults_a_message_is_left_alone()
    {
        var plan = Plan();

        Assert.True(plan.IsEmpty);
        Assert.Equal(LinkFate.Untouched, plan.FateOf(FaultWhat.Sync, 3, 7));
        Assert.Equal((1.0, 1.0, 0.0), (plan.CapacityFactor(3, 7), plan.BackhaulFactor(3, 7), plan.JamWatts(3, 7)));
        Assert.Equal(TwinTrouble.None, plan.TroubleOf(3, 7));
        Assert.Equal((8e9, 5), plan.Distort(3, 7, -1, 8e9, 5));
    }

    [Fact]
    public void Nothing_before_slot_0_is_faulted()
    {
        var plan = Plan(
            Loss with { Probability = 1 },
            new() { Name = "dark", Kind = FaultKind.Down, What = FaultWhat.Servers },
            new() { Name = "ice", Kind = FaultKind.Freeze, What = FaultWhat.Twins });

        Assert.Equal(LinkFate.Untouched, plan.FateOf(FaultWhat.Sync, 3, -1));
        Assert.False(plan.IsDown(EntityKind.Server, 3, -1));
        Assert.Equal(TwinTrouble.None, plan.TroubleOf(3, -1));
        Assert.True(plan.FateOf(FaultWhat.Sync, 3, 0).Lost);
        Assert.True(plan.IsDown(EntityKind.Server, 3, 0));
        Assert.Equal(0, plan.TroubleOf(3, 0).FrozenSince);
    }

    [Fact]
    public void A_share_of_all_messages_is_lost()
    {
        var plan = Plan(Loss);

        var lost = Messages().Average(message => plan.FateOf(FaultWhat.Sync, message.Server, message.Slot).Lost ? 1.0 : 0.0);

        Assert.Equal(0.3, lost, 0.01); // 32,000 messages: a standard deviation of 0.0026
    }

    [Fact]
    public void Each_station_and_round_has_a_draw_of_its_own()
    {
        var plan = Plan(Loss with { What = FaultWhat.Report });
        bool Lost(int station, int round) => plan.FateOf(FaultWhat.Report, 3, 7, station, round).Lost;

        var stations = Enumerable.Range(0, 1000).Average(station => Lost(station, 0) ? 1.0 : 0.0);
        var together = Enumerable.Range(0, 1000).Average(station => Lost(station, 0) && Lost(station, 1) ? 1.0 : 0.0);

        Assert.Equal(0.3, stations, 0.06);
        Assert.Equal(0.09, together, 0.04);
    }

    [Fact]
    public void Another_fault_changes_no_draw_of_a_fault()
    {
        var (alone, beside) = (Plan(Loss), Plan(Loss, new() { Name = "a", Kind = FaultKind.Delay, What = FaultWhat.Sync, DelayHighSlots = 4 }));

        foreach (var (server, slot) in Messages().Take(2000))
            Assert.Equal(alone.FateOf(FaultWhat.Sync, server, slot).Lost, beside.FateOf(FaultWhat.Sync, server, slot).Lost);
    }

    [Fact]
    public void Two_faults_that_differ_in_name_only_draw_apart()
    {
        var (one, other) = (Plan(Loss), Plan(Loss with { Name = "loss-2" }));

        Assert.Contains(Messages(), m => one.FateOf(FaultWhat.Sync, m.Server, m.Slot) != other.FateOf(FaultWhat.Sync, m.Server, m.Slot));
    }

    [Theory]
    [InlineData(FaultTiming.Slots, "20 21 22")]
    [InlineData(FaultTiming.At, "3 5 9")]
    public void A_fault_is_in_force_in_its_slots_and_in_no_others(FaultTiming timing, string slots)
    {
        var plan = Plan(new Fault
        {
            Name = "cut",
            Kind = FaultKind.Cut,
            What = FaultWhat.Sync,
            Timing = timing,
            FromSlot = 20,
            ToSlot = 23,
            At = new WholeNumbers([9, 3, 5]),
        });

        Assert.Equal(slots, string.Join(' ', Enumerable.Range(0, 40).Where(slot => plan.FateOf(FaultWhat.Sync, 2, slot).Lost)));
    }

    [Fact]
    public void A_limit_lets_only_every_nth_slot_through()
    {
        var plan = Plan(new Fault { Name = "sparse", Kind = FaultKind.Limit, What = FaultWhat.Sync, Every = 5 });

        Assert.Equal([0, 5, 10, 15], Enumerable.Range(0, 20).Where(slot => !plan.FateOf(FaultWhat.Sync, 2, slot).Lost));
    }

    [Fact]
    public void Bursts_lose_as_much_as_their_stationary_share_and_last_as_long_as_they_should()
    {
        var plan = Plan(Loss with { HasBurst = true, BurstStart = 0.05, BurstEnd = 0.2, Probability = 0 });
        var lost = new List<bool>();
        for (var server = 0; server < 9; server++)
            for (var slot = 50; slot < 4000; slot++)
                lost.Add(plan.FateOf(FaultWhat.Sync, server, slot).Lost);

        var starts = Enumerable.Range(1, lost.Count - 1).Count(i => lost[i] && !lost[i - 1]);

        Assert.Equal(0.05 / 0.25, lost.Average(bad => bad ? 1.0 : 0.0), 0.02);
        Assert.Equal(1 / 0.2, (double)lost.Count(bad => bad) / starts, 0.5);
        Assert.False(Plan(Loss with { HasBurst = true, BurstStart = 0, BurstEnd = 0.2 }).FateOf(FaultWhat.Sync, 0, 99).Lost); // good at slot −1
    }

    [Fact]
    public void A_renewal_with_slots_is_over_before_them_and_after()
    {
        var fault = new Fault
        {
            Name = "outages",
            Kind = FaultKind.Down,
            What = FaultWhat.Servers,
            Timing = FaultTiming.Renewal,
            RenewalBetweenSlots = 5,
            RenewalLastingSlots = 50,
            RenewalFromSlot = 100,
            RenewalToSlot = 200,
        };
        var (always, within) = (Plan(fault with { RenewalFromSlot = 0, RenewalToSlot = int.MaxValue }), Plan(fault));
        bool[] all = [.. Enumerable.Range(0, 400).Select(slot => always.IsDown(EntityKind.Server, 4, slot))];
        bool[] some = [.. Enumerable.Range(0, 400).Select(slot => within.IsDown(EntityKind.Server, 4, slot))];

        Assert.DoesNotContain(true, some[..100]);
        Assert.DoesNotContain(true, some[200..]);
        Assert.Contains(true, all[..100]);
        var met = Array.FindIndex(all[100..200], down => !down) + 100; // from where the one that never paused is over, both draw alike
        Assert.Equal(all[met..200], some[met..200]);
    }

    [Fact]
    public void Renewals_are_in_force_in_stretches_of_the_mean_length()
    {
        var fault = new Fault
        {
            Name = "outages",
            Kind = FaultKind.Down,
            What = FaultWhat.Servers,
            Timing = FaultTiming.Renewal,
            RenewalBetweenSlots = 50,
            RenewalLastingSlots = 10,
        };
        var plan = Plan(fault);
        var down = Enumerable.Range(0, 20_000).Select(slot => plan.IsDown(EntityKind.Server, 4, slot)).ToArray();

        var stretches = Enumerable.Range(1, down.Length - 1).Count(i => down[i] && !down[i - 1]);

        Assert.Equal(10, (double)down.Count(d => d) / stretches, 1.5);
        Assert.Equal(10.0 / 60, down.Average(d => d ? 1.0 : 0.0), 0.03);
        var first = Array.IndexOf(down, true);
        Assert.Equal(first, plan.All[0].Since(4, first));
        Assert.True(!down[first + 1] || plan.All[0].Since(4, first + 1) == first);
    }

    [Fact]
    public void Delays_are_whole_and_uniform_and_staying_adds_to_them()
    {
        var uniform = Plan(new Fault { Name = "late", Kind = FaultKind.Delay, What = FaultWhat.Sync, DelayLowSlots = 1, DelayHighSlots = 3 });
        var staying = Plan(new Fault { Name = "late", Kind = FaultKind.Delay, What = FaultWhat.Sync, Stay = 0.6 });
        int[] Delays(FaultPlan plan) => [.. Messages().Select(m => plan.FateOf(FaultWhat.Sync, m.Server, m.Slot).DelaySlots)];

        var (drawn, stayed) = (Delays(uniform), Delays(staying));

        Assert.Equal([1, 2, 3], drawn.Distinct().Order());
        Assert.Equal(2, drawn.Average(), 0.02);
        Assert.Equal(0.6 / 0.4, stayed.Average(), 0.05);
        Assert.Equal(0.4, stayed.Average(d => d == 0 ? 1.0 : 0.0), 0.01);
        Assert.Equal(0.4 * 0.6, stayed.Average(d => d == 1 ? 1.0 : 0.0), 0.01);
    }

    [Fact]
    public void On_one_link_a_cut_comes_first_then_limit_drop_corrupt_delay_and_duplicate()
    {
        Fault Of(FaultKind kind) => new()
        {
            Name = $"z-{(char)('z' - (int)kind)}",
            Kind = kind,
            What = FaultWhat.Sync,
            Probability = 1,
            Every = 2,
            DelayLowSlots = 2,
            DelayHighSlots = 2,
        };
        FaultKind[] kinds = [FaultKind.Duplicate, FaultKind.Delay, FaultKind.Corrupt, FaultKind.Drop, FaultKind.Limit, FaultKind.Cut];
        var offered = new List<FaultKind>();
        for (var skip = 0; skip < 3; skip++)
        {
            Fault[] faults = [.. kinds.SkipLast(skip).Select(Of)];
            var (plan, tally) = (Plan(faults), new FaultTally(faults.Length));
            plan.FateOf(FaultWhat.Sync, 1, 1, tally: tally);
            offered.Add(plan.All.Single(fault => tally.Hit[fault.Index] == 1).Fault.Kind);
            Assert.Equal(1, tally.Offered.ToArray().Sum());
        }

        Assert.Equal([FaultKind.Cut, FaultKind.Limit, FaultKind.Drop], offered); // what loses a message ends its way
        Assert.Equal(new LinkFate(false, true, 2, true), Plan([.. kinds.Take(3).Select(Of)]).FateOf(FaultWhat.Sync, 1, 1));
    }

    [Fact]
    public void Delays_add_and_factors_multiply()
    {
        Fault Late(string name, int by) => new() { Name = name, Kind = FaultKind.Delay, What = FaultWhat.Sync, DelayLowSlots = by, DelayHighSlots = by };
        Fault Slow(string name, FaultWhat what, double factor) => new() { Name = name, Kind = FaultKind.Slow, What = what, Factor = factor };
        Fault Jam(string name, double watts) => new() { Name = name, Kind = FaultKind.Jam, What = FaultWhat.Radio, PowerWatts = watts };
        var plan = Plan(
            Late("a", 1), Late("b", 2), Slow("c", FaultWhat.Servers, 0.5), Slow("d", FaultWhat.Servers, 0.5), Slow("e", FaultWhat.Backhaul, 2),
            Slow("f", FaultWhat.Backhaul, 3), Jam("g", 1e-9), Jam("h", 2e-9));

        Assert.Equal(3, plan.FateOf(FaultWhat.Sync, 0, 0).DelaySlots);
        Assert.Equal((0.25, 6.0), (plan.CapacityFactor(0, 0), plan.BackhaulFactor(0, 0)));
        Assert.Equal(3e-9, plan.JamWatts(0, 0), 1e-20);
    }

    [Fact]
    public void Targets_are_those_that_are_named_drawn_or_in_the_place()
    {
        Fault Down(string name) => new() { Name = name, Kind = FaultKind.Down, What = FaultWhat.Stations };
        var plan = Plan(
            Down("ids") with { Selection = FaultSelection.Ids, Ids = new([7, 2]) },
            Down("circle") with { Selection = FaultSelection.Circle, CircleX = 75, CircleY = 75, CircleRadius = 150 },
            Down("rectangle") with { Selection = FaultSelection.Rectangle, LowX = 75, LowY = 0, HighX = 225, HighY = 450 },
            Down("share") with { Selection = FaultSelection.Share, Share = 0.5 },
            Down("everybody") with { Selection = FaultSelection.Share, Share = 1 });
        int[] Targets(string name) => [.. plan.All.Single(fault => fault.Fault.Name == name).Targets];

        Assert.Equal([2, 7], Targets("ids"));
        Assert.Equal([0, 1, 3], Targets("circle")); // stations stand 150 m apart, the first at (75, 75): its edge belongs to a circle
        Assert.Equal([0, 1, 2], Targets("rectangle")); // [low, high)
        Assert.InRange(Targets("share").Length, 1, 8);
        Assert.Equal(9, Targets("everybody").Length);
    }

    [Fact]
    public void A_target_that_is_not_there_is_an_error_that_names_the_key()
    {
        var wrong = Assert.Throws<FaultTargetException>(() => Plan(new Fault
        {
            Name = "outage",
            Kind = FaultKind.Down,
            What = FaultWhat.Servers,
            Selection = FaultSelection.Ids,
            Ids = new([8, 9]),
        }));

        Assert.Contains("faults.outage.ids: found 9; allowed: ids of servers, 0 to 8", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bias_drift_and_noise_add_and_leave_a_hundredth_and_a_lie_tells_no_tasks()
    {
        Fault Of(string name, FaultKind kind, double amount) => new()
        {
            Name = name,
            Kind = kind,
            What = FaultWhat.Twins,
            AmountHertz = amount,
            Timing = FaultTiming.Slots,
            FromSlot = 10,
            ToSlot = 20,
        };
        var bias = Plan(Of("bias", FaultKind.Bias, -2e9));
        var drift = Plan(Of("drift", FaultKind.Drift, 1e8));
        var noise = Plan(Of("noise", FaultKind.Noise, 1e9));
        var lie = Plan(Of("lie", FaultKind.Lie, 0) with { Factor = 2 });

        Assert.Equal((6e9, 3), bias.Distort(0, 10, -1, 8e9, 3));
        Assert.Equal((8e9, 3), bias.Distort(0, 20, -1, 8e9, 3));
        Assert.Equal((1e7, 3), bias.Distort(0, 10, -1, 1e9, 3));
        Assert.Equal(8.1e9, drift.Distort(0, 10, -1, 8e9, 3).FreeHertz, 1);
        Assert.Equal(8.4e9, drift.Distort(0, 13, -1, 8e9, 3).FreeHertz, 1);
        Assert.Equal((16e9, 0), lie.Distort(0, 10, 2, 8e9, 3));
        Assert.Equal((16e9, 3), Plan(Of("boast", FaultKind.Lie, 0) with { Factor = 2, HidesTasks = false }).Distort(0, 10, 2, 8e9, 3));
        Assert.Equal((8e9, 0), Plan(Of("hide", FaultKind.Lie, 0) with { Factor = 1 }).Distort(0, 10, 2, 8e9, 3));
        double[] noises = [.. Enumerable.Range(0, 9).SelectMany(server => Enumerable.Range(10, 10).SelectMany(
            slot => Enumerable.Range(-1, 20).Select(round => noise.Distort(server, slot, round, 80e9, 3).FreeHertz - 80e9)))];
        Assert.Equal(0, noises.Average(), 1e8);
        Assert.Equal(1e9, Math.Sqrt(noises.Average(n => n * n)), 1e8);
    }

    [Fact]
    public void Crashes_and_freezes_say_since_when()
    {
        Fault Of(string name, FaultKind kind, int from, int to) => new()
        {
            Name = name,
            Kind = kind,
            What = FaultWhat.Twins,
            Timing = FaultTiming.Slots,
            FromSlot = from,
            ToSlot = to,
        };
        var plan = Plan(Of("a", FaultKind.Freeze, 5, 9), Of("b", FaultKind.Crash, 7, 12) with { Durable = false }, Of("c", FaultKind.Crash, 8, 10));

        Assert.Equal(new TwinTrouble(5, -1, false), plan.TroubleOf(0, 6));
        Assert.Equal(new TwinTrouble(5, 7, true), plan.TroubleOf(0, 8));
        Assert.Equal(new TwinTrouble(-1, 7, true), plan.TroubleOf(0, 11));
        Assert.True(plan.TroubleOf(0, 12).Listens);
    }

    private static IEnumerable<(int Server, int Slot)> Messages() =>
        from server in Enumerable.Range(0, 8) from slot in Enumerable.Range(0, 4000) select (server, slot);

    /// <summary>A grid of 3 × 3 stations, 150 m apart, each with a server.</summary>
    private static FaultPlan Plan(params Fault[] faults) => World.Create(BaseStations.NineStations.Scenario with { Faults = new FaultMap(faults) }).Faults;
}
