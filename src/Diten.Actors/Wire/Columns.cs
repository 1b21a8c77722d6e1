using System.Runtime.CompilerServices;
using System.Runtime.Serialization;
using Google.Protobuf.Collections;

namespace Diten.Actors.Wire;

/// <summary>Columns of tables, written as <c>tables.proto</c> says.</summary>
internal static class Columns
{
    /// <summary>Leaves one entry of each column whose entries are all equal, to the bit, and none where they are all 0.</summary>
    public static void Fold<T>(params ReadOnlySpan<RepeatedField<T>> columns)
        where T : unmanaged
    {
        foreach (var column in columns)
        {
            if (!IsConstant(column))
                continue;
            var value = column[0];
            column.Clear();
            if (Bits(value) != 0)
                column.Add(value);
        }
    }

    private static bool IsConstant<T>(RepeatedField<T> column)
        where T : unmanaged
    {
        if (column.Count == 0)
            return false;
        var first = Bits(column[0]);
        for (var i = 1; i < column.Count; i++)
            if (Bits(column[i]) != first)
                return false;
        return true;
    }

    /// <summary>Whether two entries are equal, to the bit.</summary>
    public static bool IsSame<T>(T one, T other)
        where T : unmanaged =>
        Bits(one) == Bits(other);

    /// <summary>By bits, −0.0 is not 0, and a NaN equals itself.</summary>
    private static long Bits<T>(T value)
        where T : unmanaged =>
        Unsafe.SizeOf<T>() == sizeof(int) ? Unsafe.BitCast<T, int>(value) : Unsafe.BitCast<T, long>(value);

    /// <summary>Checks that counts are not negative and add up to the rows of the table that they cut.</summary>
    /// <exception cref="SerializationException">They do not.</exception>
    public static void CheckSum(
        RepeatedField<int> counts, int rows, int total, [CallerArgumentExpression(nameof(counts))] string name = "")
    {
        var reader = new ColumnReader<int>(counts, rows, name);
        var sum = 0L;
        for (var row = 0; row < rows; row++)
        {
            var count = reader.Next();
            if (count < 0)
                throw new SerializationException($"{name} holds a count of {count}.");
            sum += count;
        }

        if (sum != total)
            throw new SerializationException($"{name} adds up to {sum}, but there are {total} rows.");
    }

    /// <summary>Writes a table that has nothing but ids.</summary>
    public static void WriteIds(RepeatedField<int> key, IReadOnlyList<int> ids)
    {
        var writer = new DeltaWriter(key);
        for (var row = 0; row < ids.Count; row++)
            writer.Add(ids[row]);
    }

    /// <summary>Reads a table that has nothing but ids.</summary>
    public static int[] ReadIds(RepeatedField<int> key)
    {
        var ids = new int[key.Count];
        var reader = new DeltaReader(key, ids.Length);
        for (var row = 0; row < ids.Length; row++)
            ids[row] = reader.Next();
        return ids;
    }

    /// <summary>A truth value that was written as 0 or 1.</summary>
    /// <exception cref="SerializationException">It is neither.</exception>
    public static bool ToBool(int value) => value switch
    {
        0 => false,
        1 => true,
        _ => throw new SerializationException($"{value} is neither 0 nor 1."),
    };

    /// <summary>A part of a message that must be there.</summary>
    /// <exception cref="SerializationException">It is not.</exception>
    public static T Required<T>(T? part, [CallerArgumentExpression(nameof(part))] string name = "")
        where T : class =>
        part ?? throw new SerializationException($"{name} is missing.");
}

/// <summary>Reads a column from its first row to its last, whether it was folded or not.</summary>
/// <exception cref="SerializationException">Thrown by the constructor: the column fits no table of so many rows.</exception>
internal struct ColumnReader<T>
    where T : unmanaged
{
    private readonly RepeatedField<T> _column;
    private readonly bool _empty;
    private readonly int _step;
    private int _at;

    /// <param name="rows">Rows of the table, as its key column says.</param>
    public ColumnReader(RepeatedField<T> column, int rows, [CallerArgumentExpression(nameof(column))] string name = "")
    {
        if (column.Count != rows && (column.Count > 1 || rows == 0))
            throw new SerializationException($"{name} has {column.Count} entries for {rows} rows.");
        (_column, _empty, _step) = (column, column.Count == 0, column.Count == rows ? 1 : 0);
    }

    /// <summary>The next row's value.</summary>
    public T Next()
    {
        if (_empty)
            return default;
        var value = _column[_at];
        _at += _step;
        return value;
    }
}

/// <summary>Reads a column of deltas.</summary>
internal struct DeltaReader
{
    private ColumnReader<int> _deltas;
    private int _last;

    /// <inheritdoc cref="ColumnReader{T}(RepeatedField{T}, int, string)"/>
    public DeltaReader(RepeatedField<int> column, int rows, [CallerArgumentExpression(nameof(column))] string name = "") =>
        _deltas = new ColumnReader<int>(column, rows, name);

    /// <summary>The next row's value.</summary>
    public int Next() => _last = unchecked(_last + _deltas.Next());
}

/// <summary>Writes a column of deltas.</summary>
internal struct DeltaWriter(RepeatedField<int> column)
{
    private int _last;

    /// <summary>Adds a row.</summary>
    public void Add(int value)
    {
        column.Add(unchecked(value - _last));
        _last = value;
    }
}
