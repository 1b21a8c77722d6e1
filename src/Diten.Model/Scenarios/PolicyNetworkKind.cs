namespace Diten.Model.Scenarios;

/// <summary>How a policy network reads a device's state.</summary>
public enum PolicyNetworkKind
{
    /// <summary>One small network scores each candidate by its own features: for any number and order of candidates (model.md §5).</summary>
    Set,
    /// <summary>One network takes the whole state, nearest candidate first, and gives a score for each of N candidates (the paper, Section IV).</summary>
    Dense,
}
