using System.Collections.Concurrent;
using MathNet.Numerics.Distributions;

namespace Diten.Model.Statistics;

/// <summary>Quantiles of Student's t, remembered: each is a root to be found, and few are ever asked for.</summary>
/// <remarks>Safe for threads: a value depends on its key only, whoever computes it.</remarks>
internal static class StudentQuantile
{
    private static readonly ConcurrentDictionary<(int Freedom, double Probability), double> Known = new();

    /// <summary>The value that a t of so many degrees of freedom (at least 1) does not exceed with this probability, in (0, 1).</summary>
    public static double Of(int freedom, double probability) =>
        Known.GetOrAdd((freedom, probability), static key => StudentT.InvCDF(0, 1, key.Freedom, key.Probability));
}
