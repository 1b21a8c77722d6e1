namespace Diten.Model.Faults;

/// <summary>The faults of a scenario, by name. Immutable; equal where the faults are.</summary>
public sealed class FaultMap : IEquatable<FaultMap>
{
    private readonly Fault[] _faults;

    /// <param name="faults">In any order.</param>
    /// <exception cref="ArgumentException">Two of them have the same name.</exception>
    public FaultMap(IEnumerable<Fault> faults)
    {
        _faults = [.. faults.OrderBy(fault => fault.Name, StringComparer.Ordinal)];
        for (var i = 1; i < _faults.Length; i++)
            if (_faults[i].Name == _faults[i - 1].Name)
                throw new ArgumentException($"Two faults are called '{_faults[i].Name}'.", nameof(faults));
    }

    /// <summary>No fault.</summary>
    public static FaultMap Empty { get; } = new([]);

    /// <summary>In the order of their names.</summary>
    public IReadOnlyList<Fault> All => _faults;

    public bool IsEmpty => _faults.Length == 0;

    /// <summary>The fault of that name, or null.</summary>
    public Fault? Find(string name) => Array.Find(_faults, fault => fault.Name == name);

    /// <summary>The same, with one put in the place of the fault of its name, or added.</summary>
    public FaultMap With(Fault fault) => new([.. _faults.Where(other => other.Name != fault.Name), fault]);

    /// <summary>Whether any strikes this.</summary>
    public bool Strikes(FaultWhat what)
    {
        foreach (var fault in _faults)
            if (fault.What == what)
                return true;
        return false;
    }

    /// <summary>Whether any changes what a task meets, and not only what is believed of it: then no bound knows what another server would have given.</summary>
    public bool ChangesWhatTasksMeet =>
        Strikes(FaultWhat.Servers) || Strikes(FaultWhat.Stations) || Strikes(FaultWhat.Radio) || Strikes(FaultWhat.Backhaul);

    /// <inheritdoc/>
    public bool Equals(FaultMap? other) => other is not null && _faults.AsSpan().SequenceEqual(other._faults);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as FaultMap);

    /// <inheritdoc/>
    public override int GetHashCode() => _faults.Aggregate(_faults.Length, HashCode.Combine);
}
