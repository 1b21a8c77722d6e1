using Diten.Model.Randomness;
using Diten.Model.Space;

namespace Diten.Model.Mobility;

/// <summary>Gauss-Markov mobility: speed and heading remember their last value with weight α and vary about their means.</summary>
/// <remarks>
/// <para>
/// Per slot, x' = α x + (1 − α) x̄ + √(1 − α²) σ w with w standard normal, for x = speed (mean = the given speed, σ = a quarter of it,
/// cut to [0, twice the mean], which keeps the mean) and x = heading (mean drawn once per device, uniform; σ = π/4).
/// Both start in their stationary law. A device that meets the border is reflected, with its heading and mean heading, like light by a
/// mirror, so that positions stay uniform over the area at all times.
/// </para>
/// <para>
/// Draws: <see cref="Purpose.MobilityStart"/> 0, 1 position, 2 mean heading, pairs 2 and 3 the first speed and heading;
/// <see cref="Purpose.Mobility"/> pairs 0 and 1 of each slot.
/// State: A = mean heading, C = speed (m/s), D = heading (radians, 0 = east, counter-clockwise).
/// </para>
/// </remarks>
internal sealed class GaussMarkov : IMobility
{
    /// <summary>Standard deviation of the heading about its mean, radians.</summary>
    public const double HeadingDeviationRadians = Math.PI / 4;

    private readonly ulong _seed;
    private readonly Area _area;
    private readonly double _speed, _memory, _innovation, _slotSeconds;

    /// <param name="seed">Key of every draw.</param>
    /// <param name="area">Where devices move.</param>
    /// <param name="meanSpeedMetresPerSecond">Mean speed, m/s; not negative.</param>
    /// <param name="memory">α, from 0 (no memory) to 1 (straight line at constant speed).</param>
    /// <param name="slotSeconds">Length of a slot, seconds; positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">α is outside [0, 1].</exception>
    public GaussMarkov(ulong seed, Area area, double meanSpeedMetresPerSecond, double memory, double slotSeconds)
    {
        if (memory is not (>= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(memory), memory, "The memory of Gauss-Markov mobility lies in [0, 1].");
        (_seed, _area, _speed, _memory, _slotSeconds) = (seed, area, meanSpeedMetresPerSecond, memory, slotSeconds);
        _innovation = Math.Sqrt(1 - memory * memory);
    }

    /// <inheritdoc/>
    public MobilityState Start(int device)
    {
        var state = new MobilityState();
        (state.X, state.Y) = _area.At(RandomStreams.UniformPair(_seed, device, 0, Purpose.MobilityStart));
        state.A = 2 * Math.PI * RandomStreams.Uniform(_seed, device, 0, Purpose.MobilityStart, index: 2);
        state.C = CutSpeed(_speed + _speed / 4 * RandomStreams.Normal(_seed, device, 0, Purpose.MobilityStart, pair: 2));
        state.D = state.A + HeadingDeviationRadians * RandomStreams.Normal(_seed, device, 0, Purpose.MobilityStart, pair: 3);
        return state;
    }

    /// <inheritdoc/>
    public bool Advance(ref MobilityState state, int device, int slot)
    {
        var (sin, cos) = Math.SinCos(state.D);
        var (flippedX, flippedY) = (false, false);
        state.X = StraightLine.Reflect(state.X + state.C * _slotSeconds * cos, _area.MinX, _area.MaxX, ref flippedX);
        state.Y = StraightLine.Reflect(state.Y + state.C * _slotSeconds * sin, _area.MinY, _area.MaxY, ref flippedY);
        if (flippedX)
            (state.A, state.D) = (Math.PI - state.A, Math.PI - state.D);
        if (flippedY)
            (state.A, state.D) = (-state.A, -state.D);

        state.C = CutSpeed(Remember(state.C, _speed, _speed / 4, RandomStreams.Normal(_seed, device, slot, Purpose.Mobility)));
        state.D = Remember(state.D, state.A, HeadingDeviationRadians, RandomStreams.Normal(_seed, device, slot, Purpose.Mobility, pair: 1));
        return false;
    }

    private double Remember(double value, double mean, double deviation, double normal) =>
        _memory * value + (1 - _memory) * mean + _innovation * deviation * normal;

    private double CutSpeed(double speed) => Math.Clamp(speed, 0, 2 * _speed);
}
