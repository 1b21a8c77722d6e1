namespace Diten.Model.Scenarios.Keys;

/// <summary>Which value of another key a key needs to have any effect.</summary>
/// <param name="Key">Full name of the other key.</param>
/// <param name="Values">Its values, as they are written; one of them must hold.</param>
/// <param name="Except">True: none of them may hold.</param>
public sealed record EffectiveWhen(string Key, IReadOnlyList<string> Values, bool Except = false)
{
    /// <summary>Whether the key has an effect in a scenario.</summary>
    public bool Holds(Scenario scenario) => Values.Contains(ScenarioKeys.Find(Key)!.Format(scenario)) != Except;

    /// <summary>As in <c>devices.mobility.model = trace</c>.</summary>
    public override string ToString() =>
        Key + (Except ? " is not " : " = ") + string.Join(" or ", Values.Select(value => value.Length == 0 ? "\"\"" : value));
}
