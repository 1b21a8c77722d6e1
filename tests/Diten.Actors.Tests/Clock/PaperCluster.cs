using Akka.Actor;
using Diten.Model.Records;
using Diten.Model.Statistics;

namespace Diten.Actors.Tests.Clock;

/// <summary>
/// A clock, nodes, zones and an observer on paper, and between them a network that loses, repeats and holds back messages and a hand that kills
/// nodes and clocks: all drawn from one seed, so that a run that goes wrong goes wrong again. Between two of them messages keep their order.
/// </summary>
internal sealed class PaperCluster
{
    private const int StepsOfPatience = 60_000;
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(10);

    private readonly Random _random;
    private readonly double _loss;
    private readonly PaperCity _city;
    private readonly RunSpec _run;
    private readonly List<RunEvent> _journal = [];
    private readonly HashSet<(int Zone, int Slot)> _checkpoints = [];
    private readonly List<(IActorRef From, IActorRef To, Queue<object> Letters)> _network = [];
    private readonly SortedDictionary<string, PaperHost> _hosts = new(StringComparer.Ordinal);
    private readonly List<string> _said = [];
    private readonly List<byte[]> _taken = [];
    private readonly PaperRef _observer = new("observer");
    private ClockState _state = null!;
    private PaperRef _clock = null!;
    private TimeSpan _now;
    private int _names, _clocks;
    private bool _accepted;
    private object? _end;

    public PaperCluster(int seed, PaperCity city, double loss, int nodes)
    {
        (_random, _city, _loss, _run) = (new Random(seed), city, loss, PaperClock.Run(nodes));
        for (var node = 0; node < nodes; node++)
            AddHost();
        NewClock();
    }

    /// <summary>What was said and done last, for whoever wants to know why it went wrong.</summary>
    public string Story => string.Join(Environment.NewLine, _said.TakeLast(60));

    /// <summary>Goes on until the run has ended; returns what the observer was told.</summary>
    /// <param name="deeds">How often, in a thousand steps, something is done to a node or the clock.</param>
    public object? Run(int deeds)
    {
        for (var step = 0; step < StepsOfPatience && _end is null; step++)
        {
            _now += Step;
            if (step % 50 == 49)
                Tell(_clock, ClockSignal.Tick, _clock);
            if (step % 500 == 499)
                Tell(_clock, ClockSignal.Look, _clock);
            if (step % 30 == 0)
                Send(_observer, _clock, _accepted ? new WatchRun("run", _taken.Count - 1) : new SubmitRun(_run, _taken.Count - 1));
            foreach (var host in _hosts.Values.Where(host => host.Leaving && step % 50 == 25))
                Send(host.Self, _clock, new LeaveRequested());
            if (_random.Next(1000) < deeds)
                DoSomething();
            Deliver();
        }

        return _end;
    }

    private void DoSomething()
    {
        string[] nodes = [.. _hosts.Keys];
        switch (_random.Next(5))
        {
            case 0 when nodes.Length > 1:
                Kill(nodes[_random.Next(nodes.Length)]);
                break;
            case 1 when nodes.Length > 0:
                _hosts[nodes[_random.Next(nodes.Length)]].Leaving = true;
                _said.Add("a node wants to leave");
                break;
            case 2 when nodes.Length < 4:
                AddHost();
                ShowHosts();
                break;
            case 3:
                NewClock();
                break;
        }

        if (_hosts.Values.All(host => host.Leaving))
        {
            AddHost(); // otherwise the run would be right to stop
            ShowHosts();
        }
    }

    private void AddHost()
    {
        var name = FormattableString.Invariant($"node-{_names++}");
        _hosts[name] = new PaperHost(new PaperRef(name), name);
        _said.Add($"{name} is there");
    }

    private void Kill(string node)
    {
        _said.Add($"{node} is killed");
        var host = _hosts[node];
        _hosts.Remove(node);
        _network.RemoveAll(pair => host.IsHere(pair.To) || host.IsHere(pair.From));
        ShowHosts();
    }

    private void NewClock()
    {
        _network.RemoveAll(pair => pair.To.Equals(_clock) || pair.From.Equals(_clock));
        _clock = new PaperRef($"clock-{++_clocks}");
        _said.Add($"{_clock.Path.Name} takes over");
        _state = ClockState.Fresh(new ClockSetup(RunPlans.Of(_city.Plan), ActorRefs.Nobody, "", Durable: true, LetZonesGo: true));
        ShowHosts();
    }

    private void ShowHosts() =>
        Tell(_clock, new HostsSeen([.. _hosts.Select(host => new SeenHost(host.Key, host.Value.Self, true))], []), _clock);

    private void Send(IActorRef from, IActorRef to, object message)
    {
        var copies = _random.NextDouble() < _loss ? 0 : _random.NextDouble() < _loss ? 2 : 1;
        var at = _network.FindIndex(pair => pair.From.Equals(from) && pair.To.Equals(to));
        if (at < 0)
        {
            _network.Add((from, to, new Queue<object>()));
            at = _network.Count - 1;
        }

        for (var copy = 0; copy < copies; copy++)
            _network[at].Letters.Enqueue(message);
    }

    /// <summary>Some letters arrive, of pairs drawn at random.</summary>
    private void Deliver()
    {
        for (var letter = 0; letter < 6; letter++)
        {
            _network.RemoveAll(pair => pair.Letters.Count == 0);
            if (_network.Count == 0)
                return;
            var (from, to, letters) = _network[_random.Next(_network.Count)];
            Take(letters.Dequeue(), from, to);
        }
    }

