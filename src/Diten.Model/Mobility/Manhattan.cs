using Diten.Model.BaseStations;
using Diten.Model.Randomness;
using Diten.Model.Space;

namespace Diten.Model.Mobility;

/// <summary>Streets in a square grid: at each crossing straight on with probability ½, left ¼, right ¼; back at the border.</summary>
/// <remarks>
/// <para>
/// An area of width W has n = round(W / spacing) streets to the north (at least one), W/n apart, the first half a spacing from the border;
/// likewise to the east. Devices start anywhere on the streets with equal probability and drive at constant speed without stopping, so
/// that they stay equally spread over the streets.
/// </para>
/// <para>
/// Draws: <see cref="Purpose.MobilityStart"/> 0 street, 1 place along it, 2 direction; <see cref="Purpose.Mobility"/> k of a slot for the
/// k-th crossing passed in it. State: I = 4 · street + direction (0 east, 1 north, 2 west, 3 south), J = the crossing ahead (−1 and the
/// number of crossings mean the border).
/// </para>
/// </remarks>
internal sealed class Manhattan : IMobility
{
    private readonly ulong _seed;
    private readonly Area _area;
    private readonly double _stepMetres, _spacingX, _spacingY;
    private readonly int _northbound, _eastbound;

    /// <param name="seed">Key of every draw.</param>
    /// <param name="area">Where devices move.</param>
    /// <param name="stepMetres">Distance covered in a slot, metres: speed times slot length; not negative.</param>
    /// <param name="spacingMetres">Wanted distance between parallel streets, metres; positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">The spacing is not positive, or the area is empty.</exception>
    public Manhattan(ulong seed, Area area, double stepMetres, double spacingMetres)
    {
        if (!(spacingMetres > 0))
            throw new ArgumentOutOfRangeException(nameof(spacingMetres), spacingMetres, "The distance between streets must be positive.");
        if (!(area.Width > 0 && area.Height > 0))
            throw new ArgumentOutOfRangeException(nameof(area), area, "Streets need an area of positive width and height.");
        (_seed, _area, _stepMetres) = (seed, area, stepMetres);
        _northbound = Math.Max(1, (int)Math.Round(area.Width / spacingMetres));
        _eastbound = Math.Max(1, (int)Math.Round(area.Height / spacingMetres));
        (_spacingX, _spacingY) = (area.Width / _northbound, area.Height / _eastbound);
    }

    /// <inheritdoc/>
    public MobilityState Start(int device)
    {
        var (where, along) = RandomStreams.UniformPair(_seed, device, 0, Purpose.MobilityStart);
        var forward = RandomStreams.Uniform(_seed, device, 0, Purpose.MobilityStart, index: 2) < 0.5;
        var (north, east) = (_northbound * _area.Height, _eastbound * _area.Width);
        var state = new MobilityState();
        if (where * (north + east) < north)
        {
            var street = RandomStreams.ToIndex(where * (north + east) / north, _northbound);
            var rows = along * _eastbound;
            (state.X, state.Y) = (StreetX(street), _area.MinY + rows * _spacingY);
            (state.I, state.J) = (4 * street + (forward ? 1 : 3), Ahead(rows, forward));
        }
        else
        {
            var street = RandomStreams.ToIndex((where * (north + east) - north) / east, _eastbound);
            var columns = along * _northbound;
            (state.X, state.Y) = (_area.MinX + columns * _spacingX, StreetY(street));
            (state.I, state.J) = (4 * street + (forward ? 0 : 2), Ahead(columns, forward));
        }

        return state;
    }

    /// <inheritdoc/>
    public bool Advance(ref MobilityState state, int device, int slot)
    {
        var left = _stepMetres;
        for (var crossing = 0; ;)
        {
            var direction = state.I & 3;
            var (isNorth, isForward) = ((direction & 1) == 1, direction < 2);
            ref var position = ref isNorth ? ref state.Y : ref state.X;
            var next = isNorth ? CrossingOrBorder(state.J, _eastbound, _area.MinY, _area.MaxY, _spacingY)
                : CrossingOrBorder(state.J, _northbound, _area.MinX, _area.MaxX, _spacingX);
            var distance = Math.Abs(next - position);
            if (left < distance)
            {
                position += isForward ? left : -left;
                return false;
            }

            left -= distance;
            position = next;
            if (state.J < 0 || state.J == (isNorth ? _eastbound : _northbound))
            {
                state.I ^= 2;   // back along the same street
                state.J += isForward ? -1 : 1;
            }
            else
            {
                Turn(ref state, RandomStreams.Uniform(_seed, device, slot, Purpose.Mobility, crossing++));
            }
        }
    }

    private static void Turn(ref MobilityState state, double uniform)
    {
        var (street, direction, crossing) = (state.I >> 2, state.I & 3, state.J);
        if (uniform >= 0.5)
        {
            // The crossing street's number is the crossing's, and the crossing on it has the number of the street that is left.
            direction = (direction + (uniform < 0.75 ? 1 : 3)) & 3;
            (street, crossing) = (crossing, street);
        }

        (state.I, state.J) = (4 * street + direction, crossing + (direction < 2 ? 1 : -1));
    }

    /// <summary>The crossing ahead of a place that lies <paramref name="spacings"/> streets' spacings from the border.</summary>
    private static int Ahead(double spacings, bool forward)
    {
        var behind = (int)Math.Floor(spacings - 0.5);
        return forward ? behind + 1 : behind;
    }

    private static double CrossingOrBorder(int crossing, int count, double low, double high, double spacing) =>
        crossing < 0 ? low : crossing == count ? high : low + (crossing + 0.5) * spacing;

    private double StreetX(int street) => _area.MinX + (street + 0.5) * _spacingX;

    private double StreetY(int street) => _area.MinY + (street + 0.5) * _spacingY;
}
