using Diten.Actors;
using Diten.Model.Records;
using Diten.Model.Worlds;

namespace Diten.View.Recordings;

/// <summary>Records what is seen of a run that another process observes, from where it is, into a folder that goes with it.</summary>
/// <param name="world">Makes the world of a run ready.</param>
/// <param name="begun">Is told of the recording, of the run that it is of, and of its world.</param>
/// <param name="edited">Is told how the run was changed.</param>
public sealed class FollowedRun(Func<RunSpec, World> world, Action<RunRecorder, RunSpec, World> begun, Action<RunEdited>? edited = null) : IRunFollower, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("diten-view-");
    private RunRecorder? _recorder;
    private int _slots;

    /// <inheritdoc/>
    public int Begin(RunSpec run)
    {
        var made = world(run);
        var every = RunRecorder.DrawnEveryFor(made.Scenario.Devices.Count, run.Options.DeviceRecordsEvery);
        (_recorder, _slots) = (new RunRecorder(_folder.FullName, run.Name, made, every, shown: true), made.Scenario.Slots);
        begun(_recorder, run, made);
        return every;
    }

    /// <inheritdoc/>
    public bool SlotSeen(SlotReport report, SlotTotals total)
    {
        _recorder?.SlotSeen(report, total);
        return report.Slot < _slots - 1;
    }

    /// <inheritdoc/>
    public void SlotCompleted(SlotReport report) => throw new NotSupportedException("Who follows a run does not hear of every slot.");

    /// <inheritdoc/>
    public void Noticed(RunNotice notice) => _recorder?.Noticed(notice);

    /// <inheritdoc/>
    public void Edited(RunEdited edit)
    {
        _recorder?.Edited(edit);
        edited?.Invoke(edit);
    }

    /// <inheritdoc/>
    public void ClusterSeen(ClusterStatus status) => _recorder?.ClusterSeen(status);

    /// <summary>The run is over; what was recorded of it can still be shown.</summary>
    public void End()
    {
        _recorder?.Dispose();
        _recorder = null;
    }

    /// <summary>Deletes the recording, which nobody shows any more.</summary>
    public void Dispose()
    {
        End();
        _folder.Delete(recursive: true);
    }
}
