using Diten.Actors.Wire;

namespace Diten.Actors.Tests.Wire;

/// <summary>
/// The bytes of every manifest, for ever: what Approved/*.bin hold was written once, must be read to the same message by every later version,
/// and as long as a manifest is written at all it is written like that.
/// </summary>
/// <remarks>
/// A NEW manifest gets its file from its sample in <see cref="Samples"/>: run this class once with the environment variable
/// DITEN_APPROVE_WIRE=new, look at the file, and commit it. Files that are there are never overwritten: who wants other bytes needs another
/// manifest (see <see cref="MessageTable"/>).
/// </remarks>
public sealed class ApprovedBytesTests(WireSystem wire) : IClassFixture<WireSystem>
{
    public static TheoryData<string> Manifests => [.. MessageTable.Manifests];

    [Theory]
    [MemberData(nameof(Manifests))]
    public void A_manifest_is_written_as_ever(string manifest)
    {
        var message = SampleOf(manifest);
        if (MessageTable.ManifestOf(message) != manifest)
            return; // written by a newer manifest; still to be read

        var bytes = wire.Write(message).Bytes;
        if (Environment.GetEnvironmentVariable("DITEN_APPROVE_WIRE") == "new" && !File.Exists(PathOf(manifest)))
            File.WriteAllBytes(PathOf(manifest), bytes);

        Assert.Equal(Convert.ToHexString(Approved(manifest)), Convert.ToHexString(bytes));
    }

    [Theory]
    [MemberData(nameof(Manifests))]
    public void A_manifest_is_read_as_ever(string manifest) =>
        Deep.Equal(SampleOf(manifest), wire.Read(7301, manifest, Approved(manifest)));

    [Fact]
    public void No_manifest_that_ever_had_bytes_is_forgotten() => Assert.Equal(
        MessageTable.Manifests.Order(), Directory.GetFiles(Folder, "*.bin").Select(file => Path.GetFileNameWithoutExtension(file)!).Order());

    private object SampleOf(string manifest) => Samples.ByManifest(wire.Resolve).TryGetValue(manifest, out var message)
        ? message
        : throw new InvalidOperationException($"The manifest {manifest} has no sample yet.");

    private static byte[] Approved(string manifest) => File.Exists(PathOf(manifest))
        ? File.ReadAllBytes(PathOf(manifest))
        : throw new FileNotFoundException($"The manifest {manifest} has no approved bytes yet; the remarks of this class say how to get them.");

    private static string PathOf(string manifest) => Path.Combine(Folder, manifest + ".bin");

    private static string Folder
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder!.FullName, "Diten.sln")))
                folder = folder.Parent;
            return Path.Combine(folder.FullName, "tests", "Diten.Actors.Tests", "Wire", "Approved");
        }
    }
}
