using System.Runtime.InteropServices;
using Diten.Model.Faults;
using Diten.Runs.Results;

namespace Diten.View.Recordings;

/// <summary>A recording as viewers see it: whole, or of a run that goes on. Safe for threads.</summary>
internal sealed class Recording : IDisposable
{
    /// <summary>Events that are kept, at most; the last one says that there were more.</summary>
    public const int MostEvents = 10_000;

    /// <summary>Moments of which it is kept what nodes held, at most.</summary>
    public const int MostNodesMoments = 2_000;

    private readonly Lock _lock = new();
    private readonly RecordingFile _file;
    private readonly List<byte> _series = []; // a row a frame, see SlotSeries; bounded by RecordingFile.MostFrames
    private readonly List<RecordedEvent> _events = [];
    private readonly List<NodesMoment> _nodes = [];
    private TaskCompletionSource _changed = NewSignal();
    private FaultPlan _faults = FaultPlan.None;
    private byte[]? _newest;
    private bool _ended;

    private Recording(RecordingFile file) => _file = file;

    public RecordedWorld World => _file.World;

    /// <summary>Frames that can be had.</summary>
    public int Frames
    {
        get
        {
            lock (_lock)
                return _series.Count / SlotSeries.RowBytes;
        }
    }

    /// <summary>Whether no more frames will come.</summary>
    public bool Ended
    {
        get
        {
            lock (_lock)
                return _ended;
        }
    }

    /// <summary>The faults of the run, as far as they are known: a run that was changed is as if they had been so from its beginning.</summary>
    public FaultPlan Faults
    {
        get => Volatile.Read(ref _faults);
        set => Volatile.Write(ref _faults, value);
    }

    /// <summary>The file of frames in a run's folder.</summary>
    public static string FramesIn(string run) => Path.Combine(new RunFolder(run).View, "frames.bin");

    /// <summary>The file of events in a run's folder.</summary>
    public static string EventsIn(string run) => Path.Combine(new RunFolder(run).View, "events.log");

    /// <summary>The file of what nodes held in a run's folder.</summary>
    public static string NodesIn(string run) => Path.Combine(new RunFolder(run).View, "nodes.log");

    /// <summary>The file of faults in a run's folder: a line a <see cref="RecordedPlan"/>, of which the last one counts.</summary>
    public static string FaultsIn(string run) => Path.Combine(new RunFolder(run).View, "faults.log");

    /// <summary>A recording that begins.</summary>
    public static Recording Create(string run, RecordedWorld world) => new(RecordingFile.Create(FramesIn(run), world));

    /// <summary>Opens what was recorded of a run, after a check of all of it.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static Recording Open(string run)
    {
        var series = new List<byte>();
        var file = RecordingFile.Open(FramesIn(run), (layout, frame) => AddRow(series, layout, frame));
        var recording = new Recording(file) { _ended = true };
        try
        {
            recording._series.AddRange(series);
            recording._events.AddRange(LogFile.Read<RecordedEvent>(EventsIn(run)).Take(MostEvents));
            recording._nodes.AddRange(LogFile.Read<NodesMoment>(NodesIn(run)).Take(MostNodesMoments));
            if (LogFile.Read<RecordedPlan>(FaultsIn(run)) is [.., var last])
                recording.Faults = last.ToPlan(file.World);
            return recording;
        }
        catch
        {
            recording.Dispose();
            throw;
        }
    }

    /// <summary>Appends a frame.</summary>
    public void Append(byte[] frame, ReadOnlySpan<byte> details)
    {
        _file.Write(Frames, frame, details); // the run's thread is the only one that appends
        lock (_lock)
        {
            AddRow(_series, _file.Layout, frame);
            _newest = frame;
        }

        Signal();
    }

    /// <summary>Notes an event.</summary>
    /// <returns>What was noted: the event, that there are too many, or nothing.</returns>
    public RecordedEvent? Note(RecordedEvent happened)
    {
        lock (_lock)
        {
            if (_events.Count >= MostEvents)
                return null;
            var noted = _events.Count < MostEvents - 1
                ? happened
                : new RecordedEvent(happened.Slot, "more", FormattableString.Invariant($"more happened than the {MostEvents} events that are kept"));
            _events.Add(noted);
            return noted;
        }
    }

