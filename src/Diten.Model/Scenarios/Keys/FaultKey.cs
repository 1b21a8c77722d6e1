using Diten.Model.Faults;
using Diten.Model.Input;

namespace Diten.Model.Scenarios.Keys;

/// <summary>One key of a fault: its name, what it means, which kinds take it, and how it is read into and written from a <see cref="Fault"/>; immutable.</summary>
internal abstract class FaultKey
{
    /// <summary>Name within the fault, such as <c>burst.start</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What it sets, as part of a sentence.</summary>
    public required string Meaning { get; init; }

    /// <summary>Kinds that take it.</summary>
    public required IReadOnlyList<FaultKind> Kinds { get; init; }

    /// <summary>What may be written, as part of a sentence.</summary>
    public abstract string Allowed { get; }

    /// <summary>Value where it is not written; null where nothing holds then.</summary>
    public string? Default { get; init; }

    /// <summary>Whether the other keys of its part may stand without it.</summary>
    public bool IsOptional { get; init; }

    /// <summary>The part before the dot: what is chosen or left out as a whole.</summary>
    public string Part => PartOf(Name);

    /// <summary>The part of a key's name before the dot.</summary>
    public static string PartOf(string name) => name.IndexOf('.') is var dot and >= 0 ? name[..dot] : name;

    /// <summary>Whether it says anything of a fault: it is of a kind that takes the key, and of those that exclude each other this one holds.</summary>
    public abstract bool IsSet(Fault fault);

    /// <summary>The value as people write it; <see cref="TryApply"/> reads it back to the same bits.</summary>
    public abstract string Format(Fault fault);

    /// <summary>Sets the value in a copy.</summary>
    /// <param name="fault">Unchanged.</param>
    /// <param name="result">The copy; the fault itself where the value is wrong.</param>
    /// <returns>Null, or what is wrong: what was found, what is allowed, and what was probably meant.</returns>
    public abstract (string Found, string Allowed, string? Suggestion)? TryApply(Fault fault, string text, out Fault result);
}

/// <summary>A key whose property has type <typeparamref name="T"/>.</summary>
internal sealed class FaultKey<T>(ValueKind<T> kind, Func<Fault, T> get, Func<Fault, T, Fault> set, Func<Fault, bool>? isSet = null) : FaultKey
{
    public override string Allowed => kind.Allowed;

    public override bool IsSet(Fault fault) => Kinds.Contains(fault.Kind) && (isSet is null || isSet(fault));

    public override string Format(Fault fault) => kind.Format(get(fault));

    public override (string Found, string Allowed, string? Suggestion)? TryApply(Fault fault, string text, out Fault result)
    {
        text = text.Trim();
        if (kind.TryParse(text, out var value, out var problem))
        {
            result = set(fault, value);
            return null;
        }

        result = fault;
        return ($"'{text}' ({problem})", kind.Allowed, Suggestion.For(text, kind.Choices));
    }
}
