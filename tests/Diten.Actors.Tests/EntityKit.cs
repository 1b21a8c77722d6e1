using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using Diten.Actors.Runtime;
using Diten.Model;
using Diten.Model.Faults;
using Diten.Model.Scenarios;
using Diten.Model.Worlds;

namespace Diten.Actors.Tests;

/// <summary>One real entity of a city of 3 × 3 stations; its zone, by which it writes to everybody, is a probe.</summary>
public abstract class EntityKit : TestKit
{
    /// <summary>Three zones of three stations (0 to 2, 3 to 5, 6 to 8); servers and twins bear the ids of their stations.</summary>
    protected static readonly Scenario Scenario = new()
    {
        AreaSideMetres = 450,
        Stations = new StationsSection { DensityPerSquareMetre = 9 / (450.0 * 450.0) },
        Radio = new RadioSection { Channels = 0 },
        Twins = new TwinsSection { DeviationSource = DeviationSource.Emergent, HostsBlock = 1 },
        Decisions = new DecisionsSection { Rounds = 1, Candidates = 5 },
        Policy = new PolicySection { Name = "nearest-first" },
        Zones = new ZonesSection { Columns = 3, Rows = 1 },
    };

    protected static readonly World World = World.Create(Scenario);

    private static readonly CityPlan Plan = CityPlan.Create(World);

    private readonly ZoneDirectory _directory;

    /// <summary>Waiting longer costs nothing where messages come, and saves a loaded machine from false alarms.</summary>
    public const string Patience = "akka.test.single-expect-default = 20s";

    protected EntityKit()
        : base(Patience)
    {
        Zone = CreateTestProbe("zone");
        _directory = new ZoneDirectory(Plan, 1, Zone);
    }

    /// <summary>The zone in the middle, parent of the entity under test.</summary>
    protected TestProbe Zone { get; }

    protected IActorRef NewServer(int id, Scenario? scenario = null)
    {
        var world = scenario is null ? World : World.Create(scenario);
        return Wired(EntityKind.Server, id, Props.Create(() => new EdgeServerActor(world, id)), world);
    }

    protected IActorRef NewStation(int id) => Wired(EntityKind.Station, id, Props.Create(() => new BaseStationActor(World, id, 0)));

    /// <param name="world">Null = <see cref="World"/>; another one has the same stations and servers.</param>
    protected IActorRef NewTwin(int id, World? world = null, bool journal = false) =>
        Wired(EntityKind.Twin, id, Props.Create(() => new ServerTwinActor(world ?? World, id, journal)));

    private protected static BeginPhase Begin(PhaseKind kind, int slot = 0) => new(new Phase(slot, 0, kind, kind is PhaseKind.Report or PhaseKind.Learn ? 0 : -1));

    /// <summary>The zone hears that a phase is done; what was sent before that has arrived, or lies in the outbox.</summary>
    private protected T ExpectDone<T>(PhaseKind kind) where T : PhaseDone
    {
        PhaseDone done = Zone.ExpectMsg<T>(done => Assert.Equal(kind, done.Phase.Kind));
        return (T)(done with { Outbox = done.Outbox?.ToArray() }); // the entity writes over it in its next phase
    }

    /// <summary>What an entity writes to others, as far as it is of one type: its zone gets it when the phase is done.</summary>
    private protected static T[] Sent<T>(PhaseDone done) => [.. (done.Outbox ?? []).Select(mail => mail.Message).OfType<T>()];

    /// <summary>What an entity tells all stations in reach.</summary>
    private protected static T[] Published<T>(PhaseDone done) => [.. (done.Outbox ?? [])
        .Where(mail => mail is { Kind: EntityKind.Station, Id: ZoneMail.AllInReach }).Select(mail => mail.Message).OfType<T>()];

    /// <summary>The entity fails, and says who and why.</summary>
    protected void ExpectFailure(string entity, string why) => Zone.FishForMessage<EntityFailed>(failed =>
    {
        Assert.Equal(entity, failed.Entity);
        Assert.Contains(why, failed.Reason.Message);
        return true;
    });

    /// <summary>Nobody knows what to do with the message: that fails the run (see <see cref="LostMessageActor"/>).</summary>
    protected void ExpectUnhandled(IActorRef entity, object message)
    {
        Sys.EventStream.Subscribe(TestActor, typeof(Akka.Event.UnhandledMessage));
        entity.Tell(message);
        ExpectMsg<Akka.Event.UnhandledMessage>(unhandled => Assert.Same(message, unhandled.Message));
    }

    /// <summary>What faults of links were offered and hit at the entity that was made last; null where it has none.</summary>
    protected FaultTally? Tally { get; private set; }

    private IActorRef Wired(EntityKind kind, int id, Props props, World? world = null)
    {
        Tally = world is null || world.Faults.IsEmpty ? null : new FaultTally(world.Faults.All.Count);
        var entity = Zone.ChildActorOf(props, EmulationProps.ReportAndRestart);
        _directory.All(kind)[id - 3] = entity;
        entity.Tell(new WireUp(_directory, new Workspace(World.Scenario.Decisions.Candidates) { Tally = Tally }), Zone);
        return entity;
    }
}
