using Diten.Model.Randomness;

namespace Diten.Model.Tests.Statistics;

/// <summary>Seeded samples for simulations, and what textbooks measured.</summary>
internal static class Samples
{
    /// <summary>Additional hours of sleep of ten patients by two drugs (Student, Biometrika 6, 1908; Cushny and Peebles).</summary>
    public static readonly double[] SleepFirst = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0];

    /// <summary>The same patients' by the second drug.</summary>
    public static readonly double[] SleepSecond = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];

    /// <summary>Independent normal values, of variance 1.</summary>
    /// <param name="sample">Number of the sample; others have other values.</param>
    public static double[] Normal(int sample, int count, double mean = 0) =>
        [.. Enumerable.Range(0, count).Select(i => mean + RandomStreams.Normal(2026, sample, i, Purpose.Sampling))];

    /// <summary>Share of the numbers 0 to <paramref name="count"/> − 1 of which something holds.</summary>
    public static double Share(int count, Func<int, bool> holds) => (double)Enumerable.Range(0, count).Count(holds) / count;
}
