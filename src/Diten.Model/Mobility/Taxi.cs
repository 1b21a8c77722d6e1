using Diten.Model.Randomness;
using Diten.Model.Scenarios;
using Diten.Model.Space;

namespace Diten.Model.Mobility;

/// <summary>A synthetic taxi: drives straight, turns now and then, changes its speed, stops at lights and waits for fares (docs/taxi-model.md).</summary>
/// <remarks>
/// <para>
/// While it drives, turns, changes of speed, lights and fares come at random, each with a mean distance of its own. Between two of them it goes straight on at a
/// constant speed. All lengths of phases are exponential, and are measured in <i>metres of mean driving</i>: what a taxi covers in that time at the mean
/// driving speed v / (1 − share of standing). So v, the mean speed over all time, only says how fast the whole motion is played; shares and paths
/// do not depend on it. That is the same as scaling the time of a recorded journey.
/// </para>
/// <para>
/// The speed of a stretch is (k + 1) u^k of the mean driving speed, u uniform: mean 1, at most k + 1, and the wanted coefficient of
/// variation. Devices start in the stationary law, uniform over the area; the border is a mirror, so that they stay so.
/// </para>
/// <para>
/// Draws: <see cref="Purpose.MobilityStart"/> 0, 1 position, 2 heading, 3 what it does, 4 speed, 5 length of the phase; <see cref="Purpose.Mobility"/> 4k what comes
/// when the k-th phase of the slot ends, 4k + 1 its angle or speed, 4k + 2 the length of the next phase.
/// State: A = metres of mean driving left of the phase, C = speed as a factor of the mean driving speed, D = heading (radians, 0 = east, counter-clockwise),
/// I = <see cref="Doing"/>.
/// </para>
/// </remarks>
internal sealed class Taxi : IMobility
{
    /// <summary>Phases that may end within a slot; what is left of the slot after so many is stood through.</summary>
    public const int MostPhases = 1000;

    /// <summary>A turn to the left or right is by an angle between these, all equally likely; radians.</summary>
    public const double LeastTurn = Math.PI / 4, GreatestTurn = 3 * Math.PI / 4;

    /// <summary>Straight on is by an angle of at most so much to either side, radians.</summary>
    public const double GreatestBend = Math.PI / 8;

    private readonly ulong _seed;
    private readonly Area _area;
    private readonly TaxiSection _habits;
    private readonly double _budgetMetres, _exponent, _phaseMetres, _lightMetres, _fareMetres;

    /// <param name="seed">Key of every draw.</param>
    /// <param name="area">Where devices move.</param>
    /// <param name="stepMetres">Mean distance covered in a slot, metres, standing included: speed times slot length; not negative.</param>
    /// <param name="habits">How taxis drive and stop.</param>
    /// <exception cref="ArgumentOutOfRangeException">A distance is not positive, shares come to 1 or more, or turns to more than 1.</exception>
    public Taxi(ulong seed, Area area, double stepMetres, TaxiSection habits)
    {
        var standing = habits.LightsShare + habits.FaresShare;
        if (!(habits.TurnEveryMetres > 0 && habits.SpeedEveryMetres > 0 && habits.LightEveryMetres > 0 && habits.FareEveryMetres > 0))
            throw new ArgumentOutOfRangeException(nameof(habits), habits, "Distances between events of a taxi must be positive.");
        if (!(standing < 1 && habits.Left + habits.Right + habits.Back <= 1))
            throw new ArgumentOutOfRangeException(nameof(habits), habits, "A taxi cannot stand all the time, nor turn more often than at each turn.");
        (_seed, _area, _habits) = (seed, area, habits);
        _budgetMetres = stepMetres / (1 - standing);
        var square = habits.SpeedVariation * habits.SpeedVariation;
        _exponent = square + Math.Sqrt(square * square + square);   // of k² = variation² (2k + 1)
        _phaseMetres = 1 / (1 / habits.TurnEveryMetres + 1 / habits.SpeedEveryMetres + 1 / habits.LightEveryMetres + 1 / habits.FareEveryMetres);
        _lightMetres = habits.LightEveryMetres * habits.LightsShare / (1 - standing);
        _fareMetres = habits.FareEveryMetres * habits.FaresShare / (1 - standing);
    }

