namespace Diten.Model.Faults;

/// <summary>Whole numbers in ascending order, each once. Immutable; equal where they are the same.</summary>
public sealed class WholeNumbers : IEquatable<WholeNumbers>
{
    private readonly int[] _values;

    /// <param name="values">In any order.</param>
    public WholeNumbers(IEnumerable<int> values) => _values = [.. values.Distinct().Order()];

    /// <summary>None.</summary>
    public static WholeNumbers None { get; } = new([]);

    public ReadOnlySpan<int> Values => _values;

    public bool Contains(int value) => Array.BinarySearch(_values, value) >= 0;

    /// <inheritdoc/>
    public bool Equals(WholeNumbers? other) => other is not null && _values.AsSpan().SequenceEqual(other._values);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as WholeNumbers);

    /// <inheritdoc/>
    public override int GetHashCode() => _values.Aggregate(_values.Length, HashCode.Combine);

    /// <inheritdoc/>
    public override string ToString() => $"[{string.Join(", ", _values)}]";
}
