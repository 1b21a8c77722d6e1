using Akka.Actor;
using Akka.Remote;
using Diten.Actors.Metering;

namespace Diten.Actors;

/// <summary>Sends one actor's big messages: as they are to others on its node, cut into parcels to other nodes; and puts arriving parcels together.</summary>
public sealed class Courier(ActorSystem system)
{
    private readonly IMessageFormat _format = IMessageFormat.Of(system);
    private readonly ParcelAssembler _arriving = new(IMessageFormat.Of(system));
    private IActorRef? _only;
    private long _number;

    /// <summary>Whether an actor lives on another node.</summary>
    public static bool IsRemote(IActorRef actor) => actor is RemoteActorRef;

    /// <summary>Sends a message, however big it is.</summary>
    public void Send(IActorRef to, object message, IActorRef self)
    {
        if (!IsRemote(to))
        {
            to.Tell(message, self);
            return;
        }

        foreach (var parcel in Parcels.Cut(_number++, message, _format))
        {
            Instruments.OfProcess.Sent.Add(parcel.Bytes.Length);
            to.Tell(parcel, self);
        }
    }

    /// <summary>Takes in a part; the whole message once all of it is there, else null.</summary>
    public object? Receive(Parcel parcel, IActorRef sender)
    {
        Instruments.OfProcess.Received.Add(parcel.Bytes.Length);
        return _arriving.Add(parcel, sender);
    }

    /// <summary>Takes in a part for somebody who hears one sender at a time: what another one had begun before will not be finished.</summary>
    /// <inheritdoc cref="Receive"/>
    public object? ReceiveFromOne(Parcel parcel, IActorRef sender)
    {
        if (!sender.Equals(_only))
            _arriving.ForgetAll();
        _only = sender;
        return Receive(parcel, sender);
    }

    /// <summary>Those who had begun to send are gone, or of an epoch that is over.</summary>
    public void ForgetUnfinished() => _arriving.ForgetAll();
}
