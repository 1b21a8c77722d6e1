using Akka.Actor;
using Diten.Actors;
using Diten.Actors.Nodes;
using Diten.Model.Offloading;
using Diten.Model.Policies.Networks;
using Diten.Model.Randomness;
using Diten.Model.Scenarios;
using Diten.Model.SystemTwin;
using Diten.Model.Worlds;

namespace Diten.Learning.Tests;

/// <summary>A policy that is trained in an emulation on what the twin of the system is told there, and on nothing else.</summary>
public sealed class SystemTwinTrainingTests
{
    /// <summary>25 stations, 60 fast devices, journeys of 8 slots: the twin is fitted in the first 9, and then 3 versions are trained on it.</summary>
    private static readonly Scenario City = new()
    {
        Slots = 24,
        AreaSideMetres = 800,
        Devices = new DevicesSection { Count = 60, SpeedMetresPerSecond = 40, JourneySlots = 8 },
        Zones = new ZonesSection { Columns = 2, Rows = 2 },
        Learning = new LearningSection { TrainOn = TrainingGround.SystemTwin, Slots = 24, PeriodSlots = 6, PretrainingSlots = 9 },
    };

    /// <summary>Decisions of other journeys, with rewards and states that are noise, stand in for what happened: nothing of the policy changes.</summary>
    [Fact]
    public async Task It_cannot_peek()
    {
        var random = new Random(1);
        var honest = await Train(City);
        var blind = await Train(City, batch => batch with
        {
            Rows = batch.Rows with
            {
                Rewards = Array.ConvertAll(batch.Rows.Rewards, _ => -9 * random.NextSingle()),
                Probabilities = Array.ConvertAll(batch.Rows.Probabilities, _ => random.NextSingle()),
                States = Array.ConvertAll(batch.Rows.States, _ => random.NextSingle()),
            },
        });

        Assert.Equal(4, honest.Policy!.Version);
        Assert.Equal(PolicyFile.Hash(honest.Policy.Weights), PolicyFile.Hash(blind.Policy!.Weights));
        Assert.Equal(honest.Digest, blind.Digest);
    }

    [Fact]
    public async Task What_it_is_told_by_twins_and_stations_is_what_it_learns_from()
    {
        var honest = await Train(City);
        var told = await Train(City, batch => batch with
        {
            Report = batch.Report! with { Twins = [.. batch.Report!.Twins.Select(twin => twin with { FreeHertz = 1.1 * twin.FreeHertz })] },
        });

        Assert.NotEqual(PolicyFile.Hash(honest.Policy!.Weights), PolicyFile.Hash(told.Policy!.Weights));
    }

    /// <summary>
    /// With twins in sync, what twins believe is what is true: whoever decides in the twin's world as was decided in the emulation, sees there what was
    /// seen, to the bit, and earns what was earned.
    /// </summary>
    [Theory]
    [InlineData(CpuSharing.Equal, DeviationSide.Server, 1)]
    [InlineData(CpuSharing.Equal, DeviationSide.Twin, 4)]
    [InlineData(CpuSharing.Exclusive, DeviationSide.Server, 4)]
    public async Task In_sync_the_twins_world_is_the_emulation(CpuSharing sharing, DeviationSide side, int rounds)
    {
        var scenario = City with
        {
            Servers = City.Servers with { Sharing = sharing, MigrationOutage = true },
            Twins = City.Twins with { DeviationSide = side },
            Decisions = City.Decisions with { Rounds = rounds },
        };
        var (happened, weights) = (new SortedDictionary<int, List<EpisodeBatch>>(), (PolicyWeights?)null);
        await Train(
            scenario,
            batch =>
            {
                if (!happened.TryGetValue(batch.Slot, out var zones))
                    happened[batch.Slot] = zones = [];
                zones.Add(batch);
                return batch;
            },
            first => weights ??= first);
        var model = SystemTwinModel.Fresh(scenario);
        foreach (var (slot, zones) in happened)
            model = model.Observe(slot, [.. zones.Select(batch => batch.Report!)]);
        Assert.All(model.Slots, slot => Assert.All(slot.TasksOfOthers, others => Assert.Equal(0, others)));

        // All journeys begin in slot 8 and in slot 16.
        var (world, rows, migrations) = (World.Create(scenario), 0, 0);
        var environment = new TwinEnvironment(Surroundings.Of(scenario, world.Topology), world.Topology.Servers, model);
        var watcher = new LearnedPolicy(weights!, scenario, world.Topology.SpacingMetres);
        var (batch, trace, rewards) = (new DecisionBatch(5), new DecisionTrace(), new float[60]);
        var state = environment.Initial(model.Slots.Select(slot => slot.Slot).ToList().IndexOf(8));
        for (var slot = 8; slot < 23; slot++)
        {
            var (seen, devices) = (Rows(happened[slot]), model.Slots[state.At].Devices);
            for (var round = 0; round < rounds; round++)
            {
                int[] turn = [.. Enumerable.Range(0, 60).Where(i => devices[i].Covered && RoundOf(scenario, i, slot) == round)];
                environment.Observe(state, turn, batch);
                watcher.Decide(batch, new int[turn.Length], trace);
                for (var row = 0; row < turn.Length; row++)
                    Assert.Equal(seen[turn[row]].State, trace.State(row).ToArray());
                int[] choices = Array.ConvertAll(turn, i => seen[i].Action);
                migrations += turn.Where((_, row) => batch.IsMove(row, choices[row])).Count();
                environment.Place(state, turn, batch, choices);
                rows += turn.Length;
            }

            environment.EndSlot(state, rewards);
            foreach (var (device, row) in seen)
                Assert.Equal(row.Reward, rewards[device]);
        }

        Assert.True(rows > 700 && migrations > 50, $"{rows} decisions and {migrations} migrations were compared");
    }

