namespace Diten.Runs.Results;

/// <summary>
/// Finds the device at which two runs part in their tables <c>devices.csv</c>, where both were written with a row for every device: what
/// differs by chance, and not by scenario, shows nowhere else.
/// </summary>
public static class RecordedDevices
{
    /// <summary>What is found, in sentences; empty where a table is missing, or shows no difference.</summary>
    /// <exception cref="InvalidDataException">A table is damaged.</exception>
    public static IReadOnlyList<string> Explain(RunFolder a, RunFolder b, int slot, int station)
    {
        var (first, second) = (a.Csv(Tables.Devices.Name), b.Csv(Tables.Devices.Name));
        if (!File.Exists(first) || !File.Exists(second))
            return [];
        var (rowsA, rowsB) = (Rows(first, slot, station), Rows(second, slot, station));
        var device = rowsA.Keys.Union(rowsB.Keys).Order()
            .Where(id => rowsA.GetValueOrDefault(id) != rowsB.GetValueOrDefault(id)).Select(id => (int?)id).FirstOrDefault();
        return device is not { } found
            ? []
            : [$"As recorded, the first device that differs there is device {found}.", "  first:  " + Told(rowsA), "  second: " + Told(rowsB)];

        string Told(Dictionary<int, string> rows) => rows.GetValueOrDefault(found, "not at this station");
    }

    /// <summary>What rows of one slot and station say, by device id; the table has the columns slot, device, station first, and ascends by slot.</summary>
    private static Dictionary<int, string> Rows(string path, int slot, int station)
    {
        var told = new Dictionary<int, string>();
        var (names, rows) = TableFile.Open(path);
        foreach (var row in rows)
        {
            if (row.Fields.Length < 4 || !int.TryParse(row.Fields[0], out var at) || !int.TryParse(row.Fields[1], out var device) || !int.TryParse(row.Fields[2], out var where))
                throw new InvalidDataException($"{path}, line {row.Line}: this is no row of its table.");
            if (at > slot)
                break;
            if (at == slot && where == station)
                told[device] = string.Join(", ", names.Zip(row.Fields, (name, value) => $"{name} {value}").Skip(3));
        }

        return told;
    }
}
