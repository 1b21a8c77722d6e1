using Diten.Model.Scenarios;
using Diten.Model.ServerTwins;

namespace Diten.Actors;

/// <summary>What the journal tells of one server and its twin in one slot.</summary>
/// <param name="Slot">The slot; −1 for what came before the run.</param>
/// <param name="Happened">What happened to the twin, in order.</param>
/// <param name="Truth">What was true of the server; null where the journal does not say.</param>
public sealed record TwinRecord(int Slot, IReadOnlyList<TwinEvent> Happened, ServerTruth? Truth);

/// <summary>One server and its twin in one slot, rebuilt from the journal.</summary>
/// <param name="Believed">What the twin had published for this slot.</param>
/// <param name="Desynchronized">Whether it had missed syncs then, and knew it.</param>
/// <param name="Truth">What was true; null where the journal does not say.</param>
/// <param name="Happened">What happened to the twin in this slot.</param>
public sealed record TwinSlot(int Slot, TwinEstimate Believed, bool Desynchronized, ServerTruth? Truth, IReadOnlyList<TwinEvent> Happened);

/// <summary>Rebuilds what a twin believed, slot by slot, from the events of its journal.</summary>
public static class TwinHistory
{
    /// <summary>A row for each slot of the run that the journal knows.</summary>
    /// <param name="records">Ascending by slot, from −1 on, without gaps.</param>
    /// <exception cref="InvalidDataException">There is a gap.</exception>
    public static IReadOnlyList<TwinSlot> Of(int server, IEnumerable<TwinRecord> records, Scenario scenario)
    {
        var twin = ServerTwinState.Fresh(server);
        var rows = new List<TwinSlot>();
        var next = -1;
        foreach (var record in records)
        {
            if (record.Slot != next++)
                throw new InvalidDataException($"The journal of server {server}'s twin has slot {record.Slot} where slot {next - 1} should be.");
            if (record.Slot >= 0)
                rows.Add(new TwinSlot(
                    record.Slot, ServerTwin.Publish(twin, scenario, record.Slot), twin.Desynchronized, record.Truth, record.Happened));
            foreach (var happened in record.Happened)
                twin = ServerTwin.Apply(twin, happened, scenario.Twins);
        }

        return rows;
    }
}
