namespace Diten.Model.Offloading.Bounds;

/// <summary>
/// Least-cost matching of devices to (server, k-th place), where a device pays its base plus its cycles times the place's marginal cost.
/// </summary>
/// <remarks>
/// Successive shortest augmenting paths with potentials (Jonker-Volgenant), a device at a time, by Dijkstra over the places in reach.
/// Because the places of a server have ascending marginals, the first free one is at least as good for everybody as any later one, so
/// the search sees the taken places and one more a server: it grows with the devices in reach, not with the places there could be.
/// </remarks>
internal sealed class PlaceMatching
{
    private const int Nobody = -1;

    private readonly BalanceSlot _slot;
    private readonly int[] _firstPlace, _taken, _owner, _place, _by, _reachedIn, _settledIn;
    private readonly double[] _marginal, _devicePotential, _placePotential, _distance;
    private readonly PriorityQueue<int, double> _queue = new();
    private readonly List<int> _settled = [];

    private PlaceMatching(BalanceSlot slot)
    {
        _slot = slot;
        var servers = slot.FreeHertz.Length;
        _firstPlace = new int[servers + 1];
        foreach (var server in slot.Servers)
            _firstPlace[server + 1]++;
        for (var server = 0; server < servers; server++)
            _firstPlace[server + 1] += _firstPlace[server];
        var places = slot.Servers.Length;
        _marginal = new double[places];
        for (var server = 0; server < servers; server++)
        {
            var own = _marginal.AsSpan(_firstPlace[server].._firstPlace[server + 1]);
            PlaceCosts.Marginals(own, slot.FreeHertz[server], slot.DeviationHertz[server]);
        }

        (_taken, _place, _devicePotential) = (new int[servers], new int[slot.Count], new double[slot.Count]);
        (_owner, _by, _reachedIn, _settledIn) = (new int[places], new int[places], new int[places], new int[places]);
        (_placePotential, _distance) = (new double[places], new double[places]);
        Array.Fill(_owner, Nobody);
        Array.Fill(_place, Nobody);
        Array.Fill(_reachedIn, Nobody);
        Array.Fill(_settledIn, Nobody);
    }

    /// <summary>Index into <see cref="BalanceSlot.Servers"/> that each device is matched with, and the total cost, seconds.</summary>
    internal static (int[] Choices, double Seconds) Solve(BalanceSlot slot)
    {
        var matching = new PlaceMatching(slot);
        for (var device = 0; device < slot.Count; device++)
            matching.Place(device);
        var (choices, seconds) = (new int[slot.Count], 0.0);
        for (var device = 0; device < slot.Count; device++)
        {
            choices[device] = matching.ChoiceOf(device);
            seconds += slot.BaseSeconds[choices[device]] + slot.Cycles[device] * matching._marginal[matching._place[device]];
        }

        return (choices, seconds);
    }

    /// <summary>Adds one device along the shortest augmenting path; afterwards the matching of those placed so far is optimal.</summary>
    private void Place(int added)
    {
        _queue.Clear();
        _settled.Clear();
        var (device, reached) = (added, 0.0);
        int place;
        while (true)
        {
            Relax(device, reached, added);
            do
                place = _queue.Dequeue();
            while (_settledIn[place] == added);
            if (_owner[place] == Nobody)
                break;
            _settledIn[place] = added;
            _settled.Add(place);
            (device, reached) = (_owner[place], _distance[place]);
        }

        var shortest = _distance[place];
        _devicePotential[added] += shortest;
        foreach (var settled in _settled)
        {
            _placePotential[settled] -= shortest - _distance[settled];
            _devicePotential[_owner[settled]] += shortest - _distance[settled];
        }

        _taken[ServerOf(_by[place], place)]++;
        while (true)
        {
            var mover = _by[place];
            var left = _place[mover];
            (_owner[place], _place[mover]) = (mover, place);
            if (mover == added)
                return;
            place = left;
        }
    }

    private void Relax(int device, double reached, int search)
    {
        for (var edge = _slot.Start[device]; edge < _slot.Start[device + 1]; edge++)
        {
            var server = _slot.Servers[edge];
            var offset = reached + _slot.BaseSeconds[edge] - _devicePotential[device];
            var end = Math.Min(_firstPlace[server] + _taken[server] + 1, _firstPlace[server + 1]);
            for (var place = _firstPlace[server]; place < end; place++)
            {
                var distance = offset + _slot.Cycles[device] * _marginal[place] - _placePotential[place];
                if (_settledIn[place] == search || (_reachedIn[place] == search && distance >= _distance[place]))
                    continue;
                (_reachedIn[place], _distance[place], _by[place]) = (search, distance, device);
                _queue.Enqueue(place, distance);
            }
        }
    }

    private int ServerOf(int device, int place)
    {
        for (var edge = _slot.Start[device]; ; edge++)
            if (place >= _firstPlace[_slot.Servers[edge]] && place < _firstPlace[_slot.Servers[edge] + 1])
                return _slot.Servers[edge];
    }

    private int ChoiceOf(int device) =>
        Array.IndexOf(_slot.Servers, ServerOf(device, _place[device]), _slot.Start[device]);
}