    private void Take(object message, IActorRef from, IActorRef to)
    {
        _said.Add($"{from.Path.Name} → {to.Path.Name}: {message.GetType().Name}");
        if (to.Equals(_clock))
            Tell(_clock, message, from);
        else if (to.Equals(_observer))
            Observe(message, from);
        else if (_hosts.Values.FirstOrDefault(host => host.IsHere(to)) is { } host)
            host.Take(message, from, to, _city, _checkpoints, Send, Leave);
    }

    private void Leave(PaperHost host)
    {
        _said.Add($"{host.Name} leaves");
        Assert.DoesNotContain(host.Zones.Keys, zone => _state.Run?.Epoch?.Zones.Contains(zone) == true); // they are needed
        _hosts.Remove(host.Name);
        ShowHosts();
    }

    private void Observe(object message, IActorRef from)
    {
        switch (message)
        {
            case RunAccepted:
                _accepted = true;
                break;
            case RunUnknown:
                _accepted = false;
                break;
            case SlotReport report when report.Slot < _taken.Count:
                Assert.Equal(_taken[report.Slot], report.Digest);
                Send(_observer, from, new ReportTaken("run", _taken.Count - 1));
                break;
            case SlotReport report when report.Slot == _taken.Count:
                _taken.Add(report.Digest);
                Send(_observer, from, new ReportTaken("run", report.Slot));
                break;
            case RunEnded or RunFailed:
                _end = message;
                break;
        }
    }

    private void Tell(IActorRef clock, object message, IActorRef sender)
    {
        var (state, effects) = RunCoordinator.On(_state, message, sender, _now);
        _state = state;
        foreach (var effect in effects)
            Do(clock, effect);
    }

    private void Do(IActorRef clock, ClockEffect effect)
    {
        switch (effect)
        {
            case ClockEffect.Tell tell when !tell.To.IsNobody():
                Send(clock, tell.To, tell.Message);
                break;
            case ClockEffect.Repeat repeat:
                Send(clock, repeat.To, repeat.Message);
                break;
            case ClockEffect.OpenJournal:
                Tell(clock, new RunRecovered(_journal.Aggregate(RunHistory.Empty, (history, happened) => history.Apply(happened))), clock);
                break;
            case ClockEffect.Record record:
                _journal.Add(record.Event);
                Tell(clock, new RunEventStored(record.Event), clock);
                break;
            case ClockEffect.MakeReady make:
                Tell(clock, new RunPrepared(make.Run.RunId, new PreparedRun(_city.Plan, "")), clock);
                break;
            case ClockEffect.Unknown unknown:
                Assert.Fail($"The clock does not know {unknown.Message}.");
                break;
        }
    }
}

/// <summary>A node on paper, with its zones: they answer as zones do.</summary>
internal sealed class PaperHost(PaperRef self, string name)
{
    private long _epoch;
    private ZonesStarted? _started;

    public PaperRef Self => self;

    public string Name => name;

    public bool Leaving { get; set; }

    public Dictionary<IActorRef, PaperZone> Zones { get; } = [];

    public bool IsHere(IActorRef actor) => actor.Equals(self) || Zones.ContainsKey(actor);

    public void Take(
        object message, IActorRef from, IActorRef to, PaperCity city, HashSet<(int, int)> checkpoints, Action<IActorRef, IActorRef, object> send,
        Action<PaperHost> leave)
    {
        switch (message)
        {
            case PrepareRun prepare:
                send(self, from, PaperCity.Ready(prepare.Run.RunId, name));
                break;
            case StartZones start when start.Epoch > _epoch:
                (_epoch, _started) = (start.Epoch, new ZonesStarted(start.Epoch, [.. start.Zones.Select(zone => new ZoneLink(zone, new PaperRef($"zone-{zone}@{start.Epoch}")))]));
                Zones.Clear();
                foreach (var zone in _started.Zones)
                    Zones[zone.Ref] = new PaperZone(zone.Zone, start.Epoch, start.FromSlot);
                foreach (var zone in start.Zones.Where(_ => start.FromSlot > 0))
                    Assert.Contains((zone, start.FromSlot), checkpoints);
                send(self, from, _started);
                break;
            case StartZones start when start.Epoch == _epoch:
                send(self, from, _started!);
                break;
            case MayLeave when Leaving:
                leave(this);
                break;
            case StopZones:
                (_epoch, _started) = (0, null);
                Zones.Clear();
                break;
            default:
                if (Zones.TryGetValue(to, out var there))
                    foreach (var answer in there.Take(message, city, checkpoints))
                        send(to, from, answer);
                break;
        }
    }
}

/// <summary>A zone on paper.</summary>
internal sealed class PaperZone(int zone, long epoch, int fromSlot)
{
    private int _done = fromSlot - 1;
    private bool _started;

    public IEnumerable<object> Take(object message, PaperCity city, HashSet<(int, int)> checkpoints)
    {
        switch (message)
        {
            case StartZone:
                _started = true;
                yield return new ZoneReady(zone, epoch);
                break;
            case BeginSlot begin when begin.Slot == _done || begin.Slot == _done + 1:
                Assert.True(_started);
                if (begin.CheckpointFirst && checkpoints.Add((zone, begin.Slot)) | begin.Slot == _done + 1 && begin.CheckpointFirst)
                    yield return new CheckpointWritten(zone, epoch, begin.Slot);
                _done = begin.Slot;
                yield return city.Completed(zone, epoch, begin.Slot);
                break;
            case WriteCheckpoint write when write.Slot == _done + 1 || checkpoints.Contains((zone, write.Slot)):
                checkpoints.Add((zone, write.Slot));
                yield return new CheckpointWritten(zone, epoch, write.Slot);
                break;
            case CloseZone:
                yield return new ZoneClosed(zone, epoch, new LatencyHistogram());
                break;
        }
    }
}
