using Akka.Actor;
using Akka.Event;

namespace Diten.Actors;

/// <summary>Watches for messages that found no receiver: in an emulation each is an entity that has gone, so the run fails and names it.</summary>
public sealed class LostMessageActor(IActorRef clock) : UntypedActor
{
    /// <inheritdoc/>
    protected override void PreStart()
    {
        Context.System.EventStream.Subscribe(Self, typeof(DeadLetter));
        Context.System.EventStream.Subscribe(Self, typeof(UnhandledMessage));
    }

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case DeadLetter { Message: IDitenMessage lost } letter:
                clock.Tell(new RunFailed($"{Capitalised(lost.Recipient)} is gone: its actor {letter.Recipient.Path} did not get the message.", null));
                break;
            case UnhandledMessage unhandled when unhandled.Recipient.Path.Elements.Contains("user"):
                clock.Tell(new RunFailed($"{unhandled.Recipient.Path} does not know what to do with {unhandled.Message.GetType().Name}.", null));
                break;
        }
    }

    private static string Capitalised(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
