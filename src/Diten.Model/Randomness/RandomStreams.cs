using System.Runtime.CompilerServices;
using Diten.Model.Learning;

namespace Diten.Model.Randomness;

/// <summary>What a random draw is for. The numbers are part of the published format: never reuse or renumber one.</summary>
/// <remarks>The table of who draws what, with which index, stands in docs/randomness.md.</remarks>
public enum Purpose : byte
{
    /// <summary>Device, slot t: data (0), cycles per bit (1), deadline (2), transmit power (3).</summary>
    Task = 1,
    /// <summary>Device, slot t: the part of the slot in which it decides (0).</summary>
    DecisionRound = 2,
    /// <summary>Device, slot t: the draw of a policy that chooses at random, or by probabilities (0).</summary>
    Policy = 3,
    /// <summary>Device, slot 0: the radio channel that it keeps (0).</summary>
    Channel = 4,
    /// <summary>Device, slot 0: where it starts (x 0, y 1, and what else the mobility model draws once, from 2).</summary>
    MobilityStart = 5,
    /// <summary>Device, slot t: what its mobility model draws on the way to slot t + 1.</summary>
    Mobility = 6,
    /// <summary>Server, slot 0: its capacity F (0).</summary>
    Capacity = 7,
    /// <summary>Server, slot t: background load (whether to redraw 0, value 1; or a normal 0 and 1).</summary>
    Background = 8,
    /// <summary>Server, slot t: injected deviation of its twin, a normal (0 and 1).</summary>
    Deviation = 9,
    /// <summary>Station (or candidate site), slot 0: its place (x 0, y 1).</summary>
    StationPlace = 10,
    /// <summary>Station, slot 0: whether it carries an edge server (0).</summary>
    ServerPlace = 11,
    /// <summary>Device, slot 0: which recorded journey it follows first (0).</summary>
    TraceStart = 12,
    /// <summary>Sampling in reports and bounds (which journeys and slots are looked at).</summary>
    Sampling = 13,
    /// <summary>
    /// Policy q-learning, when it is created: seed of the world that it is trained in (entity 0, slot 0: 0 and 1). In that world: whether a
    /// device explores (device, slot t: 0) and which action (1); whether a server's load changes (server, slot t: 2) and to what (3).
    /// </summary>
    PolicyTraining = 20,
    /// <summary>Network (0 policy, 1 critic), slot = layer: its first weights, row-major (index); biases start at 0.</summary>
    NetworkWeights = 30,
    /// <summary>Learner's update number, slot = pass: the order of rows in minibatches, a shuffle that swaps place i with one from 0 to i (i).</summary>
    Minibatches = 31,
    /// <summary>
    /// Version of the policy, number of the play: seed of a play on the system's twin (0, 1). With that seed: in which slot it begins (entity 0, slot 0:
    /// 0) and which devices' journeys are trained on, a shuffle that swaps place i with one from i on (entity 0, slot 0: 1 + i).
    /// </summary>
    TwinPlay = 40,
    /// <summary>Target of a fault, slot of sending, with the fault's own key: what happens to a message; pair (station + 1)·65 + round + 1.</summary>
    FaultMessage = 60,
    /// <summary>Target of a fault, slot, with the fault's own key: a burst (0), a renewal (2).</summary>
    FaultTime = 61,
    /// <summary>Target of a fault, slot 0, with the fault's own key: whether it is one (0).</summary>
    FaultTarget = 62,
    /// <summary>Device, slot 0: whether stations report its placements to twins (0).</summary>
    ReportedDevice = 70,
    /// <summary>Number of the strike of an experiment with kills, slot = which draw: slot (0), delay (1), processes (from 2); in no result.</summary>
    Chaos = 50,
    /// <summary>Number of a resample of the bootstrap, slot 0: which seed stands at each of its places (index); in no run.</summary>
    Resampling = 71,
}

/// <summary>Random draws as a pure function of (seed, entity, slot, purpose, index); model.md §8.</summary>
/// <remarks>
/// Philox counter = (entity id, slot, purpose, index / 2), key = seed; one block gives two uniforms of 53 bits.
/// No state, no order: two draws with different arguments never influence each other.
/// </remarks>
public static class RandomStreams
{
    private const double TwoToMinus53 = 1.0 / (1L << 53);

    /// <summary>The pair of uniforms in [0, 1) with indices 2·<paramref name="pair"/> and 2·<paramref name="pair"/> + 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (double First, double Second) UniformPair(ulong seed, int entity, int slot, Purpose purpose, int pair = 0)
    {
        var (w0, w1, w2, w3) = Philox4x32.Block((uint)entity, (uint)slot, (uint)purpose, (uint)pair, (uint)seed, (uint)(seed >> 32));
        return (ToUnit(w0, w1), ToUnit(w2, w3));
    }

    /// <summary>One uniform in [0, 1).</summary>
    public static double Uniform(ulong seed, int entity, int slot, Purpose purpose, int index = 0)
    {
        var (first, second) = UniformPair(seed, entity, slot, purpose, index >> 1);
        return (index & 1) == 0 ? first : second;
    }

    /// <summary>One draw of the standard normal distribution, by Box-Muller from the uniforms 2·<paramref name="pair"/> and the next.</summary>
    /// <remarks>A fixed transform without rejection, so that no draw shifts another.</remarks>
    public static double Normal(ulong seed, int entity, int slot, Purpose purpose, int pair = 0)
    {
        var (first, second) = UniformPair(seed, entity, slot, purpose, pair);
        return Math.Sqrt(-2.0 * Math.Log(1.0 - first)) * Math.Cos(2.0 * Math.PI * second);
    }

    /// <summary>An integer in [0, <paramref name="count"/>), count positive, from a uniform in [0, 1).</summary>
    public static int ToIndex(double uniform, int count) => Math.Min((int)(uniform * count), count - 1);

    private static double ToUnit(uint high, uint low) => ((((ulong)high << 32) | low) >> 11) * TwoToMinus53;
}
