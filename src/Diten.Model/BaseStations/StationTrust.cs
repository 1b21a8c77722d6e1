using Diten.Model.Offloading;
using Diten.Model.Worlds;

namespace Diten.Model.BaseStations;

/// <summary>
/// What a station has learned of twins from tasks that came back (<c>decisions.trust = learned</c>, model.md §10): for each server in reach, the
/// logarithm of the factor by which it takes the twin's ĉ. It never believes more than the twin says, and at least 1/32 of it.
/// </summary>
internal static class StationTrust
{
    /// <summary>log(1/32).</summary>
    private static readonly double Least = -5 * Math.Log(2);

    /// <summary>A twin's word, as far as the station trusts it.</summary>
    /// <param name="k">The server, as an index of the station's reach.</param>
    public static BelievedServer Weigh(BaseStationState state, int k, in BelievedServer told) =>
        state.Trust is { } trust && trust[k] < 0 ? told with { FreeHertz = told.FreeHertz * Math.Exp(trust[k]) } : told;

    /// <summary>
    /// Compares what was predicted of the slot's tasks with how long they took, server by server: the factor moves by a share of the mean of
    /// log(predicted / taken), computation only. What was predicted had the factor in it, so that it settles where twins are right on average, and
    /// what is older counts less and less. A server that ran none keeps it.
    /// </summary>
    public static void Learn(BaseStationState state, World world)
    {
        if (state.Trust is not { } trust)
            return;
        Span<double> sums = stackalloc double[trust.Length];
        Span<int> counts = stackalloc int[trust.Length];
        sums.Clear();
        counts.Clear();
        for (var i = 0; i < state.Attached; i++) // by device id
        {
            ref readonly var turn = ref state.Turns[i];
            var taken = turn.QueueingSeconds + turn.ComputationSeconds;
            if (!turn.HasResult || !(turn.TwinsComputationSeconds > 0) || !(taken > 0))
                continue;
            sums[turn.Chosen] += Math.Log(turn.TwinsComputationSeconds / taken);
            counts[turn.Chosen]++;
        }

        var weight = world.Scenario.Decisions.TrustWeight;
        for (var k = 0; k < trust.Length; k++)
            if (counts[k] > 0)
                trust[k] = Math.Clamp(trust[k] + weight * (sums[k] / counts[k]), Least, 0);
    }
}
