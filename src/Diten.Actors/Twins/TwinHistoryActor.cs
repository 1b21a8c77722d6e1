using Akka.Actor;
using Akka.Persistence;
using Diten.Model.ServerTwins;

namespace Diten.Actors;

/// <summary>Reads one zone's journal of twins, of a run that is over or goes on, and never writes.</summary>
/// <param name="journalId">See <see cref="ZoneStart.TwinJournalId"/>.</param>
/// <param name="server">The server of interest; the others' events are passed over.</param>
/// <param name="read">Is told all that there is, by slot; or why it cannot be read.</param>
public sealed class TwinHistoryActor(string journalId, int server, TaskCompletionSource<IReadOnlyList<TwinRecord>> read) : UntypedPersistentActor
{
    private readonly List<TwinRecord> _records = [];

    /// <inheritdoc/>
    public override string PersistenceId => journalId;

    /// <inheritdoc/>
    public override Recovery Recovery => new(SnapshotSelectionCriteria.None);

    /// <inheritdoc/>
    protected override void OnRecover(object message)
    {
        switch (message)
        {
            case TwinSlotCommitted slot:
                TwinEvent[] happened = [.. slot.Twins.Where(twin => twin.Server == server).Select(twin => twin.Event)];
                var truth = slot.Servers.Where(facts => facts.Server == server).Select(facts => (ServerTruth?)facts).FirstOrDefault();
                _records.Add(new TwinRecord(slot.Slot, happened, truth));
                break;
            case RecoveryCompleted:
                read.TrySetResult(_records);
                Context.Stop(Self);
                break;
        }
    }

    /// <inheritdoc/>
    protected override void OnCommand(object message) => Unhandled(message);

    /// <inheritdoc/>
    protected override void OnRecoveryFailure(Exception reason, object? message = null) =>
        read.TrySetException(new IOException($"The journal {journalId} cannot be read: {reason.Message}", reason));
}
