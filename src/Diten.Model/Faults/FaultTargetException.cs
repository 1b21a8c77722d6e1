namespace Diten.Model.Faults;

/// <summary>A fault names a server or station that there is not.</summary>
/// <param name="key">Full name of its key.</param>
/// <param name="found">What stands there.</param>
/// <param name="allowed">What may stand there.</param>
public sealed class FaultTargetException(string key, string found, string allowed) : ArgumentException($"{key}: found {found}; allowed: {allowed}.")
{
    /// <summary>Full name of its key.</summary>
    public string Key { get; } = key;

    /// <summary>What stands there.</summary>
    public string Found { get; } = found;

    /// <summary>What may stand there.</summary>
    public string Allowed { get; } = allowed;
}
