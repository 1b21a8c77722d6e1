using Diten.Model.Input;

namespace Diten.Model.Mobility;

/// <summary>The readable rows of trace files, by id, each id's in the order of the files; filled by a reader, consumed by cleaning.</summary>
/// <param name="timeForm">What dates are taken to begin with, for messages.</param>
internal sealed class RawTraces(TimeForm timeForm)
{
    /// <summary>The key that says what dates begin with.</summary>
    public const string TimeFormKey = "devices.mobility.trace-time-form";


    private readonly Dictionary<string, List<TracePoint>> _byId = new(StringComparer.Ordinal);
    private readonly SortedDictionary<Part, (long Rows, string Example)> _unreadable = [];
    private List<TracePoint> _last = [];
    private string? _lastId;

    /// <summary>What a row needs.</summary>
    public enum Part
    {
        Id,
        Time,
        Position,
    }

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

    /// <summary>A row was left out.</summary>
    /// <param name="part">What of it could not be read; the first such thing.</param>
    /// <param name="value">What stands there.</param>
    public void AddUnreadable(Part part, string value)
    {
        RowsRead++;
        Unreadable++;
        _unreadable[part] = _unreadable.TryGetValue(part, out var seen) ? (seen.Rows + 1, seen.Example) : (1, value);
    }

    /// <summary>Which part of how many rows could not be read, each with an example.</summary>
    public string DescribeUnreadable() => string.Join("; ", _unreadable.Select(of => FormattableString.Invariant(
        $"of {of.Value.Rows} the {of.Key.ToString().ToLowerInvariant()}, e.g. \"{Words.Shown(of.Value.Example)}\"{(of.Key == Part.Time ? " " + TraceTime.Describe(timeForm, TimeFormKey) : "")}")));
}
