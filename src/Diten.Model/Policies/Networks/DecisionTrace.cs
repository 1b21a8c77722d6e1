namespace Diten.Model.Policies.Networks;

/// <summary>What a learner wants to know of the decisions of a batch; row i is the batch's row i. Reused by its owner; arrays only grow.</summary>
public sealed class DecisionTrace
{
    /// <summary>Number of rows.</summary>
    public int Count { get; private set; }

    /// <summary>Numbers of a state; see <see cref="PolicyShape.StateWidth"/>.</summary>
    public int StateWidth { get; private set; }

    /// <summary>S_t as the network saw it, <see cref="Count"/> × <see cref="StateWidth"/>, row-major; 0 for candidates that there are not, and for features that it does not see.</summary>
    public float[] States { get; private set; } = [];

    /// <summary>π(A_t | S_t), <see cref="Count"/> numbers in (0, 1]; 1 where the choice was not sampled.</summary>
    public float[] Probabilities { get; private set; } = [];

    /// <summary>State of a row.</summary>
    public Span<float> State(int row) => States.AsSpan(row * StateWidth, StateWidth);

    internal void Begin(int rows, int stateWidth)
    {
        (Count, StateWidth) = (rows, stateWidth);
        if (States.Length < rows * stateWidth)
            States = new float[Math.Max(rows * stateWidth, 2 * States.Length)];
        if (Probabilities.Length < rows)
            Probabilities = new float[Math.Max(rows, 2 * Probabilities.Length)];
    }
}
