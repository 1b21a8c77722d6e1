using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Cluster;
using Akka.Event;
using Akka.Remote.Transport.DotNetty;
using Diten.Runs;
using Diten.Runs.Hosting;

namespace Diten.Emulation.Tests.Hosting;

/// <summary>With certificates, nodes of one authority find each other, and nobody else gets in.</summary>
public sealed class SecureClusterTests : IAsyncLifetime
{
    private const string Here = "127.0.0.1";
    private readonly TestCluster _cluster = new();
    private TestCertificates _ours = null!, _theirs = null!;

    public async Task InitializeAsync()
    {
        _ours = await TestCertificates.For(Here, "other.example");
        _theirs = await TestCertificates.For(Here);
    }

    public async Task DisposeAsync()
    {
        await _cluster.DisposeAsync();
        _ours.Dispose();
        _theirs.Dispose();
    }

    [Fact]
    public async Task Two_nodes_of_one_authority_form_a_cluster()
    {
        var seed = Found(Ours());

        var second = _cluster.Start(Ours(seed));

        await Task.WhenAll(TestCluster.Up(seed, 2), TestCluster.Up(second, 2));
        Assert.Equal("akka.ssl.tcp", Cluster.Get(second).SelfAddress.Protocol);
    }

    [Fact]
    public async Task A_node_without_TLS_is_refused()
    {
        var seed = Found(Ours());
        var refused = Refusal(seed);

        var plain = _cluster.Start(new NodeConfiguration { SeedNodes = [AddressOf(seed)] });

        await TestCluster.Within(refused, "a node without TLS refused");
        await StillOpenToOursOnly(seed, plain);
    }

    [Fact]
    public async Task A_node_of_another_authority_is_refused_and_ends()
    {
        var seed = Found(Ours());
        var refused = Refusal(seed);

        var stranger = _cluster.Start(new NodeConfiguration { Tls = _theirs.Tls(Here), SeedNodes = [AddressOf(seed)] });

        await TestCluster.Within(refused, "a node of another authority refused");
        await TestCluster.Within(stranger.WhenTerminated, "the end of a node that was given wrong certificates");
        await StillOpenToOursOnly(seed, stranger);
    }

    [Fact]
    public async Task A_rogue_that_believes_everybody_is_refused_for_its_certificate()
    {
        var seed = Found(Ours());
        var refused = Refusal(seed, "not from the trusted authority");

        var rogue = Rogue(_theirs.Certificate(Here), new NodeConfiguration { Tls = _theirs.Tls(Here), SeedNodes = [AddressOf(seed)] });

        await TestCluster.Within(refused, "a rogue's certificate refused");
        await StillOpenToOursOnly(seed, rogue);
    }

    [Fact]
    public async Task Who_shows_no_certificate_is_refused()
    {
        var seed = Found(Ours());
        var refused = Refusal(seed);
        using var client = new TcpClient(Here, AddressOf(seed).Port);
        await using var stream = new SslStream(client.GetStream(), false, (_, _, _, _) => true);

        await TestCluster.Within(Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            await stream.AuthenticateAsClientAsync(Here);
            await stream.WriteAsync(new byte[8]);
            if (await stream.ReadAsync(new byte[1]) == 0)
                throw new AuthenticationException("The node hung up.");
        }), "the connection closed");
        await TestCluster.Within(refused, "a client without certificate refused");
        await StillOpenToOursOnly(seed);
    }

    [Fact]
    public async Task A_node_does_not_join_a_rogue()
    {
        var believer = new NodeConfiguration { Tls = _theirs.Tls(Here) };
        var rogue = Rogue(_theirs.Certificate(Here), believer);
        Cluster.Get(rogue).Join(Cluster.Get(rogue).SelfAddress);

        var node = _cluster.Start(Ours(rogue));

        await TestCluster.Within(node.WhenTerminated, "the end of a node whose seed is a rogue");
        Assert.DoesNotContain(Cluster.Get(rogue).State.Members, member => member.Address.Port == Cluster.Get(node).SelfAddress.Port);
    }

    [Fact]
    public async Task A_node_that_answers_under_anothers_name_is_not_believed()
    {
        var thief = Rogue(_ours.Certificate("other.example"), Ours());
        Cluster.Get(thief).Join(Cluster.Get(thief).SelfAddress);

        var node = _cluster.Start(Ours(thief));

        await TestCluster.Within(node.WhenTerminated, "the end of a node whose seed shows another's certificate");
    }

    [Fact]
    public void A_certificate_for_another_name_is_told_at_the_start()
    {
        var mistake = Assert.Throws<UserErrorException>(() => new NodeConfiguration { Tls = _ours.Tls("other.example") }.Start());

        Assert.Contains("diten.node.tls.certificate: found ", mistake.Message);
        Assert.Contains("which is not for 127.0.0.1; allowed: a certificate with the name", mistake.Message);
    }

    [Fact]
    public void A_certificate_of_another_authority_is_told_at_the_start()
    {
        var mixed = _ours.Tls(Here) with { TrustedCa = _theirs.At("ca.pem") };

        var mistake = Assert.Throws<UserErrorException>(() => new NodeConfiguration { Tls = mixed }.Start());

        Assert.Contains("which is not from the trusted authority; allowed: one that the authority in ", mistake.Message);
    }

    private static NodeAddress AddressOf(ActorSystem node)
    {
        var address = Cluster.Get(node).SelfAddress;
        return new NodeAddress(address.Host!, address.Port!.Value);
    }

    private NodeConfiguration Ours(params ActorSystem[] seeds) => new() { Tls = _ours.Tls(Here), SeedNodes = [.. seeds.Select(AddressOf)] };

    private ActorSystem Found(NodeConfiguration configuration)
    {
        var node = _cluster.Start(configuration);
        Cluster.Get(node).Join(Cluster.Get(node).SelfAddress);
        return node;
    }

    /// <summary>A node that shows what it likes and believes everybody.</summary>
    private ActorSystem Rogue(X509Certificate2 certificate, NodeConfiguration configuration) => _cluster.Start(
        configuration,
        ActorSystemSetup.Create(new DotNettySslSetup(certificate, suppressValidation: true, requireMutualAuthentication: true)));

    /// <summary>Done when a node has logged that it let somebody not in.</summary>
    private static Task Refusal(ActorSystem node, string words = "")
    {
        var refused = new TaskCompletionSource();
        var listener = node.ActorOf(Props.Create(() => new Listener(words, refused)));
        node.EventStream.Subscribe(listener, typeof(Warning));
        node.EventStream.Subscribe(listener, typeof(Error));
        return refused.Task;
    }

    /// <summary>The node goes on: one more of ours joins, and is then the only other member.</summary>
    private async Task StillOpenToOursOnly(ActorSystem seed, params ActorSystem[] refused)
    {
        var good = _cluster.Start(Ours(seed));
        await Task.WhenAll(TestCluster.Up(seed, 2), TestCluster.Up(good, 2));
        Assert.Equal(
            new[] { seed, good }.Select(node => Cluster.Get(node).SelfAddress).ToHashSet(),
            Cluster.Get(seed).State.Members.Select(member => member.Address).ToHashSet());
        Assert.All(refused, node => Assert.DoesNotContain(Cluster.Get(node).State.Members, member => member.Status == MemberStatus.Up));
    }

    private sealed class Listener(string words, TaskCompletionSource refused) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            var text = message is LogEvent entry ? entry.ToString() : "";
            if (text.Contains("Refused a node") && text.Contains(words) || words.Length == 0 && text.Contains("Rejected incoming connection"))
                refused.TrySetResult();
        }
    }
}
