using Akka.Actor;

namespace Diten.Actors;

/// <summary>What a zone is given by its host when it is made.</summary>
/// <param name="Epoch">The epoch that it lives in; a later one has zones of its own.</param>
/// <param name="FromSlot">First slot that it will emulate; where it is not 0, it restores the checkpoint of this slot.</param>
/// <param name="Devices">Those attached to its stations before slot 0; empty where it restores a checkpoint.</param>
/// <param name="Clock">The clock of this epoch.</param>
public sealed record ZoneStart(
    CityPlan Plan, int Zone, RunSpec Run, long Epoch, int FromSlot, FirstDevices Devices, IActorRef Clock)
{
    /// <summary>Shared by the zones of a node; null where nothing is to be tidied.</summary>
    public Tidying? Tidying { get; init; }

    /// <summary>Lends shelves for devices, on the zone's lane.</summary>
    public IActorRef DevicePool { get; init; } = ActorRefs.Nobody;

    /// <summary>Marks all that is kept of the run, see <see cref="RunSpec.Mark"/>.</summary>
    public ulong RunMark { get; } = Run.Mark;

    /// <summary>Names this zone's twins in the journal.</summary>
    public string TwinJournalId => TwinJournalIdOf(Run.RunId, Zone);

    /// <summary>Names the journal of a zone's twins.</summary>
    public static string TwinJournalIdOf(string runId, int zone) => FormattableString.Invariant($"{runId}/twins-{zone}");

    /// <summary>Names this zone's checkpoints in the snapshot store.</summary>
    public string CheckpointId => CheckpointIdOf(Run.RunId, Zone);

    /// <summary>Names a zone's checkpoints in the snapshot store.</summary>
    public static string CheckpointIdOf(string runId, int zone) => FormattableString.Invariant($"{runId}/zone-{zone}");
}
