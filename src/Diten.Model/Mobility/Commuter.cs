using Diten.Model.Randomness;
using Diten.Model.Space;

namespace Diten.Model.Mobility;

/// <summary>Straight commuter: each device has a home and a work place and goes straight from one to the other, for ever.</summary>
/// <remarks>
/// Both places are uniform, drawn once (<see cref="Purpose.MobilityStart"/> 0, 1 home and 2, 3 work); the journey begins at home.
/// Constant speed; on arrival the device stops for the rest of that slot, then turns back.
/// State: A, B = where it goes, C, D = where it comes from, metres.
/// </remarks>
internal sealed class Commuter : IMobility
{
    private readonly ulong _seed;
    private readonly Area _area;
    private readonly double _stepMetres;

    /// <param name="seed">Key of every draw.</param>
    /// <param name="area">Where devices move.</param>
    /// <param name="stepMetres">Distance covered in a slot, metres: speed times slot length; not negative.</param>
    public Commuter(ulong seed, Area area, double stepMetres) => (_seed, _area, _stepMetres) = (seed, area, stepMetres);

    /// <inheritdoc/>
    public MobilityState Start(int device)
    {
        var state = new MobilityState();
        (state.X, state.Y) = (state.C, state.D) = _area.At(RandomStreams.UniformPair(_seed, device, 0, Purpose.MobilityStart));
        (state.A, state.B) = _area.At(RandomStreams.UniformPair(_seed, device, 0, Purpose.MobilityStart, pair: 1));
        return state;
    }

    /// <inheritdoc/>
    public bool Advance(ref MobilityState state, int device, int slot)
    {
        if (StraightLine.Step(ref state, _stepMetres))
            (state.A, state.B, state.C, state.D) = (state.C, state.D, state.A, state.B);
        return false;
    }
}
