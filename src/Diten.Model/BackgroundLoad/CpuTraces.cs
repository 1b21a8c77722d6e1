using Diten.Model.Input;
using Diten.Model.Scenarios;
using Diten.Model.Scenarios.Keys;

namespace Diten.Model.BackgroundLoad;

/// <summary>The CPU traces of a scenario, a machine a file.</summary>
/// <param name="Machines">At least one, in ordinal order of their paths.</param>
/// <param name="Unit">What their values are: percent or fractions.</param>
/// <param name="UnitIsAssumed">Whether that is only likely: nobody told it, and no value is above 1.</param>
public sealed record CpuTraces(IReadOnlyList<CpuTrace> Machines, CpuUnit Unit, bool UnitIsAssumed)
{
    /// <summary>The key that says what dates begin with.</summary>
    private const string TimeFormKey = "servers.background.trace-time-form";

    private static readonly string[] TimeNames = ["timestamp", "time", "datetime", "date", "timestamp [ms]"];
    private static readonly string[] ValueNames = ["value", "percent", "cpu", "utilization", "utilisation", "CPU usage [%]", "cpu_usage", "usage"];

    /// <summary>Reads the file or folder that a scenario names.</summary>
    /// <remarks>
    /// Of a folder and the folders in it: all *.csv files, or all files where there are none. A file has rows of time and CPU use, in the columns
    /// named so or told, or the first two of a file without a header; or a single column, CPU use at a fixed step.
    /// </remarks>
    /// <exception cref="InputFileException">A file is not understood, or there is none.</exception>
    public static CpuTraces Read(ServersSection servers)
    {
        var path = servers.BackgroundTraces ?? throw new ArgumentException("servers.background.model = trace needs servers.background.traces.", nameof(servers));
        Rows[] files = [.. FilesOf(path).Select(file => Rows.Of(file, servers))];
        var greatest = files.Max(rows => rows.Values.Max());
        var looksLikeFractions = greatest is > 0 and <= 1 && files.All(rows => rows.Values.Min() >= 0);
        var unit = servers.BackgroundTraceUnit != CpuUnit.Auto ? servers.BackgroundTraceUnit : looksLikeFractions ? CpuUnit.Fraction : CpuUnit.Percent;
        return new CpuTraces(
            [.. files.Select(rows => rows.ToTrace(unit == CpuUnit.Percent ? 100 : 1))], unit, looksLikeFractions && servers.BackgroundTraceUnit == CpuUnit.Auto);
    }

    private static string[] FilesOf(string path)
    {
        if (!Directory.Exists(path))
            return [path];
        var all = Directory.GetFiles(path, "*", SearchOption.AllDirectories).Where(file => !Path.GetFileName(file).StartsWith('.')).ToArray();
        var tables = all.Where(file => Path.GetExtension(file).Equals(".csv", StringComparison.OrdinalIgnoreCase)).ToArray();
        var files = tables.Length > 0 ? tables : all;
        return files.Length > 0
            ? [.. files.OrderBy(file => Path.GetRelativePath(path, file).Replace('\\', '/'), StringComparer.Ordinal)]
            : throw new InputFileException(path, 0, "holds no file");
    }

    /// <summary>What a file holds, before its unit is known.</summary>
    private sealed class Rows
    {
        private readonly string _file;
        private readonly List<double> _seconds = [];
        private int _unreadable, _outOfOrder;
        private double? _step;

        private Rows(string file) => _file = file;

        public List<double> Values { get; } = [];

        /// <summary>Reads a file.</summary>
        /// <exception cref="InputFileException">It is no table, has no such columns, or not one usable row.</exception>
        public static Rows Of(string file, ServersSection servers)
        {
            var table = CsvTable.Read(file, separator: servers.BackgroundTraceSeparator);
            var isTold = (servers.BackgroundTraceTimeColumn ?? servers.BackgroundTraceValueColumn) is not null;
            var rows = new Rows(file);
            if (!isTold && table.Rows.FirstOrDefault().Fields is { Length: 1 })
                rows.TakeValues(table, servers.BackgroundTraceStepSeconds);
            else
                rows.TakeTimesAndValues(table, servers);
            return rows.Values.Count > 0 ? rows : throw new InputFileException(file, 0, "has no row");
        }

        public CpuTrace ToTrace(double full) => new(_file, [.. _seconds], [.. Values.Select(value => value / full)], _step)
        {
            Unreadable = _unreadable,
            OutOfOrder = _outOfOrder,
        };

        private void TakeValues(CsvTable table, double step)
        {
            _step = step;
            var at = 0;
            foreach (var row in table.Rows)
            {
                if (row.TryNumber(0, out var value))
                    Add(at * step, value);
                else
                    _unreadable++;
                if (Values.Count > 0)
                    at++; // what cannot be read took its time all the same
            }

            if (Values.Count == 0)
                throw new InputFileException(_file, 0, FormattableString.Invariant($"has no line with a number ({_unreadable} lines read)"));
        }

        private void TakeTimesAndValues(CsvTable table, ServersSection servers)
        {
            var timeAt = Column(table, servers.BackgroundTraceTimeColumn, 0, TimeNames);
            var valueAt = Column(table, servers.BackgroundTraceValueColumn, 1, ValueNames);
            var (first, unreadTime) = (0.0, (string?)null);
            foreach (var row in table.Rows)
            {
                if (!TraceTime.TryRead(row[timeAt], servers.BackgroundTraceTimeForm, out var time))
                {
                    unreadTime ??= row[timeAt];
                    _unreadable++;
                }
                else if (!row.TryNumber(valueAt, out var value))
                {
                    _unreadable++;
                }
                else
                {
                    if (Values.Count == 0)
                        first = time;
                    Add(time - first, value);
                }
            }

            if (Values.Count == 0)
                throw new InputFileException(_file, 0, FormattableString.Invariant($"has no row with a time and a CPU use ({_unreadable} rows read)")
                    + (unreadTime is null ? "" : $", such as \"{Words.Shown(unreadTime)}\" {TraceTime.Describe(servers.BackgroundTraceTimeForm, TimeFormKey)}"));
        }

        private static int Column(CsvTable table, string? told, int place, string[] names) =>
            told is null && table.Header.Count == 0 ? place : table.Column(told, names);

        private void Add(double seconds, double value)
        {
            if (_seconds.Count > 0 && seconds <= _seconds[^1])
            {
                _outOfOrder++;
                return;
            }

            _seconds.Add(seconds);
            Values.Add(value);
        }
    }
}
