using Diten.Actors.Nodes;
using Diten.Model.Faults;
using Diten.Model.Records;
using Diten.Model.Scenarios;

namespace Diten.Actors.Tests.Faults;

/// <summary>
/// Whole runs, through clock, servers, links and twins, against what faults must come to on the average (model.md §10; docs/closed-forms.md). What
/// is random must lie within four standard errors, taken over servers, whose links are struck independently of each other; seeds are fixed.
/// </summary>
public sealed class FaultClosedFormTests
{
    private const int Servers = 256;

    private static readonly Fault Sync = new() { Name = "sync", Kind = FaultKind.Drop, What = FaultWhat.Sync };

    private static readonly Fault Request = Sync with { Name = "request", What = FaultWhat.Request };

    /// <summary>Mean age p/(1−p) · [1 − (1−p^T)/(T(1−p))] over the T slots of a run, P(age ≥ k) = p^k, and p of the syncs lost.</summary>
    [Theory]
    [InlineData(0.5)]
    [InlineData(0.9)]
    [InlineData(0.97)]
    public async Task Where_syncs_are_lost_the_age_is_geometric_but_for_the_runs_begin(double p)
    {
        const int T = 100;
        var run = await Run.OfAsync(City(T, Sync with { Probability = p }));

        var about = p switch { 0.5 => 0.98, 0.9 => 8.10, _ => 22.07 };
        Assert.Equal(about, Near(p / (1 - p) * (1 - (1 - Math.Pow(p, T)) / (T * (1 - p))), run.Ages().Select(Mean)), 5e-3);
        for (var k = 1; k <= 4; k++)
            Near(Math.Pow(p, k), run.Ages().Select(ages => Mean(ages[k..].Select(age => age >= k ? 1 : 0))));
        var total = run.Twins.Total;
        Assert.Equal(Servers * T, total.SyncsSent);
        Assert.InRange((double)total.SyncsLost / total.SyncsSent, p - Error(), p + Error());
        Assert.Equal((total.SyncsSent, total.SyncsLost), (run.Twins.Faults.Offered.Single(), run.Twins.Faults.Hit.Single()));

        double Error() => 4 * Math.Sqrt(p * (1 - p) / (Servers * T));
    }

    /// <summary>Mean age d − d(d+1)/(2T), of each twin and exactly.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public async Task Where_syncs_are_late_the_age_is_their_delay_but_for_the_runs_begin(int d)
    {
        const int T = 40;
        var run = await Run.OfAsync(City(T, Sync with { Kind = FaultKind.Delay, DelayLowSlots = d, DelayHighSlots = d }));

        Assert.All(run.Ages(), ages => Assert.Equal(d - d * (d + 1) / (2.0 * T), Mean(ages), 1e-12));
        Assert.Equal(Servers * T, run.Twins.Total.SyncsLate);
        Assert.Equal(Servers * d, run.Twins.Total.SyncsOnTheirWay);
    }

    /// <summary>Stationary mean age Σ q^(k(k+1)/2): all of the k newest are still on their way.</summary>
    [Fact]
    public async Task Where_syncs_stay_again_and_again_the_newest_that_came_counts()
    {
        const double Q = 0.6;
        var run = await Run.OfAsync(City(200, Sync with { Kind = FaultKind.Delay, Stay = Q }));

        Assert.Equal(0.869, Near(Enumerable.Range(1, 60).Sum(k => Math.Pow(Q, k * (k + 1) / 2.0)), run.Ages(from: 60).Select(Mean)), 1e-3);
    }

    /// <summary>Age 0 in a share (1−p)² of the slots; with requests dropped likewise, (1−p)³/((1−p)² + p).</summary>
    [Theory]
    [InlineData(0.3, false)]
    [InlineData(0.5, false)]
    [InlineData(0.3, true)]
    [InlineData(0.5, true)]
    public async Task Where_syncs_rest_on_each_other_a_twin_is_in_sync_in_a_share_of_the_slots(double p, bool requestsToo)
    {
        Fault[] faults = requestsToo ? [Sync with { Probability = p }, Request with { Probability = p }] : [Sync with { Probability = p }];
        var city = City(300, faults);
        var run = await Run.OfAsync(city with { Twins = city.Twins with { Sync = TwinSync.Delta, Resync = TwinResync.Once } });

        var come = 1 - p;
        Near(requestsToo ? come * come * come / (come * come + p) : come * come, run.Ages(from: 60).Select(ages => Mean(ages.Select(age => age == 0 ? 1 : 0))));
        Assert.True(run.Twins.Total.Resyncs > 1000, $"{run.Twins.Total.Resyncs}");
    }

    /// <summary>A share a/(a+b) of the syncs lost, and a mean age of a/((a+b) b).</summary>
    [Fact]
    public async Task Bursts_lose_their_share_of_syncs_and_age_twins_by_their_length()
    {
        const double A = 0.05, B = 0.2;
        var run = await Run.OfAsync(City(400, Sync with { HasBurst = true, BurstStart = A, BurstEnd = B }));

        Near(A / ((A + B) * B), run.Ages(from: 100).Select(Mean));
        Near(A / (A + B), run.ByServer(row => row.Twin!.SyncsLost, from: 100).Select(Mean));
    }

