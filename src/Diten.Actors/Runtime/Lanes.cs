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
}
