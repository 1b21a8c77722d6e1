using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Diten.Runs.Hosting;

/// <summary>Makes the certificates of the nodes of one cluster: ECDSA on P-256 with SHA-256.</summary>
internal sealed class CertificateAuthority : IDisposable
{
    /// <summary>How long an authority lasts, in days; a node's certificate never outlives it.</summary>
    public const int LifeDays = 3650;

    /// <summary>Clocks of two nodes may differ by so much, in hours: a certificate begins earlier by that.</summary>
    private const int ClockSkewHours = 1;

    private static readonly OidCollection ServerAndClient = [new Oid("1.3.6.1.5.5.7.3.1"), new Oid("1.3.6.1.5.5.7.3.2")];

    private CertificateAuthority(X509Certificate2 certificate) => Certificate = certificate;

    /// <summary>With its private key.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>Makes a new authority.</summary>
    /// <param name="now">Present time.</param>
    public static CertificateAuthority Create(DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        // The name is not the same twice, so that certificates of two clusters are told apart by it.
        var request = new CertificateRequest($"CN=Diten authority {Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6))}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return new CertificateAuthority(request.CreateSelfSigned(now.AddHours(-ClockSkewHours), now.AddDays(LifeDays)));
    }

    /// <summary>Takes up an authority from its files.</summary>
    /// <exception cref="CryptographicException">They do not hold a certificate and its key.</exception>
    public static CertificateAuthority Open(string certificateFile, string keyFile) =>
        new(X509Certificate2.CreateFromPemFile(certificateFile, keyFile));

    /// <summary>Makes a node's certificate, with a key of its own.</summary>
    /// <param name="host">DNS name or IP address by which other nodes call it.</param>
    /// <param name="now">Present time.</param>
    /// <param name="days">How long it lasts, but no longer than the authority.</param>
    public X509Certificate2 Issue(string host, DateTimeOffset now, int days)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        // For readers of logs: what counts is the alternative name below. X.520 has room for 64 characters.
        var subject = new X500DistinguishedName($"CN=\"{host[..Math.Min(host.Length, 64)]}\"");
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(host, out var address))
            names.AddIpAddress(address);
        else
            names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(ServerAndClient, false));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(Certificate, true, false));
        var begin = Max(now.AddHours(-ClockSkewHours), Certificate.NotBefore);
        var end = Max(begin, Min(now.AddDays(days), Certificate.NotAfter));
        using var signed = request.Create(Certificate, begin, end, RandomNumberGenerator.GetBytes(16));
        return signed.CopyWithPrivateKey(key);
    }

    /// <inheritdoc/>
    public void Dispose() => Certificate.Dispose();

    private static DateTimeOffset Max(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    private static DateTimeOffset Min(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}
