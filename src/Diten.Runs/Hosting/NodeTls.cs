using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Diten.Runs.Hosting;

/// <summary>Files by which a node proves who it is, and knows the others; made by <c>diten certificates</c>.</summary>
/// <param name="Certificate">This node's certificate: PEM, or PFX with its key.</param>
/// <param name="Key">Its private key, PEM; empty where the certificate's file holds it.</param>
/// <param name="Password">Of PFX or key; empty = none.</param>
/// <param name="TrustedCa">Certificate of the authority that all nodes' certificates come from, PEM.</param>
public sealed record NodeTls(string Certificate = "", string Key = "", string Password = "", string TrustedCa = "")
{
    private const string Prefix = "diten.node.tls.";

    private bool IsPfx => Path.GetExtension(Certificate).ToLowerInvariant() is ".pfx" or ".p12";

    /// <summary>Reads the files.</summary>
    /// <param name="host">Name or address by which others call the node.</param>
    /// <exception cref="UserErrorException">A file is missing, does not hold what it should, or is of no use to this node.</exception>
    internal NodeIdentity Open(string host)
    {
        var authority = Read("trusted-ca", TrustedCa, "the authority's certificate, in PEM", X509CertificateLoader.LoadCertificateFromFile);
        var certificate = Read("certificate", Certificate, "this node's certificate with its private key", ReadCertificate);
        if (IsPfx || Key.Length == 0)
            PrivateFiles.Check(Certificate, Prefix + "certificate: ");
        else
            PrivateFiles.Check(Key, Prefix + "key: ");
        var identity = new NodeIdentity(certificate, authority);
        if (identity.Objection(certificate) is { } objection)
            throw Wrong("certificate", $"{Certificate}, which {objection}", $"one that the authority in {TrustedCa} made");
        if (!certificate.MatchesHostname(host))
            throw Wrong("certificate", $"{Certificate}, which is not for {host}", "a certificate with the name or address by which others call this node");
        return identity;
    }

    /// <summary>Never shows the password.</summary>
    public override string ToString() => $"{nameof(NodeTls)} {{ {Certificate}, {TrustedCa} }}";

    private X509Certificate2 ReadCertificate(string file)
    {
        if (IsPfx)
            return X509CertificateLoader.LoadPkcs12FromFile(file, Password);
        var key = Key.Length > 0 ? Key : file;
        if (!File.Exists(key))
            throw Wrong("key", $"{key}, which does not exist", "the certificate's private key, in PEM");
        using var pem = Password.Length > 0
            ? X509Certificate2.CreateFromEncryptedPemFile(file, Password, key)
            : X509Certificate2.CreateFromPemFile(file, key);
        // Not every system's TLS takes a key that was never in a store or a PFX.
        return X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null);
    }

    private static X509Certificate2 Read(string key, string file, string allowed, Func<string, X509Certificate2> read)
    {
        if (file.Length == 0)
            throw Wrong(key, "nothing", allowed);
        if (!File.Exists(file))
            throw Wrong(key, $"{file}, which does not exist", allowed);
        try
        {
            return read(file);
        }
        catch (Exception problem) when (problem is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw Wrong(key, $"{file}, which cannot be read ({problem.Message.TrimEnd('.')})", allowed);
        }
    }

    private static UserErrorException Wrong(string key, string found, string allowed) =>
        new($"{Prefix}{key}: found {found}; allowed: {allowed}. 'diten certificates' makes what is needed.");
}
