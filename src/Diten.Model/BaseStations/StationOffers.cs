using System.Runtime.CompilerServices;
using Diten.Model.Offloading;
using Diten.Model.Worlds;

namespace Diten.Model.BaseStations;

/// <summary>
/// What the servers in reach offer in one decision of a station: the same to all of its devices, but for who has a task there, so that each is looked up
/// once. Scratch memory; one station at a time.
/// </summary>
internal sealed class StationOffers
{
    private ServerOffer[] _offers = [];
    private bool[] _known = [];

    /// <summary>Forgets the last decision.</summary>
    public void Begin(int servers)
    {
        if (_known.Length < 2 * servers)
            (_offers, _known) = (new ServerOffer[2 * servers], new bool[2 * servers]);
        Array.Clear(_known);
    }

    /// <summary>What a server offers a device.</summary>
    /// <param name="k">The server, as an index of the station's reach.</param>
    public ref readonly ServerOffer Of(BaseStationState state, World world, in DecisionRow rows, in DecidingDevice device, int k)
    {
        var own = DecisionRow.OwnTask(device, state.Reach[k]);
        var at = 2 * k + own;
        if (!_known[at])
            Look(state, world, rows, k, own);
        return ref _offers[at];
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Look(BaseStationState state, World world, in DecisionRow rows, int k, int own)
    {
        var believed = StationBeliefs.Of(state, world, k);
        _offers[2 * k + own] = rows.Offer(believed, believed.Tasks - own);
        _known[2 * k + own] = state.QueryFates is null; // a query in between changes what is believed
    }
}
