using Diten.Model.Records;

namespace Diten.Model.Scenarios.Keys;

/// <summary>How values of one kind are read, checked and written; immutable.</summary>
/// <typeparam name="T">Type of the scenario's property.</typeparam>
internal abstract class ValueKind<T>
{
    /// <summary>One word or two for tables, such as "length" or "range of frequencies".</summary>
    public abstract string Type { get; }

    /// <summary>What may be written, as part of a sentence.</summary>
    public abstract string Allowed { get; }

    /// <summary>The values of a choice, for "did you mean"; else empty.</summary>
    public virtual IReadOnlyList<string> Choices => [];

    /// <summary>Reads a value as people write it.</summary>
    /// <param name="text">The text after the key, without quotes.</param>
    /// <param name="value">What it means.</param>
    /// <param name="problem">What is wrong, in a few words, where the answer is false.</param>
    public abstract bool TryParse(string text, out T value, out string problem);

    /// <summary>A text that <see cref="TryParse"/> reads back to an equal value.</summary>
    public abstract string Format(T value);
}
