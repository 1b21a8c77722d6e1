namespace Diten.Model.Offloading.Bounds;

/// <summary>What each further task costs on a server that shares equally, per cycle.</summary>
internal static class PlaceCosts
{
    /// <summary>
    /// g(n) = n² / max(c + n f̂, 0.1 c): the seconds that n tasks of one cycle each take together, n times that of each,
    /// 1 / max(c/n + f̂, 0.1 c/n).
    /// </summary>
    public static double Together(int tasks, double freeHertz, double deviationHertz) =>
        (double)tasks * tasks / Math.Max(freeHertz + tasks * deviationHertz, 0.1 * freeHertz);

    /// <summary>Slopes of the lower convex envelope of (n, g(n)), n = 0 to the number of places: ascending, seconds per cycle.</summary>
    /// <param name="marginals">Receives the slope between k − 1 and k at index k − 1; as many as there are places.</param>
    /// <param name="freeHertz">c, hertz; positive.</param>
    /// <param name="deviationHertz">f̂, hertz.</param>
    public static void Marginals(Span<double> marginals, double freeHertz, double deviationHertz)
    {
        // Corners of the hull so far, by Andrew's monotone chain; g is convex but where a negative f̂ meets the floor.
        var corners = new List<(int Tasks, double Seconds)>(marginals.Length + 1) { (0, 0) };
        for (var tasks = 1; tasks <= marginals.Length; tasks++)
        {
            var point = (Tasks: tasks, Seconds: Together(tasks, freeHertz, deviationHertz));
            while (corners.Count > 1 && Slope(corners[^2], corners[^1]) >= Slope(corners[^1], point))
                corners.RemoveAt(corners.Count - 1);
            corners.Add(point);
        }

        for (var corner = 1; corner < corners.Count; corner++)
            marginals[corners[corner - 1].Tasks..corners[corner].Tasks].Fill(Slope(corners[corner - 1], corners[corner]));
    }

    private static double Slope((int Tasks, double Seconds) from, (int Tasks, double Seconds) to) =>
        (to.Seconds - from.Seconds) / (to.Tasks - from.Tasks);
}
