namespace Diten.Learning.Tests.Mdps;

/// <summary>Two servers: one always costs 2 a slot, the other 1, and a move costs 2.5. For the moment staying is always better; with three slots to go or more, moving is.</summary>
/// <remarks>Six slots. An episode begins in any slot, on the dear server. Features: 0 cost, 5 move, 7 cost · move, 8 slots still to go, this one included, / 4.</remarks>
internal sealed class MigrationTrap : ITinyMdp<MigrationTrap.State>
{
    public const int Slots = 6;

    public readonly record struct State(int Slot, int Serving);

    public State Initial(double chance) => new((int)(chance * Slots), 0);

    public float[][] Observation(State state) => [.. Enumerable.Range(0, 2).Select(k =>
    {
        var x = new float[11];
        (x[0], x[5], x[8]) = (2 - k, k == state.Serving ? 0 : 1, (Slots - state.Slot) / 4f);
        x[7] = x[0] * x[5];
        return x;
    })];

    public double Reward(State state, int action) => -(2 - action) - (action == state.Serving ? 0 : 2.5);

    public State Transition(State state, int action, double chance) => new(state.Slot + 1, action);

    public bool Terminal(State state) => state.Slot == Slots;
}
