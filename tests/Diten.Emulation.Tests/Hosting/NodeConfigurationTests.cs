using Diten.Emulation.Tests.Results;
using Diten.Node.Commands;
using Diten.Node.Hosting;

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
    [InlineData("diten.node { port = 1", "found a '{' that is not closed")]
    [InlineData("diten.node.tls.certificate = \"node.pem\"", "diten.node.tls.trusted-ca: found nothing; allowed: the authority's certificate, in PEM. 'diten certificates' makes what is needed.")]
    [InlineData("diten.node.tls { certificate = \"node.pem\", trusted-ca = \"none.pem\" }", "diten.node.tls.trusted-ca: found ", "none.pem, which does not exist;")]
    [InlineData("diten.node.tls { certificate = \"n.conf\", trusted-ca = \"n.conf\" }", "n.conf, which cannot be read (")]
    public void A_mistake_is_told_with_file_key_found_and_allowed(string text, params string[] told)
    {
        var mistake = Assert.Throws<UsageException>(() => NodeConfiguration.Load(Write(text)));

        Assert.DoesNotContain('\n', mistake.Message);
        Assert.All(told, part => Assert.Contains(part, mistake.Message));
    }

    [Fact]
    public void A_file_that_is_not_there_is_told()
    {
        Assert.Contains("none.conf, which does not exist", Assert.Throws<UsageException>(() => NodeConfiguration.Load(_folder.At("none.conf"))).Message);
        Assert.Contains("which is a folder", Assert.Throws<UsageException>(() => NodeConfiguration.Load(_folder.Path)).Message);
    }

    [Fact]
    public void All_mistakes_are_told_at_once_a_line_each()
    {
        var mistake = Assert.Throws<UsageException>(() =>
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
        var mistake = Assert.Throws<UsageException>(() => NodeConfiguration.Load(null, ("--host", "diten.node.host", host)));

        Assert.StartsWith($"--host: diten.node.host: found {host}, which other machines may reach, and no TLS; allowed: 127.0.0.1, or", mistake.Message);
        Assert.Contains("'diten certificates'", mistake.Message);
        Assert.Throws<UsageException>(() => new NodeConfiguration { Host = host }.Start());
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
