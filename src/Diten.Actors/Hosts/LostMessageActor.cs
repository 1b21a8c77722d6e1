using System.Globalization;
using Akka.Actor;
using Akka.Event;

namespace Diten.Actors;

/// <summary>Watches for messages that found no receiver: in an emulation each is an entity that has gone, so the run fails and names it.</summary>
public sealed class LostMessageActor(IActorRef host) : UntypedActor
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
            case DeadLetter { Recipient.Path.Name: TwinJournalActor.Name }:
                break; // it has told its zone why it ends: the epoch is broken, and the slot that waited for the one before it is run again
            case DeadLetter { Message: IDitenMessage lost } letter:
                host.Tell(new MessageLost(
                    EpochOf(letter.Recipient), $"{Capitalised(lost.Recipient)} is gone: its actor {letter.Recipient.Path} did not get the message."));
                break;
            case DeadLetter letter when EpochOf(letter.Recipient) is { } epoch && IsDitens(letter.Message):
                host.Tell(new MessageLost(epoch, $"{letter.Recipient.Path} is gone: it did not get {letter.Message.GetType().Name}."));
                break;
            case UnhandledMessage unhandled when unhandled.Recipient.Path.Elements.Contains("user"):
                host.Tell(new MessageLost(
                    EpochOf(unhandled.Recipient), $"{unhandled.Recipient.Path} does not know what to do with {unhandled.Message.GetType().Name}."));
                break;
        }
    }

    /// <summary>The epoch of the zone that an actor lives in; null where it lives in none.</summary>
    private static long? EpochOf(IActorRef actor)
    {
        foreach (var element in actor.Path.Elements)
            if (element.IndexOf('@') is var at and > 0 && long.TryParse(element.AsSpan(at + 1), CultureInfo.InvariantCulture, out var epoch))
                return epoch;
        return null;
    }

    /// <summary>Akka's own messages to actors that stop mean nothing.</summary>
    private static bool IsDitens(object message) => message.GetType().Namespace?.StartsWith(nameof(Diten), StringComparison.Ordinal) == true;

    private static string Capitalised(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
