using Diten.Model;

namespace Diten.Actors;

/// <summary>What a zone has for its entities until their next phase begins: it is told with that, in one message.</summary>
internal sealed class Pigeonholes(CityPlan plan, int zone)
{
    private readonly List<object>?[][] _holes =
    [
        new List<object>?[plan.Stations(zone).Length], new List<object>?[plan.Servers(zone).Length], new List<object>?[plan.Twins(zone).Length],
    ];

    public void Add(in ZoneMail mail) => (_holes[(int)mail.Kind][plan.LocalIndex(mail.Kind, mail.Id)] ??= []).Add(mail.Message);

    /// <summary>What there is for an entity, in order of arrival; null = nothing.</summary>
    /// <param name="place">Its place among those of its kind.</param>
    public IReadOnlyList<object>? Peek(EntityKind kind, int place) => _holes[(int)kind][place];

    /// <summary>The same, and it is there no more.</summary>
    public IReadOnlyList<object>? Take(EntityKind kind, int place)
    {
        var mail = _holes[(int)kind][place];
        _holes[(int)kind][place] = null;
        return mail;
    }
}
