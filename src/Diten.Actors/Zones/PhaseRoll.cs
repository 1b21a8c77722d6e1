using Diten.Model;

namespace Diten.Actors;

/// <summary>The entities of a zone that have not said yet that they are done with the phase.</summary>
internal sealed class PhaseRoll(CityPlan plan, int zone)
{
    private readonly bool[][] _waiting = [new bool[plan.Stations(zone).Length], new bool[plan.Servers(zone).Length], new bool[plan.Twins(zone).Length]];

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <param name="place">Its place among those of its kind.</param>
    public void Add(EntityKind kind, int place)
    {
        Count += _waiting[(int)kind][place] ? 0 : 1;
        _waiting[(int)kind][place] = true;
    }

    /// <summary>Crosses an entity off; false where it was not waited for.</summary>
    public bool Remove(EntityKind kind, int id)
    {
        if (!Contains(kind, id))
            return false;
        _waiting[(int)kind][plan.LocalIndex(kind, id)] = false;
        Count--;
        return true;
    }

    public bool Contains(EntityKind kind, int id) => plan.ZoneOf(kind, id) == zone && _waiting[(int)kind][plan.LocalIndex(kind, id)];

    /// <summary>The first by kind and id.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public (EntityKind Kind, int Id) First()
    {
        for (var kind = 0; kind < _waiting.Length; kind++)
            if (Array.IndexOf(_waiting[kind], true) is var place and >= 0)
                return ((EntityKind)kind, plan.Members((EntityKind)kind, zone)[place]);
        throw new InvalidOperationException("The zone waits for no entity.");
    }
}