    [Fact]
    public async Task With_both_the_emulation_takes_over_in_the_second_half()
    {
        var scenario = City with { Learning = City.Learning with { TrainOn = TrainingGround.Both, PretrainingSlots = 0 } };
        var reports = new List<(int Slot, bool There)>();
        var honest = await Train(scenario, batch => Note(batch, reports));

        Assert.All(reports, report => Assert.Equal(report.Slot < 12, report.There)); // half of 24

        // The last decision of the first half is the second one's: only then it is known what followed it.
        var (early, late) = (await Train(scenario, batch => Spoilt(batch, batch.Slot < 11)), await Train(scenario, batch => Spoilt(batch, batch.Slot >= 12)));
        Assert.Equal(PolicyFile.Hash(honest.Policy!.Weights), PolicyFile.Hash(early.Policy!.Weights));
        Assert.NotEqual(PolicyFile.Hash(honest.Policy!.Weights), PolicyFile.Hash(late.Policy!.Weights));

        static EpisodeBatch Note(EpisodeBatch batch, List<(int, bool)> reports)
        {
            reports.Add((batch.Slot, batch.Report is not null));
            return batch;
        }

        static EpisodeBatch Spoilt(EpisodeBatch batch, bool spoil) => spoil
            ? batch with { Rows = batch.Rows with { Rewards = Array.ConvertAll(batch.Rows.Rewards, reward => 2 * reward - 1) } }
            : batch;
    }

    private static async Task<RunOutcome> Train(Scenario scenario, Func<EpisodeBatch, EpisodeBatch>? change = null, Action<PolicyWeights>? untrained = null)
    {
        var world = World.Create(scenario);
        Func<Trainer> newTrainer = () =>
        {
            var trainer = new Trainer(scenario, world.Topology);
            untrained?.Invoke(trainer.Weights);
            return trainer;
        };

        return await Emulation.RunAsync(
            world, new EmulationOptions { Training = true, WorkerThreads = 2 }, null, null, CancellationToken.None,
            start => Props.Create(() => new Tap(start, newTrainer, change ?? (batch => batch)))).WaitAsync(TimeSpan.FromMinutes(2));
    }

    private static int RoundOf(Scenario scenario, int device, int slot) => scenario.Decisions.Rounds == 1
        ? 0
        : RandomStreams.ToIndex(RandomStreams.Uniform(scenario.Seed, device, slot, Purpose.DecisionRound), scenario.Decisions.Rounds);

    private static Dictionary<int, (int Action, float Reward, float[] State)> Rows(List<EpisodeBatch> zones)
    {
        var (rows, width) = (new Dictionary<int, (int, float, float[])>(), PolicyShape.StateWidth(DecisionState.Diten, 5));
        foreach (var zone in zones.Select(batch => batch.Rows))
            for (int row = 0, at = 0; row < zone.Count; row++)
                if (zone.CandidateCounts[row] > 0)
                    rows.Add(zone.Devices[row], (zone.Actions[row], zone.Rewards[row], zone.States[(at * width)..(++at * width)]));
        return rows;
    }

    /// <summary>Stands before a learner, and changes what zones tell it.</summary>
    private sealed class Tap : UntypedActor
    {
        private readonly IActorRef _learner;
        private readonly Func<EpisodeBatch, EpisodeBatch> _change;

        public Tap(ZoneStart start, Func<Trainer> trainer, Func<EpisodeBatch, EpisodeBatch> change) =>
            (_learner, _change) = (Context.ActorOf(Props.Create(() => new LearnerActor(start, trainer))), change);

        protected override void OnReceive(object message) => _learner.Forward(message is EpisodeBatch batch ? _change(batch) : message);
    }
}
