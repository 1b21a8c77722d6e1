using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using Diten.Actors.Wire;
using Diten.Model.Statistics;

namespace Diten.Node.Results;

/// <summary>
/// Every slot's report, one after the other, so that the tables of a run that broke off can be written again. Magic "DITENLOG", little-endian
/// int32 version (1), manifest of the reports in Diten's wire format (8 bytes ASCII, padded with 0); then for each slot int32 length, uint32
/// CRC-32 of the bytes, and the bytes in that format.
/// </summary>
/// <remarks>A record that was cut off, as by a power cut, and all that follows it, count as never written.</remarks>
public sealed class ReportLog : IDisposable
{
    private const int HeaderBytes = 20, RecordHeaderBytes = 8, Version = 1;

    private readonly FileStream _file;

    private ReportLog(FileStream file) => _file = file;

    private static string Manifest { get; } = MessageTable.ManifestFor(typeof(SlotReport));

    private static ReadOnlySpan<byte> Magic => "DITENLOG"u8;

    /// <summary>Starts an empty log.</summary>
    public static ReportLog Create(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read, 1 << 16);
        Span<byte> header = stackalloc byte[HeaderBytes];
        Magic.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header[8..], Version);
        Encoding.ASCII.GetBytes(Manifest, header[12..]);
        file.Write(header);
        return new ReportLog(file);
    }

    /// <summary>Opens a log, hands over every whole report, and goes on behind the last one.</summary>
    /// <exception cref="InvalidDataException">It is no such log.</exception>
    public static ReportLog Open(string path, Action<SlotReport> take)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read, 1 << 16);
        try
        {
            Span<byte> header = stackalloc byte[HeaderBytes];
            if (file.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false) < HeaderBytes || !header[..8].SequenceEqual(Magic)
                || BinaryPrimitives.ReadInt32LittleEndian(header[8..]) != Version)
                throw new InvalidDataException($"{path} is no log of slot reports (version {Version}).");
            var manifest = Encoding.ASCII.GetString(header[12..]).TrimEnd('\0');
            if (manifest != Manifest)
                throw new InvalidDataException($"{path} was written by another version of Diten ({manifest} instead of {Manifest}).");
            var end = file.Position;
            while (Read(file) is { } bytes)
            {
                end = file.Position;
                take((SlotReport)MessageTable.FromBytes(manifest, bytes));
            }

            file.SetLength(end);
            file.Position = end;
            return new ReportLog(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Appends a report; it outlives this process from now on.</summary>
    public void Append(SlotReport report)
    {
        var bytes = MessageTable.ToBytes(report);
        Span<byte> header = stackalloc byte[RecordHeaderBytes];
        BinaryPrimitives.WriteInt32LittleEndian(header, bytes.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], Crc32.HashToUInt32(bytes));
        _file.Write(header);
        _file.Write(bytes);
        _file.Flush();
    }

    /// <summary>Makes what was appended outlive a power cut.</summary>
    public void Secure() => _file.Flush(flushToDisk: true);

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static byte[]? Read(FileStream file)
    {
        Span<byte> header = stackalloc byte[RecordHeaderBytes];
        if (file.ReadAtLeast(header, RecordHeaderBytes, throwOnEndOfStream: false) < RecordHeaderBytes)
            return null;
        var length = BinaryPrimitives.ReadInt32LittleEndian(header);
        if (length <= 0 || length > file.Length - file.Position)
            return null;
        var bytes = new byte[length];
        file.ReadExactly(bytes);
        return Crc32.HashToUInt32(bytes) == BinaryPrimitives.ReadUInt32LittleEndian(header[4..]) ? bytes : null;
    }
}