    /// <summary>What a taxi does in a phase.</summary>
    public enum Doing { Driving, StandingAtLight, WaitingForFare }

    /// <inheritdoc/>
    public MobilityState Start(int device)
    {
        var state = new MobilityState();
        (state.X, state.Y) = _area.At(RandomStreams.UniformPair(_seed, device, 0, Purpose.MobilityStart));
        var (heading, what) = RandomStreams.UniformPair(_seed, device, 0, Purpose.MobilityStart, pair: 1);
        var (speed, length) = RandomStreams.UniformPair(_seed, device, 0, Purpose.MobilityStart, pair: 2);
        (state.D, state.C) = (2 * Math.PI * heading, SpeedOf(speed));
        var doing = what < _habits.LightsShare ? Doing.StandingAtLight
            : what < _habits.LightsShare + _habits.FaresShare ? Doing.WaitingForFare
            : Doing.Driving;
        Begin(ref state, doing, length);   // an exponential phase has no memory: what is left of it is as long as a whole one
        return state;
    }

    /// <inheritdoc/>
    public bool Advance(ref MobilityState state, int device, int slot)
    {
        var left = _budgetMetres;
        for (var phase = 0; phase < MostPhases; phase++)
        {
            var passed = Math.Min(left, state.A);
            if (state.I == (int)Doing.Driving)
                Drive(ref state, passed * state.C);
            (state.A, left) = (state.A - passed, left - passed);
            if (state.A > 0)
                break;
            var (what, value) = RandomStreams.UniformPair(_seed, device, slot, Purpose.Mobility, pair: 2 * phase);
            Next(ref state, what, value, RandomStreams.Uniform(_seed, device, slot, Purpose.Mobility, index: 4 * phase + 2));
        }

        return false;
    }

    private void Next(ref MobilityState state, double what, double value, double length)
    {
        var doing = Doing.Driving;
        if (state.I == (int)Doing.Driving)
        {
            // Which of four independent events came first: each with a probability that is inverse to its mean distance.
            var turn = _phaseMetres / _habits.TurnEveryMetres;
            var speed = turn + _phaseMetres / _habits.SpeedEveryMetres;
            if (what < turn)
                state.D += TurnOf(value);
            else if (what < speed)
                state.C = SpeedOf(value);
            else
                doing = what < speed + _phaseMetres / _habits.LightEveryMetres ? Doing.StandingAtLight : Doing.WaitingForFare;
        }

        Begin(ref state, doing, length);
    }

    private void Begin(ref MobilityState state, Doing doing, double uniform)
    {
        var mean = doing switch { Doing.Driving => _phaseMetres, Doing.StandingAtLight => _lightMetres, _ => _fareMetres };
        (state.I, state.A) = ((int)doing, -Math.Log(1 - uniform) * mean);
    }

    private double SpeedOf(double uniform) => (_exponent + 1) * Math.Pow(uniform, _exponent);

    /// <summary>Angle of a turn, radians, counter-clockwise: one uniform says which way and how far.</summary>
    private double TurnOf(double uniform)
    {
        if (uniform < _habits.Left)
            return LeastTurn + (GreatestTurn - LeastTurn) * (uniform / _habits.Left);
        uniform -= _habits.Left;
        if (uniform < _habits.Right)
            return -LeastTurn - (GreatestTurn - LeastTurn) * (uniform / _habits.Right);
        uniform -= _habits.Right;
        if (uniform < _habits.Back)
            return Math.PI;
        return GreatestBend * (2 * (uniform - _habits.Back) / (1 - _habits.Left - _habits.Right - _habits.Back) - 1);
    }

    private void Drive(ref MobilityState state, double metres)
    {
        var (sin, cos) = Math.SinCos(state.D);
        var (flippedX, flippedY) = (false, false);
        state.X = StraightLine.Reflect(state.X + metres * cos, _area.MinX, _area.MaxX, ref flippedX);
        state.Y = StraightLine.Reflect(state.Y + metres * sin, _area.MinY, _area.MaxY, ref flippedY);
        if (flippedX)
            state.D = Math.PI - state.D;
        if (flippedY)
            state.D = -state.D;
    }
}
