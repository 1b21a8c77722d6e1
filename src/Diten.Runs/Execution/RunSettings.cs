namespace Diten.Runs.Execution;

/// <summary>How a run shall begin or go on, as a user says it; <see cref="RunRequest"/> checks it.</summary>
public sealed record RunSettings
{
    /// <summary>Where its folder shall be; null = a new one in <c>runs</c>, named after scenario and seed.</summary>
    public string? Folder { get; init; }

    /// <summary>Whether an earlier run in that folder is replaced.</summary>
    public bool Overwrite { get; init; }

    /// <summary>Processes of this machine besides this one; with <see cref="Join"/>, nodes to wait for; 0 = in this process; null = as it was, or 0.</summary>
    public int? Nodes { get; init; }

    /// <summary>Threads of each process; 0 = one a core.</summary>
    public int Threads { get; init; }

    /// <summary>Slots between two checkpoints; 0 = no checkpoints and no journal.</summary>
    public int CheckpointEverySlots { get; init; }

    /// <summary>Slot of the checkpoint to go on from; 0 = the beginning; null = the last one.</summary>
    public int? From { get; init; }

    /// <summary>Whether to write the table of a row per server and slot.</summary>
    public bool ServerRecords { get; init; } = true;

    /// <summary>Also write a row a slot for each device whose id is a multiple of it; 0 = none.</summary>
    public int DeviceRecordsEvery { get; init; }

    /// <summary>Record the run for viewers: given devices, and every how many of them rows are written, every how many are recorded; null = no recording.</summary>
    public Func<int, int, int>? RecordDevicesEvery { get; init; }

    /// <summary>Whether the journal tells what twins believed.</summary>
    public bool TwinHistory { get; init; } = true;

    /// <summary>Whether to try what this machine seems too small for.</summary>
    public bool Force { get; init; }

    /// <summary>A node of the cluster that shall run it, HOST:PORT; null = none.</summary>
    public string? Join { get; init; }

    /// <summary>File with settings of the node that joins that cluster; null = the usual ones.</summary>
    public string? Config { get; init; }

    /// <summary>Where journal and checkpoints are kept, see <see cref="Hosting.JournalLocation.Chosen"/>; null = where the environment says, or in the folder.</summary>
    public string? Journal { get; init; }
}
