using Akka.Actor;
using Diten.Actors.Metering;
using Diten.Actors.Runtime;
using Diten.Model.Records;

namespace Diten.Actors;

/// <summary>
/// The one driver of time: places the zones on the nodes, begins each slot in all of them once all have completed the last, and sums up what
/// they tell. When a node is lost it opens an epoch: all zones go back to the last checkpoint that counts, and slots are run again. What it
/// does is decided by <see cref="RunCoordinator"/>; here it is done.
/// </summary>
public sealed class SlotClockActor : UntypedActor, IWithTimers
{
    private static readonly TimeSpan TickEvery = TimeSpan.FromMilliseconds(500);

    private readonly ClockSetup _setup;
    private readonly Courier _courier = new(Context.System);
    private readonly ClockMeter _meter = new(Instruments.OfProcess);
    private readonly long _created;
    private ClockState _state;
    private IActorRef _journal = ActorRefs.Nobody;

    public SlotClockActor(ClockSetup setup) => (_setup, _state, _created) = (setup, ClockState.Fresh(setup), setup.Time.GetTimestamp());

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    private TimeSpan Now => _setup.Time.GetElapsedTime(_created);

    /// <inheritdoc/>
    protected override void PreStart()
    {
        Timers.StartPeriodicTimer("tick", ClockSignal.Tick, TickEvery);
        if (_setup.HostFinder is not null)
            Context.ActorOf(_setup.HostFinder, "host-finder");
    }

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Parcel parcel:
                if (_courier.Receive(parcel, Sender) is { } whole)
                    OnReceive(whole);
                break;
            case RunRecovered or RunEventStored or RunJournalBroken when !Sender.Equals(_journal):
                break; // from the journal of a run that is over
            default:
                Turn(message);
                break;
        }
    }

    /// <summary>A turn that fails ends the run and is told; the clock is there for the next run.</summary>
    private void Turn(object message)
    {
        try
        {
            Do(RunCoordinator.On(_state, message, Sender, Now));
        }
        catch (Exception failure)
        {
            var slot = _state.Run?.Epoch?.Slot;
            Do(RunCoordinator.Fail(_state, FormattableString.Invariant($"The clock failed in slot {slot}: {failure.Message}"), failure, Now));
        }
    }

    /// <inheritdoc/>
    protected override SupervisorStrategy SupervisorStrategy() => EmulationProps.ReportAndRestart;

    private void Do((ClockState State, IReadOnlyList<ClockEffect> Effects) turn)
    {
        if (turn.State.Run?.Epoch?.Number != _state.Run?.Epoch?.Number)
            _courier.ForgetUnfinished(); // zones of another epoch finish nothing
        _meter.See(_state, turn.State, turn.Effects, Now);
        _state = turn.State;
        foreach (var effect in turn.Effects)
            Do(effect);
    }

    private void Do(ClockEffect effect)
    {
        switch (effect)
        {
            case ClockEffect.Tell tell:
                Send(tell.To, tell.Message);
                break;
            case ClockEffect.Repeat repeat:
                if (Courier.IsRemote(repeat.To))
                {
                    _meter.SaidAgain();
                    Send(repeat.To, repeat.Message);
                }

                break;
            case ClockEffect.OpenJournal open:
                Open(open.RunId);
                break;
            case ClockEffect.Record record:
                _journal.Tell(_setup.Durable ? record.Event : new RunEventStored(record.Event), Self);
                break;
            case ClockEffect.MakeReady make:
                _setup.Plans.Get(make.Run).PipeTo(
                    Self, Self, prepared => new RunPrepared(make.Run.RunId, prepared), failure => new RunNotPrepared(make.Run.RunId, failure));
                break;
            case ClockEffect.MakeEdit make:
                _setup.Plans.Change(make.Run, make.Number, make.Change, make.Slot).PipeTo(
                    Self, Self, failure: failure => new EditNotMade(make.Run.RunId, make.Number, failure));
                break;
            case ClockEffect.Wake wake:
                Timers.StartSingleTimer("pace", ClockSignal.Pace, wake.After);
                break;
            case ClockEffect.LookEvery { Period: { } period }:
                Timers.StartPeriodicTimer("look", ClockSignal.Look, period);
                break;
            case ClockEffect.LookEvery:
                Timers.Cancel("look");
                break;
            case ClockEffect.Unknown unknown:
                Unhandled(unknown.Message);
                break;
        }
    }

    /// <summary>What grows with the city goes in parcels; hosts take none.</summary>
    private void Send(IActorRef to, object message)
    {
        if (message is BeginSlot or WriteCheckpoint or SlotReport or TwinsReported or RunEnded)
            _courier.Send(to, message, Self);
        else
            to.Tell(message, Self);
    }

    /// <summary>Without a journal the clock is its own: nothing is known of the run, and whatever is told is taken.</summary>
    private void Open(string runId)
    {
        if (_setup.Durable)
        {
            if (!_journal.IsNobody())
                Context.Stop(_journal);
            _journal = Context.ActorOf(EmulationProps.Stashing(Props.Create(() => new RunJournalActor(runId)), Context));
            return;
        }

        _journal = Self;
        Self.Tell(new RunRecovered(RunHistory.Empty), Self);
    }
}
