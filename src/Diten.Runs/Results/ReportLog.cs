using System.Buffers.Binary;
using System.IO.Hashing;
using System.Runtime.Serialization;
using System.Text;
using Diten.Actors.Wire;
using Diten.Model.Records;

namespace Diten.Runs.Results;

/// <summary>
/// Every slot's report, one after the other, so that the tables of a run that broke off can be written again. Magic "DITENLOG", little-endian
/// int32 version (2), manifest of the reports in Diten's wire format (8 bytes ASCII, padded with 0); then for each slot int32 length, XxHash128
/// (16 bytes) of the hash before it, of the length and of the bytes, and the bytes in that format. The hash before the first is that of the
/// header: so no report can be changed, left out, or come from another place.
/// </summary>
/// <remarks>A record that was cut off, as by a power cut, and all that follows it, count as never written.</remarks>
internal sealed class ReportLog : IDisposable
{
    private const int HeaderBytes = 20, HashBytes = 16, RecordHeaderBytes = 4 + HashBytes, Version = 2;

    private readonly FileStream _file;
    private readonly byte[] _chain;

    private ReportLog(FileStream file, byte[] chain) => (_file, _chain) = (file, chain);

    private static string Manifest { get; } = MessageTable.ManifestFor(typeof(SlotReport));

    private static ReadOnlySpan<byte> Magic => "DITENLOG"u8;

    /// <summary>Starts an empty log.</summary>
    public static ReportLog Create(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return Begin(new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read, 1 << 16));
    }

    /// <summary>Opens a log, hands over every whole report, and goes on behind the last one; what follows that is cut off.</summary>
    /// <exception cref="InvalidDataException">It is no such log.</exception>
    public static ReportLog Open(string path, Action<SlotReport> take)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read, 1 << 16);
        try
        {
            var content = Read(file, take);
            file.SetLength(content.End);
            file.Position = content.End;
            return content.End == 0 ? Begin(file) : new ReportLog(file, content.Chain);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Reads a log, and changes nothing.</summary>
    /// <param name="take">Is told of every whole report, in order, up to the first that is not.</param>
    /// <returns>Where it is damaged or cut off, in words; null = it is whole.</returns>
    /// <exception cref="InvalidDataException">It is no such log.</exception>
    public static string? Scan(string path, Action<SlotReport> take)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1 << 16);
        var end = Read(file, take).End;
        return file.Length == 0 ? $"{path} is empty"
            : end == file.Length ? null
            : FormattableString.Invariant($"{path} is damaged or cut off from byte {end} of {file.Length} on");
    }

    /// <summary>Appends a report; it outlives this process from now on.</summary>
    public void Append(SlotReport report)
    {
        var bytes = MessageTable.ToBytes(report);
        Span<byte> header = stackalloc byte[RecordHeaderBytes];
        BinaryPrimitives.WriteInt32LittleEndian(header, bytes.Length);
        Hash(_chain, header[..4], bytes, _chain);
        _chain.CopyTo(header[4..]);
        _file.Write(header);
        _file.Write(bytes);
        _file.Flush();
    }

    /// <summary>Makes what was appended outlive a power cut.</summary>
    public void Secure() => _file.Flush(flushToDisk: true);

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static ReportLog Begin(FileStream file)
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        Magic.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header[8..], Version);
        Encoding.ASCII.GetBytes(Manifest, header[12..]);
        file.Write(header);
        file.Flush();
        return new ReportLog(file, XxHash128.Hash(header));
    }

    /// <returns>Where the last whole report ends, 0 = there is not even a header; and the hash there.</returns>
    private static (long End, byte[] Chain) Read(FileStream file, Action<SlotReport> take)
    {
        var header = new byte[HeaderBytes];
        if (file.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false) < HeaderBytes && Magic.StartsWith(header.AsSpan(0, (int)Math.Min(8, file.Length))))
            return (0, []); // whoever wanted to write it was killed
        if (!header.AsSpan(0, 8).SequenceEqual(Magic))
            throw new InvalidDataException($"{file.Name} is no log of slot reports.");
        if (BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(8)) is var version && version != Version)
            throw new InvalidDataException($"{file.Name} is a log of version {version}; this program goes on with logs of version {Version} only.");
        var manifest = Encoding.ASCII.GetString(header.AsSpan(12)).TrimEnd('\0');
        if (manifest != Manifest)
            throw new InvalidDataException($"{file.Name} was written by another version of Diten ({manifest} instead of {Manifest}).");
        var (end, chain) = (file.Position, XxHash128.Hash(header));
        while (Next(file, chain) is { } bytes)
        {
            end = file.Position;
            try
            {
                take((SlotReport)MessageTable.FromBytes(manifest, bytes));
            }
            catch (SerializationException wrong)
            {
                throw new InvalidDataException($"{file.Name} cannot be read up to byte {end}: {wrong.Message}", wrong);
            }
        }

        return (end, chain);
    }

    /// <summary>The next report's bytes, where they are what was written; then the hash goes on to theirs.</summary>
    private static byte[]? Next(FileStream file, byte[] chain)
    {
        Span<byte> header = stackalloc byte[RecordHeaderBytes], found = stackalloc byte[HashBytes];
        if (file.ReadAtLeast(header, RecordHeaderBytes, throwOnEndOfStream: false) < RecordHeaderBytes)
            return null;
        var length = BinaryPrimitives.ReadInt32LittleEndian(header);
        if (length <= 0 || length > file.Length - file.Position)
            return null;
        var bytes = new byte[length];
        file.ReadExactly(bytes);
        Hash(chain, header[..4], bytes, found);
        if (!found.SequenceEqual(header[4..]))
            return null;
        found.CopyTo(chain);
        return bytes;
    }

    private static void Hash(ReadOnlySpan<byte> before, ReadOnlySpan<byte> length, ReadOnlySpan<byte> bytes, Span<byte> hash)
    {
        var hashing = new XxHash128();
        hashing.Append(before);
        hashing.Append(length);
        hashing.Append(bytes);
        hashing.GetHashAndReset(hash);
    }
}
