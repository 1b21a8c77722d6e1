using System.Collections.Concurrent;
using Diten.Actors.Nodes;
using Diten.Model.Faults;
using Diten.Model.Records;
using Diten.Model.Scenarios;
using Diten.Model.Worlds;

namespace Diten.Actors.Tests.Recovery;

/// <summary>
/// A run that is changed while it goes on is, from its beginning, the run of the changed scenario: digest, and what is measured of twins and
/// faults; on one node and on several, with nodes and clocks that are lost around the change.
/// </summary>
public sealed class EditedRunTests
{
    private const int Slots = 26;

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    /// <summary>Every kind of fault, and every link that takes one while a run goes on.</summary>
    private static readonly Dictionary<string, Fault> Kinds = new Fault[]
    {
        New("cut-sync", FaultKind.Cut, FaultWhat.Sync),
        New("cut-request", FaultKind.Cut, FaultWhat.Request),
        New("cut-estimate", FaultKind.Cut, FaultWhat.Estimate),
        New("cut-now-and-then", FaultKind.Cut, FaultWhat.Sync) with { Timing = FaultTiming.Renewal, RenewalBetweenSlots = 3, RenewalLastingSlots = 2 },
        New("limit", FaultKind.Limit, FaultWhat.Sync) with { Every = 3 },
        New("bursts", FaultKind.Drop, FaultWhat.Sync) with { HasBurst = true, BurstStart = 0.3, BurstEnd = 0.3 },
        New("drop-estimate", FaultKind.Drop, FaultWhat.Estimate) with { Probability = 0.6 },
        New("corrupt", FaultKind.Corrupt, FaultWhat.Sync) with { Probability = 0.5 },
        New("delay-sync", FaultKind.Delay, FaultWhat.Sync) with { DelayLowSlots = 0, DelayHighSlots = 3 },
        New("delay-estimate", FaultKind.Delay, FaultWhat.Estimate) with { DelayLowSlots = 1, DelayHighSlots = 2 },
        New("duplicate", FaultKind.Duplicate, FaultWhat.Sync) with { Probability = 0.5 },
        New("freeze", FaultKind.Freeze, FaultWhat.Twins),
        New("crash", FaultKind.Crash, FaultWhat.Twins) with { Durable = false },
        New("bias", FaultKind.Bias, FaultWhat.Twins) with { AmountHertz = 6e9 },
        New("drift", FaultKind.Drift, FaultWhat.Twins) with { AmountHertz = -2e9 },
        New("noise", FaultKind.Noise, FaultWhat.Twins) with { AmountHertz = 5e9 },
        New("lie", FaultKind.Lie, FaultWhat.Twins) with { Factor = 3 },
        New("clock-skew", FaultKind.ClockSkew, FaultWhat.Twins) with { SkewSlots = 2 },
        New("server-down", FaultKind.Down, FaultWhat.Servers),
        New("server-slow", FaultKind.Slow, FaultWhat.Servers) with { Factor = 0.3 },
        New("lose-queue", FaultKind.LoseQueue, FaultWhat.Servers),
        New("station-down", FaultKind.Down, FaultWhat.Stations),
        New("jam", FaultKind.Jam, FaultWhat.Radio) with { PowerWatts = 1e-9 },
        New("backhaul", FaultKind.Slow, FaultWhat.Backhaul) with { Factor = 8 },
    }.ToDictionary(fault => fault.Name);

    public static TheoryData<string> Names => [.. Kinds.Keys];

    private static Scenario City => (Small.City(devices: 80, slots: Slots) with
    {
        Measure = new MeasureSection { Twins = TwinMeasure.On, Regret = RegretMeasure.Off },
        Faults = new FaultMap([New("loss", FaultKind.Drop, FaultWhat.Sync) with { Probability = 0.4, Timing = FaultTiming.Always, Share = 0.9 }]),
    }).Cut(3, 2);

    [Theory]
    [MemberData(nameof(Names))]
    [Trait("Category", "Slow")]
    public Task Every_kind_of_fault_can_be_thrown_in(string name) =>
        A_fault_that_is_thrown_in_and_cleared_is_one_of_the_scenario_on_two_nodes_of_which_one_dies(name);

