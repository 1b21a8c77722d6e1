using System.Globalization;
using Diten.Bench;
using Diten.Runs.Progress;
using Spectre.Console;

namespace Diten.Node.Commands;

/// <summary>Shows what <c>diten bench --against</c> measured.</summary>
internal static class BenchPairReport
{
    private static readonly CultureInfo Plain = CultureInfo.InvariantCulture;

    private static readonly (string Title, Func<BenchSample, double> Figure)[] Figures =
    [
        ("CPU", sample => sample.ProcessorSeconds),
        ("time of a slot", sample => sample.SlotSeconds),
        ("allocated", sample => sample.AllocatedBytes),
        ("peak memory", sample => sample.PeakBytes),
    ];

    /// <summary>Prints, for all that was measured, this build over the other one: the middle ratio and those of all pairs.</summary>
    public static void Write(Terminal terminal, IReadOnlyList<BenchPair> pairs)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("what").AddColumns([.. Figures.Select(figure => figure.Title)]);
        foreach (var same in pairs.GroupBy(pair => pair.Item))
            table.AddRow([same.Key.ToString(), .. Figures.Select(figure => Shown(BenchRatio.Of([.. same], figure.Figure)))]);
        terminal.Tables().Write(table);
        terminal.Out.WriteLine("This build over the other one: the middle of the pairs, and in brackets pair by pair. Below 1 this build takes less.");
    }

    private static string Shown(BenchRatio ratio) => ratio.Pairs.All(double.IsFinite)
        ? string.Create(Plain, $"{ratio.Middle:F2} ({string.Join(", ", ratio.Pairs.Select(one => one.ToString("F2", Plain)))})")
        : "-"; // the arrays allocate nothing
}
