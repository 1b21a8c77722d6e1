using Diten.Actors.Nodes;
using Diten.Model;
using Diten.Model.Records;
using Diten.Model.Scenarios;
using MathNet.Numerics.Distributions;

namespace Diten.Actors.Tests.Nodes;

/// <summary>Whole runs against means that can be derived by hand; the derivations, and what was measured, stand in docs/closed-forms.md.</summary>
public sealed class ClosedFormTests
{
    private const double MeanCycles = 5.6e6 * 300, FreeHertz = 20e9;

    /// <summary>E[T_cmp] = E[λ] (1 + (U − 1)/N) / c.</summary>
    [Theory]
    [InlineData(2, 4)]
    [InlineData(12, 4)]
    [InlineData(40, 9)]
    public async Task Equal_shares_of_random_choices_take_the_mean_work_times_one_plus_the_others_expected_at_the_server(int devices, int servers)
    {
        var side = 100 * Math.Sqrt(servers);
        var scenario = Plain(devices, slots: 120) with
        {
            AreaSideMetres = side,
            Stations = new StationsSection { DensityPerSquareMetre = servers / (side * side) },
            Decisions = new DecisionsSection { Candidates = servers, Rounds = 1 }, // random choices need no rounds
            Policy = new PolicySection { Name = "random" },
            Zones = new ZonesSection { Columns = 2, Rows = 2 },
        };

        var measured = await Seeds(10, scenario, run => run.Total.Computation / run.Total.Completed);

        var unit = MeanCycles / FreeHertz;
        measured.Agrees(unit * (1 + (devices - 1.0) / servers), otherThan: unit * (1 + (double)devices / servers));
    }

    /// <summary>The k-th to arrive in slot t ends at a₁ + (t U + k) x − t L after the slot's start, x = λ/c.</summary>
    [Fact]
    public async Task First_come_first_served_carries_over_exactly_what_a_slot_could_not_hold()
    {
        const int Devices = 24, Slots = 5;
        const double Seconds = 5.6e6 * 200 / FreeHertz; // 56 ms each: 1.344 s of work a slot
        var scenario = Queue(Devices, Slots, cyclesPerBit: new(200, 200));

        var run = await RunAsync(scenario);

        var first = Arrivals(run.Reports[0])[0].Arrival;
        Assert.Equal(Slots, run.Reports.Count);
        foreach (var report in run.Reports)
        {
            var queue = Arrivals(report);
            Assert.Equal(Devices, queue.Length);
            for (var k = 1; k <= Devices; k++)
            {
                var (arrival, row) = queue[k - 1];
                var end = first + (report.Slot * Devices + k) * Seconds - report.Slot;
                Assert.Equal(end, row.LatencySeconds, 1e-9);
                Assert.Equal(end - Seconds - arrival, row.QueueingSeconds, 1e-9);
                Assert.Equal(Seconds, row.ComputationSeconds, 1e-12);
            }
        }
    }

    /// <summary>E[T_glob − a₁] = (t U + k) E[x] − t L; over the slots and places of a run ((τ − 1) U / 2 + (U + 1)/2) E[x] − (τ − 1) L / 2.</summary>
    [Theory]
    [InlineData(0, 1, 24)] // all places of the first slot: nothing was carried over yet
    [InlineData(3, 1, 1)] // the first place of the last slot: only what was carried over, and itself
    [InlineData(3, 24, 24)] // the last place of the last slot
    [InlineData(-1, 1, 24)] // everything
    public async Task First_come_first_served_makes_the_mean_task_wait_for_those_before_it_in_its_slot_and_for_the_slots_before(
        int slot, int firstPlace, int lastPlace)
    {
        const int Devices = 24, Slots = 4;
        var (from, to) = slot < 0 ? (0, Slots - 1) : (slot, slot);
        var scenario = Queue(Devices, Slots, cyclesPerBit: new(250, 350));

        var measured = await Seeds(100, scenario, run =>
        {
            var first = Arrivals(run.Reports[0])[0].Arrival;
            return run.Reports.Where(r => r.Slot >= from && r.Slot <= to)
                .SelectMany(r => Arrivals(r)[(firstPlace - 1)..lastPlace]).Average(task => task.Row.LatencySeconds - first);
        });

        var (meanSlot, meanPlace, unit) = ((from + to) / 2.0, (firstPlace + lastPlace) / 2.0, MeanCycles / FreeHertz);
        var right = (meanSlot * Devices + meanPlace) * unit - meanSlot;
        measured.Agrees(right, otherThan: right - unit); // a task that does not wait for one of those before it
    }