    [Theory]
    [InlineData("delay-estimate")]
    [InlineData("crash")]
    [InlineData("cut-now-and-then")]
    [InlineData("station-down")]
    public async Task A_fault_that_is_thrown_in_and_cleared_is_one_of_the_scenario_on_two_nodes_of_which_one_dies(string name)
    {
        SmallCluster? cluster = null;
        var edits = new Edited(City);
        var observer = new EditedObserver(edits, (5, "+" + name), (13, "-" + name)) { Deeds = { [9] = () => cluster!.Kill("b") } };
        using (cluster = new SmallCluster(edits.Plans))
        {
            cluster.Add("a");
            cluster.Add("b");
            cluster.Run(nodes: 2, observer, hands: observer.Hands);

            await ExpectTheRunOfTheFile(cluster, observer, edits, changes: 2);
        }
    }

    [Theory]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(16)]
    public async Task A_clock_that_takes_over_knows_what_was_changed_or_is_told_again(int slot)
    {
        SmallCluster? cluster = null;
        var edits = new Edited(City with { Slots = 60, Pace = 25 }); // else the run would be over before anything is said again
        var observer = new EditedObserver(edits, (6, "+cut-estimate"), (8, "+freeze")) { Deeds = { [slot] = () => cluster!.ReplaceClock() } };
        using (cluster = new SmallCluster(edits.Plans))
        {
            cluster.Add("a");
            cluster.Run(nodes: 1, observer, checkpointEvery: 4, hands: observer.Hands);

            await ExpectTheRunOfTheFile(cluster, observer, edits, changes: 2);
        }
    }

    [Fact]
    public async Task Policies_are_switched()
    {
        var edits = new Edited(City);
        var observer = new EditedObserver(edits, (4, "policy nearest-first"), (12, "policy stay"));
        using var cluster = new SmallCluster(edits.Plans);
        cluster.Add("a");
        cluster.Run(nodes: 1, observer, hands: observer.Hands);

        await ExpectTheRunOfTheFile(cluster, observer, edits, changes: 2);
        Assert.NotEqual(await Small.DigestAsync(City), Convert.ToHexString((await cluster.Outcome).Digest));
    }

    [Fact]
    public async Task What_cannot_be_is_refused_and_the_run_goes_on_as_if_nothing_had_been_asked()
    {
        var edits = new Edited(City);
        var observer = new EditedObserver(edits, (4, "nonsense"), (Slots - 1, "+freeze"));
        using var cluster = new SmallCluster(edits.Plans);
        cluster.Add("a");
        cluster.Run(nodes: 1, observer, hands: observer.Hands);

        var outcome = await cluster.Outcome.WaitAsync(Soon);

        Assert.Equal(await Small.DigestAsync(City), Convert.ToHexString(outcome.Digest));
        Assert.Contains("nonsense", (await Assert.ThrowsAsync<ChangeRefusedException>(() => observer.Asked[0])).Message);
        await Assert.ThrowsAsync<ChangeRefusedException>(() => observer.Asked[1]);
        Assert.Single(observer.Slots, report => report.Slot == Slots - 1);
    }

    [Theory]
    [InlineData(0, "keeps no checkpoints")]
    [InlineData(5, "cannot change")]
    public async Task A_run_that_cannot_be_changed_says_so(int checkpointEvery, string why)
    {
        var edits = new Edited(City);
        var observer = new EditedObserver(edits, (3, "+freeze"));
        using var cluster = new SmallCluster(checkpointEvery == 0 ? edits.Plans : RunPlans.Of(CityPlan.Create(World.Create(City))));
        cluster.Add("a");
        cluster.Run(nodes: 1, observer, checkpointEvery, observer.Hands);

        Assert.Contains(why, (await Assert.ThrowsAsync<ChangeRefusedException>(async () => await observer.FirstAsync().WaitAsync(Soon))).Message);
        await cluster.Outcome.WaitAsync(Soon);
    }

    private static async Task ExpectTheRunOfTheFile(SmallCluster cluster, EditedObserver observer, Edited edits, int changes)
    {
        var outcome = await cluster.Outcome.WaitAsync(Soon);

        Assert.Equal(changes, observer.Edits.Count);
        foreach (var (asked, told) in observer.Asked.Zip(observer.Edits))
            Assert.Equal(told, await asked.WaitAsync(Soon));
        Assert.All(observer.Edits, edit => Assert.True(observer.SlotsWhenTold[edit] <= edit.Slot - 1, $"{edit.Told} was told after slot {observer.SlotsWhenTold[edit]}"));
        var file = edits.Of(observer.Edits[^1].ScenarioText);
        var reports = new Reports();
        var alone = await Emulation.RunAsync((file with { Pace = 0 }).Cut(1, 1), new EmulationOptions { WorkerThreads = 2 }, reports);
        Assert.Equal(reports.Slots.Select(slot => Convert.ToHexString(slot.Digest)), observer.Slots.Select(slot => Convert.ToHexString(slot.Digest)));
        Assert.Equal(Convert.ToHexString(alone.Digest), Convert.ToHexString(outcome.Digest));
        Assert.Equal(alone.Twins!.Total, outcome.Twins!.Total);
        Assert.Equal(alone.Twins.Ages, outcome.Twins.Ages);
        Assert.Equal(alone.Twins.Faults.Offered, outcome.Twins.Faults.Offered);
        Assert.Equal(alone.Twins.Faults.Hit, outcome.Twins.Faults.Hit);
        Assert.Equal(Enumerable.Range(0, file.Slots), observer.Slots.Select(slot => slot.Slot));
    }

    private static Fault New(string name, FaultKind kind, FaultWhat what) => new()
    {
        Name = name,
        Kind = kind,
        What = what,
        Selection = FaultSelection.Share,
        Share = 0.7,
    };

    /// <summary>Scenarios by their texts, which only name them.</summary>
    private sealed class Edited
    {
        private readonly ConcurrentDictionary<string, Scenario> _scenarios = [];

        public Edited(Scenario begun)
        {
            _scenarios[""] = begun;
            Plans = new RunPlans(run => new PreparedRun(CityPlan.Create(World.Create(Of(run.ScenarioText))), run.ScenarioText), Change);
        }

        public RunPlans Plans { get; }

        public Scenario Of(string text) => _scenarios[text];

        private ChangedRun Change(RunSpec run, RunChange change, int slot)
        {
            var (scenario, words) = (Of(run.ScenarioText), change.Text.Split(' '));
            var edited = words[0] switch
            {
                ['+', .. var name] => scenario with
                {
                    Faults = scenario.Faults.With(Kinds[name].Timing == FaultTiming.Renewal
                        ? Kinds[name] with { RenewalFromSlot = slot, RenewalToSlot = scenario.Slots }
                        : Kinds[name] with { Timing = FaultTiming.Slots, FromSlot = slot, ToSlot = scenario.Slots }),
                },
                ['-', .. var name] => scenario with
                {
                    Faults = scenario.Faults.With(scenario.Faults.Find(name)! is { Timing: FaultTiming.Renewal } renewed
                    ? renewed with { RenewalToSlot = slot }
                    : scenario.Faults.Find(name)! with { ToSlot = slot })
                },
                "policy" => scenario with
                {
                    Policy = scenario.Policy with { Switches = scenario.Policy.Switches.With(new PolicySwitch(slot, words[1])) },
                },
                var other => throw new InvalidDataException($"There is no change {other}."),
            };
            var text = FormattableString.Invariant($"{run.ScenarioText}{change.Text}@{slot};");
            _scenarios[text] = edited;
            return new ChangedRun(run with { ScenarioText = text }, change.Text);
        }
    }

    /// <summary>Asks for changes at the end of slots, and keeps what it is told.</summary>
    private sealed class EditedObserver(Edited edits, params (int Slot, string Change)[] changes) : IRunObserver
    {
        private readonly TaskCompletionSource<Task<RunEdited>> _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public RunHands Hands { get; } = new();

        public Dictionary<int, Action> Deeds { get; } = [];

        public List<SlotReport> Slots { get; } = [];

        public List<RunEdited> Edits { get; } = [];

        public List<Task<RunEdited>> Asked { get; } = [];

        /// <summary>The last slot that was there when a change was told.</summary>
        public Dictionary<RunEdited, int> SlotsWhenTold { get; } = [];

        public async Task<RunEdited> FirstAsync() => await await _first.Task;

        public void SlotCompleted(SlotReport report)
        {
            Slots.Add(report);
            foreach (var (slot, change) in changes)
                if (slot == report.Slot)
                    Asked.Add(Hands.ChangeAsync(new RunChange(RunChangeKind.AddFaults, change)));
            if (Asked.Count > 0)
                _first.TrySetResult(Asked[0]);
            if (Deeds.Remove(report.Slot, out var deed))
                deed();
        }

        public void Edited(RunEdited edit)
        {
            Assert.NotNull(edits.Of(edit.ScenarioText));
            SlotsWhenTold[edit] = Slots.Count - 1;
            Edits.Add(edit);
        }
    }
}
