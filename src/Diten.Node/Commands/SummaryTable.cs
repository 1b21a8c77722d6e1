using Diten.Runs;
using Diten.Runs.Progress;
using Diten.Runs.Results;
using Spectre.Console;

namespace Diten.Node.Commands;

/// <summary>A run's headline figures, each with what it means.</summary>
internal static class SummaryTable
{
    /// <summary>Prints what came of a run.</summary>
    /// <param name="json">Print <c>summary.json</c> and nothing else.</param>
    public static void Print(Terminal terminal, string folder, RunSummary summary, bool quiet, bool json)
    {
        var files = new RunFolder(folder);
        if (json)
        {
            terminal.Out.Write(File.ReadAllText(files.SummaryFile));
            return;
        }

        if (quiet)
        {
            terminal.Out.WriteLine(folder);
            return;
        }

        terminal.Tables().Write(Of(summary));
        terminal.Out.WriteLine($"Folder: {folder}");
        terminal.Out.WriteLine($"Report: {files.ReportFile}");
        if (summary.Cancelled)
            terminal.Complain($"stopped on request after {summary.SlotsCompleted} of {summary.Slots} slots; what was done is kept.");
    }

    private static Table Of(RunSummary run)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("figure", "value", "meaning");
        table.Columns[1].RightAligned();
        void Row(string name, string value, string meaning) => table.AddRow(Markup.Escape(name), Markup.Escape(value), Markup.Escape(meaning));

        Row("latency, mean", Figures.Milliseconds(run[Metric.Latency]), "from the slot's start to a task's result, completed tasks");
        Row("latency, capped", Figures.Milliseconds(run[Metric.LatencyCapped]), "the same, no task counted longer than its deadline");
        Row("  uplink", Figures.Milliseconds(run[Metric.Uplink]), "of it: radio, device to base station");
        Row("  wired", Figures.Milliseconds(run[Metric.Propagation]), "of it: base station to server");
        Row("  queueing", Figures.Milliseconds(run[Metric.Queueing]), "of it: waiting for a server");
        Row("  computation", Figures.Milliseconds(run[Metric.Computation]), "of it: on the server");
        Row("latency, 50 / 95 / 99 %",
            $"{Figures.Milliseconds(run[Metric.Median])} / {Figures.Milliseconds(run[Metric.Latency95])} / {Figures.Milliseconds(run[Metric.Latency99])}",
            "half, 95 and 99 of 100 tasks are faster than this");
        Row("failed", Figures.Percent(run[Metric.FailureRate]), "tasks after their deadline, or of devices that no station covers");
        Row("  uncovered", Figures.Percent(run[Metric.UncoveredRate]), "of all tasks: devices that no station covers");
        Row("migrated", Figures.Percent(run[Metric.MigrationRate]), "slots (but a journey's first) in which the serving server changed");
        Row("handed over", Figures.Percent(run[Metric.HandoverRate]), "slots after which a device has moved to another station");
        Row("reward per slot", Figures.Number(run[Metric.Reward], 3), "−v · latency − deficit queue · migration cost; higher is better");
        Row("deficit queue, end", Figures.Number(run[Metric.FinalQueue], 3), "migrations beyond the budget, mean over devices");
        Row("server utilisation", Figures.Percent(run[Metric.Utilisation]), "background load and tasks, mean over servers and slots");
        Row("device-slots", run.DeviceSlots.ToString(System.Globalization.CultureInfo.InvariantCulture), "devices × slots that were emulated");
        Row("speed", Figures.Count(run.Rate.DeviceSlotsPerSecond) + "/s", "device-slots per second, start-up left out");
        Row("time", Figures.Number(run.Rate.WallSeconds, 2) + " s", "wall-clock time of all slots");
        Row("memory", Figures.Bytes(run.Memory.PeakBytes), "most that the process held");
        Row("digest", run.Digest[..Math.Min(16, run.Digest.Length)] + "…", "same scenario, seed, platform and build: same digest");
        return table;
    }
}
