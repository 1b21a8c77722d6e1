using System.Globalization;
using Akka.Actor;

namespace Diten.Actors.Runtime;

/// <summary>The lanes that a node was started with: one thread each, to which an actor belongs for good; see <see cref="Lane"/>.</summary>
public static class Lanes
{
    /// <summary>HOCON key of their number.</summary>
    internal const string CountKey = "diten.lanes.count";

    /// <summary>Their number, at least 1.</summary>
    public static int Of(ActorSystem system) => system.Settings.Config.GetInt(CountKey);

    /// <summary>HOCON path of a lane's dispatcher.</summary>
    public static string Path(int lane) => string.Create(CultureInfo.InvariantCulture, $"diten.lanes.lane-{lane}");

    /// <summary>The lane of each zone: neighbouring ones share a lane, and lanes have about the same number of devices and stations to begin with.</summary>
    /// <param name="weights">Devices and stations of each zone, in the order in which zones are neighbours; at least 1 each.</param>
    /// <param name="lanes">How many there are, at least 1.</param>
    internal static int[] Share(IReadOnlyList<long> weights, int lanes)
    {
        var (total, before) = (weights.Sum(), 0L);
        return [.. weights.Select(weight =>
        {
            before += weight;
            return (int)(lanes * (before - (weight + 1) / 2) / total); // by the zone's middle; rounded down, so that the last one is not past the last lane
        })];
    }
}
