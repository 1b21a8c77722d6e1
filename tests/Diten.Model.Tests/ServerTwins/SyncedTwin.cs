using Diten.Model.Faults;
using Diten.Model.Scenarios;
using Diten.Model.ServerTwins;
using Diten.Model.Worlds;

namespace Diten.Model.Tests.ServerTwins;

/// <summary>A server's syncs, the faulty links between it and its twin, and the twin, by the rules alone.</summary>
internal sealed class SyncedTwin
{
    private readonly Scenario _scenario;
    private readonly FaultPlan _faults;
    private readonly int _server;
    private readonly LinkChannel<SynchronizeTwin> _syncs = new();
    private readonly LinkChannel<TwinWord> _words = new();
    private int _next = 1, _wholeFrom = -1, _published;
    private bool _asked;

    /// <summary>A twin that knows what its server was like before slot 0.</summary>
    public SyncedTwin(World world, int server)
    {
        (_scenario, _faults, _server) = (world.Scenario, world.Faults, server);
        Twin = ServerTwin.Apply(ServerTwinState.Fresh(server), new TwinSynchronized(0, -1, FreeHertz(-1), Tasks(-1)), _scenario.Twins);
    }

    public ServerTwinState Twin { get; private set; }

    /// <summary>All that happened to it, in order.</summary>
    public List<TwinEvent> Happened { get; } = [];

    /// <summary>Syncs that were sent.</summary>
    public List<SynchronizeTwin> Sent { get; } = [];

    public int Accepted { get; private set; }

    /// <summary>Syncs that were lost; that the twin refused, or that were broken.</summary>
    public int Lost { get; private set; }

    public int Refused { get; private set; }

    public int OnTheirWay => _syncs.Save().Count(sync => !sync.Copy);

    public int AgeIn(int slot) => slot - 1 - Twin.SyncedSlot;

    public static double FreeHertz(int slot) => 1e9 * (10 + (slot + 8) * 7 % 13);

    public static int Tasks(int slot) => (slot + 3) * 5 % 11;

    /// <summary>A city of 400 servers with its faults.</summary>
    public static World City(TwinsSection twins, params Fault[] faults) => World.Create(new Scenario
    {
        AreaSideMetres = 2000,
        Stations = new StationsSection { DensityPerSquareMetre = 1e-4 },
        Twins = twins with { DeviationSource = DeviationSource.Emergent },
        Devices = new DevicesSection { Count = 1 },
        Faults = new FaultMap(faults),
    });

    /// <summary>Lets a slot pass: the server syncs, and the twin takes what comes and answers.</summary>
    public void Step(int slot)
    {
        var sync = new SynchronizeTwin(_server, _next, slot, FreeHertz(slot), Tasks(slot), _asked || _wholeFrom >= 0);
        if (_asked && _scenario.Twins.Resync == TwinResync.UntilHeard && _wholeFrom < 0)
            _wholeFrom = _next;
        _asked = false;
        _next++;
        Sent.Add(sync);
        var fate = _faults.FateOf(FaultWhat.Sync, _server, slot);
        Lost += fate.Lost ? 1 : 0;
        _syncs.Send(sync, fate, slot);
        var due = new List<InTransit<SynchronizeTwin>>();
        _syncs.TakeDue(slot, -1, due);
        Refused += due.Count(arrived => arrived.Corrupted && !arrived.Copy);

        List<SynchronizeTwin> arrived = [.. due.Where(sync => !sync.Corrupted).Select(sync => sync.Message)];
        var trouble = _faults.TroubleOf(_server, slot);
        var taken = trouble.Listens
            ? TwinSyncs.Take(Twin, arrived, _faults.SkewSlots(_server, slot), _scenario.Twins, Happened)
            : TwinSyncs.Refuse(Twin, arrived);
        (Accepted, Refused) = (Accepted + taken.Accepted, Refused + taken.Refused);
        Twin = ServerTwin.EndSlot(taken.State, slot, _scenario.Twins, Happened);
        if (trouble.Forgets)
            Twin = ServerTwin.Forget(Twin, trouble.DeadSince, _scenario, Happened);
        if (taken.Heard is { } heard)
            _words.Send(new TwinWord(true, heard.Sequence), _faults.FateOf(FaultWhat.Request, _server, slot, round: 0), slot);
        if (taken.Request is { } request)
            _words.Send(new TwinWord(false, request.From), _faults.FateOf(FaultWhat.Request, _server, slot), slot);
        Hear(slot);
        _published = slot;
    }

    /// <summary>What the twin publishes at the end of the last slot.</summary>
    public TwinEstimate Published() => ServerTwin.Publish(Twin, _scenario, _faults, _published, -1);

    private void Hear(int slot)
    {
        var due = new List<InTransit<TwinWord>>();
        _words.TakeDue(slot, -1, due);
        foreach (var word in due.Where(word => !word.Corrupted))
        {
            if (!word.Message.IsHeard)
                _asked = true;
            else if (word.Message.Number >= _wholeFrom)
                _wholeFrom = -1;
        }
    }
}
