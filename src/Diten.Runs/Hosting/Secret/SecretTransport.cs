using System.Numerics;
using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Event;
using Akka.Remote.Transport;
using Google.Protobuf;

namespace Diten.Runs.Hosting.Secret;

/// <summary>Gives an actor system the secret that <see cref="SecretTransport"/> asks for: in no configuration, for those can be logged.</summary>
internal sealed class SecretSetup(ClusterSecret secret) : Setup
{
    /// <summary>The secret of the cluster.</summary>
    public ClusterSecret Secret => secret;
}

/// <summary>Made by Akka, from the name in the settings of <see cref="NodeConfiguration"/>.</summary>
internal sealed class SecretTransportProvider : ITransportAdapterProvider
{
    /// <inheritdoc/>
    public Transport Create(Transport wrappedTransport, ExtendedActorSystem system) => new SecretTransport(
        wrappedTransport, system, system.Settings.Setup.Get<SecretSetup>() is { HasValue: true } setup
            ? setup.Value.Secret
            : throw new InvalidOperationException("The system was started without the secret of its cluster."));
}

/// <summary>
/// Stands between Akka and the network: a connection is none for Akka until both sides have shown that they have the secret. What strangers
/// say is so read by <see cref="Handshake"/> alone, and no frame of theirs reaches what would associate with, or quarantine, anybody.
/// </summary>
internal sealed class SecretTransport(Transport wrapped, ExtendedActorSystem system, ClusterSecret secret) : AbstractTransportAdapter(wrapped)
{
    /// <summary>How it is called in addresses: <c>akka.secret.tcp</c>.</summary>
    public const string Scheme = "secret";

    /// <summary>Connections whose other side has not shown yet who it is; of more the one that came first is closed.</summary>
    private const int MostUnknown = 2000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly SchemeAugmenter Augmenter = new(Scheme);

    private readonly ILoggingAdapter _log = Logging.GetLogger(system, typeof(SecretTransport));
    private readonly Queue<Doorkeeper> _unknown = [];
    private int _refused;

    /// <inheritdoc/>
    protected override SchemeAugmenter SchemeAugmenter => Augmenter;

    /// <inheritdoc/>
    protected override Task<IAssociationEventListener> InterceptListen(Address listenAddress, Task<IAssociationEventListener> listenerTask) =>
        Task.FromResult<IAssociationEventListener>(new Listener(this, listenAddress, listenerTask));

    /// <inheritdoc/>
    protected override void InterceptAssociate(Address remoteAddress, TaskCompletionSource<AssociationHandle> statusPromise) =>
        _ = AssociateAsync(remoteAddress, statusPromise);

    private async Task AssociateAsync(Address remote, TaskCompletionSource<AssociationHandle> promise)
    {
        try
        {
            var wire = await WrappedTransport.Associate(remote);
            var keeper = new Doorkeeper(wire, Handshake.Calling(secret, remote));
            if (await KnowsAsync(keeper))
            {
                promise.TrySetResult(new SecretAssociation(wire, keeper));
                return;
            }

            Complain($"{remote.Host}:{remote.Port}, which this node called");
            promise.TrySetException(new InvalidAssociationException($"{remote} does not know the secret of this node's cluster."));
        }
        catch (Exception failure)
        {
            promise.TrySetException(failure); // whoever waits for the connection hears of it
        }
    }

    private async Task AnswerAsync(AssociationHandle wire, Address self, Task<IAssociationEventListener> above)
    {
        var keeper = new Doorkeeper(wire, Handshake.Answering(secret, self));
        lock (_unknown)
        {
            if (_unknown.Count == MostUnknown)
                _unknown.Dequeue().Refuse();
            _unknown.Enqueue(keeper);
        }

        try
        {
            if (await KnowsAsync(keeper))
                (await above).Notify(new InboundAssociation(new SecretAssociation(wire, keeper)));
            else
                Complain($"whoever called from {wire.RemoteAddress.Host}:{wire.RemoteAddress.Port}");
        }
        catch (Exception failure)
        {
            _log.Error(failure, "A connection could not be answered.");
            keeper.Refuse();
        }
    }

    private static async Task<bool> KnowsAsync(Doorkeeper keeper)
    {
        keeper.Begin();
        using var end = new CancellationTokenSource(Patience);
        await using var registration = end.Token.Register(keeper.Refuse);
        return await keeper.Known;
    }

    /// <summary>The first time, the second, the fourth: a stranger shall not fill a disk.</summary>
    private void Complain(string who)
    {
        var times = Interlocked.Increment(ref _refused);
        if (BitOperations.IsPow2(times))
            _log.Warning("Refused {0}: it does not show that it knows the secret of this cluster (refused so far: {1}).", who, times);
    }

    /// <summary>Who listens above is known only when this one listens already.</summary>
    private sealed class Listener(SecretTransport transport, Address self, Task<IAssociationEventListener> above) : IAssociationEventListener
    {
        public void Notify(IAssociationEvent ev)
        {
            if (ev is InboundAssociation inbound)
                _ = transport.AnswerAsync(inbound.Association, self, above);
            else
                above.ContinueWith(listener => listener.Result.Notify(ev), TaskContinuationOptions.ExecuteSynchronously);
        }
    }
}

/// <summary>A connection whose other side has the secret.</summary>
internal sealed class SecretAssociation : AbstractTransportAdapterHandle
{
    public SecretAssociation(AssociationHandle wire, Doorkeeper keeper)
        : base(wire, SecretTransport.Scheme) =>
        ReadHandlerSource.Task.ContinueWith(reader => keeper.Open(reader.Result), TaskContinuationOptions.ExecuteSynchronously);

    /// <inheritdoc/>
    public override bool Write(ByteString payload) => WrappedHandle.Write(payload);

    /// <inheritdoc/>
    [Obsolete("As in the base class.")]
    public override void Disassociate() => WrappedHandle.Disassociate();
}
