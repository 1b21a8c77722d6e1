namespace Diten.Model.Offloading;

/// <summary>The paper's state, eq. (14): S_t = {d, f, f̂ of each candidate, Q(t)}; <c>decisions.state = paper</c>.</summary>
/// <remarks>
/// 3N + 1 numbers: d, f, f̂ of the nearest candidate, of the next and so on, then Q, on the scales of <see cref="DecisionFeatures"/>.
/// Where a device has fewer than N candidates, the rest is zero: no free CPU.
/// </remarks>
/// <param name="spacingMetres">a, distance between neighbouring stations, metres; positive.</param>
public sealed class PaperState(double spacingMetres)
{
    /// <summary>Length of the state of a device with at most <paramref name="candidates"/> candidates.</summary>
    public static int Length(int candidates) => 3 * candidates + 1;

    /// <summary>Writes the state of a row, <see cref="Length"/> numbers.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="state"/> is too short.</exception>
    public void Write(DecisionBatch batch, int row, Span<float> state)
    {
        state = state[..Length(batch.Candidates)];
        state.Clear();
        for (var k = 0; k < batch.CandidateCounts[row]; k++)
        {
            var cell = row * batch.Candidates + k;
            state[3 * k] = (float)(batch.DistanceMetres[cell] / spacingMetres);
            state[3 * k + 1] = (float)(batch.EstimatedHertz[cell] / DecisionFeatures.FrequencyScaleHertz);
            state[3 * k + 2] = (float)(batch.DeviationHertz[cell] / DecisionFeatures.DeviationScaleHertz);
        }

        state[^1] = (float)batch.Queues[row];
    }
}
