using Parquet;
using Parquet.Schema;

namespace Diten.Runs.Results;

/// <summary>Writes few rows as a Parquet file of one row group.</summary>
internal static class ParquetRows
{
    /// <summary>Writes the file anew.</summary>
    /// <param name="columns">Of different names.</param>
    public static void Write<T>(string path, IReadOnlyList<Column<T>> columns, T[] rows)
    {
        using var file = File.Create(path);
        WriteAsync(file, columns, rows).GetAwaiter().GetResult(); // files complete at once
    }

    private static async Task WriteAsync<T>(FileStream file, IReadOnlyList<Column<T>> columns, T[] rows)
    {
        await using var writer = await ParquetWriter.CreateAsync(new ParquetSchema(columns.Select(column => column.Field)), file).ConfigureAwait(false);
        if (rows.Length == 0)
            return;
        using var group = writer.CreateRowGroup();
        foreach (var column in columns)
            await column.WriteAsync(group, rows, rows.Length).ConfigureAwait(false);
    }
}