    /// <summary>Mean age (n−1)/2, of each twin and exactly.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public async Task Where_only_every_nth_slot_gets_through_the_age_goes_up_to_n_less_1(int n)
    {
        var run = await Run.OfAsync(City(8 * n + 1, Sync with { Kind = FaultKind.Limit, Every = n }));

        Assert.All(run.Ages(from: 1), ages => Assert.Equal((n - 1) / 2.0, Mean(ages)));
        Assert.All(run.ByServer(row => row.Twin!.SyncsLost), lost => Assert.Equal(8 * (n - 1), lost.Sum()));
    }

    /// <summary>
    /// The background is drawn anew with probability ρ a slot: what a twin of age k has published is wrong at execution with probability
    /// 1 − (1−ρ)^(k+1). With k known, losses and background are independent of each other.
    /// </summary>
    [Fact]
    public async Task The_older_a_twin_the_likelier_its_servers_capacity_has_changed()
    {
        const double Rho = 0.05;
        var city = City(200, Sync with { Probability = 0.7 });
        Assert.Equal((BackgroundKind.Uniform, Rho), (city.Servers.Background, city.Servers.BackgroundRedrawProbability));
        var run = await Run.OfAsync(city);

        for (var k = 0; k <= 8; k++)
        {
            var expected = 1 - Math.Pow(1 - Rho, k + 1);
            // By server: slots at that age, and those of them in which the capacity had changed.
            var seen = run.ByServer(row => (row.TwinAgeSlots, Changed: row.FreeHertz != row.TwinFreeHertz))
                .Select(slots => (All: slots.Count(slot => slot.TwinAgeSlots == k), Changed: slots.Count(slot => slot.TwinAgeSlots == k && slot.Changed)))
                .ToArray();
            var all = seen.Sum(server => server.All);
            var error = Math.Sqrt(seen.Sum(server => Math.Pow(server.Changed - expected * server.All, 2))) / all; // of a ratio of sums
            Assert.InRange(seen.Sum(server => server.Changed) / (double)all, expected - 4 * error, expected + 4 * error);
            Assert.True(error < 0.04, $"age {k}: {all} slots tell {expected} but to {error}");
        }
    }

    /// <summary>A city of 256 servers and next to no devices, in zones of its own.</summary>
    private static Scenario City(int slots, params Fault[] faults) => new()
    {
        Slots = slots,
        AreaSideMetres = 1600,
        Stations = new StationsSection { DensityPerSquareMetre = 1e-4 },
        Devices = new DevicesSection { Count = 10 },
        Decisions = new DecisionsSection { Rounds = 1 },
        Twins = new TwinsSection { DeviationSource = DeviationSource.Emergent },
        Measure = new MeasureSection { Regret = RegretMeasure.Off },
        Faults = new FaultMap(faults),
        Zones = new ZonesSection { Columns = 2, Rows = 2 },
    };

    private static double Mean(IEnumerable<int> values) => values.Average();

    /// <summary>Holds the mean over servers against what it must be, and that it tells it from what is a tenth away; returns what it must be.</summary>
    private static double Near(double expected, IEnumerable<double> ofServers)
    {
        double[] values = [.. ofServers];
        var mean = values.Average();
        var error = Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1) / values.Length);
        Assert.InRange(mean, expected - 4 * error, expected + 4 * error);
        Assert.True(4 * error < 0.2 * expected, $"{values.Length} servers tell {expected} but to {error}.");
        return expected;
    }

    /// <summary>A run with what was measured of its twins.</summary>
    private sealed record Run(List<SlotReport> Slots, TwinFigures Twins)
    {
        public static async Task<Run> OfAsync(Scenario city)
        {
            Assert.True(city.MeasuresTwins);
            var reports = new Reports();
            var outcome = await Emulation.RunAsync(city, new EmulationOptions { WorkerThreads = 2 }, reports);
            var run = new Run(reports.Slots, outcome.Twins!);
            Assert.Equal((city.Slots, Servers), (run.Slots.Count, run.Slots[0].Servers.Length));
            // What is summed up is what the rows say.
            Assert.Equal((run.Ages().Sum(ages => ages.Sum()), (long)Servers * city.Slots), (run.Twins.Total.Age, run.Twins.Total.Twins));
            return run;
        }

        /// <summary>By server: its twin's age in each slot.</summary>
        public IEnumerable<int[]> Ages(int from = 0) => ByServer(row => row.Twin!.AgeSlots, from);

        /// <summary>By server: something of each of its slots.</summary>
        public IEnumerable<T[]> ByServer<T>(Func<ServerSlotRecord, T> value, int from = 0) =>
            Enumerable.Range(0, Servers).Select(server => Slots.Skip(from).Select(slot => value(slot.Servers[server])).ToArray());
    }
}
