using Akka.Actor;
using Diten.Model.Statistics;

namespace Diten.Actors;

/// <summary>Hands slot reports to whoever watches the run, off the emulation's threads: writing files must not stop a slot.</summary>
public sealed class RunObserverActor(IRunObserver? observer) : UntypedActor
{
    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        if (message is not SlotReport report)
        {
            Unhandled(message);
            return;
        }

        try
        {
            observer?.SlotCompleted(report);
            Sender.Tell(new ReportTaken(report.Slot), Self);
        }
        catch (Exception failure) // whatever it is, the run's owner is told: nothing is swallowed
        {
            Sender.Tell(new RunFailed($"The results of slot {report.Slot} could not be taken: {failure.Message}", failure), Self);
        }
    }
}
