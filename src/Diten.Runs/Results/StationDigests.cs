using System.Buffers.Binary;

namespace Diten.Runs.Results;

/// <summary>
/// Reads and writes <c>digests/stations.bin</c>: magic "DITENDIG", then little-endian int32 version (1), slots, stations, reserved 0; then
/// 32 bytes for each station of slot 0, of slot 1, and so on.
/// </summary>
public static class StationDigests
{
    /// <summary>Bytes of a digest.</summary>
    public const int DigestBytes = 32;

    private const int HeaderBytes = 24;
    private const int Version = 1;

    private static ReadOnlySpan<byte> Magic => "DITENDIG"u8;

    /// <summary>Opens a file for slots to be appended to, with a header that says how many there will be.</summary>
    public static FileStream Create(string path, int stations)
    {
        var file = File.Create(path, 1 << 16);
        WriteHeader(file, 0, stations);
        return file;
    }

    /// <summary>Writes the true number of slots into the header and closes the file.</summary>
    public static void Complete(FileStream file, int slots, int stations)
    {
        file.Position = 0;
        WriteHeader(file, slots, stations);
        file.Dispose();
    }

    /// <summary>Opens a file, checks it, and leaves it at the first digest.</summary>
    /// <exception cref="InvalidDataException">Not such a file, or cut off.</exception>
    public static FileStream Open(string path, out int slots, out int stations)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
        Span<byte> header = stackalloc byte[HeaderBytes];
        var read = file.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false);
        slots = BinaryPrimitives.ReadInt32LittleEndian(header[12..]);
        stations = BinaryPrimitives.ReadInt32LittleEndian(header[16..]);
        if (read == HeaderBytes && header[..8].SequenceEqual(Magic)
            && BinaryPrimitives.ReadInt32LittleEndian(header[8..]) == Version
            && slots >= 0 && stations > 0 && file.Length == HeaderBytes + ((long)DigestBytes * slots * stations))
            return file;
        file.Dispose();
        throw new InvalidDataException($"{path} is not a whole file of station digests (version {Version}).");
    }

    private static void WriteHeader(FileStream file, int slots, int stations)
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        Magic.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header[8..], Version);
        BinaryPrimitives.WriteInt32LittleEndian(header[12..], slots);
        BinaryPrimitives.WriteInt32LittleEndian(header[16..], stations);
        BinaryPrimitives.WriteInt32LittleEndian(header[20..], 0);
        file.Write(header);
    }
}
