using Akka.Actor;

namespace Diten.Actors;

/// <summary>What a clock is given by its node.</summary>
/// <param name="Plans">Makes runs ready.</param>
/// <param name="SystemTwin">Is told what the twins published.</param>
/// <param name="NumericFingerprint">Of this node; others must have the same, unless <paramref name="AllowOtherCpus"/>.</param>
/// <param name="Durable">Whether there is a journal.</param>
/// <param name="LetZonesGo">Whether zones are stopped when a run is over; not where the whole system ends with it.</param>
public sealed record ClockSetup(
    RunPlans Plans, IActorRef SystemTwin, string NumericFingerprint, bool AllowOtherCpus = false, bool Durable = false, bool LetZonesGo = false)
{
    /// <summary>Recipe of an actor that tells its parent <see cref="HostsSeen"/>; null where somebody else does.</summary>
    public Props? HostFinder { get; init; }

    /// <summary>Paces the slots and measures them; no result depends on it.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
