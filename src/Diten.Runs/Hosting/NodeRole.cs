namespace Diten.Runs.Hosting;

/// <summary>What a node of a cluster is there for; a node may have several roles.</summary>
internal static class NodeRole
{
    /// <summary>Hosts zones, and all entities in them.</summary>
    public const string Emulation = "emulation";

    /// <summary>May host the clock.</summary>
    public const string Coordinator = "coordinator";

    /// <summary>Trains; the only role that loads the training library.</summary>
    public const string Learner = "learner";

    /// <summary>Looks on: hosts nothing that a result depends on.</summary>
    public const string Observer = "observer";

    /// <summary>All roles.</summary>
    public static IReadOnlyList<string> All { get; } = [Emulation, Coordinator, Learner, Observer];
}
