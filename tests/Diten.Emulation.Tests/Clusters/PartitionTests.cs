using Diten.Emulation.Tests.Results;

namespace Diten.Emulation.Tests.Clusters;

/// <summary>Nodes on hosts of a network of their own, whose cable is pulled out in mid-run.</summary>
[Collection(OneAtATime.Name)]
[Trait("Category", "Slow")]
public sealed class PartitionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public async Task The_larger_side_goes_on_to_the_same_digest_and_the_smaller_one_stops()
    {
        // Hosts 1 to 3 and the observer, 4, on one side; 5 alone on the other.
        using var lab = NetworkLab.Create(left: 4, right: 1);
        await MakeCertificates(5);
        var nodes = new List<Program.Running>();
        foreach (var host in (int[])[1, 2, 3, 5])
        {
            nodes.Add(StartNode(lab, host));
            await nodes[^1].Line("listens on akka.ssl.tcp://diten@" + NetworkLab.Address(host));
        }

        var run = lab.Start(4, "run", Scenario(), "--out", _folder.At("run"), "--join", NetworkLab.Address(1) + ":4711", "--config", ConfigOf(4), "--nodes", "4", "--checkpoint-every", "20");
        await run.Line("slot "); // progress is told from now on
        lab.Cable(connected: false);
        var apart = Task.Delay(TimeSpan.FromSeconds(30));
        var lost = await nodes[^1].End();
        await apart;
        lab.Cable(connected: true);

        Assert.Equal(0, await run.End());
        Assert.Equal(1, lost);
        Assert.Contains("no member of the cluster any more", nodes[^1].Said);
        await ExpectUndisturbed();
    }

    [SkippableFact]
    public async Task Of_two_equal_sides_one_stops_plainly_and_the_run_can_be_gone_on_with()
    {
        // The observer and one node on each side: 1 and 2 with the lowest address, 3 and 4 with the observer.
        using var lab = NetworkLab.Create(left: 2, right: 2);
        await MakeCertificates(4);
        foreach (var host in (int[])[1, 2, 3])
            await StartNode(lab, host).Line("listens on");
        var run = lab.Start(4, "run", Scenario(), "--out", _folder.At("run"), "--join", NetworkLab.Address(1) + ":4711", "--config", ConfigOf(4), "--nodes", "3", "--checkpoint-every", "20");
        await run.Line("slot ");

        lab.Cable(connected: false);

        Assert.Equal(1, await run.End());
        Assert.Contains("diten resume", run.Said);
        lab.Cable(connected: true);
        var resume = lab.Start(4, "resume", _folder.At("run"), "--join", NetworkLab.Address(1) + ":4711", "--config", ConfigOf(4), "--nodes", "2");
        Assert.Equal(0, await resume.End());
        await ExpectUndisturbed();
    }

    private Program.Running StartNode(NetworkLab lab, int host) =>
        lab.Start(host, "node", "--config", ConfigOf(host), "--journal", "sqlite:" + _folder.At("journal.db"));

    private async Task MakeCertificates(int hosts)
    {
        var addresses = string.Join(',', Enumerable.Range(1, hosts).Select(NetworkLab.Address));
        await Program.Run(0, "certificates", "--out", _folder.At("certificates"), "--nodes", addresses);
        for (var host = 1; host <= hosts; host++)
        {
            File.WriteAllText(ConfigOf(host), $$"""
                diten.node {
                  host = "{{NetworkLab.Address(host)}}"
                  port = 4711
                  seed-nodes = ["{{NetworkLab.Address(1)}}:4711"]
                  tls {
                    certificate = "certificates/{{NetworkLab.Address(host)}}/node.pem"
                    key = "certificates/{{NetworkLab.Address(host)}}/node.key"
                    trusted-ca = "certificates/{{NetworkLab.Address(host)}}/ca.pem"
                  }
                }
                """);
        }
    }

    private string ConfigOf(int host) => _folder.At($"node-{host}.conf");

    /// <summary>Paced, so that it goes on for longer than the cluster takes to notice.</summary>
    private string Scenario(string more = "pace = 25")
    {
        var path = _folder.At("town.conf");
        File.WriteAllText(path, $"slots = 1200\narea.side = 800 m\ndevices.count = 200\nzones.columns = 3\nzones.rows = 2\n{more}\n");
        return path;
    }

    private async Task ExpectUndisturbed()
    {
        await Program.Run(0, "run", Scenario(), "--set", "pace=virtual", "--out", _folder.At("undisturbed"), "--quiet", "--checkpoint-every", "0");
        Assert.StartsWith("Equal:", await Program.Run(0, "verify", _folder.At("undisturbed"), _folder.At("run")));
        DigestTests.ExpectEqualTables(_folder.At("undisturbed"), _folder.At("run"));
    }
}
