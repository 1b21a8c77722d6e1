using Akka.Actor;
using Akka.Remote.Transport;
using Google.Protobuf;

namespace Diten.Actors.Tests.Lossy;

/// <summary>Puts a <see cref="Postman"/> between a system and its network; HOCON: <c>diten-lab</c> names the lab.</summary>
public sealed class PostmanProvider : ITransportAdapterProvider
{
    public Transport Create(Transport wrappedTransport, ExtendedActorSystem system) => new PostmanTransport(wrappedTransport, system);
}

internal sealed class PostmanTransport(Transport wrapped, ExtendedActorSystem system) : AbstractTransportAdapter(wrapped)
{
    private static readonly SchemeAugmenter Scheme = new("post");

    private readonly Postman _postman = Postman.Of(system.Settings.Config.GetString("diten-lab"));

    protected override SchemeAugmenter SchemeAugmenter => Scheme;

    protected override Task<IAssociationEventListener> InterceptListen(Address listenAddress, Task<IAssociationEventListener> listenerTask) =>
        Task.FromResult<IAssociationEventListener>(new Listener(Wrap, listenerTask));

    protected override void InterceptAssociate(Address remoteAddress, TaskCompletionSource<AssociationHandle> statusPromise) =>
        WrappedTransport.Associate(remoteAddress).ContinueWith(associated =>
        {
            if (associated.IsCompletedSuccessfully)
                statusPromise.SetResult(Wrap(associated.Result));
            else
                statusPromise.SetException(associated.Exception ?? new AggregateException(new TaskCanceledException()));
        }, TaskContinuationOptions.ExecuteSynchronously);

    private PostmanHandle Wrap(AssociationHandle handle) => new(handle, _postman, system.Name);

    /// <summary>Who listens above is known only when this one listens already.</summary>
    private sealed class Listener(Func<AssociationHandle, AssociationHandle> wrap, Task<IAssociationEventListener> above) : IAssociationEventListener
    {
        public void Notify(IAssociationEvent ev)
        {
            var wrapped = ev is InboundAssociation inbound ? new InboundAssociation(wrap(inbound.Association)) : ev;
            above.ContinueWith(listener => listener.Result.Notify(wrapped), TaskContinuationOptions.ExecuteSynchronously);
        }
    }
}

internal sealed class PostmanHandle : AbstractTransportAdapterHandle
{
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(250);

    private readonly Postman _postman;
    private readonly string _from;

    public PostmanHandle(AssociationHandle original, Postman postman, string from)
        : base(original, "post")
    {
        (_postman, _from) = (postman, from);
        ReadHandlerSource.Task.ContinueWith(
            reader => original.ReadHandlerSource.TrySetResult(reader.Result), TaskContinuationOptions.ExecuteSynchronously);
    }

    public override bool Write(ByteString payload)
    {
        switch (_postman.Judge(_from, RemoteAddress.System, payload))
        {
            case Fate.Lost:
                return true;
            case Fate.Twice:
                WrappedHandle.Write(payload);
                break;
            case Fate.Late:
                _ = Task.Delay(Delay).ContinueWith(_ => WrappedHandle.Write(payload), TaskScheduler.Default);
                return true;
        }

        return WrappedHandle.Write(payload);
    }

    [Obsolete("As in the base class.")]
    public override void Disassociate() => WrappedHandle.Disassociate();
}
