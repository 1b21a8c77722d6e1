using Diten.Model.Randomness;
using Diten.Model.Space;

namespace Diten.Model.Mobility;

/// <summary>Random waypoint (model.md §1): uniform start, uniform targets, constant speed, no pause.</summary>
/// <remarks>
/// In the slot in which a device reaches its target it stops there for the rest of the slot, exactly on the target, and the next
/// target is drawn from that slot. State: A, B = target, metres. Start and first target are <see cref="Purpose.MobilityStart"/>
/// 0 to 3 of slot 0; later targets are <see cref="Purpose.Mobility"/> 0 and 1 of the slot of arrival.
/// </remarks>
internal sealed class RandomWaypoint : IMobility
{
    private readonly ulong _seed;
    private readonly Area _area;
    private readonly double _stepMetres;

    /// <param name="seed">Key of every draw.</param>
    /// <param name="area">Where devices move.</param>
    /// <param name="stepMetres">Distance covered in a slot, metres: speed times slot length; not negative.</param>
    public RandomWaypoint(ulong seed, Area area, double stepMetres) => (_seed, _area, _stepMetres) = (seed, area, stepMetres);

    /// <inheritdoc/>
    public MobilityState Start(int device)
    {
        var state = new MobilityState();
        (state.X, state.Y) = _area.At(RandomStreams.UniformPair(_seed, device, 0, Purpose.MobilityStart));
        (state.A, state.B) = _area.At(RandomStreams.UniformPair(_seed, device, 0, Purpose.MobilityStart, pair: 1));
        return state;
    }

    /// <inheritdoc/>
    public bool Advance(ref MobilityState state, int device, int slot)
    {
        if (StraightLine.Step(ref state, _stepMetres))
            (state.A, state.B) = _area.At(RandomStreams.UniformPair(_seed, device, slot, Purpose.Mobility));
        return false;
    }
}
