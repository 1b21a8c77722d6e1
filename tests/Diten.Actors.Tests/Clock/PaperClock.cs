using Akka.Actor;

namespace Diten.Actors.Tests.Clock;

/// <summary>A clock without an actor: journal and preparation answer at once, all else that it says is kept.</summary>
internal sealed class PaperClock
{
    private readonly List<(IActorRef To, object Message, bool Again)> _said = [];
    private readonly Queue<RunEvent> _held = new();
    private readonly PaperCity _city;
    private readonly SortedDictionary<string, SeenHost> _hosts = new(StringComparer.Ordinal);

    public PaperClock(PaperCity city, bool durable = true, bool allowOtherCpus = false)
    {
        _city = city;
        State = ClockState.Fresh(new ClockSetup(
            RunPlans.Of(city.Plan), ActorRefs.Nobody, "", allowOtherCpus, durable, LetZonesGo: true));
    }

    public ClockState State { get; private set; }

    public TimeSpan Now { get; set; }

    /// <summary>What the journal knows already.</summary>
    public RunHistory History { get; set; } = RunHistory.Empty;

    /// <summary>Of the world that the clock's node reads.</summary>
    public string Fingerprint { get; init; } = "";

    /// <summary>Tells operators what the clock does; null = nobody does.</summary>
    public ClockMeter? Meter { get; init; }

    /// <summary>Whether the journal takes its time, until <see cref="Store"/>.</summary>
    public bool JournalIsSlow { get; set; }

    public Stage? Stage => State.Run?.Stage;

    public PaperRef Observer { get; } = new("observer");

    public static RunSpec Run(int nodes = 2, int checkpointEvery = 5, bool training = false) => new(
        "run", "town", "", nodes, new EmulationOptions { CheckpointEverySlots = checkpointEvery, Training = training, StuckAfterSeconds = 10 });

    /// <summary>Puts the run into a state that would take long to come to.</summary>
    public void Assume(Func<RunState, RunState> change) => State = State with { Run = change(State.Run!) };

    /// <summary>Takes a message; returns what was said because of it.</summary>
    public IReadOnlyList<(IActorRef To, object Message, bool Again)> On(object message, IActorRef? sender = null)
    {
        _said.Clear();
        Take(message, sender ?? ActorRefs.Nobody);
        return [.. _said];
    }

    /// <summary>Messages of a kind that were said to somebody because of the last message.</summary>
    public IReadOnlyList<T> Said<T>(IActorRef? to = null) =>
        [.. _said.Where(said => to is null || said.To.Equals(to)).Select(said => said.Message).OfType<T>()];

    /// <summary>Half a second later.</summary>
    public void Tick()
    {
        Now += TimeSpan.FromMilliseconds(500);
        On(ClockSignal.Tick);
    }

    public PaperRef HostOf(string node) => (PaperRef)_hosts[node].Ref;

    public PaperRef ZoneOf(int zone) => (PaperRef)State.Run!.Epoch!.Zones[zone];

    public void Add(params string[] nodes)
    {
        foreach (var node in nodes)
            _hosts[node] = new SeenHost(node, new PaperRef(node), true);
        Show();
    }

    public void Lose(string node)
    {
        _hosts.Remove(node);
        Show();
    }

    public void AnswerReady(string node, bool learns = false) =>
        On(PaperCity.Ready(State.Run!.Id, node, learns), HostOf(node));

    /// <summary>Nodes are there and ready, zones have started: slot 0 has begun.</summary>
    public void BeginRun(RunSpec run, params string[] nodes)
    {
        On(new SubmitRun(run with { Nodes = nodes.Length }, -1), Observer);
        Add(nodes);
        foreach (var node in nodes)
            AnswerReady(node);
        StartZones();
        ReadyZones();
    }

    /// <summary>All hosts start what they were told to.</summary>
    public void StartZones()
    {
        var epoch = State.Run!.Epoch!;
        for (var host = 0; host < epoch.Hosts.Count; host++)
            On(new ZonesStarted(
                epoch.Number, [.. epoch.Placed[host].Zones.Select(zone => new ZoneLink(zone, new PaperRef($"zone-{zone}@{epoch.Number}")))]), epoch.Hosts[host].Ref);
    }

    public void ReadyZones()
    {
        var epoch = State.Run!.Epoch!;
        foreach (var zone in epoch.All)
            On(new ZoneReady(zone, epoch.Number), epoch.Zones[zone]);
    }

    /// <summary>All zones complete the slot that goes on, and the observer takes it.</summary>
    public void CompleteSlot()
    {
        var epoch = State.Run!.Epoch!;
        foreach (var zone in epoch.All)
            On(_city.Completed(zone, epoch.Number, epoch.Slot), epoch.Zones[zone]);
        if (State.Run is not null)
            On(new ReportTaken("run", epoch.Slot), Observer);
    }

    /// <summary>The journal takes what it was slow with.</summary>
    public void Store()
    {
        while (_held.TryDequeue(out var happened))
            Take(new RunEventStored(happened), ActorRefs.Nobody);
    }

    private void Show() => On(new HostsSeen([.. _hosts.Values], []));

    private void Take(object message, IActorRef sender)
    {
        var (state, effects) = RunCoordinator.On(State, message, sender, Now);
        Meter?.See(State, state, effects, Now);
        State = state;
        foreach (var effect in effects)
            Do(effect);
    }

    private void Do(ClockEffect effect)
    {
        switch (effect)
        {
            case ClockEffect.Tell tell:
                _said.Add((tell.To, tell.Message, false));
                break;
            case ClockEffect.Repeat repeat:
                _said.Add((repeat.To, repeat.Message, true));
                break;
            case ClockEffect.OpenJournal:
                Take(new RunRecovered(State.Setup.Durable ? History : RunHistory.Empty), ActorRefs.Nobody);
                break;
            case ClockEffect.Record record when JournalIsSlow:
                _held.Enqueue(record.Event);
                break;
            case ClockEffect.Record record:
                Take(new RunEventStored(record.Event), ActorRefs.Nobody);
                break;
            case ClockEffect.MakeReady make:
                Take(new RunPrepared(make.Run.RunId, new PreparedRun(_city.Plan, Fingerprint)), ActorRefs.Nobody);
                break;
        }
    }
}
