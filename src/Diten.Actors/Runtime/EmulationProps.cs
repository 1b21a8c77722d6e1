using System.Globalization;
using Akka.Actor;

namespace Diten.Actors.Runtime;

/// <summary>How entities are deployed: on threads of their own (never the thread pool that the cluster lives on), with small mailboxes.</summary>
public static class EmulationProps
{
    /// <summary>HOCON path of <c>hocon/diten.conf</c>.</summary>
    public const string Mailbox = "diten.emulation-mailbox";

    /// <summary>Puts an entity on one of the node's lanes; <paramref name="lane"/> counts from 0 and wraps around.</summary>
    public static Props Entity(Props props, ActorSystem system, int lane) => On(Lanes.Path(lane % Lanes.Of(system)), props);

    /// <summary>Puts an entity on the lane of its parent, with which it talks most.</summary>
    public static Props Child(Props props, IActorContext parent) => On(parent.Dispatcher.Id, props);

    /// <summary>Puts an actor that must set messages aside (persistent ones do) on the lane of its parent.</summary>
    public static Props Stashing(Props props, IActorContext parent) => props.WithDispatcher(parent.Dispatcher.Id);

    /// <summary>Strategy of parents whose children report their own failures; the run fails before a restarted child matters.</summary>
    public static SupervisorStrategy ReportAndRestart { get; } = new OneForOneStrategy(_ => Directive.Restart, loggingEnabled: false);

    private static Props On(string lane, Props props) => props.WithDispatcher(lane).WithMailbox(Mailbox);
}
