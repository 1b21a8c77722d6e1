using System.Globalization;
using Diten.Actors;

namespace Diten.Runs.Progress;

/// <summary>The nodes of a cluster that emulate, a line each: where it is, its state, its zones and devices, and how fast it is.</summary>
internal static class NodeLines
{
    /// <summary>Lines of equal columns, in the order of the status.</summary>
    public static IReadOnlyList<string> Of(ClusterStatus status)
    {
        string[][] rows = [.. Emulating(status).Select(node => new[]
        {
            "  " + node.Node,
            node.Learns ? node.State + ", learner" : node.State,
            node.Zones.Count == 0 ? "no zones" : $"zones {Figures.Ranges(node.Zones)}",
            $"{Figures.Count(node.Devices)} devices",
            $"{Figures.Count(node.DeviceSlotsPerSecond)} device-slots/s",
        })];
        if (rows.Length == 0)
            return [];
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length))];
        return [.. rows.Select(row => string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd())];
    }

    /// <summary>What a reader of a log wants to be told of when it changes: which nodes there are, their states and their zones.</summary>
    public static string Standing(ClusterStatus status) => string.Join(
        "; ", Emulating(status).Select(node => string.Create(CultureInfo.InvariantCulture, $"{node.Node} {node.State} {Figures.Ranges(node.Zones)}")));

    private static IEnumerable<NodeStatus> Emulating(ClusterStatus status) =>
        status.Nodes.Where(node => node.Zones.Count > 0 || node.Roles.Split(", ").Contains(Hosting.NodeRole.Emulation));
}
