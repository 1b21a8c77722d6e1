using System.Text.Json;
using Diten.Model.Worlds;
using Diten.Runs;
using Diten.Runs.Demos.Lectures;
using Diten.Runs.Execution;
using Diten.View.Recordings;

namespace Diten.View.Demos;

/// <summary>A lecture as viewers see it: its words, numbers and recordings, once all is prepared. Safe for threads.</summary>
public sealed class LectureHall : ILectureStage, IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<int, Recording> _recordings = [];
    private byte[] _told = Waiting(0, 0);

    /// <summary>A lecture that was prepared, with all its recordings.</summary>
    /// <exception cref="UserErrorException">There is none, or a part of it is damaged.</exception>
    public static LectureHall Open(string folder)
    {
        var (lecture, hall) = (LectureRecord.Read(folder), new LectureHall());
        foreach (var run in lecture.Runs())
        {
            if (hall.TryOpen(run.Number, Path.Combine(folder, run.Folder)))
                continue;
            hall.Dispose();
            throw new UserErrorException($"--replay: {Path.Combine(folder, run.Folder)} is damaged, or not there: --lecture --out {folder} records it anew.");
        }

        hall.Begin(lecture);
        return hall;
    }

    /// <summary>The recording of a run; null where there is none of that number.</summary>
    internal Recording? Run(int number)
    {
        lock (_gate)
            return _recordings.GetValueOrDefault(number);
    }

    /// <summary>All that is kept, as JSON; how far it is, until it is prepared.</summary>
    internal byte[] ToJson()
    {
        lock (_gate)
            return _told;
    }

    /// <inheritdoc/>
    public void Preparing(int done, int runs)
    {
        lock (_gate)
            _told = Waiting(done, runs);
    }

    /// <inheritdoc/>
    public bool TryOpen(int run, string folder)
    {
        try
        {
            var opened = Recording.Open(folder);
            if (opened.Frames < opened.World.AllFrames())
            {
                opened.Dispose(); // the frames that there are may be whole: its end was cut off
                return false;
            }

            lock (_gate)
                _recordings[run] = opened;
            return true;
        }
        catch (Exception missing) when (missing is InvalidDataException or IOException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public IRunWatcher Record(string folder, ScenarioInput input, World world)
    {
        Directory.CreateDirectory(folder);
        return new RunRecorder(folder, input.Name, world, RunRecorder.DrawnEveryFor(input.Scenario.Devices.Count, 1));
    }

    /// <inheritdoc/>
    public void Begin(LectureRecord lecture)
    {
        lock (_gate)
            _told = lecture.ToJson();
    }

    private static byte[] Waiting(int done, int runs) => JsonSerializer.SerializeToUtf8Bytes(new { waiting = true, done, runs });

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var recording in _recordings.Values)
            recording.Dispose();
    }
}
