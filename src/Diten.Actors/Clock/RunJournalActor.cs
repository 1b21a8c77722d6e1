using Akka.Actor;
using Akka.Persistence;
using Diten.Actors.Metering;

namespace Diten.Actors;

/// <summary>
/// Writes what the clock must know of a run when it takes over. Of two clocks that live for a moment only one can write: the journal takes
/// each sequence number once, and who comes second is told so.
/// </summary>
public sealed class RunJournalActor(string runId) : UntypedPersistentActor
{
    private static readonly KeyValuePair<string, object?> OfClock = InstrumentTable.StoreDuration.With("clock");

    private RunHistory _history = RunHistory.Empty;

    /// <inheritdoc/>
    public override string PersistenceId => IdOf(runId);

    /// <summary>Names a run's own journal.</summary>
    public static string IdOf(string runId) => $"{runId}/clock";

    /// <inheritdoc/>
    protected override void OnRecover(object message)
    {
        switch (message)
        {
            case RunEvent happened:
                _history = _history.Apply(happened);
                break;
            case RecoveryCompleted:
                Context.Parent.Tell(new RunRecovered(_history), Self);
                break;
        }
    }

    /// <inheritdoc/>
    protected override void OnCommand(object message)
    {
        if (message is RunEvent happened)
            Write(happened);
        else
            Unhandled(message);
    }

    private void Write(RunEvent happened)
    {
        var handed = MeteredTime.Now;
        Persist(happened, stored =>
        {
            handed.Tell(Instruments.OfProcess.StoreDuration, OfClock);
            Context.Parent.Tell(new RunEventStored(stored), Self);
        });
    }

    /// <inheritdoc/>
    protected override void OnPersistFailure(Exception cause, object @event, long sequenceNr) => Break($"cannot be written: {cause.Message}");

    /// <inheritdoc/>
    protected override void OnPersistRejected(Exception cause, object @event, long sequenceNr) => Break($"took no event: {cause.Message}");

    /// <inheritdoc/>
    protected override void OnRecoveryFailure(Exception reason, object? message = null) => Break($"cannot be read: {reason.Message}");

    private void Break(string why) => Context.Parent.Tell(new RunJournalBroken($"the run's journal {why}"), Self);
}
