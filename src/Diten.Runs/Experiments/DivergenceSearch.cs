using System.Globalization;
using Diten.Actors;
using Diten.Model.Faults;
using Diten.Model.Records;
using Diten.Runs.Execution;
using Diten.Runs.Progress;
using Diten.Runs.Results;

namespace Diten.Runs.Experiments;

/// <summary>Runs two recorded scenarios again, up to the slot in which they part, to find the device that does.</summary>
public sealed class DivergenceSearch(Session session, int threads, StatusLine line)
{
    /// <summary>What is found, in sentences.</summary>
    /// <param name="a">Folder of a run.</param>
    /// <param name="b">Folder of another one.</param>
    /// <param name="slot">First slot that differs.</param>
    /// <param name="station">First station in it that differs.</param>
    public async Task<IReadOnlyList<string>> ExplainAsync(string a, string b, int slot, int station, CancellationToken cancel)
    {
        var ((first, faultsOfFirst), (second, faultsOfSecond)) = (await RerunAsync(a, slot, cancel), await RerunAsync(b, slot, cancel));
        var lines = FaultsInForce(slot, faultsOfFirst, faultsOfSecond).ToList();
        foreach (var (folder, report) in new[] { (a, first), (b, second) })
        {
            if (!Recorded(folder, slot, station).AsSpan().SequenceEqual(Digest(report, station)))
            {
                lines.Add($"{folder}: running its scenario again here gives other bits at that station than it has recorded: it comes from "
                    + "another build or platform, or its scenario.conf or the files it names were changed.");
            }
        }

        var (rowsA, rowsB) = (At(first, station), At(second, station));
        if (RunVerifier.FirstDifferingDevice(rowsA, rowsB) is not { } device)
        {
            lines.Add("Run again here, the two scenarios give the same records at that station: what differs is not in the scenarios.");
            return lines;
        }

        lines.Add($"The first device that differs there is device {device}.");
        lines.Add("  first:  " + Describe(rowsA, device));
        lines.Add("  second: " + Describe(rowsB, device));
        return lines;
    }

    /// <summary>Says which faults were in force where two runs part; nothing where there were none.</summary>
    internal static IEnumerable<string> FaultsInForce(int slot, FaultPlan first, FaultPlan second)
    {
        var (a, b) = (Names(first), Names(second));
        if (a == b)
            return a.Length == 0 ? [] : [$"In force in slot {slot} were the faults {a}."];
        return [$"In force in slot {slot} were, in the first: {Or(a, "no faults")}; in the second: {Or(b, "no faults")}."];

        string Names(FaultPlan plan) => string.Join(", ", FaultWindows.InForce(plan, slot).Select(fault => FaultWords.Of(fault.Fault)));
        static string Or(string names, string none) => names.Length == 0 ? none : names;
    }

    private async Task<(SlotReport Report, FaultPlan Faults)> RerunAsync(string folder, int slot, CancellationToken cancel)
    {
        var input = ScenarioInput.Load(new RunFolder(folder).ScenarioFile, [], null);
        var world = input.Ready();
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var catcher = new Catcher(slot, enough);
        try
        {
            var options = new EmulationOptions { ServerRecords = false, DeviceRecordsEvery = 1, WorkerThreads = threads };
            await session.Emulate(
                world, options, new Observers(catcher, new RunProgress(line, $"again: {folder}", slot + 1)), enough.Token);
        }
        finally
        {
            line.Clear();
        }

        cancel.ThrowIfCancellationRequested();
        return (catcher.Report ?? throw new InvalidDataException(
            $"{folder}: its scenario.conf, run again, ends before slot {slot}, which the run has recorded."), world.Faults);
    }

    private static byte[] Recorded(string folder, int slot, int station)
    {
        using var file = StationDigests.Open(new RunFolder(folder).StationDigestsFile, out _, out var stations);
        file.Seek(((long)slot * stations + station) * StationDigests.DigestBytes, SeekOrigin.Current);
        var digest = new byte[StationDigests.DigestBytes];
        file.ReadExactly(digest);
        return digest;
    }

    private static ReadOnlySpan<byte> Digest(SlotReport report, int station) =>
        report.StationDigests.AsSpan(station * StationDigests.DigestBytes, StationDigests.DigestBytes);

    private static DeviceSlotRecord[] At(SlotReport report, int station) =>
        [.. report.Devices.Where(device => device.Station == station).OrderBy(device => device.Device)];

    private static string Describe(DeviceSlotRecord[] rows, int device)
    {
        var index = Array.FindIndex(rows, row => row.Device == device);
        if (index < 0)
            return "not at this station";
        var row = rows[index];
        return string.Create(CultureInfo.InvariantCulture,
            $"server {row.Server}, {row.Outcome}, migrated {row.Migrated}, latency {row.LatencySeconds:R} s, queue {row.Queue:R}, reward {row.Reward:R}");
    }

    private sealed class Catcher(int slot, CancellationTokenSource enough) : IRunObserver
    {
        public SlotReport? Report { get; private set; }

        public void SlotCompleted(SlotReport report)
        {
            if (report.Slot != slot)
                return;
            Report = report;
            enough.Cancel();
        }
    }
}
