using Akka.Actor;
using Diten.Actors.Metering;

namespace Diten.Actors;

/// <summary>
/// What a zone and its neighbours send each other, phase by phase. Messages between nodes can be lost, come late or twice: each exchange is
/// kept until its slot is well over, is sent again to who asks for it, and counts once.
/// </summary>
internal sealed class NeighbourExchanges(IActorRef self, Courier courier)
{
    /// <summary>A neighbour can be a phase behind: it may ask for the last phase of the slot before.</summary>
    private const int SlotsKept = 2;

    private static readonly KeyValuePair<string, object?> FromZone = InstrumentTable.Resends.With("zone");

    private readonly SortedList<int, IActorRef> _neighbours = [];
    private readonly Dictionary<(int Slot, int Phase), Received> _received = [];
    private readonly Dictionary<(int Slot, int Phase, int To), ZoneExchange> _sent = [];
    private List<ZoneExchange> _early = [];
    private bool _connected;
    private (int Slot, int Phase) _done = (-2, 0);

    /// <summary>Says who the neighbours are and where they live.</summary>
    public void Connect(IReadOnlyList<ZoneLink> neighbours)
    {
        foreach (var neighbour in neighbours)
            _neighbours[neighbour.Zone] = neighbour.Ref;
        _connected = true;
        foreach (var exchange in _early)
            Admit(exchange);
        _early = [];
    }

    /// <summary>Sends every neighbour what there is for it, even if nothing.</summary>
    public void Send(ZoneOutboxes outboxes, Phase phase)
    {
        foreach (var (neighbour, zone) in _neighbours)
        {
            var exchange = outboxes.TakeExchange(neighbour, phase);
            if (Courier.IsRemote(zone))
                _sent[(phase.Slot, phase.Index, neighbour)] = exchange;
            courier.Send(zone, exchange, self);
        }
    }

    /// <summary>Takes in what a neighbour sent; what came before, or is of a phase that is over, counts for nothing.</summary>
    public void Admit(ZoneExchange exchange)
    {
        if (!_connected)
        {
            _early.Add(exchange); // the clock's word comes later than a neighbour's
            return;
        }

        var key = (exchange.Slot, exchange.PhaseIndex);
        if (key.CompareTo(_done) <= 0)
            return;
        if (!_received.TryGetValue(key, out var received))
            _received[key] = received = new Received(_neighbours.Count);
        received.Add(_neighbours.IndexOfKey(exchange.From), exchange);
    }

    /// <summary>What all neighbours sent in a phase, by zone id; null while one is missing.</summary>
    public IReadOnlyList<ZoneExchange>? TakeIfComplete(Phase phase)
    {
        var key = (phase.Slot, phase.Index);
        if (_neighbours.Count > 0 && _received.GetValueOrDefault(key)?.Count != _neighbours.Count)
            return null;
        _done = key;
        return _received.Remove(key, out var received) ? received.All : [];
    }

    /// <summary>Neighbours from which nothing of a phase has come, ascending.</summary>
    public int[] Silent(Phase phase)
    {
        var heard = _received.GetValueOrDefault((phase.Slot, phase.Index));
        return [.. _neighbours.Keys.Where((_, place) => heard?.Has(place) != true)];
    }

    /// <summary>Asks the neighbours on other nodes that are silent to send again.</summary>
    public void AskAgain(int zone, Phase phase)
    {
        foreach (var neighbour in Silent(phase))
            if (Courier.IsRemote(_neighbours[neighbour]))
                _neighbours[neighbour].Tell(new ResendExchange(neighbour, zone, phase.Slot, phase.Index), self);
    }

    /// <summary>Sends again what a neighbour did not get; nothing where it has not been sent yet.</summary>
    public void Resend(ResendExchange wanted)
    {
        if (!_sent.TryGetValue((wanted.Slot, wanted.PhaseIndex, wanted.To), out var exchange))
            return;
        Instruments.OfProcess.Resends.Add(1, FromZone);
        courier.Send(_neighbours[wanted.To], exchange, self);
    }

    /// <summary>Lets go what nobody can ask for any more.</summary>
    public void BeginSlot(int slot)
    {
        foreach (var key in _sent.Keys.Where(key => key.Slot <= slot - SlotsKept).ToArray())
            _sent.Remove(key);
    }

    /// <summary>What has come of one phase, by the neighbours' places.</summary>
    private sealed class Received(int neighbours)
    {
        private readonly ZoneExchange[] _exchanges = new ZoneExchange[neighbours];

        public int Count { get; private set; }

        public IReadOnlyList<ZoneExchange> All => _exchanges;

        public bool Has(int place) => _exchanges[place] is not null;

        public void Add(int place, ZoneExchange exchange)
        {
            if (_exchanges[place] is not null)
                return; // it came twice
            _exchanges[place] = exchange;
            Count++;
        }
    }
}
