namespace Diten.Model.Mobility;

/// <summary>The readable rows of trace files, by id, each id's in the order of the files; filled by a reader, consumed by cleaning.</summary>
internal sealed class RawTraces
{
    private readonly Dictionary<string, List<TracePoint>> _byId = new(StringComparer.Ordinal);
    private List<TracePoint> _last = [];
    private string? _lastId;

    public long RowsRead { get; private set; }

    public long Unreadable { get; private set; }

    public int Ids => _byId.Count;

    /// <summary>The points of each id; ids in ordinal order.</summary>
    public IEnumerable<List<TracePoint>> InOrder => _byId.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => entry.Value);

    public IEnumerable<TracePoint> Points => _byId.Values.SelectMany(points => points);

    public void Add(string id, TracePoint point)
    {
        RowsRead++;
        if (id != _lastId)
        {
            _lastId = id;
            if (!_byId.TryGetValue(id, out _last!))
                _byId[id] = _last = [];
        }

        _last.Add(point);
    }

    public void AddUnreadable()
    {
        RowsRead++;
        Unreadable++;
    }
}
