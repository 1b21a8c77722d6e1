using Akka.Remote.Transport;
using Google.Protobuf;

namespace Diten.Runs.Hosting.Secret;

/// <summary>Reads what comes in on one connection: first the handshake, then, unchanged, what is for Akka.</summary>
/// <param name="wire">The connection.</param>
/// <param name="handshake">Of this side.</param>
internal sealed class Doorkeeper(AssociationHandle wire, Handshake handshake) : IHandleEventListener
{
    /// <summary>Most that another node says before Akka listens here; it says one word and waits.</summary>
    private const int MostEarly = 1000;

    private readonly Lock _gate = new();
    private readonly TaskCompletionSource<bool> _known = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<IHandleEvent> _early = [];
    private volatile IHandleEventListener? _above;

    /// <summary>Ends with whether the other side has the secret.</summary>
    public Task<bool> Known => _known.Task;

    /// <summary>Begins to listen, and to speak where this side speaks first.</summary>
    public void Begin()
    {
        wire.ReadHandlerSource.TrySetResult(this);
        Say(handshake.Opening);
    }

    /// <summary>Ends a connection whose other side has not shown in time that it has the secret.</summary>
    public void Refuse()
    {
        if (_known.TrySetResult(false))
            Close();
    }

    /// <summary>From now on what comes in goes to Akka, what came already first.</summary>
    public void Open(IHandleEventListener above)
    {
        lock (_gate)
        {
            foreach (var word in _early)
                above.Notify(word);
            _early.Clear();
            _above = above;
        }
    }

    /// <inheritdoc/>
    public void Notify(IHandleEvent ev)
    {
        if (_above is { } open)
        {
            open.Notify(ev);
            return;
        }

        lock (_gate)
        {
            if (_above is { } above)
                above.Notify(ev);
            else if (_known.Task.IsCompleted)
                Keep(ev);
            else if (ev is InboundPayload payload)
                Take(payload.Payload);
            else
                Refuse();
        }
    }

    private void Take(ByteString message)
    {
        Say(handshake.Take(message.Span));
        if (handshake.State == HandshakeState.Done)
            _known.TrySetResult(true);
        else if (handshake.State == HandshakeState.Refused)
            Refuse();
    }

    private void Keep(IHandleEvent ev)
    {
        if (!_known.Task.Result)
            return; // the connection is closed already
        if (_early.Count < MostEarly)
            _early.Add(ev);
        else
            Close();
    }

    private void Say(byte[] message)
    {
        if (message.Length > 0)
            wire.Write(ByteString.CopyFrom(message));
    }

#pragma warning disable CS0618 // all that a transport of Akka's has for it
    private void Close() => wire.Disassociate();
#pragma warning restore CS0618
}
