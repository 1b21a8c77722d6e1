using Diten.Model.Scenarios;
using Diten.Model.Space;

namespace Diten.Runs.Results;

/// <summary>What a run folder says of a run besides what happened in it.</summary>
/// <param name="Name">Name of the scenario, e.g. its file's without ending.</param>
/// <param name="ScenarioText">The scenario with everything resolved; becomes <c>scenario.conf</c>.</param>
/// <param name="ZoneOfStation">Zone of each station, by station id.</param>
internal sealed record RunDescription(string Name, string ScenarioText, Scenario Scenario, Topology Topology, int[] ZoneOfStation)
{
    /// <summary>Keys that differ from the defaults, for the report; in the order in which they shall be shown.</summary>
    public IReadOnlyList<ChangedKey> ChangedKeys { get; init; } = [];

    /// <summary>What was read from data files, and what was dropped and why, a fact a line; see <see cref="InputReport"/>.</summary>
    public IReadOnlyList<string> FilesRead { get; init; } = [];
}

/// <summary>A scenario key that differs from its default, as a person writes it.</summary>
public sealed record ChangedKey(string Key, string Value, string Default);
