using System.Runtime.Serialization;
using Diten.Model.Records;
using Google.Protobuf.Collections;
using static Diten.Actors.Wire.Columns;

namespace Diten.Actors.Wire;

/// <summary>Tables of totals: a column each of <see cref="TotalsTable"/>, in the field of the contract that has its name.</summary>
internal static class TotalsCodec
{
    private static readonly Func<Contracts.TotalsTable, RepeatedField<long>>[] Counts =
        [.. TotalsTable.Counts.ToArray().Select(count => Column<long>(count.Name))];

    private static readonly Func<Contracts.TotalsTable, RepeatedField<double>>[] Sums =
        [.. TotalsTable.Sums.ToArray().Select(sum => Column<double>(sum.Name))];

    public static Contracts.TotalsTable Write(in SlotTotals totals) => Write([totals])!;

    /// <exception cref="SerializationException">There is not one row.</exception>
    public static SlotTotals ReadOne(Contracts.TotalsTable? table)
    {
        var rows = Read(table);
        return rows.Length == 1 ? rows[0] : throw new SerializationException($"There are {rows.Length} totals where one should be.");
    }

    public static Contracts.TotalsTable? Write(IReadOnlyList<SlotTotals> totals)
    {
        if (totals.Count == 0)
            return null;
        var table = new Contracts.TotalsTable();
        var counts = Array.ConvertAll(Counts, column => column(table));
        var sums = Array.ConvertAll(Sums, column => column(table));
        for (var row = 0; row < totals.Count; row++)
        {
            var total = totals[row];
            for (var i = 0; i < counts.Length; i++)
                counts[i].Add(TotalsTable.Counts[i].Of(ref total));
            for (var i = 0; i < sums.Length; i++)
                sums[i].Add(TotalsTable.Sums[i].Of(ref total));
        }

        Fold<long>(counts.AsSpan(1)); // the first is the key: it says how many rows there are
        Fold<double>(sums);
        return table;
    }

    /// <exception cref="SerializationException">A column fits no table of so many rows.</exception>
    public static SlotTotals[] Read(Contracts.TotalsTable? table)
    {
        if (table is null)
            return [];
        var rows = new SlotTotals[table.Devices.Count];
        for (var i = 0; i < Counts.Length; i++)
        {
            var (count, column) = (TotalsTable.Counts[i], new ColumnReader<long>(Counts[i](table), rows.Length, TotalsTable.Counts[i].Name));
            for (var row = 0; row < rows.Length; row++)
                count.Of(ref rows[row]) = column.Next();
        }

        for (var i = 0; i < Sums.Length; i++)
        {
            var (sum, column) = (TotalsTable.Sums[i], new ColumnReader<double>(Sums[i](table), rows.Length, TotalsTable.Sums[i].Name));
            for (var row = 0; row < rows.Length; row++)
                sum.Of(ref rows[row]) = column.Next();
        }

        return rows;
    }

    private static Func<Contracts.TotalsTable, RepeatedField<T>> Column<T>(string name)
    {
        var field = Contracts.TotalsTable.Descriptor.FindFieldByName(name)
            ?? throw new InvalidOperationException($"tables.proto has no field '{name}' in TotalsTable, and TotalsTable.cs has.");
        return table => (RepeatedField<T>)field.Accessor.GetValue(table);
    }
}
