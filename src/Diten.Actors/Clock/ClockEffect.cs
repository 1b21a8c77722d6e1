using Akka.Actor;

namespace Diten.Actors;

/// <summary>What a clock does in the world; the rules say what, its actor does it, in their order.</summary>
internal abstract record ClockEffect
{
    /// <summary>A message to somebody.</summary>
    public sealed record Tell(IActorRef To, object Message) : ClockEffect;

    /// <summary>A message that was sent before and has no answer: over a network it may be lost, on one's own node it is not.</summary>
    public sealed record Repeat(IActorRef To, object Message) : ClockEffect;

    /// <summary>The journal of a run is opened; <see cref="RunRecovered"/> follows.</summary>
    public sealed record OpenJournal(string RunId) : ClockEffect;

    /// <summary>An event is written down; <see cref="RunEventStored"/> follows when it is there, at once where there is no journal.</summary>
    public sealed record Record(RunEvent Event) : ClockEffect;

    /// <summary>A run's world is made ready; <see cref="RunPrepared"/> or <see cref="RunNotPrepared"/> follows.</summary>
    public sealed record MakeReady(RunSpec Run) : ClockEffect;

    /// <summary>A change is made in a run; <see cref="EditMade"/> or <see cref="EditNotMade"/> follows.</summary>
    public sealed record MakeEdit(RunSpec Run, int Number, RunChange Change, int Slot) : ClockEffect;

    /// <summary><see cref="ClockSignal.Pace"/> follows after a while.</summary>
    public sealed record Wake(TimeSpan After) : ClockEffect;

    /// <summary>A message that no clock knows: somebody is wrong about whom he talks to.</summary>
    public sealed record Unknown(object Message) : ClockEffect;

    /// <summary><see cref="ClockSignal.Look"/> follows again and again; null = no more.</summary>
    public sealed record LookEvery(TimeSpan? Period) : ClockEffect;
}

/// <summary>What a clock's timers tell it.</summary>
internal enum ClockSignal
{
    /// <summary>Twice a second: say again what has no answer.</summary>
    Tick,

    /// <summary>The next slot's time has come.</summary>
    Pace,

    /// <summary>Does the run still move?</summary>
    Look,
}

/// <summary>To the clock, by itself: a run's world is ready.</summary>
internal sealed record RunPrepared(string RunId, PreparedRun Prepared);

/// <summary>To the clock, by itself: a run's world cannot be made ready.</summary>
internal sealed record RunNotPrepared(string RunId, Exception Cause);
