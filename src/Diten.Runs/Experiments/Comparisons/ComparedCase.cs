using Diten.Runs.Experiments.Cells;
namespace Diten.Runs.Experiments.Comparisons;

/// <summary>One of the things that a comparison compares: a policy, or what else changes in the scenario.</summary>
/// <param name="Name">Name of the policy, or what the case is called.</param>
/// <param name="Changes">What it changes in the scenario.</param>
public sealed record ComparedCase(string Name, IReadOnlyList<Change> Changes)
{
    /// <summary>A case that differs in its policy only.</summary>
    public static ComparedCase OfPolicy(string name) => new(name, [new Change("policy.name", name, "--policies")]);

    /// <summary>Reads a label, a colon, and keys with their values, a semicolon between two of them.</summary>
    /// <exception cref="UserErrorException">It is not of that form.</exception>
    public static ComparedCase Parse(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        string[] changes = colon < 1 ? [] : text[(colon + 1)..].Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return changes.Length > 0 && changes.All(change => change.Contains('=', StringComparison.Ordinal))
            ? new(text[..colon].Trim(), [.. changes.Select(change => Change.Parse(change, "--case"))])
            : throw new UserErrorException($"--case: found '{text}'; allowed: such as \"four rounds: decisions.rounds=4\".");
    }

    /// <summary>The runs of the case, one a seed.</summary>
    internal IEnumerable<Cell> Cells(ExperimentSettings settings) => Cell.Load(settings, new Case([new Level(Name, Changes)]), Name);
}
