using Diten.Model.Faults;
using static Diten.Actors.Wire.Columns;

namespace Diten.Actors.Wire;

/// <summary>Writes where messages are on their way; the messages themselves, in the same order, are a table of their own.</summary>
internal sealed class TransitWriter
{
    private readonly Contracts.TransitTable _table = new();
    private DeltaWriter _due, _sent;

    public TransitWriter() => (_due, _sent) = (new(_table.Due), new(_table.Sent));

    public void Add<T>(in InTransit<T> transit)
    {
        _due.Add(transit.Due);
        _sent.Add(transit.Sent);
        _table.Round.Add(transit.Round);
        _table.To.Add(transit.To);
        _table.Corrupted.Add(transit.Corrupted ? 1 : 0);
        _table.Copy.Add(transit.Copy ? 1 : 0);
    }

    /// <summary>The table; null where nothing is on its way.</summary>
    public Contracts.TransitTable? Finish()
    {
        if (_table.Due.Count == 0)
            return null;
        Fold(_table.Sent, _table.Round, _table.To, _table.Corrupted, _table.Copy);
        return _table;
    }
}

/// <summary>Reads where messages are on their way.</summary>
internal struct TransitReader
{
    private DeltaReader _due, _sent;
    private ColumnReader<int> _round, _to, _corrupted, _copy;

    public TransitReader(Contracts.TransitTable? table)
    {
        table ??= new Contracts.TransitTable();
        Count = table.Due.Count;
        (_due, _sent) = (new DeltaReader(table.Due, Count), new DeltaReader(table.Sent, Count));
        (_round, _to) = (new ColumnReader<int>(table.Round, Count), new ColumnReader<int>(table.To, Count));
        (_corrupted, _copy) = (new ColumnReader<int>(table.Corrupted, Count), new ColumnReader<int>(table.Copy, Count));
    }

    /// <summary>Messages on their way.</summary>
    public int Count { get; }

    /// <summary>The next one.</summary>
    public InTransit<T> Next<T>(T message) => new(
        _due.Next(), _sent.Next(), _round.Next(), _to.Next(), ToBool(_corrupted.Next()), ToBool(_copy.Next()), message);
}
