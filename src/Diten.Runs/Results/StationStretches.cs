using Diten.Model.Records;

namespace Diten.Runs.Results;

/// <summary>A stretch of slots of a base station that stands out by one of its figures, beside all stations.</summary>
/// <param name="By">The figure: <c>failures</c>, <c>latency</c> or <c>regret</c>.</param>
/// <param name="Slot">The first slot of the stretch.</param>
/// <param name="Slots">How many it has.</param>
/// <param name="Own">Share of tasks that failed, mean latency and mean regret, of the station; seconds.</param>
/// <param name="All">The same over all stations.</param>
internal readonly record struct StationStretch(string By, int Station, int Slot, int Slots, StationFigures Own, StationFigures All);

/// <summary>Means over tasks; NaN where there is no such task.</summary>
internal readonly record struct StationFigures(double Failed, double LatencySeconds, double RegretSeconds);

/// <summary>Watches all stations as a run goes on, in bounded memory, so that those that stand out can be told of slot by slot: for the tables of a run hold no row a station and slot.</summary>
internal sealed class StationStretches(int stations, int slots)
{
    private const int MostNumbers = 2_000_000;

    private static readonly string[] Figures = ["failures", "latency", "regret"];

    private readonly SlotBins _bins = new(stations, slots, Figures.Length, MostNumbers);
    private int _done;

    /// <summary>Takes the sums of a station in a slot.</summary>
    public void Add(int slot, int station, in SlotTotals totals)
    {
        _bins.Add(station, slot, 0, totals.Devices - totals.InTime, totals.Devices);
        _bins.Add(station, slot, 1, totals.Latency, totals.Completed);
        _bins.Add(station, slot, 2, totals.Regret, totals.RegretTasks);
        _done = Math.Max(_done, slot + 1);
    }

    /// <summary>Writes the table where any station stands out; else there is none, also where there was one of a run that was gone on with.</summary>
    /// <param name="tables">An existing folder.</param>
    /// <param name="measured">Whether twins are measured, and regret with them.</param>
    public void Write(string tables, bool measured)
    {
        StationStretch[] rows = [.. Rows()];
        if (rows.Length == 0)
        {
            foreach (var file in Directory.EnumerateFiles(tables, Tables.StationStretches.Name + ".*"))
                File.Delete(file);
            return;
        }

        using var table = Tables.StationStretches.Create(tables, rowsPerGroup: 10_000, measured);
        foreach (var row in rows)
            table.Write(row);
        table.Complete();
    }

    /// <summary>By figure, then by stretch.</summary>
    public IEnumerable<StationStretch> Rows()
    {
        double[][] all = [.. Enumerable.Range(0, Figures.Length).Select(_bins.MeansOfAll)];
        for (var figure = 0; figure < Figures.Length; figure++)
        {
            if (_bins.Highest(figure) is not { } station)
                continue;
            double[][] own = [.. Enumerable.Range(0, Figures.Length).Select(one => _bins.Means(station, one))];
            for (var stretch = 0; stretch * _bins.SlotsEach < _done; stretch++)
            {
                var from = stretch * _bins.SlotsEach;
                yield return new StationStretch(Figures[figure], station, from, Math.Min(_bins.SlotsEach, _done - from), Of(own, stretch), Of(all, stretch));
            }
        }
    }

    private static StationFigures Of(double[][] figures, int stretch) => new(figures[0][stretch], figures[1][stretch], figures[2][stretch]);
}
