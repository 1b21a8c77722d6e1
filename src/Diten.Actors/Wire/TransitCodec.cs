using System.Runtime.Serialization;
using Diten.Model.Faults;
using static Diten.Actors.Wire.Columns;

namespace Diten.Actors.Wire;

/// <summary>Messages that faulty links hold, in checkpoints: when they were sent and arrive. The messages themselves are in a table beside.</summary>
internal static class TransitCodec
{
    public static Contracts.TransitTable? Write<T>(IReadOnlyList<InTransit<T>> transit)
    {
        if (transit.Count == 0)
            return null;
        var table = new Contracts.TransitTable();
        var due = new DeltaWriter(table.Due);
        foreach (var message in transit)
        {
            due.Add(message.Due);
            table.Sent.Add(unchecked(message.Sent - message.Due));
            table.Round.Add(unchecked(message.Round + 1));
            table.To.Add(unchecked(message.To + 1));
            table.Corrupted.Add(message.Corrupted ? 1 : 0);
            table.Copy.Add(message.Copy ? 1 : 0);
        }

        Fold(table.Sent, table.Round, table.To, table.Corrupted, table.Copy);
        return table;
    }

    /// <param name="messages">One for each row.</param>
    public static InTransit<T>[] Read<T>(Contracts.TransitTable? table, IReadOnlyList<T> messages)
    {
        var rows = new InTransit<T>[table?.Due.Count ?? 0];
        if (rows.Length != messages.Count)
            throw new SerializationException($"There are {messages.Count} messages for {rows.Length} rows.");
        if (table is null)
            return rows;
        var (due, sent) = (new DeltaReader(table.Due, rows.Length), new ColumnReader<int>(table.Sent, rows.Length));
        var (round, to) = (new ColumnReader<int>(table.Round, rows.Length), new ColumnReader<int>(table.To, rows.Length));
        var (corrupted, copy) = (new ColumnReader<int>(table.Corrupted, rows.Length), new ColumnReader<int>(table.Copy, rows.Length));
        for (var row = 0; row < rows.Length; row++)
        {
            var at = due.Next();
            rows[row] = new InTransit<T>(
                at, unchecked(sent.Next() + at), unchecked(round.Next() - 1), unchecked(to.Next() - 1), ToBool(corrupted.Next()), ToBool(copy.Next()),
                messages[row]);
        }

        return rows;
    }
}
