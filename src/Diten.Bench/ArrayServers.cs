using Diten.Model.Randomness;
using Diten.Model.Scenarios;
using Diten.Model.Worlds;

namespace Diten.Bench;

/// <summary>All edge servers of <see cref="ArrayModel"/> and what their twins make others believe (model.md §1, Server and Sharing; §2).</summary>
internal sealed class ArrayServers
{
    /// <summary>What a deviation leaves of a share, at least.</summary>
    private const double Floor = 0.1;

    private readonly World _world;
    private readonly Scenario _scenario;
    private readonly CpuSharing _sharing;
    private readonly bool _injected, _onServer, _calibrated;
    private readonly ArrayFaults _faults;
    private int _slot;

    // By server. _tasks is what ran in the last slot, _known what the twins say in this one, _change what they will learn after the round.
    private readonly double[] _capacity, _background, _free, _twinFree, _deviation, _carriedSeconds;
    private readonly int[] _tasks, _known, _change;
    private readonly double[] _predicted, _predictedOwn, _actual;

    // A server's devices, where their order matters: those of _queue from _first[server] to _first[server + 1] - 1, ascending by _keys.
    private readonly int[] _first, _next, _queue;
    private readonly double[] _keys;

    public ArrayServers(World world)
    {
        (_world, _scenario, _sharing) = (world, world.Scenario, world.Scenario.Servers.Sharing);
        var twins = _scenario.Twins;
        if (twins.Estimator != TwinEstimator.LastValue)
            throw new NotSupportedException($"The array model has no twins.estimator {twins.Estimator}.");
        _faults = new ArrayFaults(world.Faults, _scenario, world.Topology.ServerCount);
        _injected = twins.DeviationSource == DeviationSource.Injected;
        (_onServer, _calibrated) = (twins.DeviationSide == DeviationSide.Server, twins.Calibrated);
        var (servers, devices) = (world.Topology.ServerCount, _scenario.Devices.Count);
        (_capacity, _background, _free) = (new double[servers], new double[servers], new double[servers]);
        (_twinFree, _deviation, _carriedSeconds) = (new double[servers], new double[servers], new double[servers]);
        (_tasks, _known, _change) = (new int[servers], new int[servers], new int[servers]);
        (_predicted, _predictedOwn, _actual) = (new double[servers], new double[servers], new double[servers]);
        (_first, _next, _queue, _keys) = (new int[servers + 1], new int[servers], new int[devices], new double[devices]);
        for (var server = 0; server < servers; server++)
            _capacity[server] = _scenario.Servers.FrequencyHertz.At(RandomStreams.Uniform(_scenario.Seed, server, 0, Purpose.Capacity));
    }

    /// <summary>Tasks of others at a server, as its twin says.</summary>
    /// <param name="own">Whether one of those that count there is the asking device's.</param>
    public int Others(int server, bool own) => Math.Max(_known[server] - (own ? 1 : 0), 0);

    /// <summary>Frequency that a task is predicted to get at a server, hertz; eqs. (8), (10).</summary>
    public double Predicted(int server, bool own) => own ? _predictedOwn[server] : _predicted[server];

    /// <summary>f: frequency for one more task as the twin tells it, hertz.</summary>
    /// <inheritdoc cref="Others" path="/param"/>
    public double Published(int server, bool own)
    {
        var share = Share(server, Others(server, own));
        return _injected && !_onServer ? Math.Max(share - _deviation[server], Floor * share) : share;
    }

    /// <summary>f̂ that the twin tells, hertz.</summary>
    public double Deviation(int server) => _deviation[server];

    /// <summary>Age of a server's twin when this slot is decided, slots.</summary>
    public int TwinAgeSlots(int server) => _faults.AgeSlots(server, _slot);

    /// <summary>Before slot 0: a device counts at the server that it is nearest to.</summary>
    public void CountPresence(int server) => _tasks[server]++;

    /// <summary>Whether a server runs nothing in this slot.</summary>
    public bool IsDown(int server) => _world.Faults.IsDown(Model.EntityKind.Server, server, _slot);

    /// <summary>Draws what is true in a slot, and publishes what twins know of the ones before.</summary>
    public void BeginSlot(int slot)
    {
        _slot = slot;
        var (seed, twins) = (_scenario.Seed, _scenario.Twins);
        for (var server = 0; server < _free.Length; server++)
        {
            _background[server] = slot == 0
                ? _world.Background.Initial(server)
                : _world.Background.Next(_background[server], server, slot);
            var free = _capacity[server] * (1 - _background[server]);
            if (slot == 0)
                _faults.Prime(server, free, _tasks[server]);
            // A control of experiments: the twin tells what is true of the slot before.
            var (held, exact) = (_faults.Held(server), twins.Exact);
            _twinFree[server] = slot > 0 && exact is TwinExact.Capacity or TwinExact.Both ? _free[server] : held.Free;
            _known[server] = slot > 0 && exact is TwinExact.Tasks or TwinExact.Both ? _tasks[server] : held.Tasks;
            _free[server] = free * _world.Faults.CapacityFactor(server, slot);
            if (_world.Faults.LosesQueue(server, slot))
                _carriedSeconds[server] = 0;
            if (_injected)
                _deviation[server] = twins.DeviationMeanHertz
                    + twins.DeviationStandardDeviationHertz * RandomStreams.Normal(seed, server, slot, Purpose.Deviation);
        }

        Predict();
    }

