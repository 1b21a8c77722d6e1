using Parquet;
using Parquet.Schema;

namespace Diten.Runs.Results;

/// <summary>Writes rows to a CSV file at once and to a Parquet file in row groups; memory is bounded by one group. One thread at a time.</summary>
/// <remarks>CSV is UTF-8 without mark, LF, comma, a header line; numbers in their shortest form that reads back to the same bits.</remarks>
internal sealed class TableWriter<T> : IDisposable
{
    private const int FlushAt = 1 << 16, FirstRows = 1 << 10;
    private readonly Column<T>[] _columns;
    private readonly FileStream _csv, _parquetFile;
    private readonly ParquetWriter _parquet;
    private readonly byte[] _line;
    private readonly int _rowsPerGroup;
    private T[] _rows; // grows up to a group: most tables are short
    private int _used, _count;
    private bool _closed;

    internal TableWriter(string name, Column<T>[] columns, string folder, int rowsPerGroup)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rowsPerGroup);
        _columns = columns;
        _rowsPerGroup = rowsPerGroup;
        _rows = new T[Math.Min(rowsPerGroup, FirstRows)];
        _line = new byte[FlushAt + _columns.Sum(column => column.LongestBytes + 1)];
        _csv = File.Create(Path.Combine(folder, name + ".csv"), FlushAt);
        _csv.Write(System.Text.Encoding.UTF8.GetBytes(string.Join(',', _columns.Select(c => c.Name)) + "\n"));
        _parquetFile = File.Create(Path.Combine(folder, name + ".parquet"), FlushAt);
        var schema = new ParquetSchema(_columns.Select(c => c.Field));
        _parquet = Wait(ParquetWriter.CreateAsync(schema, _parquetFile));
    }

    /// <summary>Appends one row.</summary>
    public void Write(in T row)
    {
        for (var column = 0; column < _columns.Length; column++)
        {
            _used += _columns[column].Format(row, _line.AsSpan(_used, _columns[column].LongestBytes));
            _line[_used++] = column < _columns.Length - 1 ? (byte)',' : (byte)'\n';
        }

        if (_used >= FlushAt)
            FlushCsv();
        if (_count == _rows.Length)
            Array.Resize(ref _rows, Math.Min(2 * _count, _rowsPerGroup));
        _rows[_count++] = row;
        if (_count == _rowsPerGroup)
            FlushGroup();
    }

    /// <summary>Writes what is left and closes both files; they are whole afterwards.</summary>
    public void Complete()
    {
        FlushCsv();
        if (_count > 0)
            FlushGroup();
        Wait(_parquet.DisposeAsync().AsTask());
        _closed = true;
        Dispose();
    }

    /// <summary>Closes the files; without <see cref="Complete"/> they are not whole.</summary>
    public void Dispose()
    {
        if (!_closed)
            Wait(_parquet.DisposeAsync().AsTask());
        _closed = true;
        _csv.Dispose();
        _parquetFile.Dispose();
    }

    private void FlushCsv()
    {
        _csv.Write(_line, 0, _used);
        _used = 0;
    }

    private void FlushGroup()
    {
        using (var group = _parquet.CreateRowGroup())
        {
            foreach (var column in _columns)
                Wait(column.WriteAsync(group, _rows, _count));
        }

        _count = 0;
    }

    // The observer of a run is synchronous, so that a slow disk holds the run back; files complete these at once.
    private static void Wait(Task task) => task.GetAwaiter().GetResult();

    private static TResult Wait<TResult>(Task<TResult> task) => task.GetAwaiter().GetResult();
}
