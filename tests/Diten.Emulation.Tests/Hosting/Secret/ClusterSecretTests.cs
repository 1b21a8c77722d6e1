using Diten.Emulation.Tests.Results;
using Diten.Runs;
using Diten.Runs.Hosting;
using Diten.Runs.Hosting.Secret;

namespace Diten.Emulation.Tests.Hosting.Secret;

/// <summary>Where a node has its secret from.</summary>
public sealed class ClusterSecretTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void It_is_read_as_it_was_written_and_shown_to_nobody()
    {
        var secret = ClusterSecret.Create();
        var file = Private("secret", secret.ToText() + "\n");

        Assert.Equal(secret.ToText(), ClusterSecret.Given(file).ToText());
        Assert.DoesNotContain(secret.ToText(), $"{secret} {new NodeConfiguration { SecretFile = file }} {new NodeConfiguration { SecretFile = file }.ToAkkaConfig()}");
        Assert.NotEqual(secret.ToText(), ClusterSecret.Create().ToText());
    }

    [Theory]
    [InlineData("")]
    [InlineData("0123")]
    [InlineData("zz23456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef")]
    [InlineData("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789")]
    public void What_is_no_secret_is_refused_with_the_files_name(string text)
    {
        var file = Private("secret", text);

        var mistake = Assert.Throws<UserErrorException>(() => new NodeConfiguration { SecretFile = file }.ToSetup());

        Assert.Equal($"diten.node.secret-file: found {file}, which holds something else; allowed: 64 hexadecimal digits.", mistake.Message);
    }

    [SkippableTheory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.OtherWrite)]
    public void A_secret_that_others_can_read_is_none(UnixFileMode others)
    {
        Skip.If(OperatingSystem.IsWindows(), "modes of files are those of Unix");
        var file = Private("secret", ClusterSecret.Create().ToText());
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | others);

        Assert.Contains($"(chmod 600 {file})", Assert.Throws<UserErrorException>(() => ClusterSecret.Given(file)).Message);
    }

    [Fact]
    public void A_file_that_is_not_there_is_named() =>
        Assert.Equal(
            $"diten.node.secret-file: found {_folder.At("none")}, which does not exist.",
            Assert.Throws<UserErrorException>(() => ClusterSecret.Given(_folder.At("none"))).Message);

    private string Private(string name, string text)
    {
        PrivateFiles.Write(_folder.At(name), text);
        return _folder.At(name);
    }
}
