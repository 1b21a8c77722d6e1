using System.Runtime.CompilerServices;

namespace Diten.Model.Offloading;

/// <summary>Arg min over a device's candidates: they stand nearest first, so the first of equals is the nearer.</summary>
internal static class LowestIndex
{
    /// <summary>Index of the least of at least one number, the first of equals.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int Of(ReadOnlySpan<double> values)
    {
        var (best, least) = (0, values[0]);
        for (var k = 1; k < values.Length; k++)
            if (values[k] < least)
                (best, least) = (k, values[k]);
        return best;
    }

    /// <inheritdoc cref="Of(ReadOnlySpan{double})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int Of(ReadOnlySpan<int> values)
    {
        var (best, least) = (0, values[0]);
        for (var k = 1; k < values.Length; k++)
            if (values[k] < least)
                (best, least) = (k, values[k]);
        return best;
    }
}
