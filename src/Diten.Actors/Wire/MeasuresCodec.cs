using System.Runtime.Serialization;
using Diten.Model.Faults;
using Diten.Model.Records;
using Diten.Model.ServerTwins;
using static Diten.Actors.Wire.Columns;

namespace Diten.Actors.Wire;

/// <summary>What is measured of twins and faults, on the wire and in the journal.</summary>
internal static class MeasuresCodec
{
    public static Contracts.TwinFactsTable? Write(IReadOnlyList<TwinFacts> facts)
    {
        if (facts.Count == 0)
            return null;
        var table = new Contracts.TwinFactsTable();
        var server = new DeltaWriter(table.Server);
        foreach (var twin in facts)
        {
            server.Add(twin.Server);
            table.Accepted.Add(twin.Accepted);
            table.Refused.Add(twin.Refused);
            table.Condition.Add((int)twin.Condition);
        }

        Fold(table.Accepted, table.Refused, table.Condition);
        return table;
    }

    public static TwinFacts[] Read(Contracts.TwinFactsTable? table)
    {
        if (table is null)
            return [];
        var rows = new TwinFacts[table.Server.Count];
        var server = new DeltaReader(table.Server, rows.Length);
        var accepted = new ColumnReader<int>(table.Accepted, rows.Length);
        var refused = new ColumnReader<int>(table.Refused, rows.Length);
        var condition = new ColumnReader<int>(table.Condition, rows.Length);
        for (var row = 0; row < rows.Length; row++)
            rows[row] = new TwinFacts(server.Next(), accepted.Next(), refused.Next(), ConditionOf(condition.Next()));
        return rows;
    }

    public static Contracts.FaultCounts? Write(FaultCounts? counts)
    {
        if (counts is null)
            return null;
        var contract = new Contracts.FaultCounts();
        contract.Offered.AddRange(counts.Offered);
        contract.Hit.AddRange(counts.Hit);
        return contract;
    }

    /// <exception cref="SerializationException">There are not as many of one as of the other.</exception>
    public static FaultCounts? Read(Contracts.FaultCounts? contract) => contract switch
    {
        null => null,
        _ when contract.Offered.Count != contract.Hit.Count => throw new SerializationException(
            $"{contract.Offered.Count} faults were offered something, {contract.Hit.Count} hit."),
        _ => new FaultCounts([.. contract.Offered], [.. contract.Hit]),
    };

    public static Contracts.TwinTotals? Write(TwinTotals? totals)
    {
        if (totals is not { } sums)
            return null;
        var contract = new Contracts.TwinTotals();
        foreach (var count in TwinTotalsTable.Counts)
            contract.Count.Add(count.Of(ref sums));
        foreach (var sum in TwinTotalsTable.Sums)
            contract.Sum.Add(sum.Of(ref sums));
        return contract;
    }

    /// <exception cref="SerializationException">There are more totals than this version knows.</exception>
    public static TwinTotals? Read(Contracts.TwinTotals? contract)
    {
        if (contract is null)
            return null;
        if (contract.Count.Count > TwinTotalsTable.Counts.Length || contract.Sum.Count > TwinTotalsTable.Sums.Length)
            throw new SerializationException($"There are {contract.Count.Count} counts and {contract.Sum.Count} sums of twins, more than this version knows.");
        var totals = new TwinTotals();
        for (var i = 0; i < contract.Count.Count; i++)
            TwinTotalsTable.Counts[i].Of(ref totals) = contract.Count[i];
        for (var i = 0; i < contract.Sum.Count; i++)
            TwinTotalsTable.Sums[i].Of(ref totals) = contract.Sum[i];
        return totals;
    }

    public static Contracts.TwinFigures? Write(TwinFigures? figures)
    {
        if (figures is null)
            return null;
        var contract = new Contracts.TwinFigures { Total = Write(figures.Total), Faults = Write(figures.Faults) };
        contract.Ages.AddRange(figures.Ages);
        return contract;
    }

