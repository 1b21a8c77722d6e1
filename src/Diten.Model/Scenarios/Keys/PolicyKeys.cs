using Diten.Model.Policies;

namespace Diten.Model.Scenarios.Keys;

/// <summary>The keys of the section <c>policy</c>: which policy decides, and what those of the catalogue read.</summary>
internal static class PolicyKeys
{
    /// <summary>Name of the key that names a policy.</summary>
    public const string NameKey = "policy.name";

    private static readonly ScenarioSection<PolicySection> Policy = new("policy.", s => s.Policy, (s, v) => s with { Policy = v });

    public static IEnumerable<ScenarioKey> Rows()
    {
        yield return Name(PolicyCatalogue.Shipped);
        yield return Read("margin", "by which share another server must be faster than staying", (name, meaning) =>
            Policy.Quantity(name, Dimension.Number, Bounds.FractionBelowOne, s => s.Margin, (s, v) => s with { Margin = v }, meaning));
        yield return Read("file", "the network that decides; required where name = learned (model.md §5)", (name, meaning) =>
            Policy.Path(name, "policy file", s => s.File, (s, v) => s with { File = v }, meaning));
        yield return Read("decide", "the candidate of the highest score, or one drawn by their probabilities (model.md §5)", (name, meaning) =>
            Policy.Choice(name, s => s.Decide, (s, v) => s with { Decide = v }, meaning));
        yield return Policy.Key("switches", new PolicySwitchesKind(), s => s.Switches, (s, v) => s with { Switches = v },
            "From which slots on other policies decide, each with its policy file where it needs one; the other keys of this section hold for them, too");
        yield return Read("migration-weight", "weight of a migration's cost 𝒞, in place of Q(t) in eq. (13)", (name, meaning) =>
            Policy.Quantity(name, Dimension.Number, Bounds.NotNegative, s => s.MigrationWeight, (s, v) => s with { MigrationWeight = v }, meaning));
        yield return Read("qos-margin", "share of the deadline that a prediction must leave free for the server to be kept", (name, meaning) =>
            Policy.Quantity(name, Dimension.Number, Bounds.FractionBelowOne, s => s.QosMargin, (s, v) => s with { QosMargin = v }, meaning));
        yield return Weight("topsis-latency-weight", "weight of predicted latency; of the four weights only ratios count",
            s => s.TopsisLatencyWeight, (s, v) => s with { TopsisLatencyWeight = v });
        yield return Weight("topsis-capacity-weight", "weight of estimated free CPU",
            s => s.TopsisCapacityWeight, (s, v) => s with { TopsisCapacityWeight = v });
        yield return Weight("topsis-distance-weight", "weight of distance",
            s => s.TopsisDistanceWeight, (s, v) => s with { TopsisDistanceWeight = v });
        yield return Weight("topsis-migration-weight", "weight of a migration's cost",
            s => s.TopsisMigrationWeight, (s, v) => s with { TopsisMigrationWeight = v });
    }

    /// <summary>The key <c>policy.name</c>, read against a catalogue.</summary>
    public static ScenarioKey Name(PolicyCatalogue policies) => Policy.Key(
        "name", new PolicyNameKind(policies), s => s.Name, (s, v) => s with { Name = v }, "Who decides: docs/policies.md (model.md §4)");

    private static ScenarioKey Weight(
        string name, string meaning, Func<PolicySection, double> get, Func<PolicySection, double, PolicySection> set) =>
        Read(name, meaning, (own, text) => Policy.Quantity(own, Dimension.Number, Bounds.NotNegative, get, set, text));

    /// <summary>A key that has an effect with the policies that say they read it, and names them.</summary>
    private static ScenarioKey Read(string name, string meaning, Func<string, string, ScenarioKey> make)
    {
        var readers = PolicyCatalogue.Shipped.Readers("policy." + name);
        return make(name, $"{string.Join(", ", readers)}: {meaning}").When(NameKey, readers);
    }
}

/// <summary>Slots, and who decides from them on.</summary>
internal sealed class PolicySwitchesKind : ValueKind<PolicySwitches>
{
    public override string Type => "list of switches";
    public override string Allowed => "[] or such as [{ slot = 40, name = stay }, { slot = 80, name = learned, file = city.policy }], the slots going up";

    public override bool TryParse(string text, out PolicySwitches value, out string problem) => PolicySwitches.TryParse(text, out value, out problem);

    public override string Format(PolicySwitches value) => value.ToString();
}

/// <summary>One of a catalogue's policies.</summary>
internal sealed class PolicyNameKind(PolicyCatalogue policies) : ValueKind<string>
{
    public override string Type => "choice";
    public override string Allowed => string.Join(" | ", Choices);
    public override IReadOnlyList<string> Choices { get; } = [.. policies.All.Select(entry => entry.Name)];

    public override bool TryParse(string text, out string value, out string problem)
    {
        (value, problem) = (text, "unknown value");
        return policies.Find(text) is not null;
    }

    public override string Format(string value) => value;
}
