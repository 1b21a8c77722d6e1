using System.CommandLine;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Diten.Runs;
using Diten.Runs.Experiments;
using Diten.Runs.Hosting;
using Diten.Runs.Running;

namespace Diten.Node.Commands;

/// <summary><c>diten certificates</c>: what nodes on several machines need to know and believe each other.</summary>
internal static class CertificatesCommand
{
    private const string AuthorityFile = "ca.pem", AuthorityKeyFile = "ca.key", NodeFile = "node.pem", NodeKeyFile = "node.key";

    public static Command Create(Session session)
    {
        var command = new DocumentedCommand(
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
            ("certificates --out renewed --nodes a.example,b.example --authority certificates --days 90", "new ones, before the old ones end"));
        var output = new Option<string>("--out") { HelpName = "DIR", Description = "Folder to write to: new, or empty", Required = true };
        var nodes = new Option<string[]>("--nodes")
        {
            HelpName = "host,…",
            Description = "DNS names or addresses by which the nodes reach each other, without ports",
            Required = true,
        };
        var days = Inputs.Positive(new Option<int>("--days")
        {
            HelpName = "n",
            Description = "Days that the nodes' certificates last; an authority lasts ten years",
            DefaultValueFactory = _ => 365,
        });
        var authority = new Option<string?>("--authority")
        {
            HelpName = "DIR",
            Description = "Folder with the ca.pem and ca.key of an earlier call [default: a new authority]",
        };
        foreach (var option in new Option[] { output, nodes, days, authority })
            command.Add(option);
        session.Act(command, (parsed, _) =>
        {
            var hosts = Hosts(parsed.GetRequiredValue(nodes));
            var folder = OutputFolder.Named(parsed.GetRequiredValue(output));
            var now = DateTimeOffset.UtcNow;
            var earlier = parsed.GetValue(authority);
            using var maker = earlier is null ? CertificateAuthority.Create(now) : OpenAuthority(earlier);
            var end = CheckedEnd(maker.Certificate, now, parsed.GetValue(days));
            OutputFolder.Use(folder, () => Write(folder, maker, hosts, now, parsed.GetValue(days), withAuthority: earlier is null));
            Report(session.Terminal.Out, folder, earlier ?? folder, hosts, end);
            return Task.FromResult(ExitCode.Ok);
        });
        return command;
    }

    private static string[] Hosts(string[] given)
    {
        string[] hosts = [.. given.SelectMany(Axis.List)];
        foreach (var host in hosts)
        {
            if (!NodeAddress.IsHost(host) || NodeAddress.IsAny(host))
                throw new UserErrorException($"--nodes: found '{host}'; allowed: DNS names and IP addresses, without ports, divided by commas.");
        }

        return hosts.GroupBy(FolderOf, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1) is { } twice
            ? throw new UserErrorException($"--nodes: found '{twice.Key}' twice; allowed: each node once.")
            : hosts;
    }

    private static CertificateAuthority OpenAuthority(string folder)
    {
        foreach (var name in (string[])[AuthorityFile, AuthorityKeyFile])
        {
            if (!File.Exists(Path.Combine(folder, name)))
                throw new UserErrorException($"--authority: found {folder}, which has no {name}; allowed: a folder that an earlier 'diten certificates' made.");
        }

        try
        {
            return CertificateAuthority.Open(Path.Combine(folder, AuthorityFile), Path.Combine(folder, AuthorityKeyFile));
        }
        catch (Exception problem) when (problem is CryptographicException or ArgumentException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"--authority: the authority in {folder} cannot be used: {problem.Message}");
        }
    }

    /// <summary>When the nodes' certificates end.</summary>
    private static DateTimeOffset CheckedEnd(X509Certificate2 authority, DateTimeOffset now, int days)
    {
        var most = (int)Math.Floor((authority.NotAfter.ToUniversalTime() - now.UtcDateTime).TotalDays + 1e-3);
        if (days > most)
            throw new UserErrorException(FormattableString.Invariant(
                $"--days: found {days}; allowed: up to {most}, for the authority lasts until {authority.NotAfter.ToUniversalTime():yyyy-MM-dd}."));
        return now.AddDays(days);
    }

    private static bool Write(string folder, CertificateAuthority maker, string[] hosts, DateTimeOffset now, int days, bool withAuthority)
    {
        var authority = maker.Certificate.ExportCertificatePem() + "\n";
        PrivateFiles.MakeFolder(folder);
        if (withAuthority)
        {
            PrivateFiles.Write(Path.Combine(folder, AuthorityFile), authority);
            PrivateFiles.Write(Path.Combine(folder, AuthorityKeyFile), KeyOf(maker.Certificate));
        }

        foreach (var host in hosts)
        {
            using var certificate = maker.Issue(host, now, days);
            var own = Path.Combine(folder, FolderOf(host));
            PrivateFiles.MakeFolder(own);
            PrivateFiles.Write(Path.Combine(own, NodeFile), certificate.ExportCertificatePem() + "\n");
            PrivateFiles.Write(Path.Combine(own, NodeKeyFile), KeyOf(certificate));
            PrivateFiles.Write(Path.Combine(own, AuthorityFile), authority);
        }

        return true;
    }

    private static void Report(TextWriter output, string folder, string authority, string[] hosts, DateTimeOffset end)
    {
        output.WriteLine("Copy each folder to its node, as certificates/ beside secure.conf:");
        var width = hosts.Max(host => FolderOf(host).Length);
        foreach (var host in hosts)
            output.WriteLine($"  {Path.Combine(folder, FolderOf(host).PadRight(width))}  to {host}");
        output.WriteLine(FormattableString.Invariant($"They end on {end:yyyy-MM-dd}: make new ones before, with --authority {authority}."));
        output.WriteLine($"Keep {Path.Combine(authority, AuthorityKeyFile)} off the nodes: who has it may join.");
    }

    /// <summary>A folder's name for a host; colons of IPv6 are not allowed everywhere.</summary>
    private static string FolderOf(string host) => host.Replace(':', '_');

    private static string KeyOf(X509Certificate2 certificate)
    {
        using var key = certificate.GetECDsaPrivateKey() ?? throw new UserErrorException("--authority: its key is of another kind than ECDSA.");
        return key.ExportPkcs8PrivateKeyPem() + "\n";
    }
}
