using Diten.Model.Computing;
using Diten.Model.Offloading;
using Diten.Model.Scenarios;
using Diten.Model.Space;

namespace Diten.Model.SystemTwin;

/// <summary>
/// The decision process (14) to (16) in the world that the system's twin believes in: rules of initial state, observation, transition and
/// reward, without draws and without anything of the physical layer but where servers stand.
/// </summary>
/// <remarks>
/// All recorded devices play at once, so that they meet each other as in the emulation. A state is believed load and capacity, as twins had
/// published them; what comes of a decision is computed by eq. (10) from what the twins had published for the slot that follows, i.e. what they
/// were told of this one, with the tasks that were placed in this play, and those of others (<see cref="RecordedSlot.TasksOfOthers"/>).
/// </remarks>
/// <param name="around">Rules and constants of the world: sharing, twins, objective, ψ, outage.</param>
/// <param name="servers">Where servers stand.</param>
/// <param name="model">What the twin knows.</param>
internal sealed class TwinEnvironment(Surroundings around, NearestSites servers, SystemTwinModel model)
{
    private readonly Scenario _scenario = around.Scenario;
    private readonly TwinsSection _calibrated = around.Scenario.Twins with { Calibrated = true };
    private readonly DecisionRow _rows = new(around.Scenario, around.Backhaul);
    private readonly int[] _nearest = new int[around.Candidates];

    /// <summary>First slot that a play can begin in: of the one before, it is known who was where.</summary>
    public const int First = 1;

    /// <summary>All devices begin a journey, and count where they were recorded in the slot before.</summary>
    /// <param name="at">Index of the first slot to play, at least <see cref="First"/>.</param>
    public TwinEnvironmentState Initial(int at)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(at, First);
        var (before, slot) = (model.Slots[at - 1], model.Slots[at]);
        var state = new TwinEnvironmentState(at, slot.Devices.Length, slot.FreeHertz.Length);
        for (var i = 0; i < before.Devices.Length; i++)
            (state.LastTask[i], state.Serving[i], state.Chosen[i]) = (before.Devices[i].Server, -1, -1);
        Count(state.LastTask, slot, state.Seen);
        return state;
    }

    /// <summary>Observation: what is known of those whose turn it is, a row each.</summary>
    /// <param name="turn">Covered devices, as indices, ascending.</param>
    public void Observe(TwinEnvironmentState state, ReadOnlySpan<int> turn, DecisionBatch batch)
    {
        var slot = model.Slots[state.At];
        batch.Begin(slot.Slot, turn.Length);
        foreach (var i in turn)
        {
            ref readonly var seen = ref slot.Devices[i];
            var device = new DecidingDevice(
                seen.Device, state.Serving[i], state.LastTask[i], state.Queue[i], seen.DataBits, seen.Cycles, seen.DeadlineSeconds, seen.UplinkSeconds);
            var found = servers.Nearest(seen.X, seen.Y, _nearest);
            var row = DecisionRow.Add(batch, device, found);
            for (var k = 0; k < found; k++)
            {
                var (server, dx, dy) = (_nearest[k], servers.X(_nearest[k]) - seen.X, servers.Y(_nearest[k]) - seen.Y);
                _rows.SetCandidate(
                    batch, row, k, device,
                    new BelievedServer(server, slot.FreeHertz[server], Math.Max(0, state.Seen[server]), slot.DeviationHertz[server]),
                    Math.Sqrt(dx * dx + dy * dy));
            }
        }
    }

    /// <summary>First half of a transition: those whose turn it was are placed, and the twins hear of it, before the next ones decide.</summary>
    /// <param name="batch">As <see cref="Observe"/> filled it.</param>
    /// <param name="choices">Chosen candidate of each row.</param>
    public void Place(TwinEnvironmentState state, ReadOnlySpan<int> turn, DecisionBatch batch, ReadOnlySpan<int> choices)
    {
        for (var row = 0; row < turn.Length; row++)
        {
            var (i, cell) = (turn[row], row * batch.Candidates + choices[row]);
            state.Chosen[i] = batch.Servers[cell];
            state.Migrates[i] = batch.IsMove(row, choices[row]);
            state.PropagationSeconds[i] = around.Backhaul.SecondsPerMetre * batch.DistanceMetres[cell];
            if (state.LastTask[i] >= 0)
                state.Seen[state.LastTask[i]]--;
            state.Seen[state.Chosen[i]]++;
        }
    }

    /// <summary>Second half: tasks run, queues change by (12), journeys that end begin anew, and the next slot begins.</summary>
    /// <param name="rewards">Receives R_t (16) by device; 0 out of coverage.</param>
    public void EndSlot(TwinEnvironmentState state, Span<float> rewards)
    {
        var (slot, next) = (model.Slots[state.At], model.Slots[state.At + 1]);
        var objective = _scenario.Objective;
        Count(state.Chosen, next, state.Placed);
        for (var i = 0; i < slot.Devices.Length; i++)
        {
            var (chosen, cost) = (state.Chosen[i], 0.0);
            rewards[i] = 0;
            if (chosen >= 0)
            {
                cost = state.Migrates[i] ? objective.MigrationCost : 0;
                rewards[i] = (float)Rewards.Of(LatencySeconds(state, i, slot, next), state.Queue[i], cost, objective.V);
                state.Serving[i] = chosen;
            }

            state.Queue[i] = DeficitQueue.Next(state.Queue[i], cost, objective.Beta, objective.MigrationCost);
            (state.LastTask[i], state.Chosen[i]) = (chosen, -1);
            if (slot.Devices[i].Ends)
                (state.Queue[i], state.Serving[i]) = (0, -1);
        }

        state.Placed.CopyTo(state.Seen, 0);
        state.At++;
    }

    /// <summary>T_glob, seconds, as the twins believe it once they have heard of the slot.</summary>
    private double LatencySeconds(TwinEnvironmentState state, int device, RecordedSlot slot, RecordedSlot next)
    {
        var server = state.Chosen[device];
        var share = SharePrediction.EstimatedHertz(_scenario.Servers.Sharing, next.FreeHertz[server], Math.Max(0, state.Placed[server] - 1));
        // An injected f̂ is that of the slot itself; one that emerged is what the twin adds to its newest estimate.
        var deviation = (_scenario.Twins.DeviationSource == DeviationSource.Injected ? slot : next).DeviationHertz[server];
        return PredictedLatency.Seconds(
            _calibrated, slot.Devices[device].UplinkSeconds, state.PropagationSeconds[device], slot.Devices[device].Cycles, share, deviation,
            state.Migrates[device] ? around.Backhaul.OutageSeconds : 0);
    }

    /// <summary>Load of each server: that of others, and a task for each device there.</summary>
    private static void Count(ReadOnlySpan<int> places, RecordedSlot slot, int[] load)
    {
        slot.TasksOfOthers.CopyTo(load, 0);
        foreach (var server in places)
            if (server >= 0)
                load[server]++;
    }
}
