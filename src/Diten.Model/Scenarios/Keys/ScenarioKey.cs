using Diten.Model.Input;
using Diten.Model.Records;

namespace Diten.Model.Scenarios.Keys;

/// <summary>One key of a scenario: its name, what it means, and how it is read into and written from a <see cref="Scenario"/>.</summary>
public abstract class ScenarioKey
{
    private protected ScenarioKey(string name, string meaning)
    {
        Name = name;
        Meaning = meaning;
    }

    /// <summary>Full name in kebab-case, with dots between the levels.</summary>
    public string Name { get; }

    /// <summary>One line: what it sets, with the equation's number or the model's section.</summary>
    public string Meaning { get; }

    /// <summary>Kind of value, for tables.</summary>
    public abstract string Type { get; }

    /// <summary>What may be written, as part of a sentence.</summary>
    public abstract string Allowed { get; }

    /// <summary>Whether the value names a file or folder; relative ones count from the folder of the scenario that names them.</summary>
    public bool IsPath { get; init; }

    /// <summary>What another key must be for this one to have an effect; null where it always has.</summary>
    public EffectiveWhen? EffectiveWhen { get; private set; }

    /// <summary>Says that this key has an effect only where another one has one of some values.</summary>
    internal ScenarioKey When(string key, params IReadOnlyList<string> values)
    {
        EffectiveWhen = new EffectiveWhen(key, values);
        return this;
    }

    /// <summary>Says that this key has no effect where another one has one of some values.</summary>
    internal ScenarioKey Unless(string key, params IReadOnlyList<string> values)
    {
        EffectiveWhen = new EffectiveWhen(key, values, Except: true);
        return this;
    }

    /// <summary>Whether the value is free text and needs quotes in a file.</summary>
    public abstract bool IsText { get; }

    /// <summary>Value of the default scenario; empty where it is not set.</summary>
    public string Default => Format(new Scenario());

    /// <summary>The value as people write it; <see cref="TryApply"/> reads it back to the same bits. Empty where it is not set.</summary>
    public abstract string Format(Scenario scenario);

    /// <summary>Sets the value in a copy of <paramref name="scenario"/>.</summary>
    /// <param name="scenario">Unchanged.</param>
    /// <param name="entry">The value, and where it comes from.</param>
    /// <param name="result">The copy; the scenario itself where the value is wrong.</param>
    /// <returns>Null, or what is wrong.</returns>
    public abstract ScenarioError? TryApply(Scenario scenario, ScenarioEntry entry, out Scenario result);
}

/// <summary>A key whose property has type <typeparamref name="T"/>.</summary>
internal sealed class ScenarioKey<T>(
    string name, string meaning, ValueKind<T> kind, Func<Scenario, T> get, Func<Scenario, T, Scenario> set) : ScenarioKey(name, meaning)
{
    public override string Type => kind.Type;
    public override string Allowed => kind.Allowed;
    public override bool IsText => kind is TextKind;

    public override string Format(Scenario scenario) => kind.Format(get(scenario));

    public override ScenarioError? TryApply(Scenario scenario, ScenarioEntry entry, out Scenario result)
    {
        result = scenario;
        var text = entry.Text.Trim();
        if (kind.TryParse(text, out var value, out var problem))
        {
            result = set(scenario, value);
            return null;
        }
        return new ScenarioError(entry.File, Name, $"'{text}' ({problem})", kind.Allowed, Suggestion.For(text, kind.Choices))
        {
            Line = entry.Line,
        };
    }
}
