namespace Diten.Actors;

/// <summary>From the journal to the clock, once: what is known of the run.</summary>
public sealed record RunRecovered(RunHistory History);

/// <summary>From the journal to the clock: an event is in it, for good.</summary>
public sealed record RunEventStored(RunEvent Event);

/// <summary>From the journal to the clock: an event could not be written or read; maybe another clock has taken over.</summary>
public sealed record RunJournalBroken(string Why);
