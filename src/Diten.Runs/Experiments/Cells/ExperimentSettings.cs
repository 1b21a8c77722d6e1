using Diten.Model.Scenarios;
using Diten.Runs.Execution;

namespace Diten.Runs.Experiments.Cells;

/// <summary>What experiments of many runs have in common, as a user says it.</summary>
public sealed record ExperimentSettings
{
    /// <summary>Most of the memory that is free that runs side by side may take together.</summary>
    private const double MemoryShare = 0.7;

    /// <summary>A scenario file.</summary>
    public required string Scenario { get; init; }

    /// <summary>Changes to it; later ones win.</summary>
    public IReadOnlyList<Change> Set { get; init; } = [];

    /// <summary>The first seed; null = the scenario's.</summary>
    public ulong? Seed { get; init; }

    /// <summary>Runs of each case, with seeds that follow each other; at least 1.</summary>
    public required int Seeds { get; init; }

    /// <summary>Folder to write to; null = one in <c>runs</c>, named after the scenario.</summary>
    public string? Folder { get; init; }

    /// <summary>Threads that the actors of one run run on; 0 = as many as the runs side by side leave.</summary>
    public int Threads { get; init; }

    /// <summary>Most runs side by side; 0 = one a core, as memory allows.</summary>
    public int Parallel { get; init; }

    /// <summary>Whether to try what this machine seems too small for.</summary>
    public bool Force { get; init; }

    /// <summary>Whether no progress is shown.</summary>
    public bool Quiet { get; init; }

    /// <summary>How many of these are run side by side, at least 1.</summary>
    /// <param name="usual">Where <see cref="Parallel"/> leaves it open.</param>
    internal int SideBySide(IReadOnlyCollection<Scenario> scenarios, int usual)
    {
        var most = scenarios.Max(scenario => RunSize.Of(scenario, 0).Bytes);
        return Math.Clamp((int)(MemoryShare * RunSize.AvailableBytes() / most), 1, Math.Min(Parallel > 0 ? Parallel : usual, scenarios.Count));
    }

    /// <summary>Threads of each of so many that are run side by side.</summary>
    internal int ThreadsOf(int sideBySide) => Threads > 0 ? Threads : Math.Max(1, Environment.ProcessorCount / sideBySide);
}
