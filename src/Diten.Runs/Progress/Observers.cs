using Diten.Actors;
using Diten.Model.Records;

namespace Diten.Runs.Progress;

/// <summary>Tells several observers of every slot, in order.</summary>
internal sealed class Observers(params IRunObserver[] observers) : IRunObserver
{
    /// <inheritdoc/>
    public void SlotCompleted(SlotReport report)
    {
        foreach (var observer in observers)
            observer.SlotCompleted(report);
    }

    /// <inheritdoc/>
    public void Noticed(RunNotice notice)
    {
        foreach (var observer in observers)
            observer.Noticed(notice);
    }

    /// <inheritdoc/>
    public void Edited(RunEdited edit)
    {
        foreach (var observer in observers)
            observer.Edited(edit);
    }

    /// <inheritdoc/>
    public void ClusterSeen(ClusterStatus status)
    {
        foreach (var observer in observers)
            observer.ClusterSeen(status);
    }
}
