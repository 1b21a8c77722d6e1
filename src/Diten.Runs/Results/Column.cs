using System.Buffers;
using System.Globalization;
using System.Text;
using Parquet;
using Parquet.Schema;

namespace Diten.Runs.Results;

/// <summary>One column of a table of rows <typeparamref name="T"/>: its name, what it means, and how it is written as CSV and as Parquet.</summary>
internal abstract class Column<T>(string name, string unit, string meaning)
{
    /// <summary>Name in the header, snake_case, with the unit where there is one.</summary>
    public string Name { get; } = name;

    /// <summary>Unit in words, for the data dictionary.</summary>
    public string Unit { get; } = unit;

    /// <summary>What it says, with the equation's number where there is one.</summary>
    public string Meaning { get; } = meaning;

    /// <summary>Whether it is written only of runs in which twins are measured (model.md §10).</summary>
    public bool OnlyMeasured { get; set; }

    /// <summary>The column in a Parquet schema.</summary>
    public abstract DataField Field { get; }

    /// <summary>Bytes that a value may take in CSV.</summary>
    public virtual int LongestBytes => 128;

    /// <summary>Writes the row's value as UTF-8, culture-invariant, such that reading gives the same bits.</summary>
    /// <param name="target">Has room for <see cref="LongestBytes"/>.</param>
    /// <returns>Bytes written.</returns>
    /// <exception cref="InvalidOperationException">The value does not fit.</exception>
    public abstract int Format(in T row, Span<byte> target);

    /// <summary>Writes the first <paramref name="count"/> rows' values into a Parquet row group.</summary>
    public abstract Task WriteAsync(ParquetRowGroupWriter group, T[] rows, int count);
}

/// <summary>Takes a value out of a row.</summary>
public delegate TValue Take<T, out TValue>(in T row);

/// <summary>A column of numbers.</summary>
internal sealed class NumberColumn<T, TValue>(string name, string unit, string meaning, Take<T, TValue> take) : Column<T>(name, unit, meaning)
    where TValue : struct, IUtf8SpanFormattable
{
    /// <inheritdoc/>
    public override DataField Field { get; } = new DataField<TValue>(name);

    /// <inheritdoc/>
    public override int Format(in T row, Span<byte> target) =>
        take(row).TryFormat(target, out var written, default, CultureInfo.InvariantCulture)
            ? written
            : throw new InvalidOperationException($"A value of column {Name} does not fit {target.Length} bytes.");

    /// <inheritdoc/>
    public override async Task WriteAsync(ParquetRowGroupWriter group, T[] rows, int count)
    {
        var values = ArrayPool<TValue>.Shared.Rent(count);
        for (var row = 0; row < count; row++)
            values[row] = take(rows[row]);
        await group.WriteAsync<TValue>(Field, values.AsMemory(0, count)).ConfigureAwait(false);
        ArrayPool<TValue>.Shared.Return(values);
    }
}

/// <summary>A column of numbers some of which are not there: empty in CSV, null in Parquet.</summary>
internal sealed class OptionalColumn<T>(string name, string unit, string meaning, Take<T, double?> take) : Column<T>(name, unit, meaning)
{
    /// <inheritdoc/>
    public override DataField Field { get; } = new DataField<double?>(name);

    /// <inheritdoc/>
    public override int Format(in T row, Span<byte> target)
    {
        if (take(row) is not { } value)
            return 0;
        return value.TryFormat(target, out var written, default, CultureInfo.InvariantCulture)
            ? written
            : throw new InvalidOperationException($"A value of column {Name} does not fit {target.Length} bytes.");
    }

    /// <inheritdoc/>
    public override Task WriteAsync(ParquetRowGroupWriter group, T[] rows, int count)
    {
        var values = new double?[count];
        for (var row = 0; row < count; row++)
            values[row] = take(rows[row]);
        return group.WriteAsync<double>(Field, values);
    }
}

/// <summary>A column of words; in CSV they stand in quotes where a comma, quote or end of line is in them, as RFC 4180 says.</summary>
internal sealed class TextColumn<T>(string name, string unit, string meaning, Take<T, string> take) : Column<T>(name, unit, meaning)
{
    /// <inheritdoc/>
    public override DataField Field { get; } = new DataField<string>(name, false);

    /// <inheritdoc/>
    /// <remarks>Paths of files are the longest there are: 4,096 bytes, twice that where each is a quote.</remarks>
    public override int LongestBytes => 8200;

    /// <inheritdoc/>
    public override int Format(in T row, Span<byte> target) => Encoding.UTF8.GetBytes(CsvField.Of(take(row)), target);

    /// <inheritdoc/>
    public override Task WriteAsync(ParquetRowGroupWriter group, T[] rows, int count)
    {
        var values = new string[count];
        for (var row = 0; row < count; row++)
            values[row] = take(rows[row]);
        return group.WriteAsync(Field, values);
    }
}
