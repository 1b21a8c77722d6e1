using Diten.Model.Randomness;

namespace Diten.Learning.Tests.Mdps;

/// <summary>One decision among two to four candidates. Each shows an estimate and a deviation in [0, 1), and costs their sum: the estimate alone misleads.</summary>
internal sealed class CandidateBandit : ITinyMdp<CandidateBandit.State>
{
    public readonly record struct State(int Number, bool Done);

    public State Initial(double chance) => new((int)(chance * int.MaxValue), false);

    public float[][] Observation(State state) => [.. Enumerable.Range(0, Count(state)).Select(k =>
        (float[])[(float)Estimate(state, k), (float)Deviation(state, k), .. new float[9]])];

    public double Reward(State state, int action) => -Estimate(state, action) - Deviation(state, action);

    public State Transition(State state, int action, double chance) => state with { Done = true };

    public bool Terminal(State state) => state.Done;

    public static int Count(State state) => 2 + state.Number % 3;

    private static double Estimate(State state, int k) => RandomStreams.Uniform(77, state.Number, k, Purpose.Task, 0);

    private static double Deviation(State state, int k) => RandomStreams.Uniform(77, state.Number, k, Purpose.Task, 1);
}
