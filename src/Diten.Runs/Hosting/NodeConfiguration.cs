using System.Globalization;
using System.Text;
using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Diten.Actors.Nodes;
using Diten.Actors.Runtime;
using Diten.Model.Scenarios.Keys;
using Diten.Runs.Hosting.Secret;

namespace Diten.Runs.Hosting;

/// <summary>How a node runs and whom it talks to; <c>hocon/cluster.conf</c> explains every key. Read once; actors get values out of it.</summary>
public sealed record NodeConfiguration
{
    /// <summary>Name of the actor system of every node of a cluster.</summary>
    public const string SystemName = "diten";

    /// <summary>Address that the node listens on.</summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>TCP port; 0 = any that is free.</summary>
    public int Port { get; init; }

    /// <summary>Name or address by which other nodes reach this one; null = <see cref="Host"/>.</summary>
    public string? PublicHost { get; init; }

    /// <summary>Some of <see cref="NodeRole"/>; at least one.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [NodeRole.Emulation, NodeRole.Coordinator];

    /// <summary>Nodes to join; the first one founds the cluster. Empty = the node joins when it is told to.</summary>
    public IReadOnlyList<NodeAddress> SeedNodes { get; init; } = [];

    /// <summary>Threads that the emulated entities run on; 0 = one a core.</summary>
    public int Threads { get; init; }

    /// <summary>Where the node answers operators over HTTP; null = nowhere.</summary>
    public HttpPlace? Http { get; init; }

    /// <summary>Whether nodes whose arithmetic differs may work together.</summary>
    public bool AllowDifferentCpu { get; init; }

    /// <summary>Certificates; null = no TLS, which only a loopback address may do without.</summary>
    public NodeTls? Tls { get; init; }

    /// <summary>
    /// File with the secret that nodes without TLS share; empty = as <see cref="ClusterSecret.Given"/> finds it; null = that of this process,
    /// for nodes that live in it or that it starts.
    /// </summary>
    public string? SecretFile { get; init; }

    /// <summary>Where the twins' journal and the checkpoints are kept; null = nowhere.</summary>
    public string? Journal { get; init; }

    /// <summary>
    /// Whether the process ends with its actor system, as <c>akka.coordinated-shutdown.exit-clr</c> says; only code sets it. Akka then ends
    /// it with exit code 0, whatever happened, so who has an exit code to give, or more to do, says false, waits for the system's end and
    /// looks at <c>CoordinatedShutdown.Get(system).ShutdownReason</c>.
    /// </summary>
    public bool EndsProcess { get; init; } = true;

    /// <summary>Whether Akka keeps its log to itself: for a process that people look at, and whose notices tell what they need to know.</summary>
    public bool Silent { get; init; }

    /// <summary>Whether the node says goodbye to the others before its actor system ends; not where they end with it.</summary>
    public bool SaysGoodbye { get; init; } = true;

    /// <summary>What Akka itself is told: the user's file over cluster.conf.</summary>
    internal Config Settings { get; init; } = NodeSettingsFiles.Cluster;

    /// <summary>Akka's keys as the user's file has them.</summary>
    internal IReadOnlyList<ScenarioEntry> Written { get; init; } = [];

    /// <summary>Reads all layers: what is built in, then a file, then the command line.</summary>
    /// <param name="file">HOCON file of the user; null = none.</param>
    /// <param name="options">Options of the command line: how the user wrote it, the key it means, its value; null = not given.</param>
    /// <exception cref="UserErrorException">With everything that is wrong, a line a mistake.</exception>
    public static NodeConfiguration Load(string? file = null, params IEnumerable<(string Option, string Key, string? Value)> options) =>
        NodeSettingsFiles.Load(file, options);

    /// <summary>A running actor system with this configuration; it has not joined a cluster unless there are seed nodes.</summary>
    /// <exception cref="UserErrorException">Others would reach the node without TLS, its certificates are of no use, or Akka cannot start with it.</exception>
    public ActorSystem Start() => NodeStart.Guarded(this, () => ActorSystem.Create(SystemName, ToSetup()));

