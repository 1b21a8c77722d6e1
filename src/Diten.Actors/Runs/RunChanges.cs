using Akka.Actor;

namespace Diten.Actors;

/// <summary>What a <see cref="RunChange"/> does.</summary>
public enum RunChangeKind : byte
{
    /// <summary>Faults are added.</summary>
    AddFaults = 0,
    /// <summary>A fault ends.</summary>
    ClearFault = 1,
    /// <summary>Another policy decides.</summary>
    SwitchPolicy = 2,
}

/// <summary>Something that somebody wants of a run while it goes on; it says nothing of slots, for those the clock chooses.</summary>
/// <param name="Text">Faults by name, as in the map <c>faults</c> of a scenario; the name of the fault that ends; or that of the policy.</param>
/// <param name="File">The policy's file, a full path; empty = none.</param>
public sealed record RunChange(RunChangeKind Kind, string Text, string File = "");

/// <summary>A run was changed: from a slot on it is as if its scenario had been another one from the beginning.</summary>
/// <param name="Slot">The first slot that is otherwise.</param>
/// <param name="ScenarioText">The whole scenario with the change: it makes the same run from the beginning.</param>
/// <param name="World">Hash of that scenario and of the files that it names.</param>
/// <param name="Told">What was changed, for people.</param>
public sealed record RunEdited(int Slot, RunChange Change, string ScenarioText, string World, string Told) : RunEvent;

/// <summary>A run with a change made in its scenario, before its world is ready.</summary>
/// <param name="Told">What was changed, for people.</param>
public sealed record ChangedRun(RunSpec Run, string Told);

/// <summary>From the observer to the clock: change the run. Said again until answered.</summary>
/// <param name="Number">Changes that the observer knows of; where the clock knows of more, another one came first.</param>
/// <param name="TakenSlot">Last slot whose report was taken; −1 before the first.</param>
internal sealed record EditRun(string RunId, int Number, RunChange Change, int TakenSlot);

/// <summary>Reply to <see cref="EditRun"/>: not so.</summary>
/// <param name="Change">What was asked for: a refusal that comes late is none of the next change.</param>
internal sealed record EditRefused(string RunId, int Number, RunChange Change, string Reason);

/// <summary>From the clock to the observer: the run was changed for the n-th time. Said again until answered; no slot begins before.</summary>
/// <param name="Number">From 0.</param>
internal sealed record RunEditTold(string RunId, int Number, RunEdited Edit);

/// <summary>From the observer to the clock: so many changes are known, and written down.</summary>
internal sealed record EditsTaken(string RunId, int Count);

/// <summary>To the observer, on its own node: have the run changed. Answered by <see cref="RunEdited"/> or <see cref="ChangeRefused"/>.</summary>
internal sealed record ChangeRun(RunChange Change);

/// <summary>Reply to <see cref="ChangeRun"/>.</summary>
internal sealed record ChangeRefused(string Reason);

/// <summary>A run that goes on cannot be changed like that; the message says why.</summary>
public sealed class ChangeRefusedException(string message) : Exception(message);

/// <summary>Changes a run from outside while it goes on. Safe for threads.</summary>
public sealed class RunHands
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2), BeginPatience = TimeSpan.FromSeconds(10);

    private readonly TaskCompletionSource<IActorRef> _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The run begins: this is who can have it changed.</summary>
    public void Take(IActorRef observer) => _begun.TrySetResult(observer);

    /// <summary>Has the run changed; done when the clock's journal has the change and the run's folder, too.</summary>
    /// <exception cref="ChangeRefusedException">It is not changed.</exception>
    public async Task<RunEdited> ChangeAsync(RunChange change, CancellationToken cancel = default)
    {
        IActorRef observer;
        try
        {
            observer = await _begun.Task.WaitAsync(BeginPatience, cancel); // who asks sees the page, and that is there a little earlier
        }
        catch (TimeoutException)
        {
            throw new ChangeRefusedException("The run has not begun yet.");
        }

        try
        {
            return await observer.Ask<object>(new ChangeRun(change), Patience, cancel) switch
            {
                RunEdited edited => edited,
                ChangeRefused refused => throw new ChangeRefusedException(refused.Reason),
                var other => throw new ChangeRefusedException($"The run answers {other}."),
            };
        }
        catch (AskTimeoutException)
        {
            throw new ChangeRefusedException(FormattableString.Invariant(
                $"The run has not answered for {Patience.TotalSeconds} s: it waits for something, and may still be changed when it goes on."));
        }
    }
}
