using System.CommandLine;
using Diten.Runs;
using Diten.Runs.Execution;
using Diten.Runs.Experiments.Cells;
using Diten.Runs.Hosting;

namespace Diten.Node.Commands;

/// <summary><c>diten certificates</c>: what nodes on several machines need to know and believe each other.</summary>
internal sealed class CertificatesCommand : DocumentedCommand
{
    private readonly Session _session;
    private readonly Option<string> _output = new("--out") { HelpName = "DIR", Description = "Folder to write to: new, or empty", Required = true };

    private readonly Option<string[]> _nodes = new("--nodes")
    {
        HelpName = "host,…",
        Description = "DNS names or addresses by which the nodes reach each other, without ports",
        Required = true,
    };

    private readonly Option<int> _days = Inputs.Positive(new Option<int>("--days")
    {
        HelpName = "n",
        Description = "Days that the nodes' certificates last; an authority lasts ten years",
        DefaultValueFactory = _ => 365,
    });

    private readonly Option<string?> _authority = new("--authority")
    {
        HelpName = "DIR",
        Description = "Folder with the ca.pem and ca.key of an earlier call [default: a new authority]",
    };

    public CertificatesCommand(Session session)
        : base(
            "certificates", "Make an authority and a certificate a node, for clusters of several machines.",
            """
            Nodes that other machines reach speak TLS, and believe holders of a certificate of their own authority, and nobody else. This
            makes such an authority, and for each node a folder with

              node.pem   its certificate, for the name or address given; other nodes check it
              node.key   its private key, for that node only
              ca.pem     the authority's certificate, the same everywhere

            Copy each folder to its node, as the folder certificates/ beside hocon/secure.conf, and start the node with that file as its
            --config. The authority's own key, ca.key, makes more certificates: keep it, off the nodes. Who has it may join.
            Keys are written with mode 600; nothing is ever overwritten.
            """,
            ("certificates --out certificates --nodes a.example,b.example", "two nodes, by their names"),
            ("certificates --out more --nodes 10.0.0.7 --authority certificates", "one more node, later; the others need not change"),
            ("certificates --out renewed --nodes a.example,b.example --authority certificates --days 90", "new ones, before the old ones end"))
    {
        _session = session;
        Add(_output, _nodes, _days, _authority);
        session.Act(this, Run);
    }

    private Task<int> Run(ParseResult parsed, CancellationToken cancel)
    {
        var hosts = NodeCertificates.Hosts(parsed.GetRequiredValue(_nodes).SelectMany(Axis.List));
        var folder = OutputFolder.Named(parsed.GetRequiredValue(_output));
        var (now, days, earlier) = (DateTimeOffset.UtcNow, parsed.GetValue(_days), parsed.GetValue(_authority));
        using var certificates = NodeCertificates.By(earlier, now);
        var end = certificates.End(now, days);
        OutputFolder.Use(folder, () => certificates.Write(folder, hosts, now, days));
        Report(_session.Terminal.Out, folder, earlier ?? folder, hosts, end);
        return Task.FromResult(ExitCode.Ok);
    }

    private static void Report(TextWriter output, string folder, string authority, string[] hosts, DateTimeOffset end)
    {
        output.WriteLine("Copy each folder to its node, as certificates/ beside secure.conf:");
        var width = hosts.Max(host => NodeCertificates.FolderOf(host).Length);
        foreach (var host in hosts)
            output.WriteLine($"  {Path.Combine(folder, NodeCertificates.FolderOf(host).PadRight(width))}  to {host}");
        output.WriteLine(FormattableString.Invariant($"They end on {end:yyyy-MM-dd}: make new ones before, with --authority {authority}."));
        output.WriteLine($"Keep {Path.Combine(authority, NodeCertificates.AuthorityKeyFile)} off the nodes: who has it may join.");
    }
}
