using Akka.Actor;

namespace Diten.Actors.Tests.Clock;

/// <summary>Somebody that a rule may write to, without an actor system.</summary>
internal sealed class PaperRef(string name) : MinimalActorRef
{
    public override ActorPath Path { get; } = new RootActorPath(new Address("akka", "paper")) / "user" / name;

    public override IActorRefProvider Provider => throw new NotSupportedException("It lives on paper.");
}
