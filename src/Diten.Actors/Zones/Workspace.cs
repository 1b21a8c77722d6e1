using Diten.Model.BaseStations;
using Diten.Model.Computing;
using Diten.Model.EdgeServers;
using Diten.Model.Faults;
using Diten.Model.Offloading;
using Diten.Model.ServerTwins;

namespace Diten.Actors;

/// <summary>
/// Working memory that the entities of a zone share: one of them uses it within one message, and keeps nothing of it. They live on one lane, so
/// that no two of them handle messages at the same time.
/// </summary>
/// <param name="candidates">Candidates of a device, at least 1.</param>
internal sealed class Workspace(int candidates)
{
    /// <summary>Bytes that a station's digest is made of; grown by whoever needs more.</summary>
    public byte[] Bytes = [];

    /// <summary>The devices that a station decides for.</summary>
    public DecisionBatch Batch { get; } = new(candidates);

    /// <summary>What a station's devices radiate.</summary>
    public RadiatingDevices Radiating { get; } = new();

    /// <summary>The tasks that a server executes.</summary>
    public TaskSheet Sheet { get; } = new();

    /// <summary>What a server answers its stations.</summary>
    public List<TasksExecuted> Replies { get; } = [];

    /// <summary>Devices that leave a station.</summary>
    public List<MovingDevice> Leaving { get; } = [];

    /// <summary>Syncs that arrive at a server's twin.</summary>
    public List<SynchronizeTwin> Syncs { get; } = [];

    /// <summary>What the faults of links were offered and hit in this zone; null where there are no faults. Kept from message to message.</summary>
    public FaultTally? Tally { get; init; }
}
