namespace Diten.Model.Statistics;

/// <summary>How much of a loss a remedy takes back: (harmed − remedied) / (harmed − unharmed), of means over seeds.</summary>
/// <remarks>1 = all of it, 0 = nothing, below 0 = it does more harm, above 1 = better than unharmed. Of measures where less is better, and of others.</remarks>
/// <param name="Loss">harmed − unharmed, seed by seed, in the measure's unit.</param>
/// <param name="Share">
/// The share and its 95 % bootstrap interval; NaN, and of no resamples, where the loss itself is not shown: a share of nothing has no meaning.
/// </param>
public sealed record RecoveredShare(MeanInterval Loss, BootstrapInterval Share)
{
    /// <summary>Whether the loss is shown, its 95 % interval without 0, so that there is something to recover.</summary>
    public bool Defined => Loss.Excludes(0);

    /// <summary>The share that a remedy recovers; entry i of each array is of the same seed.</summary>
    /// <remarks>A resample whose loss is 0 or of the other sign has no share, and counts as one without.</remarks>
    /// <exception cref="ArgumentException">No seeds, or not as many of one as of the others.</exception>
    public static RecoveredShare Of(
        double[] unharmed, double[] harmed, double[] remedied, int resamples = Bootstrap.DefaultResamples, ulong key = 0)
    {
        var losses = Pairs.Differences(harmed, unharmed);
        var recovered = Pairs.Differences(harmed, remedied);
        var loss = PairedTest.OfDifferences(losses).Difference;
        if (!loss.Excludes(0))
            return new RecoveredShare(loss, new BootstrapInterval(double.NaN, double.NaN, double.NaN, 0, 0));
        var sign = Math.Sign(loss.Mean);
        return new RecoveredShare(loss, Bootstrap.Of(losses.Length, ShareOf, resamples, key: key));

        double ShareOf(int[] indices)
        {
            var lost = Bootstrap.Mean(losses, indices);
            return sign * lost > 0 ? Bootstrap.Mean(recovered, indices) / lost : double.NaN;
        }
    }
}
