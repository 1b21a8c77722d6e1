namespace Diten.Runs.Experiments.Chaos;

/// <summary>How a run is struck, as a user says it.</summary>
public sealed record ChaosSettings
{
    /// <summary>Strikes that must count; at least 1.</summary>
    public required int Kills { get; init; }

    /// <summary>Most strikes in one run; at least 1.</summary>
    public required int KillsARun { get; init; }

    /// <summary>Processes; at least 2, for one must live on.</summary>
    public required int Nodes { get; init; }

    /// <summary>Slots between two checkpoints; at least 1.</summary>
    public required int CheckpointEverySlots { get; init; }

    /// <summary>Seed of the strikes.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Threads of each process; 0 = the machine's cores shared out.</summary>
    public int Threads { get; init; }
}