    /// <summary>Notes what nodes hold, where it is news: they hold something else, or enough slots went by.</summary>
    /// <returns>Whether it was noted.</returns>
    public bool Note(NodesMoment seen)
    {
        lock (_lock)
        {
            var news = _nodes.Count == 0 || !seen.HoldsAs(_nodes[^1]) || seen.Slot >= _nodes[^1].Slot + Math.Max(1, World.Slots / 500);
            if (!news || _nodes.Count >= MostNodesMoments)
                return false;
            _nodes.Add(seen);
            return true;
        }
    }

    /// <summary>No more frames will come.</summary>
    public void End()
    {
        lock (_lock)
            _ended = true;
        Signal();
    }

    /// <summary>The newest frame, as soon as it is none of the first <paramref name="seen"/>: a slow viewer misses those between.</summary>
    /// <returns>Null where no more will come.</returns>
    public async Task<byte[]?> NextAsync(int seen, CancellationToken cancel)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (_series.Count / SlotSeries.RowBytes > seen)
                    break;
                if (_ended)
                    return null;
                changed = _changed.Task;
            }

            await changed.WaitAsync(cancel);
        }

        lock (_lock)
            if (_newest is { } newest)
                return newest;
        return Frame(Frames - 1);
    }

    /// <summary>A frame; null where there is none of that number.</summary>
    public byte[]? Frame(int index) => index >= 0 && index < Frames ? _file.ReadFrame(index) : null;

    /// <summary>Slots and figures of all frames from one on: int32 slot, then <see cref="SlotSeries"/>, for each.</summary>
    /// <param name="from">Number of a frame, not negative.</param>
    public byte[] Series(int from)
    {
        lock (_lock)
            return CollectionsMarshal.AsSpan(_series)[Math.Min(_series.Count, (int)Math.Min(int.MaxValue, (long)from * SlotSeries.RowBytes))..].ToArray();
    }

    /// <summary>Events from one on.</summary>
    public IReadOnlyList<RecordedEvent> Events(int from)
    {
        lock (_lock)
            return [.. _events.Skip(Math.Max(0, from))];
    }

    /// <summary>What nodes held, from one moment on.</summary>
    public IReadOnlyList<NodesMoment> Nodes(int from)
    {
        lock (_lock)
            return [.. _nodes.Skip(Math.Max(0, from))];
    }

    /// <summary>The server of each recorded device in a frame, int32, −1 = none; null where there is no frame of that number.</summary>
    public byte[]? ServersOfDevices(int index)
    {
        if (index < 0 || index >= Frames)
            return null;
        var layout = World.Layout();
        var (details, servers) = (new byte[FrameLayout.DeviceDetailBytes * layout.Devices], new byte[4 * layout.Devices]);
        ReadPart(index, layout.FrameBytes + (FrameLayout.ServerDetailBytes * layout.Servers), details);
        for (var device = 0; device < layout.Devices; device++)
            details.AsSpan(FrameLayout.DeviceDetailBytes * device, 4).CopyTo(servers.AsSpan(4 * device));
        return servers;
    }

    /// <summary>Reads a part of a frame and its details.</summary>
    public void ReadPart(int index, int at, Span<byte> part) => _file.ReadPart(index, at, part);

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static void AddRow(List<byte> series, FrameLayout layout, ReadOnlySpan<byte> frame)
    {
        series.AddRange(frame.Slice(FrameLayout.SlotAt, 4));
        series.AddRange(frame.Slice(layout.SeriesAt, SlotSeries.RowBytes - 4));
    }

    private void Signal()
    {
        TaskCompletionSource changed;
        lock (_lock)
            (changed, _changed) = (_changed, NewSignal());
        changed.TrySetResult();
    }

    /// <summary>Whoever waits goes on in a thread of its own, never in that of the run.</summary>
    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
