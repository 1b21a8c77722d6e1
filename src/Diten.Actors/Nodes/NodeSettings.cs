using System.Globalization;
using System.Text;
using Akka.Actor;
using Akka.Configuration;
using Diten.Actors.Runtime;
using Diten.Actors.Wire;

namespace Diten.Actors.Nodes;

/// <summary>How a node runs: <c>hocon/diten.conf</c>, built into the program, with what the caller overrides.</summary>
public static class NodeSettings
{
    /// <summary>The node's configuration.</summary>
    /// <param name="workerThreads">Threads that entities run on, the lanes; 0 = one a core.</param>
    public static Config Load(int workerThreads)
    {
        var lanes = workerThreads > 0 ? workerThreads : Environment.ProcessorCount;
        var settings = ConfigurationFactory.ParseString(Defaults());
        var (type, throughput) = (settings.GetString("diten.lanes.type"), settings.GetInt("diten.lanes.throughput"));
        var text = new StringBuilder().AppendLine(CultureInfo.InvariantCulture, $"{Lanes.CountKey} = {lanes}");
        for (var lane = 0; lane < lanes; lane++)
            text.AppendLine(
                CultureInfo.InvariantCulture, $"{Lanes.Path(lane)} {{ type = \"{type}\", id = \"{Lanes.Path(lane)}\", throughput = {throughput} }}");
        foreach (var message in MessageTable.Types)
            text.AppendLine(
                CultureInfo.InvariantCulture, $"akka.actor.serialization-bindings.\"{message.FullName}, {message.Assembly.GetName().Name}\" = diten");
        return ConfigurationFactory.ParseString(text.ToString()).WithFallback(settings);
    }

    private static string Defaults()
    {
        using var stream = typeof(NodeSettings).Assembly.GetManifestResourceStream("diten.conf")
            ?? throw new InvalidOperationException("The program lacks its built-in diten.conf.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
