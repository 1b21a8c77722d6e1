using Diten.Model.Records;

namespace Diten.Runs.Results;

/// <summary>Compares two runs by the digests of their stations, slot by slot.</summary>
public static class RunVerifier
{
    /// <summary>Compares two run folders.</summary>
    /// <exception cref="DirectoryNotFoundException">One of them holds no run.</exception>
    /// <exception cref="InvalidDataException">A file of one of them is damaged; the message names it.</exception>
    public static RunComparison Compare(string a, string b)
    {
        var (runA, runB) = (RunFolder.Open(a), RunFolder.Open(b));
        var (summaryA, summaryB) = (RunSummary.Read(runA.SummaryFile), RunSummary.Read(runB.SummaryFile));
        using var digestsA = StationDigests.Open(runA.StationDigestsFile, out var slotsA, out var stationsA);
        using var digestsB = StationDigests.Open(runB.StationDigestsFile, out var slotsB, out var stationsB);
        if (stationsA != stationsB)
            return Differ($"The runs have {stationsA} and {stationsB} stations: they are not of one scenario.");

        var (rowA, rowB) = (new byte[stationsA * StationDigests.DigestBytes], new byte[stationsA * StationDigests.DigestBytes]);
        for (var slot = 0; slot < Math.Min(slotsA, slotsB); slot++)
        {
            digestsA.ReadExactly(rowA);
            digestsB.ReadExactly(rowB);
            var same = rowA.AsSpan().CommonPrefixLength(rowB);
            if (same < rowA.Length)
                return DifferAt(runA, runB, slot, same / StationDigests.DigestBytes);
        }

        if (slotsA != slotsB)
            return Differ($"The runs are equal over {Math.Min(slotsA, slotsB)} slots, but one has {slotsA} and the other {slotsB}.");
        return summaryA.Digest == summaryB.Digest
            ? new RunComparison(true, null, null, null, null, $"Equal: {slotsA} slots, {stationsA} stations, digest {summaryA.Digest}.")
            : Differ($"All {slotsA} slots are equal, but the digests are {summaryA.Digest} and {summaryB.Digest}: a summary was changed.");
    }

    /// <summary>The first device, in the order of ids, whose records of a slot differ; null where they are the same.</summary>
    /// <param name="a">Records of one slot, by device id.</param>
    /// <param name="b">Those of the other run.</param>
    public static int? FirstDifferingDevice(DeviceSlotRecord[] a, DeviceSlotRecord[] b)
    {
        for (var i = 0; i < Math.Min(a.Length, b.Length); i++)
        {
            if (a[i] != b[i])
                return Math.Min(a[i].Device, b[i].Device);
        }

        if (a.Length == b.Length)
            return null;
        return a.Length > b.Length ? a[b.Length].Device : b[a.Length].Device;
    }

    private static RunComparison DifferAt(RunFolder a, RunFolder b, int slot, int station)
    {
        var (zoneA, zoneB) = (ZoneOf(a, station), ZoneOf(b, station));
        var zones = zoneA == zoneB ? $"zone {zoneA} in both" : $"zone {zoneA} in the first and zone {zoneB} in the second";
        return new RunComparison(
            false, slot, station, zoneA, zoneB, $"The runs differ first in slot {slot} at station {station} ({zones}).");
    }

    private static RunComparison Differ(string message) => new(false, null, null, null, null, message);

    private static int ZoneOf(RunFolder run, int station)
    {
        var table = TableFile.Read(run.Csv(Tables.Stations.Name));
        return (int)table.Numbers("zone")[station];
    }
}
