using Akka.Configuration;

namespace Diten.Actors.Runtime;

/// <summary>How a node runs: <c>hocon/diten.conf</c>, built into the program, with what the caller overrides.</summary>
public static class NodeSettings
{
    /// <summary>The node's configuration.</summary>
    /// <param name="workerThreads">Threads that entities run on; 0 = one a core.</param>
    public static Config Load(int workerThreads)
    {
        var threads = workerThreads > 0 ? workerThreads : Environment.ProcessorCount;
        return ConfigurationFactory
            .ParseString(FormattableString.Invariant($"{EmulationProps.Dispatcher}.dedicated-thread-pool.thread-count = {threads}"))
            .WithFallback(ConfigurationFactory.ParseString(Defaults()));
    }

    private static string Defaults()
    {
        using var stream = typeof(NodeSettings).Assembly.GetManifestResourceStream("diten.conf")
            ?? throw new InvalidOperationException("The program lacks its built-in diten.conf.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
