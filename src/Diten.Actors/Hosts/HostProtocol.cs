using Akka.Actor;

namespace Diten.Actors;

/// <summary>From the clock to a host: make this run's world ready, and say who you are. Said again until answered.</summary>
internal sealed record PrepareRun(RunSpec Run);

/// <summary>Reply to <see cref="PrepareRun"/>: this node can hold zones of the run.</summary>
/// <param name="Node">Its name for people, e.g. its address.</param>
/// <param name="Lanes">Threads that entities run on.</param>
/// <param name="WorldFingerprint">See <see cref="PreparedRun"/>: nodes that read other files have another one.</param>
/// <param name="NumericFingerprint">Hash of a fixed numeric self-test: CPUs that differ in a last bit have another one.</param>
/// <param name="Platform">Operating system, runtime and CPU, for people.</param>
/// <param name="CanLearn">Whether it can hold the learner of a training run.</param>
internal sealed record HostReady(
    string RunId, string Node, int Lanes, string WorldFingerprint, string NumericFingerprint, string Platform, bool CanLearn = false);

/// <summary>Reply to <see cref="PrepareRun"/>: this node cannot, and says why.</summary>
internal sealed record HostRefused(string RunId, string Node, string Reason);

/// <summary>From the clock to a host: hold exactly these zones from now on. Said again until answered; an older epoch is ignored.</summary>
/// <param name="FromSlot">First slot that will be emulated; where it is not 0, zones restore the checkpoint of this slot.</param>
internal sealed record StartZones(long Epoch, RunSpec Run, int FromSlot, IReadOnlyList<int> Zones);

/// <summary>Reply to <see cref="StartZones"/>: they exist, and wait for <see cref="StartZone"/>.</summary>
internal sealed record ZonesStarted(long Epoch, IReadOnlyList<ZoneLink> Zones);

/// <summary>From the clock to a host: the run is over; let everything of it go.</summary>
internal sealed record StopZones(string RunId);

/// <summary>To a host, by its node: get ready to leave. Answered by <see cref="MayLeave"/> once nothing is lost by it.</summary>
public sealed record Leave;

/// <summary>From a host to the clock: its node wants to leave; its zones shall go elsewhere at the next slot's end. Said again until answered.</summary>
internal sealed record LeaveRequested;

/// <summary>Reply to <see cref="LeaveRequested"/>: no zone is needed there any more.</summary>
public sealed record MayLeave;

/// <summary>Who a node is.</summary>
/// <param name="Name">For people, e.g. its address.</param>
/// <param name="NumericFingerprint">Hash of a fixed numeric self-test.</param>
/// <param name="Platform">Operating system, runtime and CPU, for people.</param>
public sealed record NodeDescription(string Name, string NumericFingerprint, string Platform);

/// <summary>From the watcher of lost messages to the host: an entity of a zone is gone, or does not know a message.</summary>
/// <param name="Epoch">Of the zone; null where it is none.</param>
internal sealed record MessageLost(long? Epoch, string Text);
