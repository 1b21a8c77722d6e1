using Akka.Actor;

namespace Diten.Actors.Runtime;

/// <summary>How entities are deployed: on threads of their own (never the thread pool that the cluster lives on), with small mailboxes.</summary>
public static class EmulationProps
{
    /// <summary>HOCON paths of <c>hocon/diten.conf</c>.</summary>
    public const string Dispatcher = "diten.emulation-dispatcher", Mailbox = "diten.emulation-mailbox";

    /// <summary>Puts an entity on the emulation's dispatcher and mailbox.</summary>
    public static Props Entity(Props props) => props.WithDispatcher(Dispatcher).WithMailbox(Mailbox);

    /// <summary>Strategy of parents whose children report their own failures; the run fails before a restarted child matters.</summary>
    public static SupervisorStrategy ReportAndRestart { get; } = new OneForOneStrategy(_ => Directive.Restart, loggingEnabled: false);
}
