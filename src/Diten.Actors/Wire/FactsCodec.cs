using Diten.Model.EdgeServers;
using Google.Protobuf.Collections;
using static Diten.Actors.Wire.Columns;

namespace Diten.Actors.Wire;

/// <summary>What was true of servers, on the wire.</summary>
internal static class FactsCodec
{
    public static Contracts.FactsTable? Write(IReadOnlyList<ServerFacts> facts)
    {
        if (facts.Count == 0)
            return null;
        var table = new Contracts.FactsTable();
        var server = new DeltaWriter(table.Server);
        foreach (var fact in facts)
        {
            server.Add(fact.Server);
            table.Tasks.Add(fact.Tasks);
            table.CapacityHertz.Add(fact.CapacityHertz);
            table.FreeHertz.Add(fact.FreeHertz);
            table.Utilisation.Add(fact.Utilisation);
            table.DeviationHertz.Add(fact.DeviationHertz);
        }

        Fold(table.Tasks);
        Fold(table.CapacityHertz, table.FreeHertz, table.Utilisation, table.DeviationHertz);
        Add(table.Down, facts, static f => f.Down ? 1 : 0);
        Add(table.QueueLostSeconds, facts, static f => f.QueueLostSeconds);
        Add(table.SyncsSent, facts, static f => f.Syncs.Sent);
        Add(table.SyncsLost, facts, static f => f.Syncs.Lost);
        Add(table.SyncsLate, facts, static f => f.Syncs.Late);
        Add(table.SyncsDuplicated, facts, static f => f.Syncs.Duplicated);
        Add(table.SyncsRefused, facts, static f => f.Syncs.Refused);
        Add(table.SyncsOnTheirWay, facts, static f => f.Syncs.OnTheirWay);
        return table;
    }

    public static ServerFacts[] Read(Contracts.FactsTable? table)
    {
        if (table is null)
            return [];
        var rows = new ServerFacts[table.Server.Count];
        var server = new DeltaReader(table.Server, rows.Length);
        var tasks = new ColumnReader<int>(table.Tasks, rows.Length);
        var capacity = new ColumnReader<double>(table.CapacityHertz, rows.Length);
        var free = new ColumnReader<double>(table.FreeHertz, rows.Length);
        var utilisation = new ColumnReader<double>(table.Utilisation, rows.Length);
        var deviation = new ColumnReader<double>(table.DeviationHertz, rows.Length);
        var (down, queueLost) = (new ColumnReader<int>(table.Down, rows.Length), new ColumnReader<double>(table.QueueLostSeconds, rows.Length));
        var (sent, lost) = (new ColumnReader<int>(table.SyncsSent, rows.Length), new ColumnReader<int>(table.SyncsLost, rows.Length));
        var (late, twice) = (new ColumnReader<int>(table.SyncsLate, rows.Length), new ColumnReader<int>(table.SyncsDuplicated, rows.Length));
        var refused = new ColumnReader<int>(table.SyncsRefused, rows.Length);
        var onTheirWay = new ColumnReader<int>(table.SyncsOnTheirWay, rows.Length);
        for (var row = 0; row < rows.Length; row++)
            rows[row] = new ServerFacts(
                server.Next(), capacity.Next(), free.Next(), tasks.Next(), utilisation.Next(), deviation.Next())
            {
                Down = ToBool(down.Next()),
                QueueLostSeconds = queueLost.Next(),
                Syncs = new SyncCounts(sent.Next(), lost.Next(), late.Next(), twice.Next(), refused.Next(), onTheirWay.Next()),
            };
        return rows;
    }

    /// <summary>Adds a column that is nearly always the same in all rows: then it is not even made.</summary>
    private static void Add<T>(RepeatedField<T> column, IReadOnlyList<ServerFacts> facts, Func<ServerFacts, T> of)
        where T : unmanaged
    {
        column.Add(of(facts[0]));
        var row = 1;
        while (row < facts.Count && IsSame(of(facts[row]), column[0]))
            row++;
        if (row == facts.Count)
        {
            Fold(column);
            return;
        }

        for (var same = 1; same < row; same++)
            column.Add(column[0]);
        for (; row < facts.Count; row++)
            column.Add(of(facts[row]));
    }
}
