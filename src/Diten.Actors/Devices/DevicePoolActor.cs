using Akka.Actor;
using Diten.Actors.Runtime;

namespace Diten.Actors;

/// <summary>
/// One on each lane of a node: keeps the devices' actors from epoch to epoch, on shelves that it lends to the lane's zones. A shelf comes back when the zone
/// that had it is gone, and its devices with it.
/// </summary>
/// <remarks>
/// Whoever writes to a device lives on its lane, and a lane hands over in the order of sending. So once a zone is gone all that it has ever sent to its
/// devices lies before what the pool sends, and nothing of a zone's past reaches a device of the next (decision 17).
/// </remarks>
internal sealed class DevicePoolActor : UntypedActor
{
    private readonly Props _shelf = EmulationProps.Child(Props.Create(() => new DeviceShelfActor()), Context);
    private readonly Stack<IActorRef> _free = new();
    private readonly Dictionary<IActorRef, (long Epoch, IReadOnlyList<IActorRef> Shelves)> _lent = [];
    private readonly Queue<(IActorRef Zone, LendShelves Wanted)> _waiting = new();
    private int _made;
    private bool _closing;

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case LendShelves wanted when !_lent.ContainsKey(Sender):
                _waiting.Enqueue((Sender, wanted));
                LendWhatIsWanted();
                break;
            case Terminated gone when _lent.Remove(gone.ActorRef, out var loan):
                foreach (var shelf in loan.Shelves)
                {
                    shelf.Tell(ClearShelf.Instance, Self);
                    _free.Push(shelf);
                }

                LendWhatIsWanted();
                break;
            case ClosePool:
                _closing = true;
                LendWhatIsWanted();
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    /// <summary>Not before all that zones of an earlier epoch have is back: else actors would be made for devices that have some.</summary>
    private void LendWhatIsWanted()
    {
        while (_waiting.TryPeek(out var next) && _lent.Values.All(loan => loan.Epoch >= next.Wanted.Epoch))
        {
            _waiting.Dequeue();
            Lend(next.Zone, next.Wanted);
        }

        if (_closing && _lent.Count == 0)
            Context.Stop(Self); // nobody is left who writes to a device
    }

    private void Lend(IActorRef zone, LendShelves wanted)
    {
        var shelves = new IActorRef[wanted.Count];
        for (var i = 0; i < shelves.Length; i++)
        {
            shelves[i] = _free.TryPop(out var free) ? free : Context.ActorOf(_shelf, FormattableString.Invariant($"shelf-{_made++}"));
            shelves[i].Tell(wanted.For, Self);
        }

        _lent.Add(zone, (wanted.Epoch, shelves));
        Context.Watch(zone);
        zone.Tell(new ShelvesLent(shelves), Self);
    }

    /// <inheritdoc/>
    protected override SupervisorStrategy SupervisorStrategy() => EmulationProps.ReportAndRestart;
}
