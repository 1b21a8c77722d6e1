namespace Diten.Learning.Tests.Mdps;

/// <summary>Two servers between whom load drifts to and fro: who looks at the drift moves before load comes, and does not move for a load that is about to go.</summary>
/// <remarks>
/// Twelve slots. The first server's load, 0 to 4, changes by 1 a slot and turns at the ends, and with probability 0.2 anywhere; the second has what is
/// left of 4. A slot costs 0.5 a unit of load, a move 1.2. Features: 0 load / 4, 1 drift of this load, 5 move, 7 load / 4 · move, 8 share of slots to go.
/// </remarks>
internal sealed class DriftingLoad : ITinyMdp<DriftingLoad.State>
{
    public const int Slots = 12, Most = 4;

    public readonly record struct State(int Slot, int Load, int Drift, int Serving);

    public State Initial(double chance) => new(0, (int)(chance * 5), chance * 5 % 1 < 0.5 ? 1 : -1, (int)(chance * 20) % 2);

    public float[][] Observation(State state) => [.. Enumerable.Range(0, 2).Select(k =>
    {
        var (load, x) = (Load(state, k) / (float)Most, new float[11]);
        (x[0], x[1], x[5], x[8]) = (load, k == 0 ? state.Drift : -state.Drift, k == state.Serving ? 0 : 1, (Slots - state.Slot) / (float)Slots);
        x[7] = load * x[5];
        return x;
    })];

    public double Reward(State state, int action) => -0.5 * Load(state, action) - (action == state.Serving ? 0 : 1.2);

    public State Transition(State state, int action, double chance)
    {
        var drift = chance < 0.2 ? -state.Drift : state.Drift;
        if (state.Load + drift is < 0 or > Most)
            drift = -drift;
        return new(state.Slot + 1, state.Load + drift, drift, action);
    }

    public bool Terminal(State state) => state.Slot == Slots;

    private static int Load(State state, int server) => server == 0 ? state.Load : Most - state.Load;
}
