namespace Diten.Model.Statistics;

/// <summary>Sequential sampling of seeds: as many as the 95 % intervals need to be narrow enough, no fewer than a first lot, no more than a limit.</summary>
/// <remarks>It looks at widths only, never at which treatment is ahead: stopping at a p that pleases would be no test any more.</remarks>
public static class Stopping
{
    /// <summary>Seeds to begin with.</summary>
    public const int DefaultFirst = 20;

    /// <summary>Fewest seeds to add at once.</summary>
    public const int DefaultStep = 10;

    /// <summary>Limit of seeds.</summary>
    public const int DefaultMost = 100;

    /// <summary>Decides from the values so far.</summary>
    /// <remarks>Plans with the variance of now: the fewest seeds that would do if it stayed, at least a step more, at most the limit.</remarks>
    /// <param name="goals">Means to be known, at least one, each with one value a seed.</param>
    /// <param name="first">Seeds to begin with, at least 2.</param>
    /// <param name="step">Fewest seeds to add at once, positive.</param>
    /// <param name="most">Limit of seeds, at least <paramref name="first"/>.</param>
    /// <exception cref="ArgumentException">There are no goals, or not as many values of one as of another.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A bound is not positive, or the numbers of seeds are none.</exception>
    public static StoppingDecision Decide(
        IReadOnlyList<PrecisionGoal> goals, int first = DefaultFirst, int step = DefaultStep, int most = DefaultMost)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(first, 2);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(step);
        ArgumentOutOfRangeException.ThrowIfLessThan(most, first);
        if (goals.Count == 0)
            throw new ArgumentException("Nothing to be known: one mean at least is needed.", nameof(goals));
        var have = goals[0].Values.Length;
        foreach (var goal in goals)
        {
            if (!(goal.Precision.Bound > 0))
                throw new ArgumentOutOfRangeException(nameof(goals), goal.Precision.Bound, $"The bound of {goal.Name} is not positive.");
            if (goal.Values.Length != have)
                throw new ArgumentException($"{goal.Name} has {goal.Values.Length} values, {goals[0].Name} has {have}.", nameof(goals));
        }

        return have < 2 ? new StoppingDecision(have, first, [.. goals.Select(goal => goal.Name)], []) : Decide(goals, have, first, step, most);
    }

    private static StoppingDecision Decide(IReadOnlyList<PrecisionGoal> goals, int have, int first, int step, int most)
    {
        var (tooWide, undefined, needed) = (new List<string>(), new List<string>(), have);
        foreach (var goal in goals)
        {
            var sample = StandardError.Of(goal.Values);
            if (double.IsNaN(sample.Error))
            {
                undefined.Add(goal.Name);
                continue;
            }

            var bound = goal.Precision.HalfWidthOf(sample.Mean);
            if (sample.HalfWidth(0.95) <= bound)
                continue;
            tooWide.Add(goal.Name);
            needed = Math.Max(needed, SeedsFor(sample.Error * Math.Sqrt(have), bound, most));
        }

        var seeds = have < first ? first
            : tooWide.Count == 0 || have >= most ? have
            : Math.Min(Math.Max(needed, have + step), most);
        return new StoppingDecision(have, seeds, tooWide, undefined);
    }

    /// <summary>Fewest n, at most the limit, with t(n − 1; 97.5 %) · deviation / √n ≤ bound.</summary>
    private static int SeedsFor(double deviation, double bound, int most)
    {
        var (low, high) = (2, most);
        while (low < high)   // the left side falls as n grows
        {
            var middle = (low + high) / 2;
            (low, high) = StudentQuantile.Of(middle - 1, 0.975) * deviation / Math.Sqrt(middle) <= bound ? (low, middle) : (middle + 1, high);
        }

        return low;
    }
}
