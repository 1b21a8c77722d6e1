using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Diten.Runs;
using Diten.Runs.Hosting;

namespace Diten.Emulation.Tests.Hosting;

/// <summary>The forms in which a node's key may come, and who may read it.</summary>
public sealed class NodeTlsTests : IAsyncLifetime
{
    private const string Here = "127.0.0.1", Password = "correct horse";

    private TestCertificates _made = null!;

    public async Task InitializeAsync() => _made = await TestCertificates.For(Here);

    public Task DisposeAsync()
    {
        _made.Dispose();
        return Task.CompletedTask;
    }

    [Theory]
    [InlineData("")]
    [InlineData(Password)]
    public async Task A_node_starts_with_a_PFX(string password)
    {
        await using var cluster = new TestCluster();
        await TestCluster.Up(Founded(cluster, Pfx(password)), 1);
    }

    [Fact]
    public async Task A_node_starts_with_a_key_that_is_encrypted()
    {
        await using var cluster = new TestCluster();
        await TestCluster.Up(Founded(cluster, EncryptedKey()), 1);
    }

    [Theory]
    [InlineData("")]
    [InlineData("wrong")]
    public void A_wrong_password_is_told_and_not_shown(string password)
    {
        foreach (var tls in (NodeTls[])[Pfx(Password), EncryptedKey()])
        {
            var mistake = Assert.Throws<UserErrorException>(() => (tls with { Password = password }).Open(Here));

            Assert.StartsWith($"diten.node.tls.certificate: found {tls.Certificate}, which cannot be read (", mistake.Message);
            Assert.DoesNotContain(Password, mistake.Message);
        }
    }

    [SkippableTheory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherRead)]
    public void A_key_that_others_can_read_is_refused(UnixFileMode others)
    {
        Skip.If(OperatingSystem.IsWindows(), "modes of files are those of Unix");
        foreach (var (tls, key, name) in (((NodeTls, string, string)[])[
            (_made.Tls(Here), _made.Tls(Here).Key, "key"), (EncryptedKey(), EncryptedKey().Key, "key"), (Pfx(Password), Pfx(Password).Certificate, "certificate")]))
        {
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(key, File.GetUnixFileMode(key) | others);

            var mistake = Assert.Throws<UserErrorException>(() => tls.Open(Here));

            Assert.Equal(
                $"diten.node.tls.{name}: found {key}, which others than its owner may read or write; allowed: a file for its owner alone (chmod 600 {key}).",
                mistake.Message);
        }
    }

    private static Akka.Actor.ActorSystem Founded(TestCluster cluster, NodeTls tls)
    {
        var node = cluster.Start(new NodeConfiguration { Tls = tls });
        Akka.Cluster.Cluster.Get(node).Join(Akka.Cluster.Cluster.Get(node).SelfAddress);
        return node;
    }

    private NodeTls Pfx(string password) =>
        _made.Tls(Here) with { Certificate = Private("node.pfx", _made.Certificate(Here).Export(X509ContentType.Pkcs12, password)), Key = "", Password = password };

    private NodeTls EncryptedKey()
    {
        using var key = ECDsa.Create();
        key.ImportFromPem(File.ReadAllText(_made.Tls(Here).Key));
        var pem = key.ExportEncryptedPkcs8PrivateKeyPem(Password, new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 10_000));
        return _made.Tls(Here) with { Key = Private("encrypted.key", System.Text.Encoding.ASCII.GetBytes(pem)), Password = Password };
    }

    private string Private(string name, byte[] content)
    {
        var file = _made.At(name);
        if (File.Exists(file))
            return file;
        PrivateFiles.Write(file, "");
        File.WriteAllBytes(file, content);
        return file;
    }
}
