using System.Buffers.Binary;
using System.IO.Hashing;
using Microsoft.Win32.SafeHandles;

namespace Diten.View.Recordings;

/// <summary>Is told of a frame.</summary>
internal delegate void FrameReader(FrameLayout layout, ReadOnlySpan<byte> frame);

/// <summary>
/// The file of a recording. Magic "DITENVUE", little-endian int32 version (2), int32 length of the world's JSON, XxHash128 (16 bytes) of the
/// 16 bytes before it and of the JSON, the JSON; then for each recorded slot the frame, its details, and XxHash128 over the header's
/// hash, the frame's number (int32) and both: so no frame can be changed, swapped, or come from another recording.
/// </summary>
/// <remarks>All records have one length, so the n-th is found without an index. Reading and appending may go on at once, by one writer.</remarks>
internal sealed class RecordingFile : IDisposable
{
    /// <summary>A recording is at most so long, bytes, as far as one frame of each end allows: longer runs leave slots out.</summary>
    public const long MostBytes = 512L << 20;

    /// <summary>Frames of a recording, at most: what is kept of each in memory is bounded by it.</summary>
    public const int MostFrames = 100_000;

    private const int HeaderBytes = 32, HashBytes = 16, Version = 2, MostJsonBytes = 64 << 20;

    private readonly SafeFileHandle _file;
    private readonly byte[] _seal;
    private readonly long _start;

    private RecordingFile(SafeFileHandle file, RecordedWorld world, byte[] seal, long start)
    {
        (_file, World, _seal, _start) = (file, world, seal, start);
        Layout = world.Layout();
    }

    public RecordedWorld World { get; }

    public FrameLayout Layout { get; }

    private static ReadOnlySpan<byte> Magic => "DITENVUE"u8;

    private int RecordBytes => Layout.FrameBytes + Layout.DetailBytes + HashBytes;

    /// <summary>Slots between two recorded ones, the first of the two counted, so that a recording keeps to its bounds; at least 1.</summary>
    public static int EverySlotsFor(int slots, FrameLayout layout)
    {
        var most = Math.Clamp(MostBytes / (layout.FrameBytes + layout.DetailBytes + HashBytes), 2, MostFrames) - 1; // the last slot comes on top
        return (int)Math.Max(1, (slots + most - 1) / most);
    }

    /// <summary>Starts a recording.</summary>
    public static RecordingFile Create(string path, RecordedWorld world)
    {
        var json = world.ToJson();
        Span<byte> header = stackalloc byte[HeaderBytes];
        Magic.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header[8..], Version);
        BinaryPrimitives.WriteInt32LittleEndian(header[12..], json.Length);
        var seal = Hash(header[..16], json);
        seal.CopyTo(header[16..]);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var file = File.OpenHandle(path, FileMode.Create, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        RandomAccess.Write(file, header, 0);
        RandomAccess.Write(file, json, HeaderBytes);
        return new RecordingFile(file, world, seal, HeaderBytes + json.Length);
    }

    /// <summary>Opens a recording and checks all of it.</summary>
    /// <param name="take">Is told of every frame, in order.</param>
    /// <remarks>What a writer that was killed left behind the last whole frame does not count.</remarks>
    /// <exception cref="InvalidDataException">It is no recording, or damaged; the message names file and frame.</exception>
    public static RecordingFile Open(string path, FrameReader take)
    {
        var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        try
        {
            var recording = ReadHeader(file, path);
            var record = new byte[recording.RecordBytes];
            var frames = (int)Math.Min(MostFrames, (RandomAccess.GetLength(file) - recording._start) / record.Length);
            for (var index = 0; index < frames; index++)
            {
                recording.ReadWhole(index, record, path);
                take(recording.Layout, record.AsSpan(0, recording.Layout.FrameBytes));
            }

            return recording;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Writes a frame and its details.</summary>
    public void Write(int index, ReadOnlySpan<byte> frame, ReadOnlySpan<byte> details)
    {
        var at = At(index);
        RandomAccess.Write(_file, frame, at);
        RandomAccess.Write(_file, details, at + frame.Length);
        RandomAccess.Write(_file, Seal(index, frame, details), at + frame.Length + details.Length);
    }

    /// <summary>Reads a frame that was written or checked.</summary>
    public byte[] ReadFrame(int index)
    {
        var frame = new byte[Layout.FrameBytes];
        Read(At(index), frame);
        return frame;
    }

    /// <summary>Reads a part of a frame and its details, which follow it.</summary>
    /// <param name="at">Bytes from the frame's begin.</param>
    public void ReadPart(int index, int at, Span<byte> part) => Read(At(index) + at, part);

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private long At(int index) => _start + ((long)index * RecordBytes);

    private void Read(long at, Span<byte> to)
    {
        for (var read = 0; read < to.Length;)
        {
            var more = RandomAccess.Read(_file, to[read..], at + read);
            if (more == 0)
                throw new EndOfStreamException("The recording was cut off while it was read.");
            read += more;
        }
    }

    private static RecordingFile ReadHeader(SafeFileHandle file, string path)
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        if (RandomAccess.Read(file, header, 0) < HeaderBytes || !header.StartsWith(Magic))
            throw new InvalidDataException($"{path} is no recording.");
        if (BinaryPrimitives.ReadInt32LittleEndian(header[8..]) is var version && version != Version)
            throw new InvalidDataException($"{path} is a recording of version {version}; this program reads version {Version}.");
        var length = BinaryPrimitives.ReadInt32LittleEndian(header[12..]);
        if (length is < 0 or > MostJsonBytes || HeaderBytes + (long)length > RandomAccess.GetLength(file))
            throw new InvalidDataException($"{path} is damaged: its header is cut off.");
        var json = new byte[length];
        RandomAccess.Read(file, json, HeaderBytes);
        var seal = Hash(header[..16], json);
        if (!header[16..].SequenceEqual(seal))
            throw new InvalidDataException($"{path} is damaged: the checksum of its header does not fit.");
        return new RecordingFile(file, RecordedWorld.FromJson(json, path), seal, HeaderBytes + length);
    }

    private void ReadWhole(int index, byte[] record, string path)
    {
        Read(At(index), record);
        var (frame, detail) = (Layout.FrameBytes, Layout.DetailBytes);
        if (!record.AsSpan(frame + detail).SequenceEqual(Seal(index, record.AsSpan(0, frame), record.AsSpan(frame, detail))))
            throw new InvalidDataException($"{path} is damaged: the checksum of frame {index} does not fit.");
    }

    private byte[] Seal(int index, ReadOnlySpan<byte> frame, ReadOnlySpan<byte> details)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(number, index);
        var hash = new XxHash128();
        hash.Append(_seal);
        hash.Append(number);
        hash.Append(frame);
        hash.Append(details);
        return hash.GetHashAndReset();
    }

    private static byte[] Hash(ReadOnlySpan<byte> first, ReadOnlySpan<byte> then)
    {
        var hash = new XxHash128();
        hash.Append(first);
        hash.Append(then);
        return hash.GetHashAndReset();
    }
}
