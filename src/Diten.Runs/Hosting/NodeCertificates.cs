using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Diten.Runs.Hosting;

/// <summary>An authority and certificates for nodes, as files: a folder a node, with its certificate, its key and the authority's certificate.</summary>
public sealed class NodeCertificates : IDisposable
{
    private const string AuthorityFile = "ca.pem", NodeFile = "node.pem", NodeKeyFile = "node.key";

    /// <summary>The authority's own key, in the folder that it was made in.</summary>
    public const string AuthorityKeyFile = "ca.key";

    private readonly CertificateAuthority _maker;
    private readonly bool _isNew;

    private NodeCertificates(CertificateAuthority maker, bool isNew) => (_maker, _isNew) = (maker, isNew);

    /// <summary>Of a new authority, or of that of an earlier call.</summary>
    /// <param name="earlier">Folder with the files of an authority; null = a new one.</param>
    /// <param name="now">Present time.</param>
    /// <exception cref="UserErrorException">There is no authority, or it cannot be used.</exception>
    public static NodeCertificates By(string? earlier, DateTimeOffset now) =>
        earlier is null ? new(CertificateAuthority.Create(now), isNew: true) : new(Open(earlier), isNew: false);

    /// <summary>Hosts that certificates are made for, checked.</summary>
    /// <param name="given">DNS names and addresses, without ports.</param>
    /// <exception cref="UserErrorException">One of them is none, or is there twice.</exception>
    public static string[] Hosts(IEnumerable<string> given)
    {
        string[] hosts = [.. given];
        foreach (var host in hosts)
        {
            if (!NodeAddress.IsHost(host) || NodeAddress.IsAny(host))
                throw new UserErrorException($"--nodes: found '{host}'; allowed: DNS names and IP addresses, without ports, divided by commas.");
        }

        return hosts.GroupBy(FolderOf, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1) is { } twice
            ? throw new UserErrorException($"--nodes: found '{twice.Key}' twice; allowed: each node once.")
            : hosts;
    }

    /// <summary>When the nodes' certificates end.</summary>
    /// <param name="now">Present time.</param>
    /// <param name="days">Days from then on; at least 1.</param>
    /// <exception cref="UserErrorException">The authority itself does not last so long.</exception>
    public DateTimeOffset End(DateTimeOffset now, int days)
    {
        var authority = _maker.Certificate;
        var most = (int)Math.Floor((authority.NotAfter.ToUniversalTime() - now.UtcDateTime).TotalDays + 1e-3);
        if (days > most)
            throw new UserErrorException(FormattableString.Invariant(
                $"--days: found {days}; allowed: up to {most}, for the authority lasts until {authority.NotAfter.ToUniversalTime():yyyy-MM-dd}."));
        return now.AddDays(days);
    }

    /// <summary>Writes all files; nothing is overwritten.</summary>
    public void Write(string folder, IReadOnlyList<string> hosts, DateTimeOffset now, int days)
    {
        var authority = _maker.Certificate.ExportCertificatePem() + "\n";
        PrivateFiles.MakeFolder(folder);
        if (_isNew)
        {
            PrivateFiles.Write(Path.Combine(folder, AuthorityFile), authority);
            PrivateFiles.Write(Path.Combine(folder, AuthorityKeyFile), KeyOf(_maker.Certificate));
        }

        foreach (var host in hosts)
        {
            using var certificate = _maker.Issue(host, now, days);
            var own = Path.Combine(folder, FolderOf(host));
            PrivateFiles.MakeFolder(own);
            PrivateFiles.Write(Path.Combine(own, NodeFile), certificate.ExportCertificatePem() + "\n");
            PrivateFiles.Write(Path.Combine(own, NodeKeyFile), KeyOf(certificate));
            PrivateFiles.Write(Path.Combine(own, AuthorityFile), authority);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _maker.Dispose();

    private static CertificateAuthority Open(string folder)
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

    /// <summary>A folder's name for a host; colons of IPv6 are not allowed everywhere.</summary>
    public static string FolderOf(string host) => host.Replace(':', '_');

    private static string KeyOf(X509Certificate2 certificate)
    {
        using var key = certificate.GetECDsaPrivateKey() ?? throw new UserErrorException("--authority: its key is of another kind than ECDSA.");
        return key.ExportPkcs8PrivateKeyPem() + "\n";
    }
}