    public static TwinFigures? Read(Contracts.TwinFigures? contract) => contract is null
        ? null
        : new TwinFigures(Read(Required(contract.Total))!.Value, [.. contract.Ages], Read(contract.Faults) ?? FaultCounts.None);

    public static Contracts.TwinMeasuresSaved? Write(TwinMeasuresSaved? saved)
    {
        if (saved is null)
            return null;
        var contract = new Contracts.TwinMeasuresSaved { Figures = Write(saved.Figures) };
        contract.FreeHertz.AddRange(saved.FreeHertz);
        contract.Tasks.AddRange(saved.Tasks);
        contract.IncorrectAgeSlots.AddRange(saved.IncorrectAgeSlots);
        contract.ResyncSlots.AddRange(saved.ResyncSlots);
        contract.FaultName.AddRange(saved.FaultNames);
        return contract;
    }

    public static TwinMeasuresSaved? Read(Contracts.TwinMeasuresSaved? contract) => contract is null
        ? null
        : new TwinMeasuresSaved(
            Read(Required(contract.Figures))!, [.. contract.FreeHertz], [.. contract.Tasks], [.. contract.IncorrectAgeSlots], [.. contract.ResyncSlots])
        {
            FaultNames = [.. contract.FaultName],
        };

    /// <summary>Rows of twins that belong to some of the servers' rows.</summary>
    public static Contracts.TwinRecordTable? Write(IReadOnlyList<TwinSlotRecord> rows)
    {
        if (rows.Count == 0)
            return null;
        var table = new Contracts.TwinRecordTable();
        foreach (var row in rows)
        {
            table.AgeSlots.Add(row.AgeSlots);
            table.Condition.Add((int)row.Condition);
            table.IncorrectAgeSlots.Add(row.IncorrectAgeSlots);
            table.SyncsSent.Add(row.SyncsSent);
            table.SyncsLost.Add(row.SyncsLost);
            table.SyncsLate.Add(row.SyncsLate);
            table.SyncsDuplicated.Add(row.SyncsDuplicated);
            table.SyncsRefused.Add(row.SyncsRefused);
            table.FreeLagHertz.Add(row.FreeLagHertz);
            table.TasksLag.Add(row.TasksLag);
        }

        Fold(table.Condition, table.IncorrectAgeSlots, table.SyncsSent, table.SyncsLost, table.SyncsLate, table.SyncsDuplicated, table.SyncsRefused);
        Fold(table.FreeLagHertz, table.TasksLag);
        return table;
    }

    public static TwinSlotRecord[] Read(Contracts.TwinRecordTable? table)
    {
        if (table is null)
            return [];
        var rows = new TwinSlotRecord[table.AgeSlots.Count];
        var age = new ColumnReader<int>(table.AgeSlots, rows.Length);
        var condition = new ColumnReader<int>(table.Condition, rows.Length);
        var incorrect = new ColumnReader<int>(table.IncorrectAgeSlots, rows.Length);
        var sent = new ColumnReader<int>(table.SyncsSent, rows.Length);
        var lost = new ColumnReader<int>(table.SyncsLost, rows.Length);
        var late = new ColumnReader<int>(table.SyncsLate, rows.Length);
        var duplicated = new ColumnReader<int>(table.SyncsDuplicated, rows.Length);
        var refused = new ColumnReader<int>(table.SyncsRefused, rows.Length);
        var free = new ColumnReader<double>(table.FreeLagHertz, rows.Length);
        var tasks = new ColumnReader<double>(table.TasksLag, rows.Length);
        for (var row = 0; row < rows.Length; row++)
            rows[row] = new TwinSlotRecord(
                age.Next(), ConditionOf(condition.Next()), free.Next(), tasks.Next(), incorrect.Next(), sent.Next(), lost.Next(), late.Next(),
                duplicated.Next(), refused.Next());
        return rows;
    }

    private static TwinCondition ConditionOf(int value) => value is >= 0 and <= (int)TwinCondition.Resynchronising
        ? (TwinCondition)value
        : throw new SerializationException($"There is no condition {value} of a twin.");
}