    /// <summary>Notes that a device has left a server, or none (-1), for another one; nobody knows before <see cref="Publish"/>.</summary>
    public void Move(int from, int to)
    {
        if (from >= 0)
            _change[from]--;
        _change[to]++;
    }

    /// <summary>The twins learn of the moves of a decision round.</summary>
    public void Publish()
    {
        for (var server = 0; server < _known.Length; server++)
            _known[server] += _change[server];
        Array.Clear(_change);
        Predict();
    }

    /// <summary>Runs the tasks of a slot.</summary>
    /// <param name="chosen">By device: its server, or -1.</param>
    /// <param name="cycles">By device: λ.</param>
    /// <param name="arrival">By device: T_u + T_p and outage, seconds from the slot's start.</param>
    /// <param name="queueing">By device: filled with the time before the task starts, seconds.</param>
    /// <param name="computation">By device: filled with T_cmp, seconds.</param>
    public void Execute(
        ReadOnlySpan<int> chosen, ReadOnlySpan<double> cycles, ReadOnlySpan<double> arrival, Span<double> queueing, Span<double> computation)
    {
        Array.Clear(_tasks);
        foreach (var server in chosen)
            if (server >= 0)
                _tasks[server]++;

        switch (_sharing)
        {
            case CpuSharing.Equal or CpuSharing.Exclusive:
                for (var server = 0; server < _actual.Length; server++)
                    _actual[server] = Actual(_sharing == CpuSharing.Equal ? _free[server] / _tasks[server] : _free[server], server);
                for (var device = 0; device < chosen.Length; device++)
                    if (chosen[device] >= 0)
                        computation[device] = cycles[device] / _actual[chosen[device]];
                break;
            case CpuSharing.ProcessorSharing:
                Queue(chosen, cycles);
                for (var server = 0; server < _free.Length; server++)
                    ShareProcessor(server, cycles, computation);
                break;
            case CpuSharing.Fifo:
                Queue(chosen, arrival);
                for (var server = 0; server < _free.Length; server++)
                    if (!IsDown(server)) // what was left over stands still
                        ServeInOrder(server, cycles, arrival, queueing, computation);
                break;
        }

        for (var server = 0; server < _free.Length; server++)
            _faults.Synchronize(server, _slot, _free[server], _tasks[server]);
    }

    /// <summary>What a task is predicted to get at each server, for devices that count there and for all others.</summary>
    private void Predict()
    {
        for (var server = 0; server < _known.Length; server++)
        {
            _predicted[server] = Predict(server, Others(server, own: false));
            _predictedOwn[server] = Predict(server, Others(server, own: true));
        }
    }

    private double Predict(int server, int others)
    {
        var share = Share(server, others);
        return (_injected, _onServer, _calibrated) switch
        {
            (true, true, true) => Math.Max(share + _deviation[server], Floor * share),
            (true, false, false) => Math.Max(share - _deviation[server], Floor * share),
            _ => share,
        };
    }

    private double Share(int server, int others) => _sharing switch
    {
        CpuSharing.Fifo => _twinFree[server] / (1 + others / 2.0),
        CpuSharing.Exclusive => _twinFree[server],
        _ => _twinFree[server] / (1 + others),
    };

    /// <summary>What a share turns out to be: more or less by the deviation, where that is on the server's side.</summary>
    private double Actual(double share, int server) =>
        _injected && _onServer ? Math.Max(share + _deviation[server], Floor * share) : share;

    /// <summary>All tasks start together and share the server; the share of one that ends returns to the others.</summary>
    private void ShareProcessor(int server, ReadOnlySpan<double> cycles, Span<double> computation)
    {
        var running = _first[server + 1] - _first[server];
        var (elapsed, done) = (0.0, 0.0);
        foreach (var device in _queue.AsSpan(_first[server], running))
        {
            elapsed += (cycles[device] - done) * running-- / _free[server];
            done = cycles[device];
            computation[device] = cycles[device] / Actual(cycles[device] / elapsed, server);
        }
    }

    /// <summary>One task after the other, as they arrive, after what the last slot has left over.</summary>
    private void ServeInOrder(
        int server, ReadOnlySpan<double> cycles, ReadOnlySpan<double> arrival, Span<double> queueing, Span<double> computation)
    {
        var (rate, idleFrom) = (Actual(_free[server], server), _carriedSeconds[server]);
        foreach (var device in _queue.AsSpan(_first[server].._first[server + 1]))
        {
            var start = Math.Max(arrival[device], idleFrom);
            queueing[device] = start - arrival[device];
            computation[device] = cycles[device] / rate;
            idleFrom = start + computation[device];
        }

        _carriedSeconds[server] = Math.Max(idleFrom - _scenario.SlotLengthSeconds, 0);
    }

    /// <summary>Lists each server's devices by key, ties by id: put in by id, then moved forward past greater keys.</summary>
    private void Queue(ReadOnlySpan<int> chosen, ReadOnlySpan<double> key)
    {
        for (var server = 0; server < _tasks.Length; server++)
        {
            _next[server] = _first[server];
            _first[server + 1] = _first[server] + _tasks[server];
        }

        for (var device = 0; device < chosen.Length; device++)
        {
            if (chosen[device] < 0)
                continue;
            var (at, first) = (_next[chosen[device]]++, _first[chosen[device]]);
            for (; at > first && _keys[at - 1] > key[device]; at--)
                (_queue[at], _keys[at]) = (_queue[at - 1], _keys[at - 1]);
            (_queue[at], _keys[at]) = (device, key[device]);
        }
    }
}
