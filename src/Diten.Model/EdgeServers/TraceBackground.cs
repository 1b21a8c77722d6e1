using Diten.Model.Randomness;

namespace Diten.Model.EdgeServers;

/// <summary>Background load from recorded CPU utilisation, replayed in recorded time.</summary>
/// <remarks>
/// Server i follows trace i mod (number of traces) from a point of it drawn once, and begins anew at its end. A slot has the utilisation
/// at its start, so slots shorter than the recording's step hold a value, and longer ones skip some.
/// </remarks>
public sealed class TraceBackground : IBackgroundLoad
{
    private readonly ulong _seed;
    private readonly double _slotSeconds;

    /// <param name="seed">Key of the draw of the starting points.</param>
    /// <param name="traces">At least one.</param>
    /// <param name="slotSeconds">Length of a slot, seconds; positive.</param>
    /// <exception cref="ArgumentException">No traces.</exception>
    public TraceBackground(ulong seed, IReadOnlyList<CpuTrace> traces, double slotSeconds)
    {
        if (traces.Count == 0)
            throw new ArgumentException("There must be a trace.", nameof(traces));
        (_seed, Traces, _slotSeconds) = (seed, traces, slotSeconds);
    }

    /// <summary>The traces, with what was read and dropped.</summary>
    public IReadOnlyList<CpuTrace> Traces { get; }

    /// <inheritdoc/>
    public double Initial(int server) => At(server, 0);

    /// <inheritdoc/>
    public double Next(double previous, int server, int slot) => At(server, slot);

    private double At(int server, int slot)
    {
        var trace = Traces[server % Traces.Count];
        var start = RandomStreams.Uniform(_seed, server, 0, Purpose.Background) * trace.DurationSeconds;
        return BackgroundLoads.Clamp(trace.At(start + slot * _slotSeconds));
    }
}
