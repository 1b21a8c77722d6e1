using Diten.Model.Randomness;
using Diten.Model.Space;

namespace Diten.Model.Mobility;

/// <summary>Devices follow recorded journeys, one after the other.</summary>
/// <remarks>
/// The first journey of a device is drawn (<see cref="Purpose.TraceStart"/> 0); when it ends, the device goes on with the next journey in the
/// order of ids and times, after the last with the first. In slot k of a journey the device is where the recording was k slots after
/// its beginning, on the straight line between two recorded points. State: I = journey, J = recorded point behind it, A = slots since
/// the journey's beginning.
/// </remarks>
public sealed class RecordedJourneys : IMobility
{
    // A time that is a multiple of the slot on paper may be a rounding error more.
    private const double RoundingSeconds = 1e-9;

    private readonly ulong _seed;
    private readonly Area _area;
    private readonly double _slotSeconds;
    private readonly int[] _first;
    private readonly double[] _seconds;
    private readonly float[] _x, _y;

    /// <summary>Takes journeys, each of at least two points in time order.</summary>
    internal RecordedJourneys(ulong seed, Area area, double slotSeconds, List<List<TracePoint>> journeys)
    {
        (_seed, _area, _slotSeconds) = (seed, area, slotSeconds);
        var points = journeys.Sum(journey => journey.Count);
        (_first, _seconds, _x, _y) = (new int[journeys.Count + 1], new double[points], new float[points], new float[points]);
        var at = 0;
        for (var journey = 0; journey < journeys.Count; journey++)
        {
            foreach (var point in journeys[journey])
                (_seconds[at], _x[at], _y[at++]) = (point.Seconds - journeys[journey][0].Seconds, (float)point.X, (float)point.Y);
            _first[journey + 1] = at;
        }
    }

    /// <summary>Number of recorded journeys, at least one.</summary>
    public int Count => _first.Length - 1;

    /// <inheritdoc/>
    public MobilityState Start(int device)
    {
        var state = new MobilityState();
        Begin(ref state, RandomStreams.ToIndex(RandomStreams.Uniform(_seed, device, 0, Purpose.TraceStart), Count));
        return state;
    }

    /// <inheritdoc/>
    public bool Advance(ref MobilityState state, int device, int slot)
    {
        var time = ++state.A * _slotSeconds;
        if (time > _seconds[_first[state.I + 1] - 1] + RoundingSeconds)
        {
            Begin(ref state, (state.I + 1) % Count);
            return true;
        }

        time = Math.Min(time, _seconds[_first[state.I + 1] - 1]);
        while (_seconds[state.J + 1] < time)
            state.J++;
        var (behind, ahead) = (state.J, state.J + 1);
        var fraction = (time - _seconds[behind]) / (_seconds[ahead] - _seconds[behind]);
        Place(ref state, _x[behind] + fraction * (_x[ahead] - _x[behind]), _y[behind] + fraction * (_y[ahead] - _y[behind]));
        return false;
    }

    private void Begin(ref MobilityState state, int journey)
    {
        (state.I, state.J, state.A) = (journey, _first[journey], 0);
        Place(ref state, _x[state.J], _y[state.J]);
    }

    /// <summary>Single precision may put a point of the border a hair outside.</summary>
    private void Place(ref MobilityState state, double x, double y) =>
        (state.X, state.Y) = (Math.Clamp(x, _area.MinX, _area.MaxX), Math.Clamp(y, _area.MinY, _area.MaxY));
}
