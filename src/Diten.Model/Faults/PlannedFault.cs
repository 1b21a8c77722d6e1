using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Diten.Model.Randomness;

namespace Diten.Model.Faults;

/// <summary>A fault with its targets drawn: pure questions about slots and messages. Immutable; safe for threads.</summary>
public sealed class PlannedFault
{
    private const int RoundsOfAStation = 65; // none, and 64 rounds

    private readonly bool[]? _struck; // null = all
    private readonly ulong _key;
    private readonly int _targets;

    internal PlannedFault(Fault fault, int index, ulong seed, ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        (Fault, Index, _targets) = (fault, index, x.Length);
        _key = seed ^ BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(fault.Name)));
        if (fault.Selection == FaultSelection.All)
            return;
        _struck = new bool[x.Length];
        for (var id = 0; id < _struck.Length; id++)
            _struck[id] = Selects(id, x[id], y[id]);
    }

    public Fault Fault { get; }

    /// <summary>Its place among the scenario's faults, in the order of their names.</summary>
    public int Index { get; }

    /// <summary>Servers, twins or stations that there are.</summary>
    public int Candidates => _targets;

    /// <summary>Ids of the servers, twins or stations that it can strike, ascending.</summary>
    public IEnumerable<int> Targets => Enumerable.Range(0, _targets).Where(Strikes);

    /// <summary>Whether it can strike this one at all.</summary>
    public bool Strikes(int target) => _struck is null || _struck[target];

    /// <summary>Whether it is in force at a target in a slot. Never before slot 0.</summary>
    public bool IsInForce(int target, int slot) => slot >= 0 && Strikes(target) && Fault.Timing switch
    {
        FaultTiming.Always => true,
        FaultTiming.Slots => slot >= Fault.FromSlot && slot < Fault.ToSlot,
        FaultTiming.At => Fault.At.Contains(slot),
        _ => slot < Fault.RenewalToSlot
            && Alternates(target, slot, 1 / Fault.RenewalBetweenSlots, 1 / Fault.RenewalLastingSlots, pair: 1, first: Fault.RenewalFromSlot),
    };

    /// <summary>First slot of the stretch in which it has been in force up to a slot in which it is.</summary>
    public int Since(int target, int slot)
    {
        if (Fault.Timing == FaultTiming.Always)
            return 0;
        if (Fault.Timing == FaultTiming.Slots)
            return Fault.FromSlot;
        while (IsInForce(target, slot - 1))
            slot--;
        return slot;
    }

    /// <summary>drop: whether a burst goes on at a target in a slot; good before slot 0.</summary>
    public bool IsBurst(int target, int slot) => Alternates(target, slot, Fault.BurstStart, Fault.BurstEnd, pair: 0, first: 0);

    /// <summary>Two uniforms of one message.</summary>
    /// <param name="target">Server whose twin is at the link's end.</param>
    /// <param name="slot">Slot of sending.</param>
    /// <param name="station">Station that sends or receives; −1 where there is none.</param>
    /// <param name="round">Decision round; −1 where there is none.</param>
    internal (double First, double Second) Draw(int target, int slot, int station, int round) =>
        RandomStreams.UniformPair(_key, target, slot, Purpose.FaultMessage, Pair(station, round));

    /// <summary>A normal draw of one publication.</summary>
    internal double DrawNormal(int target, int slot, int round) =>
        RandomStreams.Normal(_key, target, slot, Purpose.FaultMessage, Pair(-1, round));

    private static int Pair(int station, int round) => (station + 1) * RoundsOfAStation + round + 1;

    private bool Selects(int id, double x, double y) => Fault.Selection switch
    {
        FaultSelection.Ids => Fault.Ids.Contains(id),
        FaultSelection.Share => RandomStreams.Uniform(_key, id, 0, Purpose.FaultTarget) < Fault.Share,
        FaultSelection.Circle => Square(x - Fault.CircleX) + Square(y - Fault.CircleY) <= Square(Fault.CircleRadius),
        _ => x >= Fault.LowX && x < Fault.HighX && y >= Fault.LowY && y < Fault.HighY,
    };

    private static double Square(double value) => value * value;

    /// <summary>Two states by one uniform a slot: below start it goes on, from 1 − end on it is off, else as before; off before the first slot.</summary>
    private bool Alternates(int target, int slot, double start, double end, int pair, int first)
    {
        for (; slot >= first; slot--)
        {
            var uniform = RandomStreams.UniformPair(_key, target, slot, Purpose.FaultTime, pair).First;
            if (uniform < start)
                return true;
            if (uniform >= 1 - end)
                return false;
        }

        return false;
    }
}
