namespace Diten.Runs.Results;

/// <summary>A table that a run writes: its name, what a row is, and its columns in order.</summary>
internal sealed class Table<T>(string name, string row, params Column<T>[] columns)
{
    /// <summary>Name of its files, without ending.</summary>
    public string Name { get; } = name;

    /// <summary>What one row is.</summary>
    public string Row { get; } = row;

    /// <summary>The columns, in the order in which they are written.</summary>
    public IReadOnlyList<Column<T>> Columns { get; } = columns;

    /// <summary>Opens <c>name.csv</c> and <c>name.parquet</c> in a folder for writing.</summary>
    /// <param name="folder">An existing folder.</param>
    /// <param name="rowsPerGroup">Rows that are held in memory before they go out as one Parquet row group; positive.</param>
    /// <param name="measured">Whether twins are measured: with the columns that only such runs have.</param>
    public TableWriter<T> Create(string folder, int rowsPerGroup, bool measured = false) =>
        new(Name, [.. Columns.Where(column => measured || !column.OnlyMeasured)], folder, rowsPerGroup);

    /// <summary>The table's part of the data dictionary, Markdown.</summary>
    public string Describe() =>
        $"## {Name}\n\n{Row}\n\n| column | unit | meaning |\n|---|---|---|\n"
        + string.Concat(Columns.Select(column => $"| `{column.Name}` | {column.Unit} | {(column.OnlyMeasured ? "° " : "")}{column.Meaning} |\n"));
}
