using System.Net;
using System.Net.Sockets;
using Akka.Actor;
using Diten.Runs;
using Diten.Runs.Hosting;

namespace Diten.Emulation.Tests.Hosting;

/// <summary>A port belongs to one node; who comes second is told, and a node that starts again gets its own back.</summary>
public sealed class NodePortTests
{
    [Fact]
    public void A_port_on_which_another_program_listens_is_told()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        var refused = Assert.Throws<UserErrorException>(() => ClusterNode.Start(new NodeConfiguration { Port = port, EndsProcess = false }));

        Assert.Equal($"diten.node.port (--port): found {port}, on which another program listens at 127.0.0.1; allowed: a port that is free; 0 = any.", refused.Message);
        Assert.Throws<UserErrorException>(() => new NodeConfiguration { Port = port, EndsProcess = false }.Start());
    }

    [Fact]
    public void An_address_of_another_machine_is_told()
    {
        var configuration = new NodeConfiguration { Host = "localhost.invalid" };

        var refused = Assert.Throws<UserErrorException>(() => NodeStart.Guarded<int>(configuration, () => throw new InvalidOperationException("started")));

        Assert.StartsWith("diten.node.host (--host): found localhost.invalid, on which this machine cannot listen (", refused.Message);
    }

    [Fact]
    public async Task A_second_node_does_not_share_the_port_of_the_first_and_a_new_one_gets_it()
    {
        await using var first = ClusterNode.Start(new NodeConfiguration { EndsProcess = false, Silent = true });
        var port = first.Address.Port!.Value;
        var same = new NodeConfiguration { Port = port, EndsProcess = false, Silent = true };

        Assert.Throws<UserErrorException>(() => ClusterNode.Start(same));
        // Nor does one that found the port free a moment ago.
        var failure = Assert.ThrowsAny<Exception>(() => ActorSystem.Create(NodeConfiguration.SystemName, same.ToSetup()));
        Assert.Contains("Address already in use", failure.ToString());

        // Connections that its end closes stay in TIME_WAIT for a minute: they are no obstacle.
        await using (var visitor = ClusterNode.Start(new NodeConfiguration { SeedNodes = [new NodeAddress("127.0.0.1", port)], EndsProcess = false, Silent = true }))
        {
            first.FoundCluster();
            await TestCluster.Up(visitor.System, members: 2);
            await first.DisposeAsync();
        }

        await using var again = ClusterNode.Start(same);
        Assert.Equal(port, again.Address.Port);
    }
}
