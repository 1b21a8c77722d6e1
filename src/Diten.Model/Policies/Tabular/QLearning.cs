using Diten.Model.Offloading;
using Diten.Model.Randomness;

namespace Diten.Model.Policies.Tabular;

/// <summary>Tabular Q-learning over discretised states, trained in a small world when the policy is created; then it acts greedily.</summary>
/// <remarks>
/// <para>
/// <b>Source.</b> The paper cites two works that learn where to offload or migrate by Q-learning: K. Zhang et al., "Deep learning
/// empowered task offloading for mobile edge computing in urban informatics", IEEE Internet of Things Journal 6(5), 2019 ([20], which the
/// paper sums up as choosing target server and transmission mode by Q-learning), and F. Brandherm, L. Wang, M. Mühlhäuser, "A
/// learning-based framework for optimizing service migration in mobile edge clouds", EdgeSys 2019 ([24], reinforcement learning of when to
/// migrate, at least migration cost under a constraint). The update is Watkins's (C. J. C. H. Watkins and P. Dayan, "Q-learning", 1992).
/// </para>
/// <para>
/// <b>Reading.</b> This is neither of the two systems, but what they have in common, put on Diten's decision process: a table of values, one
/// for each state and action, learned from experience. Read into them: the states (<see cref="QStates"/>: place of the serving server,
/// gain of the fastest over it, deficit queue), for [20] has transmission modes and [24] energy, which do not exist here; the actions (stay,
/// nearest, fastest) in place of server numbers, for a table over N servers would have to learn that they are alike; the reward, which is
/// (16), so that β enters as in the paper, through Q(t) and (12); and that one table is learned for all devices, since they are alike.
/// [20] approximates its table by a deep network; the paper's own policy does that here, so the plain table is kept for comparison.
/// </para>
/// <para>
/// <b>Training.</b> <see cref="TrainingWorld"/> says what it is trained in: the scenario's distributions under another seed, and others'
/// load as a mean and a rate of change. 32 devices drive for 6,000 slots, 192,000 transitions. A device explores with a probability that falls
/// in a straight line from 1 to 0.05, then picks any allowed action; else the best so far. Discount 0.95, learning rate of
/// <see cref="QTable"/>; a journey's end is terminal; the size of tasks is taken out of rewards (<see cref="TrainingWorld.Serve"/>). Every
/// draw is a function of the scenario's seed, and devices learn in the order of their numbers: same scenario and seed, same table.
/// Afterwards only the best action of each state is kept. It all takes about a tenth of a second.
/// </para>
/// <para>
/// <b>What to expect.</b> About what drift-plus-penalty does, whose rule (move where v times the gain exceeds Q 𝒞) is a line through the
/// table's bins, blurred by their width; and better where looking ahead pays, for it has seen that servers at the edge of reach are soon
/// lost. It has not seen herding: others' load does not answer to what it does. A state that training never met is decided without the
/// table: stay where a server serves, else the fastest. Ties go to staying, then to the nearer.
/// </para>
/// </remarks>
internal sealed class QLearning : IOffloadingPolicy
{
    private const double Discount = 0.95;
    private const int Devices = 32, Slots = 6000;
    private const double LeastExploration = 0.05;

    private readonly QStates _states;
    private readonly byte[] _actions;

    private QLearning(QStates states, byte[] actions) => (_states, _actions) = (states, actions);

    /// <summary>Trains a policy for a scenario: a pure function of it.</summary>
    public static QLearning Train(Surroundings around)
    {
        var states = new QStates(around.Scenario.Objective.V, around.Scenario.Objective.MigrationCost);
        var allowed = QStates.Allowed();
        var table = new QTable(allowed, QStates.Actions, Discount);
        var world = new TrainingWorld(around, Devices);
        var last = new (int State, int Action, double Reward)[Devices];
        for (var slot = 0; slot < Slots; slot++)
        {
            world.BeginSlot(slot);
            var exploration = 1 - (1 - LeastExploration) * slot / Slots;
            for (var device = 0; device < Devices; device++)
            {
                var state = states.Of(world.Batch, device);
                if (slot > 0)
                {
                    table.Learn(
                        last[device].State, last[device].Action, last[device].Reward, state,
                        world.Begins(device) ? TransitionEnd.Terminal : TransitionEnd.None);
                }

                var action = Choose(table, state, exploration, RandomStreams.UniformPair(world.Seed, device, slot, Purpose.PolicyTraining));
                last[device] = (state, action, world.Serve(device, QStates.Candidate(world.Batch, device, action)));
            }
        }

        return new QLearning(states, [.. allowed.Select((mask, state) => (byte)Learned(table, state, mask))]);
    }

    /// <inheritdoc/>
    public void Decide(DecisionBatch batch, Span<int> choices)
    {
        for (var row = 0; row < batch.Count; row++)
            choices[row] = QStates.Candidate(batch, row, _actions[_states.Of(batch, row)]);
    }

    /// <summary>The action that was learned for a state of <see cref="QStates"/>.</summary>
    internal int Action(int state) => _actions[state];

    private static int Choose(QTable table, int state, double exploration, (double First, double Second) draws)
    {
        var greedy = table.Greedy(state);
        return greedy < 0 || draws.First < exploration ? table.Any(state, draws.Second) : greedy;
    }

    private static int Learned(QTable table, int state, uint allowed) => table.Greedy(state) switch
    {
        >= 0 and var action => action,
        _ => (allowed & 1u << QStates.Stay) != 0 ? QStates.Stay : QStates.Fastest,
    };
}
