using Diten.Model.Records;

namespace Diten.Model.Scenarios.Keys;

/// <summary>Makes the keys of one section: turns getters and setters of the section's record into those of the scenario.</summary>
/// <param name="prefix">Name of the section with its dot; empty for the scenario itself.</param>
internal sealed class ScenarioSection<TSection>(
    string prefix, Func<Scenario, TSection> section, Func<Scenario, TSection, Scenario> put)
{
    public ScenarioKey Quantity(
        string name, Dimension dimension, Bounds bounds, Func<TSection, double> get, Func<TSection, double, TSection> set, string meaning) =>
        Key(name, new QuantityKind(dimension, bounds), get, set, meaning);

    public ScenarioKey Range(
        string name, Dimension dimension, Bounds bounds, Func<TSection, Interval> get, Func<TSection, Interval, TSection> set, string meaning) =>
        Key(name, new RangeKind(dimension, bounds), get, set, meaning);

    public ScenarioKey Whole(
        string name, int least, Func<TSection, int> get, Func<TSection, int, TSection> set, string meaning, int most = int.MaxValue) =>
        Key(name, new WholeNumberKind(least, most), get, set, meaning);

    public ScenarioKey Switch(string name, Func<TSection, bool> get, Func<TSection, bool, TSection> set, string meaning) =>
        Key(name, new SwitchKind(), get, set, meaning);

    public ScenarioKey Choice<T>(string name, Func<TSection, T> get, Func<TSection, T, TSection> set, string meaning)
        where T : struct, Enum => Key(name, new ChoiceKind<T>(), get, set, meaning);

    public ScenarioKey Text(string name, string what, Func<TSection, string?> get, Func<TSection, string?, TSection> set, string meaning) =>
        Key(name, new TextKind(what), get, set, meaning);

    public ScenarioKey Path(string name, string what, Func<TSection, string?> get, Func<TSection, string?, TSection> set, string meaning) =>
        Key(name, new TextKind(what), get, set, meaning, isPath: true);

    public ScenarioKey Key<T>(
        string name, ValueKind<T> kind, Func<TSection, T> get, Func<TSection, T, TSection> set, string meaning, bool isPath = false) =>
        new ScenarioKey<T>(prefix + name, meaning, kind, s => get(section(s)), (s, value) => put(s, set(section(s), value))) { IsPath = isPath };
}
