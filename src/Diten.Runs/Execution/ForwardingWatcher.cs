using Diten.Actors;
using Diten.Model.Records;

namespace Diten.Runs.Execution;

/// <summary>Tells another watcher everything, and is disposed of with it: a base for those who add to one thing of it.</summary>
/// <param name="inner">Is told.</param>
public abstract class ForwardingWatcher(IRunWatcher inner) : IRunWatcher
{
    /// <inheritdoc/>
    public virtual void SlotCompleted(SlotReport report) => inner.SlotCompleted(report);

    /// <inheritdoc/>
    public virtual void Noticed(RunNotice notice) => inner.Noticed(notice);

    /// <inheritdoc/>
    public virtual void Edited(RunEdited edit) => inner.Edited(edit);

    /// <inheritdoc/>
    public virtual void ClusterSeen(ClusterStatus status) => inner.ClusterSeen(status);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>The run is over, or broke off.</summary>
    /// <param name="disposing">Always true: there is no finalizer.</param>
    protected virtual void Dispose(bool disposing) => inner.Dispose();
}
