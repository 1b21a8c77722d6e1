using System.Security.Cryptography.X509Certificates;
using Diten.Emulation.Tests.Results;
using Diten.Node.Commands;
using Diten.Runs.Execution;
using Diten.Runs.Hosting;
using Diten.Runs.Progress;

namespace Diten.Emulation.Tests.Hosting;

/// <summary>Files of <c>diten certificates</c>, made as a user makes them.</summary>
internal sealed class TestCertificates : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>A new authority, and certificates for some hosts.</summary>
    public static async Task<TestCertificates> For(params string[] hosts)
    {
        var certificates = new TestCertificates();
        var error = new StringWriter();
        var code = await CommandTree.RunAsync(
            ["certificates", "--out", certificates._folder.At("made"), "--nodes", string.Join(',', hosts)],
            new Session(new Terminal(new StringWriter(), error)));
        Assert.True(code == 0, error.ToString());
        return certificates;
    }

    /// <summary>What a node with one of the certificates says about itself.</summary>
    public NodeTls Tls(string host) => new(At(host, "node.pem"), At(host, "node.key"), "", At(host, "ca.pem"));

    /// <summary>A certificate with its key, for a rogue that does as it pleases with it.</summary>
    public X509Certificate2 Certificate(string host) => X509CertificateLoader.LoadPkcs12(
        X509Certificate2.CreateFromPemFile(At(host, "node.pem"), At(host, "node.key")).Export(X509ContentType.Pkcs12), null);

    public string At(params string[] names) => _folder.At(["made", .. names]);

    public void Dispose() => _folder.Dispose();
}
