using Akka.Actor;
using Diten.Actors;
using Diten.Actors.Tests.Lossy;
using Diten.Model.Policies.Networks;
using Diten.Model.Scenarios;

namespace Diten.Learning.Tests;

/// <summary>
/// Each message to and from a learner on another node than the clock and a zone, lost once, twice there, or late: the training ends with the
/// digest and the policy that it has undisturbed.
/// </summary>
public abstract class LostLearnerMessageTests(TrainingLab lab)
{
    protected abstract Fate Fate { get; }

    [Theory]
    [InlineData("lb1", 1, "left")]      // decisions of a zone, to the learner: of the first slot,
    [InlineData("lb1", 4, "left")]      // of the last one before a version is due,
    [InlineData("lb1", 5, "left")]      // and of the slot after a checkpoint
    [InlineData("zr1", 1, "right")]     // it is ready, with the first policy; or its neighbour is
    [InlineData("zr1", 2, "right")]
    [InlineData("zc2", 7, "right")]     // a slot is done there, with the policy of the next one
    [InlineData("zc2", 8, "right")]
    [InlineData("zb1", 7, "left")]      // a slot begins there, in a zone with that policy, and in the learner
    [InlineData("zb1", 8, "left")]
    [InlineData("zb1", 9, "left")]
    [InlineData("zb1", 10, "left")]
    [InlineData("zk1", 1, "right")]     // a checkpoint is written
    [InlineData("zk1", 2, "right")]
    [InlineData("zd1", 2, "left")]      // it counts
    [InlineData("zs1", 2, "left")]      // the learner shall start
    [InlineData("zq1", 2, "left")]      // the run is over
    [InlineData("zz1", 1, "right")]     // and this is the last policy
    [InlineData("zz1", 2, "right")]
    public async Task A_message_of_a_training_that_meets_with_it_changes_nothing(string manifest, int number, string from) =>
        await ExpectTheSame(new Misfortune(manifest, Fate, number, from));

    [Fact]
    public async Task Decisions_that_have_to_be_asked_for_twice_come() =>
        await ExpectTheSame(new Misfortune("lb1", Fate.Lost, 3, "left"), new Misfortune("lr1", Fate, 1, "right"));

    private async Task ExpectTheSame(params Misfortune[] misfortunes)
    {
        var undisturbed = await lab.Undisturbed();

        var outcome = await lab.Train(misfortunes);

        Assert.Equal(misfortunes.Order(ByManifest), lab.Postman.Struck.Distinct().Order(ByManifest));
        Assert.Equal(Convert.ToHexString(undisturbed.Digest), Convert.ToHexString(outcome.Digest));
        Assert.Equal((undisturbed.Policy!.Version, PolicyFile.Hash(undisturbed.Policy.Weights)), (outcome.Policy!.Version, PolicyFile.Hash(outcome.Policy.Weights)));
    }

    private static readonly Comparer<Misfortune> ByManifest = Comparer<Misfortune>.Create((a, b) => string.CompareOrdinal(a.Manifest, b.Manifest));
}

/// <summary>Trains on two nodes.</summary>
public sealed class TrainingLab : Lab
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    /// <summary>Three versions of a policy, trained every four slots; checkpoints after every third.</summary>
    private static readonly Scenario City = new()
    {
        Slots = 12,
        AreaSideMetres = 200,
        Stations = new StationsSection { DensityPerSquareMetre = 1e-4 },
        Devices = new DevicesSection { Count = 20, SpeedMetresPerSecond = 40, JourneySlots = 6 },
        Decisions = new DecisionsSection { Candidates = 2 },
        Zones = new ZonesSection { Columns = 2, Rows = 1 },
        Learning = new LearningSection { Slots = 12, PeriodSlots = 4 },
    };

    private RunOutcome? _undisturbed;

    /// <summary>The training that nothing befalls.</summary>
    public async Task<RunOutcome> Undisturbed() => _undisturbed ??= await Train();

    /// <summary>A training whose messages meet with misfortunes.</summary>
    public async Task<RunOutcome> Train(params Misfortune[] misfortunes)
    {
        Postman.Expect(misfortunes);
        var options = new EmulationOptions { CheckpointEverySlots = 3, TwinJournal = true, StuckAfterSeconds = 10, Training = true };
        using var run = Begin(City, options, learner: start => Props.Create(() => new LearnerActor(start, () => new Trainer(City, start.Plan.World.Topology))));
        try
        {
            return await run.Outcome.WaitAsync(Soon);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"The training has not ended. The last letters:{Environment.NewLine}{Postman.Story}");
        }
    }
}

public sealed class LostOnceTests(TrainingLab lab) : LostLearnerMessageTests(lab), IClassFixture<TrainingLab>
{
    protected override Fate Fate => Fate.Lost;
}

public sealed class DeliveredTwiceTests(TrainingLab lab) : LostLearnerMessageTests(lab), IClassFixture<TrainingLab>
{
    protected override Fate Fate => Fate.Twice;
}

public sealed class DeliveredLateTests(TrainingLab lab) : LostLearnerMessageTests(lab), IClassFixture<TrainingLab>
{
    protected override Fate Fate => Fate.Late;
}
