using System.Numerics;
using Diten.Model.Offloading;

namespace Diten.Model.Policies.Tabular;

/// <summary>Tabular Q-learning: values of (state, action), learned from transitions one at a time. Mutable; of one thread.</summary>
/// <remarks>
/// <code>Q(s, a) ← Q(s, a) + α [r + discount · max_b Q(s', b) − Q(s, a)]</code>
/// with α = h / (h + n − 1) at the n-th visit of (s, a): 1 at first, so that the initial value is forgotten, then falling as 1/n, slowly
/// enough to get anywhere and fast enough to settle. Actions that were never tried do not count: rewards are negative, so their 0 would win.
/// </remarks>
/// <param name="allowed">By state, the actions that may be taken in it: bit a for action a; none is 0.</param>
/// <param name="actions">Number of actions, at most 32.</param>
/// <param name="discount">Of the next state's value, [0, 1).</param>
internal sealed class QTable(uint[] allowed, int actions, double discount)
{
    /// <summary>h: visits after which the learning rate is one half.</summary>
    private const double HalfRateVisits = 50;

    private readonly double[] _values = new double[allowed.Length * actions];
    private readonly int[] _visits = new int[allowed.Length * actions];

    /// <summary>Q(s, a); 0 where it was never tried.</summary>
    public double Value(int state, int action) => _values[state * actions + action];

    /// <summary>The allowed action of highest value among those that were tried, the first of equals; −1 where none was.</summary>
    public int Greedy(int state)
    {
        var best = -1;
        for (var action = 0; action < actions; action++)
        {
            if (_visits[state * actions + action] > 0 && (best < 0 || Value(state, action) > Value(state, best)))
                best = action;
        }

        return best;
    }

    /// <summary>One of the allowed actions.</summary>
    /// <param name="uniform">Draw in [0, 1) that picks it, each alike.</param>
    public int Any(int state, double uniform)
    {
        var mask = allowed[state];
        for (var skip = Math.Min((int)(uniform * BitOperations.PopCount(mask)), BitOperations.PopCount(mask) - 1); skip > 0; skip--)
            mask &= mask - 1;   // clears the lowest bit
        return BitOperations.TrailingZeroCount(mask);
    }

    /// <summary>Learns from a transition.</summary>
    /// <param name="next">S_{t+1}; not looked at after a terminal one.</param>
    public void Learn(int state, int action, double reward, int next, TransitionEnd end)
    {
        var target = reward;
        if (end != TransitionEnd.Terminal && Greedy(next) is >= 0 and var best)
            target += discount * Value(next, best);
        var cell = state * actions + action;
        _values[cell] += HalfRateVisits / (HalfRateVisits + _visits[cell]++) * (target - _values[cell]);
    }
}
