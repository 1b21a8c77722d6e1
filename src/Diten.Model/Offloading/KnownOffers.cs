namespace Diten.Model.Offloading;

/// <summary>What the servers in reach offer in one decision of a station, each looked up once. Scratch memory; one station at a time.</summary>
internal sealed class KnownOffers
{
    private ServerOffer[] _offers = [];
    private bool[] _known = [];

    /// <summary>Forgets the last decision.</summary>
    /// <param name="servers">In reach.</param>
    public void Begin(int servers)
    {
        if (_known.Length < 2 * servers)
            (_offers, _known) = (new ServerOffer[2 * servers], new bool[2 * servers]);
        Array.Clear(_known);
    }

    /// <summary>Whether it is known what a server offers.</summary>
    /// <param name="k">The server, as an index of the station's reach.</param>
    /// <param name="own">1 to a device that has a task there, else 0.</param>
    public bool Knows(int k, int own) => _known[2 * k + own];

    /// <summary>What a server offers, as it was noted last.</summary>
    /// <inheritdoc cref="Knows" path="/param"/>
    public ref readonly ServerOffer Of(int k, int own) => ref _offers[2 * k + own];

    /// <summary>Notes what a server offers.</summary>
    /// <inheritdoc cref="Knows" path="/param"/>
    public void Note(int k, int own, in ServerOffer offer) => (_offers[2 * k + own], _known[2 * k + own]) = (offer, true);
}
