using System.Security.Cryptography.X509Certificates;
using Diten.Emulation.Tests.Results;
using Diten.Node.Commands;
using Diten.Runs;
using Diten.Runs.Execution;
using Diten.Runs.Hosting;
using Diten.Runs.Progress;
using Diten.Runs.Scenarios;

namespace Diten.Emulation.Tests.Commands;

/// <summary><c>diten certificates</c> as a user calls it.</summary>
public sealed class CertificatesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _out = new(), _error = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Each_node_gets_a_folder_and_is_told_where_it_goes()
    {
        Assert.Equal(0, await Make("made", "a.example,10.0.0.5,::1"));

        Assert.Equal(
            ["10.0.0.5", "__1", "a.example", "ca.key", "ca.pem"],
            Directory.EnumerateFileSystemEntries(_folder.At("made")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        foreach (var (folder, host) in new[] { ("a.example", "a.example"), ("10.0.0.5", "10.0.0.5"), ("__1", "::1") })
        {
            Tls("made", folder).Open(host).Dispose();
            Assert.Contains($"  to {host}\n", _out.ToString());
        }

        Assert.Throws<UserErrorException>(() => Tls("made", "a.example").Open("b.example"));
        Assert.Throws<UserErrorException>(() => Tls("made", "10.0.0.5").Open("10.0.0.6"));
        Assert.Contains($"Keep {_folder.At("made", "ca.key")} off the nodes: who has it may join.", _out.ToString());
    }

    [Fact]
    public async Task The_shipped_secure_conf_takes_the_folder_as_it_was_made()
    {
        Assert.Equal(0, await Make("made", "a.example,b.example"));
        File.Copy(Path.Combine(Path.GetDirectoryName(ShippedScenarios.Folder())!, "hocon", "secure.conf"), _folder.At("secure.conf"));
        Directory.Move(_folder.At("made", "a.example"), _folder.At("certificates"));

        var node = NodeConfiguration.Load(_folder.At("secure.conf"));

        Assert.Equal(("0.0.0.0", 4711, "a.example"), (node.Host, node.Port, node.PublicHost));
        var akka = node.ToAkkaConfig();
        Assert.True(akka.GetBoolean("akka.remote.dot-netty.tcp.enable-ssl"));
        Assert.Equal(["akka.ssl.tcp://diten@a.example:4711"], akka.GetStringList("akka.cluster.seed-nodes"));
        var mistake = Assert.Throws<UserErrorException>(() => NodeConfiguration.Load(_folder.At("secure.conf"), ("--public-host", "diten.node.public-host", "b.example")));
        Assert.Contains("which is not for b.example", mistake.Message);
        mistake = Assert.Throws<UserErrorException>(() => NodeConfiguration.Load(_folder.At("secure.conf"), ("--public-host", "diten.node.public-host", "")));
        Assert.Contains("secure.conf, line ", mistake.Message);
        Assert.Contains("diten.node.host: found 0.0.0.0, which other nodes cannot call, and no diten.node.public-host", mistake.Message);
    }

    [Fact]
    public async Task Nobody_but_the_owner_may_read_any_of_it()
    {
        if (OperatingSystem.IsWindows())
            return;
        Assert.Equal(0, await Make("made", "a.example"));

        const UnixFileMode others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
            | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
        foreach (var path in Directory.EnumerateFileSystemEntries(_folder.Path, "*", SearchOption.AllDirectories))
            Assert.Equal((path, UnixFileMode.None), (path, File.GetUnixFileMode(path) & others));
    }

    [Fact]
    public async Task A_node_that_comes_later_is_believed_by_the_others()
    {
        Assert.Equal(0, await Make("made", "a.example"));
        Assert.Equal(0, await Make("more", "b.example", "--authority", _folder.At("made"), "--days", "7"));

        using var first = Tls("made", "a.example").Open("a.example");
        using var later = X509CertificateLoader.LoadCertificateFromFile(_folder.At("more", "b.example", "node.pem"));
        Assert.Null(first.Objection(later));
        Assert.InRange((later.NotAfter.ToUniversalTime() - DateTime.UtcNow).TotalDays, 6.9, 7.0);
        Assert.False(File.Exists(_folder.At("more", "ca.key")));
    }

    [Fact]
    public async Task Another_authority_is_another_even_with_the_same_nodes()
    {
        Assert.Equal(0, await Make("made", "a.example"));
        Assert.Equal(0, await Make("other", "a.example"));

        using var ours = Tls("made", "a.example").Open("a.example");
        using var theirs = X509CertificateLoader.LoadCertificateFromFile(_folder.At("other", "a.example", "node.pem"));
        Assert.Equal("is not from the trusted authority", ours.Objection(theirs));
    }

    [Fact]
    public void A_certificate_that_is_over_is_told_with_its_dates()
    {
        var past = DateTimeOffset.UtcNow.AddDays(-30);
        using var authority = CertificateAuthority.Create(past);
        using var over = authority.Issue("a.example", past, 7);
        using var valid = authority.Issue("a.example", past, 60);
        var identity = new NodeIdentity(valid, authority.Certificate);

        Assert.Null(identity.Objection(valid));
        Assert.StartsWith("is valid from ", identity.Objection(over));
    }

    [Fact]
    public async Task What_is_there_is_never_overwritten()
    {
        Assert.Equal(0, await Make("made", "a.example"));
        var before = File.ReadAllText(_folder.At("made", "ca.key"));

        Assert.Equal(2, await Make("made", "b.example"));

        Assert.Contains("made, which is not empty: choose another one.", _error.ToString());
        Assert.Equal(before, File.ReadAllText(_folder.At("made", "ca.key")));
    }

    [Theory]
    [InlineData("a.example,b.example:4711", "--nodes: found 'b.example:4711'; allowed: DNS names and IP addresses, without ports, divided by commas.")]
    [InlineData("a.example,", "--nodes: found '';")]
    [InlineData("0.0.0.0", "--nodes: found '0.0.0.0';")]
    [InlineData("../a", "--nodes: found '../a';")]
    [InlineData("a.example,A.example", "--nodes: found 'a.example' twice;")]
    [InlineData("a.example|--days|0", "--days: found 0; allowed: a whole number of at least 1.")]
    [InlineData("a.example|--days|3651", "--days: found 3651; allowed: up to 3650, for the authority lasts until 2")]
    [InlineData("a.example|--authority|none", "--authority: found none, which has no ca.pem; allowed: a folder that an earlier 'diten certificates' made.")]
    public async Task A_mistake_is_told_and_nothing_is_written(string words, string told)
    {
        var parts = words.Split('|');

        Assert.Equal(2, await Make("made", parts[0], parts[1..]));

        Assert.Contains("diten: " + told, _error.ToString());
        Assert.False(Directory.Exists(_folder.At("made")));
    }

    private Task<int> Make(string folder, string nodes, params string[] more) => CommandTree.RunAsync(
        ["certificates", "--out", _folder.At(folder), "--nodes", nodes, .. more], new Session(new Terminal(_out, _error)));

    private NodeTls Tls(string made, string node) =>
        new(_folder.At(made, node, "node.pem"), _folder.At(made, node, "node.key"), "", _folder.At(made, node, "ca.pem"));
}
