using Akka.Actor;
using Diten.Actors.Wire;
using Diten.Model.Records;
using Diten.Model.Scenarios;
using Diten.Model.Worlds;

namespace Diten.Actors.Tests.Lossy;

/// <summary>
/// Each message that crosses between nodes, lost once, twice there, or late, in a run with checkpoints and journal on two nodes: the run ends
/// with the digest that it has undisturbed.
/// </summary>
public abstract class LostMessageTests(Lab lab)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    private static readonly Scenario City = new Scenario
    {
        Slots = 8,
        AreaSideMetres = 200,
        Stations = new StationsSection { DensityPerSquareMetre = 1e-4 },
        Devices = new DevicesSection { Count = 20, SpeedMetresPerSecond = 40, JourneySlots = 6 },
    }.Cut(2, 1);

    private static readonly Scenario Unhurried = City with { Pace = 8 };

    private static readonly EmulationOptions Options = new() { CheckpointEverySlots = 3, TwinJournal = true, StuckAfterSeconds = 10 };

    private static readonly Lazy<Task<string>> Undisturbed = new(() => Small.DigestAsync(City));

    /// <summary>What crosses in a run that nothing befalls; the theory is over these.</summary>
    private static readonly string[] InEveryRun =
    [
        "cg1", "cs1", "hp1", "hr1", "hs1", "hx1", "hz1", "ra1", "re2", "ri1", "rp2", "rs1", "rt2", "rw1", "td1", "tr1", "zb1", "zc2", "zd1", "ze1",
        "zk1", "zq1", "zr1", "zs1", "zz1",
    ];

    /// <summary>What crosses only when something happens, each with its own test below or elsewhere.</summary>
    private static readonly Dictionary<string, string> Sometimes = new()
    {
        ["zx1"] = "asks for an exchange that was lost",
        ["zw1"] = "a checkpoint between two slots: a run is stopped, or zones are placed anew",
        ["zi1"] = "an epoch breaks",
        ["zf1"] = "an entity fails",
        ["za1"] = "the run does not move",
        ["zv1"] = "the run does not move",
        ["lb1"] = "training: LostLearnerMessageTests, where torch is",
        ["lr1"] = "training: LostLearnerMessageTests, where torch is",
        ["hn1"] = "a node cannot take part",
        ["hl1"] = "a node leaves",
        ["hm1"] = "a node leaves",
        ["rn1"] = "another run goes on",
        ["ru1"] = "a clock was lost before its journal knew",
        ["rt1"] = "written by nobody any more",
        ["re1"] = "written by nobody any more",
        ["rp1"] = "written by nobody any more",
        ["zc1"] = "written by nobody any more",
        ["fg1"] = "somebody follows a run",
        ["fo1"] = "somebody follows a run",
        ["fr1"] = "somebody follows a run",
        ["fs1"] = "somebody follows a run",
        ["rx1"] = "a run is stopped",
        ["rc1"] = "a run is changed",
        ["rd1"] = "a run is not changed",
        ["rg1"] = "a run is changed",
        ["rk1"] = "a run is changed",
        ["rf1"] = "a run fails",
        ["tg1"] = "somebody asks the twin of the system",
        ["ts1"] = "somebody asks the twin of the system",
        ["tq1"] = "somebody asks the twin of the system",
        ["te1"] = "somebody asks the twin of the system",
        ["pa1"] = "counts as what it is a part of",
    };

    public static TheoryData<string, int> Letters
    {
        get
        {
            var letters = new TheoryData<string, int>();
            foreach (var manifest in InEveryRun)
                letters.Add(manifest, 1);
            foreach (var (manifest, number) in ((string, int)[])[("ze1", 7), ("zb1", 4), ("zb1", 7), ("zc2", 4), ("zk1", 2), ("rp2", 8), ("rt2", 8)])
                letters.Add(manifest, number);
            return letters;
        }
    }

    protected abstract Fate Fate { get; }

    [Theory]
    [MemberData(nameof(Letters))]
    public async Task A_message_that_meets_with_it_changes_nothing(string manifest, int number)
    {
        lab.Postman.Expect(new Misfortune(manifest, Fate, number));
        // Who watches asks three times a second only.
        using var run = lab.Begin(manifest is "cg1" or "cs1" or "rw1" ? Unhurried : City, Options);

        await ExpectTheSame(run);

        if (manifest != "hx1") // nodes let go when the run is over
            Assert.Contains(lab.Postman.Struck, struck => struck.Manifest == manifest);
    }

    [Fact]
    public async Task An_exchange_that_has_to_be_asked_for_twice_comes()
    {
        lab.Postman.Expect(new Misfortune("ze1", Fate.Lost, 5), new Misfortune("zx1", Fate));
        using var run = lab.Begin(City, Options);

        await ExpectTheSame(run);

        Assert.Equal(2, lab.Postman.Struck.Count);
    }

    [Theory]
    [InlineData("rx1")]
    [InlineData("zw1")]
    [InlineData("zk1")]
    [InlineData("zq1")]
    [InlineData("re2")]
    public async Task A_run_that_is_stopped_stops_and_is_kept(string manifest)
    {
        lab.Postman.Expect(new Misfortune(manifest, Fate));
        var stop = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var slow = City with { Slots = 10_000, Pace = 20 };
        using var run = lab.Begin(slow, Options with { CheckpointEverySlots = 1000 }, new AtSlot(2, stop));
        await stop.Task.WaitAsync(Soon);

        run.Observer.Tell(new StopAfterSlot());

        var outcome = await Ended(run);
        Assert.True(outcome.Cancelled);
        Assert.InRange(outcome.SlotsCompleted, 3, 9999);
        Assert.Contains(lab.Postman.Struck, struck => struck.Manifest == manifest);
    }

    [Theory]
    [InlineData("rc1")]
    [InlineData("rd1")]
    [InlineData("rg1")]
    [InlineData("rk1")]
    public async Task A_run_that_is_changed_is_changed_once_and_says_so(string manifest)
    {
        lab.Postman.Expect(new Misfortune(manifest, Fate));
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Scenario slow = City with { Slots = 90, Pace = 30 }, changed = slow;
        var plans = new RunPlans(
            run => new PreparedRun(CityPlan.Create(World.Create(run.ScenarioText.Length == 0 ? slow : changed)), run.ScenarioText),
            (run, change, slot) =>
            {
                changed = slow with { Policy = new PolicySection { Switches = new PolicySwitches([new(slot, change.Text)]) } };
                _ = World.Create(changed); // throws where there is no such policy
                return new ChangedRun(run with { ScenarioText = "changed" }, change.Text);
            });
        using var run = lab.Begin(plans, Options, new AtSlot(2, reached));
        await reached.Task.WaitAsync(Soon);
        var hands = new RunHands();
        hands.Take(run.Observer);

        await Assert.ThrowsAsync<ChangeRefusedException>(() => hands.ChangeAsync(new RunChange(RunChangeKind.SwitchPolicy, "nobody")).WaitAsync(Soon));
        var edited = await hands.ChangeAsync(new RunChange(RunChangeKind.SwitchPolicy, "random")).WaitAsync(Soon);

        Assert.InRange(edited.Slot, 4, 89);
        var outcome = await Ended(run);
        Assert.Equal(await Small.DigestAsync(changed with { Pace = 0 }), Convert.ToHexString(outcome.Digest));
        Assert.NotEqual(await Small.DigestAsync(slow with { Pace = 0 }), Convert.ToHexString(outcome.Digest));
        Assert.Contains(lab.Postman.Struck, struck => struck.Manifest == manifest);
    }

    [Theory]
    [InlineData("hl1", false)]
    [InlineData("hm1", false)]
    [InlineData("zw1", false)]
    [InlineData("zi1", true)] // "right" says that it cannot restore what "left" held
    public async Task A_node_that_leaves_is_let_go(string manifest, bool left)
    {
        lab.Postman.Expect(new Misfortune(manifest, Fate));
        var leave = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var run = lab.Begin(City with { Slots = 400, Pace = 50 }, Options with { CheckpointEverySlots = 1000 }, new AtSlot(2, leave));
        await leave.Task.WaitAsync(Soon);

        // In this lab each node has a memory of its own: what "right" held cannot be restored on "left", and the run says so.
        await (left ? run.LeftHost : run.RightHost).Ask<MayLeave>(new Leave(), Soon);

        var failed = await Assert.ThrowsAsync<EmulationFailedException>(() => Ended(run));
        Assert.Contains("there is no checkpoint of slot", failed.Message);
        Assert.Contains(lab.Postman.Struck, struck => struck.Manifest == manifest);
    }

    [Theory]
    [InlineData("fg1")]
    [InlineData("fo1")]
    [InlineData("fr1")]
    [InlineData("fs1")]
    public async Task Who_follows_a_run_sees_it_and_changes_nothing(string manifest)
    {
        lab.Postman.Expect(new Misfortune(manifest, Fate));
        var (slow, seen) = (City with { Slots = 90, Pace = 15 }, new Seeing());
        using var run = lab.Begin(slow, Options);

        lab.Follow(run, seen);

        await lab.Until(() => seen.Newest > 2 && lab.Postman.Struck.Any(struck => struck.Manifest == manifest));
        var struckAt = seen.Newest;
        await lab.Until(() => seen.Newest > struckAt);
        Assert.Equal(await Small.DigestAsync(slow with { Pace = 0 }), Convert.ToHexString((await Ended(run)).Digest));
    }

    [Theory]
    [InlineData("zf1", false)]
    [InlineData("rf1", false)]
    [InlineData("zf1", true)]
    public async Task A_run_whose_entity_dies_fails_and_names_it(string manifest, bool twins)
    {
        lab.Postman.Expect(new Misfortune(manifest, Fate));
        var kill = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var run = lab.Begin(
            City with { Slots = 10_000, Pace = 20 }, Options with { StuckAfterSeconds = 2, TwinJournal = twins }, new AtSlot(2, kill));
        await kill.Task.WaitAsync(Soon);

        lab.Kill(run.RightHost, "server-3"); // of zone 1, on "right"

        var failed = await Assert.ThrowsAsync<EmulationFailedException>(() => Ended(run));
        Assert.Matches("server 3 \\(zone 1", failed.Message);
        Assert.Contains(lab.Postman.Struck, struck => struck.Manifest == manifest);
    }

    [Fact]
    public async Task Every_manifest_is_carried_or_it_is_said_when()
    {
        lab.Postman.Expect();
        using var run = lab.Begin(Unhurried, Options);
        await ExpectTheSame(run);
        await lab.Until(() => lab.Postman.Carried.Contains("hx1"));

        Assert.Equal(InEveryRun.Order(StringComparer.Ordinal), lab.Postman.Carried);
        var stored = MessageTable.Manifests.Where(manifest => manifest[0] is 'j' or 's'); // the journal and the snapshots
        Assert.Equal(
            MessageTable.Manifests.Except(stored).Order(StringComparer.Ordinal), InEveryRun.Concat(Sometimes.Keys).Order(StringComparer.Ordinal));
    }

    private async Task ExpectTheSame(LabRun run)
    {
        var outcome = await Ended(run);
        Assert.Equal(await Undisturbed.Value, Convert.ToHexString(outcome.Digest));
    }

    private async Task<RunOutcome> Ended(LabRun run)
    {
        try
        {
            return await run.Outcome.WaitAsync(Soon);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"The run has not ended. The last letters:{Environment.NewLine}{lab.Postman.Story}");
        }
    }

    private sealed class Seeing : IRunFollower
    {
        private volatile int _newest = -1;

        public int Newest => _newest;

        public int Begin(RunSpec run) => 1;

        public bool SlotSeen(SlotReport report, SlotTotals total)
        {
            _newest = report.Slot;
            return true;
        }

        public void SlotCompleted(SlotReport report)
        {
        }
    }

    private sealed class AtSlot(int slot, TaskCompletionSource reached) : IRunObserver
    {
        public void SlotCompleted(SlotReport report)
        {
            if (report.Slot == slot)
                reached.TrySetResult();
        }
    }
}

public sealed class LostOnceTests(Lab lab) : LostMessageTests(lab), IClassFixture<Lab>
{
    protected override Fate Fate => Fate.Lost;
}

public sealed class DeliveredTwiceTests(Lab lab) : LostMessageTests(lab), IClassFixture<Lab>
{
    protected override Fate Fate => Fate.Twice;
}

public sealed class DeliveredLateTests(Lab lab) : LostMessageTests(lab), IClassFixture<Lab>
{
    protected override Fate Fate => Fate.Late;
}
