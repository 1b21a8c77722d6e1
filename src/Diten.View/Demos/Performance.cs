using System.Text.Json;
using Diten.Runs;
using Diten.Runs.Demos;
using Diten.Runs.Execution;
using Diten.Runs.Results;
using Diten.View.Recordings;

namespace Diten.View.Demos;

/// <summary>A demo as viewers see it: its acts, each with a recording once it has begun. Safe for threads.</summary>
public sealed class Performance : IDemoStage, IDisposable
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    private readonly Lock _gate = new();
    private readonly Recording?[] _recordings;
    private readonly string? _folder;
    private DemoRecord _record;

    private Performance(DemoRecord record, string? folder) => (_record, _folder, _recordings) = (record, folder, new Recording?[record.Acts.Count]);

    /// <summary>A demo that is about to begin.</summary>
    /// <param name="folder">Where it is kept.</param>
    public static Performance Of(DemoScript script, string folder) => new(DemoRecord.Of(script), folder);

    /// <summary>A demo that was kept, with all its recordings.</summary>
    /// <exception cref="UserErrorException">There is none, or a part of it is damaged.</exception>
    public static Performance Open(string folder)
    {
        var opened = new Performance(DemoRecord.Read(folder), null);
        try
        {
            for (var i = 0; i < opened._recordings.Length; i++)
                opened._recordings[i] = Recording.Open(Path.Combine(folder, opened._record.Acts[i].Name));
            return opened;
        }
        catch (Exception damaged) when (damaged is InvalidDataException or IOException)
        {
            opened.Dispose();
            throw new UserErrorException($"--replay: {damaged.Message}");
        }
    }

    /// <summary>The recording of an act, from 0; null where it has not begun, or there is no such act.</summary>
    internal Recording? Act(int number)
    {
        lock (_gate)
            return number >= 0 && number < _recordings.Length ? _recordings[number] : null;
    }

    /// <summary>The recording of the act that began last; of a demo that was kept, of the first. Null before the first.</summary>
    internal Recording? Newest
    {
        get
        {
            lock (_gate)
                return _recordings[Current];
        }
    }

    private int Current => _folder is null ? 0 : Math.Max(0, Array.FindLastIndex(_recordings, recording => recording is not null));

    /// <summary>Title, acts, captions and digests, as JSON.</summary>
    internal byte[] ToJson()
    {
        lock (_gate)
        {
            return JsonSerializer.SerializeToUtf8Bytes(new
            {
                _record.Title,
                Current,
                Acts = _record.Acts.Select((act, i) => new { act.Title, act.Captions, act.Digest, act.Alone, Begun = _recordings[i] is not null }),
            }, Json);
        }
    }

    /// <inheritdoc/>
    public IRunWatcher Begin(int act, RunFolder folder, RunRequest request)
    {
        var recorder = new RunRecorder(folder.Path, request.Input.Name, request.World, request.Start.RecordDevicesEvery, shown: true);
        lock (_gate)
            _recordings[act] = recorder.Recording;
        return recorder;
    }

    /// <inheritdoc/>
    public void Ended(int act, string digest) => Change(act, one => one with { Digest = digest });

    /// <inheritdoc/>
    public void Repeated(int act, string digest)
    {
        Change(act, one => one with { Alone = digest });
        lock (_gate)
            if (_folder is not null && _record.Acts.All(one => one.Alone is not null))
                _record.Write(_folder);
    }

    /// <summary>No more frames will come: whoever waits for one waits no longer.</summary>
    internal void End()
    {
        foreach (var recording in _recordings)
            recording?.End();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var recording in _recordings)
            recording?.Dispose();
    }

    private void Change(int act, Func<RecordedAct, RecordedAct> change)
    {
        lock (_gate)
            _record = _record.With(act, change);
    }
}