    /// <summary>Servers alike and without load of others, twins that are right, devices that do not move.</summary>
    private static Scenario Plain(int devices, int slots) => new()
    {
        Slots = slots,
        Devices = new DevicesSection { Count = devices, SpeedMetresPerSecond = 0, JourneySlots = slots },
        Radio = new RadioSection { Channels = 0 },
        Servers = new ServersSection { FrequencyHertz = new(FreeHertz, FreeHertz), Background = BackgroundKind.None },
        Twins = new TwinsSection { DeviationSource = DeviationSource.Emergent },
    };

    /// <summary>One server that serves in order of arrival, and more work in every slot than the slot can hold.</summary>
    private static Scenario Queue(int devices, int slots, Interval cyclesPerBit)
    {
        var plain = Plain(devices, slots);
        return plain with
        {
            AreaSideMetres = 100,
            Stations = new StationsSection { DensityPerSquareMetre = 1e-4 },
            Tasks = new TasksSection { DataBits = new(5.6e6, 5.6e6), CyclesPerBit = cyclesPerBit }, // arrival tells nothing of the work
            Servers = plain.Servers with { Sharing = CpuSharing.Fifo },
            Policy = new PolicySection { Name = "nearest-first" },
        };
    }

    /// <summary>A slot's tasks in the order in which they reach the server, ties by device id, with the moment after the slot's start.</summary>
    private static (double Arrival, DeviceSlotRecord Row)[] Arrivals(SlotReport report) =>
        [.. report.Devices.Select(row => (row.UplinkSeconds + row.PropagationSeconds, row)).OrderBy(t => t.Item1).ThenBy(t => t.row.Device)];

    private sealed record Run(SlotTotals Total, IReadOnlyList<SlotReport> Reports);

    private static async Task<Run> RunAsync(Scenario scenario)
    {
        var reports = new Reports();
        var outcome = await Emulation.RunAsync(scenario, new EmulationOptions { DeviceRecordsEvery = 1, WorkerThreads = 1 }, reports);
        return new Run(outcome.Total, reports.Slots);
    }

    private static async Task<Measured> Seeds(int count, Scenario scenario, Func<Run, double> value)
    {
        var values = new double[count];
        for (var seed = 0; seed < count; seed++)
            values[seed] = value(await RunAsync(scenario with { Seed = (ulong)seed + 1 }));
        return Measured.Of(values);
    }

    /// <summary>Mean over seeds with its 99 % interval, by Student's t.</summary>
    private sealed record Measured(double Mean, double HalfWidth)
    {
        public static Measured Of(double[] values)
        {
            var mean = values.Average();
            var error = Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Length - 1) / values.Length);
            return new Measured(mean, StudentT.InvCDF(0, 1, values.Length - 1, 0.995) * error);
        }

        /// <summary>The interval holds the derived value, and is narrow enough to tell it from a wrong one.</summary>
        public void Agrees(double derived, double otherThan)
        {
            var found = FormattableString.Invariant($"measured {Mean * 1e3:F2} ± {HalfWidth * 1e3:F2} ms, derived {derived * 1e3:F2} ms");
            Assert.True(Math.Abs(Mean - derived) <= HalfWidth, found);
            Assert.True(
                HalfWidth < Math.Abs(derived - otherThan) / 2,
                FormattableString.Invariant($"{found}: too coarse to tell it from {otherThan * 1e3:F2} ms"));
        }
    }
}