    /// <summary>What <see cref="Start"/> starts: <see cref="ToAkkaConfig"/>, and certificates or secret.</summary>
    /// <inheritdoc cref="Start" path="/exception"/>
    public ActorSystemSetup ToSetup()
    {
        var setup = ActorSystemSetup.Create(BootstrapSetup.Create().WithConfig(ToAkkaConfig()));
        return Tls is null
            ? setup.And(new SecretSetup(SecretFile is null ? ClusterSecret.OfThisProcess : ClusterSecret.Given(SecretFile)))
            : setup.And(Tls.Open(PublicHost ?? Host).ToSetup());
    }

    /// <summary>All settings of the actor system, but for certificates and secret, which only <see cref="ToSetup"/> brings.</summary>
    /// <exception cref="UserErrorException">Others would reach the node without TLS.</exception>
    public Config ToAkkaConfig()
    {
        Check();
        var text = new StringBuilder()
            .AppendLine("akka.remote.enabled-transports = [\"akka.remote.dot-netty.tcp\"]")
            .AppendLine("akka.remote.dot-netty.tcp {")
            .AppendLine(CultureInfo.InvariantCulture, $"hostname = \"{Host}\"")
            .AppendLine(CultureInfo.InvariantCulture, $"port = {Port}")
            .AppendLine(CultureInfo.InvariantCulture, $"public-hostname = \"{PublicHost}\"")
            .AppendLine(Tls is null ? "enable-ssl = false" : "enable-ssl = true")
            .AppendLine(Tls is null ? $"applied-adapters = [{SecretTransport.Scheme}]" : "applied-adapters = []")
            .AppendLine("}")
            .AppendLine(CultureInfo.InvariantCulture, $"akka.remote.adapters.{SecretTransport.Scheme} = \"{typeof(SecretTransportProvider).FullName},{typeof(SecretTransportProvider).Assembly.GetName().Name}\"")
            .AppendLine(CultureInfo.InvariantCulture, $"akka.cluster.roles = [{string.Join(", ", Roles)}]")
            .AppendLine(CultureInfo.InvariantCulture, $"akka.cluster.seed-nodes = [{string.Join(", ", SeedNodes.Select(seed => $"\"{AddressOf(seed)}\""))}]");
        if (Tls is not null)
            text.AppendLine("diten.node.tls.password = \"\""); // nobody needs it there, and Akka can be told to log its configuration
        if (Silent)
            text.AppendLine("akka.loglevel = OFF").AppendLine("akka.stdout-loglevel = OFF");
        if (!SaysGoodbye)
            text.AppendLine("akka.coordinated-shutdown.run-by-actor-system-terminate = off");
        if (!EndsProcess)
            text.AppendLine("akka.coordinated-shutdown.exit-clr = off");
        return ConfigurationFactory.ParseString(text.ToString()).WithFallback(Settings).WithFallback(NodeSettings.Load(Threads));
    }

    /// <summary>A node's address in the cluster.</summary>
    public Address AddressOf(NodeAddress node) => new(Tls is null ? $"akka.{SecretTransport.Scheme}.tcp" : "akka.ssl.tcp", SystemName, node.Host, node.Port);

    /// <summary>Throws where a key is wrong because of another one.</summary>
    /// <param name="origin">Of a key, who wrote it, ending in <c>": "</c>; null = nobody knows.</param>
    internal void Check(Func<string, string>? origin = null)
    {
        const string HostKey = "diten.node.host";
        var place = origin?.Invoke(HostKey) ?? "";
        if (Tls is null && !NodeAddress.IsLoopback(Host))
            throw new UserErrorException(
                $"{place}{HostKey}: found {Host}, which other machines may reach, and no TLS; allowed: 127.0.0.1, or diten.node.tls.certificate "
                + "and its like for this node. 'diten certificates' makes the files, hocon/secure.conf shows where they go.");
        if (PublicHost is null && NodeAddress.IsAny(Host))
            throw new UserErrorException(
                $"{place}{HostKey}: found {Host}, which other nodes cannot call, and no diten.node.public-host; "
                + "allowed: with it, the name or address by which they reach this one.");
    }
}
