using Diten.Model.Offloading;

namespace Diten.Model.Policies;

/// <summary>A policy that scenarios can name: what is said of it, and how it is made. Immutable.</summary>
public sealed record PolicyEntry
{
    /// <summary>Value of <c>policy.name</c>, in kebab-case.</summary>
    public required string Name { get; init; }

    /// <summary>What it does, in a few words; a row of the table in docs/policies.md.</summary>
    public required string Does { get; init; }

    /// <summary>The equation of the paper, or the literature, that it comes from.</summary>
    public required string Source { get; init; }

    /// <summary>Keys of the section <c>policy</c> that it reads, with full names; they have no effect with policies that do not list them.</summary>
    public IReadOnlyList<string> Keys { get; init; } = [];

    /// <summary>Whether a scenario that names it must name <c>policy.file</c>, too.</summary>
    public bool NeedsFile { get; init; }

    /// <summary>Makes it: a function of scenario, topology and files, with the same result on each node of a cluster.</summary>
    /// <exception cref="Input.InputFileException">A file that it needs cannot be used.</exception>
    public required Func<PolicyContext, IOffloadingPolicy> Create { get; init; }
}
