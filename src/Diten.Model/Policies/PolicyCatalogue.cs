using System.Collections.Frozen;
using Diten.Model.Input;
using Diten.Model.Offloading;

namespace Diten.Model.Policies;

/// <summary>The policies that scenarios can name (model.md §4). Immutable; safe for threads.</summary>
public sealed class PolicyCatalogue
{
    private readonly FrozenDictionary<string, PolicyEntry> _byName;

    /// <param name="entries">In the order in which they are listed.</param>
    /// <exception cref="ArgumentException">Two of them have the same name.</exception>
    public PolicyCatalogue(IEnumerable<PolicyEntry> entries)
    {
        All = [.. entries];
        if (All.GroupBy(entry => entry.Name).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw new ArgumentException($"Two policies are called '{twice.Key}'.", nameof(entries));
        _byName = All.ToFrozenDictionary(entry => entry.Name);
    }

    /// <summary>Those that Diten brings along.</summary>
    public static PolicyCatalogue Shipped { get; } = new(ShippedPolicies.Entries());

    /// <summary>Every policy.</summary>
    public IReadOnlyList<PolicyEntry> All { get; }

    /// <summary>The same, and one more.</summary>
    /// <exception cref="ArgumentException">Its name is taken.</exception>
    public PolicyCatalogue With(PolicyEntry entry) => new([.. All, entry]);

    /// <summary>The policy of that name, or null.</summary>
    public PolicyEntry? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>Names of the policies that read a key, such as <c>policy.margin</c>.</summary>
    public IReadOnlyList<string> Readers(string key) => [.. All.Where(entry => entry.Keys.Contains(key)).Select(entry => entry.Name)];

    /// <summary>The policy that a scenario names, with its seed, margins and weights; solved or trained, where it needs to be.</summary>
    /// <exception cref="ArgumentException">No policy has that name, or what was handed in does not fit it.</exception>
    /// <exception cref="Input.InputFileException">A file that it needs cannot be used.</exception>
    public IOffloadingPolicy Create(PolicyContext context)
    {
        var name = context.Scenario.Policy.Name;
        var names = All.Select(entry => entry.Name);
        return Find(name)?.Create(context) ?? throw new ArgumentException(
            $"policy.name: found '{name}' (unknown value); allowed: {string.Join(" | ", names)}. {Suggestion.For(name, names)}".TrimEnd(),
            nameof(context));
    }
}
