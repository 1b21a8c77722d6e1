using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Akka.Event;
using Akka.Remote.Transport.DotNetty;

namespace Diten.Runs.Hosting;

/// <summary>A node's certificate, and whom it believes: holders of a certificate of the same authority, and nobody else.</summary>
/// <param name="certificate">This node's, with its private key.</param>
/// <param name="authority">The authority's; only this one counts, not those that the system knows.</param>
internal sealed class NodeIdentity(X509Certificate2 certificate, X509Certificate2 authority) : IDisposable
{
    private static readonly Oid[] Purposes = [new("1.3.6.1.5.5.7.3.1", "server"), new("1.3.6.1.5.5.7.3.2", "client")];

    /// <summary>What Akka's transport needs: both sides of a connection show a certificate, and both look at the other's.</summary>
    internal DotNettySslSetup ToSetup() => new(
        certificate, suppressValidation: false, requireMutualAuthentication: true, validateCertificateHostname: true, customValidator: Accepts);

    /// <summary>Why a certificate is not believed, as the end of "which …"; null where it is.</summary>
    public string? Objection(X509Certificate2 other)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        foreach (var purpose in Purposes)
            chain.ChainPolicy.ApplicationPolicy.Add(purpose);
        if (chain.Build(other))
            return null;
        var status = chain.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, one) => all | one.Status);
        if (status.HasFlag(X509ChainStatusFlags.NotTimeValid))
            return FormattableString.Invariant(
                $"is valid from {other.NotBefore.ToUniversalTime():yyyy-MM-dd HH:mm} to {other.NotAfter.ToUniversalTime():yyyy-MM-dd HH:mm} (UTC) only");
        return status.HasFlag(X509ChainStatusFlags.PartialChain) || status.HasFlag(X509ChainStatusFlags.UntrustedRoot)
            ? "is not from the trusted authority"
            : $"is not believed ({status})";
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        certificate.Dispose();
        authority.Dispose();
    }

    private bool Accepts(X509Certificate2? other, X509Chain? chain, string peer, SslPolicyErrors errors, ILoggingAdapter log)
    {
        var objection = other is null ? "shows no certificate"
            : Objection(other) is { } reason ? $"shows a certificate ({other.Subject}) that {reason}"
            : errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) ? $"shows a certificate ({other.Subject}) that is not for this name"
            : null;
        if (objection is not null)
            log.Warning("Refused a node: {0} {1}.", peer, objection);
        return objection is null;
    }
}
