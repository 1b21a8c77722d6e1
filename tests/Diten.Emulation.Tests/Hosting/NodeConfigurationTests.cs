using Akka.Configuration;
using Akka.Configuration.Hocon;
using Diten.Emulation.Tests.Results;
using Diten.Model.Scenarios.Keys;
using Diten.Runs;
using Diten.Runs.Hosting;
using Diten.Runs.Scenarios;

namespace Diten.Emulation.Tests.Hosting;

/// <summary>Layers of a node's configuration, and what users do wrong in them.</summary>
public sealed class NodeConfigurationTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Without_a_word_a_node_is_for_this_machine_only()
    {
        var node = NodeConfiguration.Load();

        Assert.Equal("127.0.0.1", node.Host);
        Assert.Equal(0, node.Port);
        Assert.Equal(["emulation", "coordinator"], node.Roles);
        Assert.Equal([], node.SeedNodes);
        Assert.Null(node.PublicHost);
        Assert.Null(node.Tls);
        Assert.Null(node.Journal);
        Assert.False(node.AllowDifferentCpu);
    }

    [Fact]
    public void What_is_written_in_code_is_what_is_built_in()
    {
        var (built, read) = (new NodeConfiguration(), NodeConfiguration.Load());

        Assert.Equal(built.ToAkkaConfig().ToString(true), read.ToAkkaConfig().ToString(true));
        Assert.Equal((built.Host, built.Port, built.Threads), (read.Host, read.Port, read.Threads));
        Assert.Equal(built.Roles, read.Roles);
    }

    [Fact]
    public void The_command_line_wins_over_the_file_and_the_file_over_what_is_built_in()
    {
        var file = Write("""
            diten.node { port = 4711, threads = 3, roles = [learner], seed-nodes = ["127.0.0.1:5000", "[::1]:5001", "a.example:5002"] }
            diten.journal = "runs/journal.db"
            akka.cluster.gossip-interval = 1s
            """);

        var node = NodeConfiguration.Load(file, ("--port", "diten.node.port", "4712"), ("--threads", "diten.node.threads", null));

        Assert.Equal((4712, 3, "runs/journal.db"), (node.Port, node.Threads, node.Journal));
        Assert.Equal(["learner"], node.Roles);
        Assert.Equal(["127.0.0.1:5000", "[::1]:5001", "a.example:5002"], node.SeedNodes.Select(seed => seed.ToString()));
        var akka = node.ToAkkaConfig();
        Assert.Equal(4712, akka.GetInt("akka.remote.dot-netty.tcp.port"));
        Assert.Equal("akka.secret.tcp://diten@a.example:5002", akka.GetStringList("akka.cluster.seed-nodes")[2]);
        Assert.Equal(TimeSpan.FromSeconds(1), akka.GetTimeSpan("akka.cluster.gossip-interval"));
        Assert.Equal(TimeSpan.FromMilliseconds(200), akka.GetTimeSpan("akka.cluster.leader-actions-interval"));
        Assert.Equal(3, akka.GetInt("diten.lanes.count"));
    }

    [Fact]
    public void Fail_over_is_set_as_it_was_measured()
    {
        var akka = new NodeConfiguration().ToAkkaConfig();

        Assert.Equal("cluster", akka.GetString("akka.actor.provider"));
        Assert.Equal("keep-majority", akka.GetString("akka.cluster.split-brain-resolver.active-strategy"));
        Assert.Equal("off", akka.GetString("akka.cluster.split-brain-resolver.down-all-when-unstable"));
        Assert.Equal(TimeSpan.FromMilliseconds(200), akka.GetTimeSpan("akka.cluster.down-removal-margin"));
        Assert.Equal(TimeSpan.FromMilliseconds(200), akka.GetTimeSpan("akka.cluster.singleton.hand-over-retry-interval"));
        Assert.Equal(4_000_000, akka.GetByteSize("akka.remote.dot-netty.tcp.maximum-frame-size"));
        Assert.True(akka.GetBoolean("akka.coordinated-shutdown.exit-clr"));
        Assert.False((new NodeConfiguration { EndsProcess = false }).ToAkkaConfig().GetBoolean("akka.coordinated-shutdown.exit-clr"));
    }

    [Theory]
    [InlineData("diten.node.hots = \"127.0.0.1\"", ", line 1: diten.node.hots: found an unknown key; allowed: diten.node.host,", "Did you mean 'diten.node.host'?")]
    [InlineData("diten.lanes.throughput = 9", "diten.lanes.throughput: found an unknown key; allowed: diten.node.host,")]
    [InlineData("ditne.node.port = 1", "ditne.node.port: found an unknown key; allowed: keys under diten or akka. Did you mean 'diten'?")]
    [InlineData("\nditen.node.port = 65536", ", line 2: diten.node.port: found '65536'; allowed: a TCP port from 0 to 65535; 0 = any that is free.")]
    [InlineData("diten.node.port = -1", "diten.node.port: found '-1'; allowed: a TCP port")]
    [InlineData("diten.node.host = \"\"", "diten.node.host: found nothing; allowed: an address of this machine")]
    [InlineData("diten.node.host = \"a b\"", "diten.node.host: found 'a b'; allowed: an address")]
    [InlineData("diten.node.public-host = \"0.0.0.0\"", "diten.node.public-host: found '0.0.0.0'; allowed: a name or address")]
    [InlineData("diten.node.roles = [emulation, cordinator]", "diten.node.roles: found '[emulation, cordinator]'; allowed: one or more of emulation, coordinator, learner, observer. Did you mean 'coordinator'?")]
    [InlineData("diten.node.roles = []", "diten.node.roles: found '[]'; allowed: one or more of")]
    [InlineData("diten.node.seed-nodes = [\"127.0.0.1\"]", "diten.node.seed-nodes: found '[127.0.0.1]'; allowed: [\"HOST:PORT\", …].")]
    [InlineData("diten.node.seed-nodes = [\"::1:80\"]", "allowed: [\"HOST:PORT\", …].")]
    [InlineData("diten.node.threads = many", "diten.node.threads: found 'many'; allowed: a whole number from 0 to 1024; 0 = one a core.")]
    [InlineData("diten.node.allow-different-cpu = onn", "diten.node.allow-different-cpu: found 'onn'; allowed: on or off. Did you mean 'on'?")]
    [InlineData("akka.remote.dot-netty.tcp.hostname = \"0.0.0.0\"", "found a key that Diten sets itself; allowed: diten.node.host.")]
    [InlineData("akka.remote.dot-netty.tcp.ssl.suppress-validation = on", "found a key that Diten sets itself; allowed: diten.node.tls.certificate.")]
    [InlineData("akka.actor.provider = local", "found a key that Diten sets itself; allowed: nothing, it is fixed.")]
    [InlineData("\nakka.cluster.failure-detector.heartbeat-interval = banana", "n.conf, line 2: akka.cluster.failure-detector.heartbeat-interval: found 'banana'; allowed: a time above 0, such as Akka's own 1 s.")]
    [InlineData("akka.cluster.gossip-interval = 0s", "akka.cluster.gossip-interval: found '0s'; allowed: a time above 0, such as Akka's own 1s.")]
    [InlineData("akka.cluster.failure-detector.threshold = high", "akka.cluster.failure-detector.threshold: found 'high'; allowed: a number, such as Akka's own 8.0.")]
    [InlineData("akka.remote.dot-netty.tcp.maximum-frame-size = large", "found 'large'; allowed: a size in bytes, such as Akka's own 128000b.")]
    [InlineData("akka.remote.dot-netty.tcp.tcp-nodelay = maybe", "found 'maybe'; allowed: on or off, such as Akka's own on.")]
    [InlineData("akka.loggers = [\"Foo.Bar, Baz\"]", "akka.loggers: found 'Foo.Bar, Baz'; allowed: the name of a class that is there,")]
    [InlineData("akka.extensions = [\"Foo.Bar, Baz\"]", "akka.extensions: found 'Foo.Bar, Baz'; allowed: the name of a class that is there,")]
    [InlineData("akka.loglevel = WARN", "akka.loglevel: found 'WARN'; allowed: OFF, ERROR, WARNING, INFO, DEBUG.")]
    [InlineData("akka.cluster.downing-provider-class = \"Foo.Bar, Baz\"", "akka.cluster.downing-provider-class: found 'Foo.Bar, Baz'; allowed: the name of a class")]
    [InlineData("akka.actor.serializers.mine = \"Foo.Bar, Baz\"", "akka.actor.serializers.mine: found 'Foo.Bar, Baz'; allowed: the name of a class")]
    [InlineData("akka.remote.watch-failure-detector.implementation-class = \"Foo.Bar, Baz\"", "implementation-class: found 'Foo.Bar, Baz'; allowed: the name of a class")]
    [InlineData("akka.remote.dot-netty.tcp.transport-class = \"Foo.Bar, Baz\"", "found a key that Diten sets itself; allowed: nothing, it is fixed.")]
    [InlineData("akka.remote.dot-netty.tcp.applied-adapters = []", "found a key that Diten sets itself; allowed: nothing, it is fixed.")]
    [InlineData("akka.cluster.split-brain-resolver.active-strategy = keep-majorty", "found 'keep-majorty'; allowed: keep-majority, keep-oldest,", "Did you mean 'keep-majority'?")]
    [InlineData("akka = 3", "n.conf, line 1: akka: found '3', where keys belong; allowed: akka { … }, with keys such as ")]
    [InlineData("akka.cluster.failure-detector = 3", "akka.cluster.failure-detector: found '3', where keys belong;")]
    [InlineData("diten.node { port = 1", "found a '{' that is not closed")]
    [InlineData("diten.node.tls.certificate = \"node.pem\"", "diten.node.tls.trusted-ca: found nothing; allowed: the authority's certificate, in PEM. 'diten certificates' makes what is needed.")]
    [InlineData("diten.node.tls { certificate = \"node.pem\", trusted-ca = \"none.pem\" }", "diten.node.tls.trusted-ca: found ", "none.pem, which does not exist;")]
    [InlineData("diten.node.tls { certificate = \"n.conf\", trusted-ca = \"n.conf\" }", "n.conf, which cannot be read (")]
    public void A_mistake_is_told_with_file_key_found_and_allowed(string text, params string[] told)
    {
        var mistake = Assert.Throws<UserErrorException>(() => NodeConfiguration.Load(Write(text)));

        Assert.DoesNotContain('\n', mistake.Message);
        Assert.All(told, part => Assert.Contains(part, mistake.Message));
    }

    [Theory]
    [InlineData("akka.actor.default-dispatcher.type = Frobnicator", "Frobnicator")]      // keys that no check of ours knows the values of
    [InlineData("akka.actor.serialization-bindings { \"No.Such, Thing\" = json }\nakka.actor.default-dispatcher.executor = frobnicator", "frobnicator")]
    public void What_Akka_cannot_start_with_is_told_with_file_key_and_value(string text, string value)
    {
        var configuration = NodeConfiguration.Load(Write(text));

        var mistake = Assert.Throws<UserErrorException>(() => ClusterNode.Start(configuration));

        Assert.DoesNotContain('\n', mistake.Message);
        Assert.Contains("n.conf: the node cannot start with ", mistake.Message);
        Assert.Contains(value, mistake.Message);
        Assert.DoesNotContain("   at ", mistake.Message);
    }

    [Fact]
    public void Whatever_Akka_throws_because_of_a_file_is_told_in_its_words()
    {
        var configuration = NodeConfiguration.Load(Write("akka.some.key = xyz\nakka.other.key = abc"));

        var mistake = Assert.Throws<UserErrorException>(() => NodeStart.Guarded<int>(configuration, () =>
            throw new AggregateException(new TypeLoadException("outer", new ArgumentException("There is no 'xyz'.\nIt has two lines.")))));

        Assert.EndsWith("n.conf: the node cannot start with akka.some.key = xyz: There is no 'xyz'.", mistake.Message);
        Assert.Throws<ArgumentException>(() => NodeStart.Guarded<int>(new NodeConfiguration(), () => throw new ArgumentException("a bug of ours")));
    }

    [Fact]
    public void Every_value_that_Akka_or_Diten_has_is_one_that_it_would_take()
    {
        var all = new NodeConfiguration().ToAkkaConfig().WithFallback(ConfigurationFactory.Default());
        // cluster-metrics: of a package that is not used.
        ScenarioEntry[] entries = [.. Leaves("akka", all.GetValue("akka"))];

        Assert.True(entries.Length > 200);
        Assert.Equal([], entries.Select(entry => AkkaKeys.Mistake(entry, all)).Where(mistake => mistake is not null).Select(mistake => mistake!.ToString()));
    }

    [Fact]
    public void No_password_is_told()
    {
        var configuration = NodeConfiguration.Load(Write("akka.actor.default-dispatcher.type = Frobnicator\nakka.persistence.journal.sql.connection-string = \"Password=xyzzy\""));

        Assert.DoesNotContain("xyzzy", Assert.Throws<UserErrorException>(() => ClusterNode.Start(configuration with { Written = [configuration.Written[1]] })).Message);
    }

    private static IEnumerable<ScenarioEntry> Leaves(string key, HoconValue value) => value.IsObject()
        ? value.GetObject().Items.Where(item => !item.Key.Contains('.') && !item.Key.StartsWith("cluster-metrics", StringComparison.Ordinal)).SelectMany(item => Leaves($"{key}.{item.Key}", item.Value))
        : [new ScenarioEntry(key, HoconReader.Text(value), "reference.conf")];

    [Fact]
    public void A_file_that_is_not_there_is_told()
    {
        Assert.Contains("none.conf, which does not exist", Assert.Throws<UserErrorException>(() => NodeConfiguration.Load(_folder.At("none.conf"))).Message);
        Assert.Contains("which is a folder", Assert.Throws<UserErrorException>(() => NodeConfiguration.Load(_folder.Path)).Message);
    }

    [Fact]
    public void All_mistakes_are_told_at_once_a_line_each()
    {
        var mistake = Assert.Throws<UserErrorException>(() =>
            NodeConfiguration.Load(Write("diten.node.port = x\nditen.node.threads = y"), ("--host", "diten.node.host", "a b")));

        Assert.Equal(3, mistake.Message.Split('\n').Length);
        Assert.Contains("--host: diten.node.host: found 'a b'", mistake.Message);
    }

    [Theory]
    [InlineData("10.0.0.5")]
    [InlineData("0.0.0.0")]
    [InlineData("::")]
    [InlineData("node.example")]
    [InlineData("127.0.0.1.example")]
    public void Nobody_else_reaches_a_node_without_TLS(string host)
    {
        var mistake = Assert.Throws<UserErrorException>(() => NodeConfiguration.Load(null, ("--host", "diten.node.host", host)));

        Assert.StartsWith($"--host: diten.node.host: found {host}, which other machines may reach, and no TLS; allowed: 127.0.0.1, or", mistake.Message);
        Assert.Contains("'diten certificates'", mistake.Message);
        Assert.Throws<UserErrorException>(() => new NodeConfiguration { Host = host }.Start());
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.2")]
    [InlineData("::1")]
    public void This_machine_needs_no_TLS(string host) =>
        Assert.Equal(host, NodeConfiguration.Load(null, ("--host", "diten.node.host", host)).Host);

    private string Write(string text)
    {
        var file = _folder.At("n.conf");
        File.WriteAllText(file, text);
        return file;
    }
}
