using Akka.Actor;
using Diten.Model;

namespace Diten.Actors;

/// <summary>What stations, servers and twins share: they know their zone, and the run fails when they do.</summary>
internal abstract class ZoneEntityActor(EntityKind kind, int id) : UntypedActor
{
    private EntityPost? _post;
    private Workspace? _work;

    protected EntityKind Kind => kind;

    protected int Id => id;

    /// <summary>Sends this entity's messages.</summary>
    protected EntityPost Post => _post ?? throw NotWired();

    /// <summary>Working memory for the message at hand.</summary>
    protected Workspace Work => _work ?? throw NotWired();

    /// <summary>Handles a message of this entity's own protocol; false where it knows none such.</summary>
    protected abstract bool Handle(object message);

    /// <summary>What the entity waits for, in words; null = nothing.</summary>
    protected virtual string? ExplainWait() => null;

    /// <summary>Tells the zone that a phase is done.</summary>
    protected void Done(Phase phase) => Post.Directory.Zone.Tell(new PhaseDone(kind, id, phase, Post.TakeOutbox()), Self);

    /// <inheritdoc/>
    protected sealed override void OnReceive(object message)
    {
        switch (message)
        {
            case WireUp wire:
                (_post, _work) = (new EntityPost(wire.Directory), wire.Workspace);
                break;
            case DescribeWait:
                Sender.Tell(new WaitDescribed(ExplainWait()), Self);
                break;
            default:
                if (message is BeginPhase { Mail: { } mail })
                    for (var i = 0; i < mail.Count; i++)
                        HandleOrFail(mail[i]);
                HandleOrFail(message);
                break;
        }
    }

    private void HandleOrFail(object message)
    {
        if (!Handle(message))
            Unhandled(message);
    }

    private InvalidOperationException NotWired() => new($"{this} got a message before it was wired.");

    /// <inheritdoc/>
    protected override void PreRestart(Exception reason, object message)
    {
        Context.Parent.Tell(new EntityFailed(ToString(), message.GetType().Name, reason), Self);
        base.PreRestart(reason, message);
    }

    /// <inheritdoc/>
    public sealed override string ToString() => $"{kind.ToString().ToLowerInvariant()} {id}";
}
