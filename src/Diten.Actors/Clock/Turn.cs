using Akka.Actor;

namespace Diten.Actors;

/// <summary>One message's way through the clock's rules: the state so far, and what shall be done when they are through.</summary>
internal sealed class Turn(ClockState state, IActorRef sender, TimeSpan now)
{
    private readonly List<ClockEffect> _effects = [];

    public ClockState State { get; set; } = state;

    public IActorRef Sender => sender;

    /// <summary>Time since the clock was made.</summary>
    public TimeSpan Now => now;

    public IReadOnlyList<ClockEffect> Effects => _effects;

    public ClockSetup Setup => State.Setup;

    public HostRoster Roster
    {
        get => State.Roster;
        set => State = State with { Roster = value };
    }

    /// <summary>The run that goes on; there must be one.</summary>
    public RunState Run
    {
        get => State.Run!;
        set => State = State with { Run = value };
    }

    /// <summary>The epoch that goes on; there must be one.</summary>
    public EpochState Epoch
    {
        get => Run.Epoch!;
        set => Run = Run with { Epoch = value };
    }

    public bool KeepsCheckpoints => Run.KeepsCheckpoints(Setup);

    /// <summary>Slots that the scenario has.</summary>
    public int Slots => Run.Prepared!.Plan.World.Scenario.Slots;

    /// <summary>Whether a message of an epoch is of the one that goes on.</summary>
    public bool IsNow(long epoch) => State.Run?.Epoch?.Number == epoch;

    public void Do(ClockEffect effect) => _effects.Add(effect);

    public void Tell(IActorRef to, object message) => Do(new ClockEffect.Tell(to, message));

    public void Reply(object message) => Tell(sender, message);

    public void Repeat(IActorRef to, object message) => Do(new ClockEffect.Repeat(to, message));

    public void Record(RunEvent happened) => Do(new ClockEffect.Record(happened));

    /// <summary>Something that people want to know.</summary>
    public void Notice(RunNoticeKind kind, int slot, string text) =>
        Tell(Run.Observer, new RunNotice(kind, Run.History.Epoch, slot, text));

    /// <summary>The run moves.</summary>
    public void Progressed() => Run = Run with { Watch = Run.Watch.Progressed() };

    /// <summary>The slot that a notice is about where it is about none.</summary>
    public int SlotNow => Run.Epoch?.Slot ?? Run.History.CommittedSlot - 1;
}
