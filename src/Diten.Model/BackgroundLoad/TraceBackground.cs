using Diten.Model.Randomness;

namespace Diten.Model.BackgroundLoad;

/// <summary>Background load from recorded CPU utilisation, replayed in recorded time.</summary>
/// <remarks>
/// Server i follows trace i mod (number of traces) from a point of it drawn once, and begins anew at its end. A slot has the utilisation
/// at its start, so slots shorter than the recording's step hold a value, and longer ones skip some.
/// </remarks>
public sealed class TraceBackground : IBackgroundLoad
{
    private readonly ulong _seed;
    private readonly double _slotSeconds;
    private readonly IReadOnlyList<CpuTrace> _machines;

    /// <param name="seed">Key of the draw of the starting points.</param>
    /// <param name="traces">What is followed.</param>
    /// <param name="slotSeconds">Length of a slot, seconds; positive.</param>
    public TraceBackground(ulong seed, CpuTraces traces, double slotSeconds)
    {
        (_seed, Traces, _machines, _slotSeconds) = (seed, traces, traces.Machines, slotSeconds);
    }

    /// <summary>The traces, with what was read and dropped.</summary>
    public CpuTraces Traces { get; }

    /// <inheritdoc/>
    public double Initial(int server) => At(server, 0);

    /// <inheritdoc/>
    public double Next(double previous, int server, int slot) => At(server, slot);

    private double At(int server, int slot)
    {
        var trace = _machines[server % _machines.Count];
        var start = RandomStreams.Uniform(_seed, server, 0, Purpose.Background) * trace.DurationSeconds;
        return BackgroundLoads.Clamp(trace.At(start + slot * _slotSeconds));
    }
}
