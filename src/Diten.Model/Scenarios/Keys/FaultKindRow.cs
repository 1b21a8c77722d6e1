using Diten.Model.Faults;
using Diten.Model.Input;

namespace Diten.Model.Scenarios.Keys;

/// <summary>One kind of fault, as it is checked and taught; immutable.</summary>
internal sealed record FaultKindRow
{
    public required FaultKind Kind { get; init; }

    /// <summary>As it is written.</summary>
    public string Name => Words.Kebab(Kind.ToString());

    /// <summary>What it can strike.</summary>
    public required IReadOnlyList<FaultWhat> Strikes { get; init; }

    /// <summary>Of each group at least one part must be there.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Needs { get; init; } = [];

    /// <summary>One line.</summary>
    public required string Summary { get; init; }

    /// <summary>All of it, in lines.</summary>
    public required string Meaning { get; init; }

    /// <summary>What the figures of a run tell of it.</summary>
    public required string Reported { get; init; }

    /// <summary>What stands in a scenario file after the included one.</summary>
    public required string Example { get; init; }

    /// <summary>A line of time.</summary>
    public required string Picture { get; init; }

    /// <summary>Whether it strikes messages.</summary>
    public bool IsOnLink => Strikes[0] <= FaultWhat.Estimate;

    /// <summary>The key that says what it strikes.</summary>
    public string WhereKey => IsOnLink ? "link" : "on";

    /// <summary>As in <c>link = sync | request</c>.</summary>
    public string Where => $"{WhereKey} = {string.Join(" | ", Strikes.Select(what => Words.Kebab(what.ToString())))}";
}
