namespace Diten.Model.Faults;

/// <summary>Counts what each fault was offered and hit: messages on its link while it was in force, and those that it struck. Not thread-safe.</summary>
/// <param name="faults">Number of faults, in the order of their names.</param>
public sealed class FaultTally(int faults)
{
    private readonly long[] _offered = new long[faults], _hit = new long[faults];

    public ReadOnlySpan<long> Offered => _offered;

    public ReadOnlySpan<long> Hit => _hit;

    public void Count(int fault, bool hit)
    {
        _offered[fault]++;
        if (hit)
            _hit[fault]++;
    }

    /// <summary>What was counted since the last call.</summary>
    public FaultCounts Take()
    {
        var taken = new FaultCounts([.. _offered], [.. _hit]);
        Array.Clear(_offered);
        Array.Clear(_hit);
        return taken;
    }
}
