using Diten.Model.EdgeServers;
using Diten.Model.Faults;
using Diten.Model.Scenarios;
using Diten.Model.ServerTwins;

namespace Diten.Actors;

/// <summary>What the journal of one zone tells of one server and its twin in one slot.</summary>
/// <param name="Slot">The slot; −1 for what came before the run.</param>
/// <param name="Happened">What happened to the twin, in order; empty where the twin is of another zone.</param>
/// <param name="Truth">What was true of the server; null for slot −1, and where the server is of another zone.</param>
public sealed record TwinRecord(int Slot, IReadOnlyList<TwinEvent> Happened, ServerTruth? Truth);

/// <summary>One server and its twin in one slot, rebuilt from the journal.</summary>
/// <param name="Believed">What the twin had published for this slot.</param>
/// <param name="Desynchronized">Whether it had missed syncs then, and knew it.</param>
/// <param name="Truth">What was true.</param>
/// <param name="DeviationHertz">f̂ that acted on the server.</param>
/// <param name="Happened">What happened to the twin in this slot.</param>
public sealed record TwinSlot(
    int Slot, TwinEstimate Believed, bool Desynchronized, ServerTruth Truth, double DeviationHertz, IReadOnlyList<TwinEvent> Happened);

/// <summary>Rebuilds what a twin believed, slot by slot, from the events of the journal.</summary>
public static class TwinHistory
{
    /// <summary>A row for each slot of the run that both journals know.</summary>
    /// <param name="twins">From the zone of the twin: what happened to it. From slot −1 on, without gaps.</param>
    /// <param name="servers">From the zone of the server: what was true. Likewise; often the same journal.</param>
    /// <param name="faults">What goes wrong on purpose; null = nothing.</param>
    /// <exception cref="InvalidDataException">There is a gap, or nothing is known of the server.</exception>
    public static IReadOnlyList<TwinSlot> Of(
        int server, IReadOnlyList<TwinRecord> twins, IReadOnlyList<TwinRecord> servers, Scenario scenario, FaultPlan? faults = null)
    {
        var twin = ServerTwinState.Fresh(server);
        faults ??= FaultPlan.None;
        var believed = ServerTwin.Publish(twin, scenario, -1);
        var rows = new List<TwinSlot>();
        var known = Math.Min(twins.Count, servers.Count); // a run that goes on may have written one of the two a slot further
        for (var i = 0; i < known; i++)
        {
            var slot = i - 1;
            ExpectSlot(slot, twins[i], $"server {server}'s twin");
            ExpectSlot(slot, servers[i], $"server {server}");
            if (slot >= 0)
            {
                var truth = servers[i].Truth
                    ?? throw new InvalidDataException($"The journal does not say what was true of server {server} in slot {slot}.");
                rows.Add(new TwinSlot(
                    slot, believed, twin.Desynchronized, truth,
                    EdgeServer.DeviationInForceHertz(scenario, server, slot), twins[i].Happened));
            }

            foreach (var happened in twins[i].Happened)
                twin = ServerTwin.Apply(twin, happened, scenario.Twins);
            believed = faults.TroubleOf(server, slot).IsDead
                ? ServerTwin.Silent(twin, believed, scenario.Twins, slot + 1)
                : ServerTwin.Publish(twin, scenario, faults, slot, -1);
        }

        return rows;
    }

    private static void ExpectSlot(int slot, TwinRecord found, string whose)
    {
        if (found.Slot != slot)
            throw new InvalidDataException($"The journal of {whose} has slot {found.Slot} where slot {slot} should be: events are missing.");
    }
}
