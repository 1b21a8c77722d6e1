using System.Security.Cryptography;
using Diten.Model;
using Diten.Model.Faults;

namespace Diten.Actors;

/// <summary>
/// Which stations of a zone have anything to do in a slot. One without devices that has nothing left to tell rests: its slot is empty, and it is
/// left alone until a device or a message comes.
/// </summary>
internal sealed class StationRoll
{
    private readonly CityPlan _plan;
    private readonly ulong[] _rounds;
    private readonly bool[] _awake, _open;
    private readonly bool _nobodyRests;
    private readonly StationSlot[] _empty;
    private int _next;

    public StationRoll(CityPlan plan, int zone)
    {
        _plan = plan;
        _nobodyRests = plan.World.Faults.Strikes(FaultWhat.Report); // a report that is late wakes nobody
        var digest = SHA256.HashData([]);
        _empty = Array.ConvertAll(plan.Stations(zone).ToArray(), station => new StationSlot(station, default, digest, 0));
        (_rounds, _awake, _open) = (new ulong[_empty.Length], new bool[_empty.Length], new bool[_empty.Length]);
        Array.Fill(_awake, true); // whoever was restored says itself whether it rests
    }

    /// <summary>Something comes to a station that it has to see to in the next slot.</summary>
    public void Wake(int station) => _awake[PlaceOf(station)] = true;

    /// <summary>A slot begins: so far it is empty everywhere.</summary>
    public void BeginSlot()
    {
        Array.Clear(_rounds);
        Array.Clear(_open);
        _next = 0;
    }

    /// <summary>Place of the next station that is awake, one after the other; −1 where all have had their turn.</summary>
    public int NextAwake()
    {
        while (_next < _awake.Length)
            if (_awake[_next++] || _nobodyRests)
                return _next - 1;
        return -1;
    }

    /// <summary>A station's devices have reported.</summary>
    public void Add(ReportsDone reports)
    {
        var place = PlaceOf(reports.Id);
        (_rounds[place], _open[place], _awake[place]) = (reports.RoundsWithWork, reports.Devices > 0 || _nobodyRests, false);
    }

    /// <summary>A station has closed its slot.</summary>
    public void Add(StationClosed closed) => _awake[PlaceOf(closed.Id)] |= !closed.Rests;

    /// <summary>Whether the station at a place has work in a round.</summary>
    public bool HasWork(int place, int round) => (_rounds[place] >> round & 1) != 0;

    /// <summary>Whether the station at a place has a slot to close.</summary>
    public bool IsOpen(int place) => _open[place];

    /// <summary>Whether a station listens to what is radiated: whether it has devices.</summary>
    public bool Listens(int station) => _open[PlaceOf(station)];

    /// <summary>The slot of a station that has none to close.</summary>
    public StationSlot EmptySlot(int place) => _empty[place];

    private int PlaceOf(int station) => _plan.LocalIndex(EntityKind.Station, station);
}
