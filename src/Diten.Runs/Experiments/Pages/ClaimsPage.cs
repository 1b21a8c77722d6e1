using System.Text;
using Diten.Model.Input;
using Diten.Runs.Experiments.Findings;
using Diten.Runs.Plots.Figures;

namespace Diten.Runs.Experiments.Pages;

/// <summary>One page of all sentences of the experiments whose pages lie beside one another: <c>claims.md</c>.</summary>
internal static class ClaimsPage
{
    private const string Table = "sentences.csv";

    /// <summary>Writes the sentences of an experiment to its folder of figures, and the page of all of them anew.</summary>
    /// <param name="folder">Of the experiment's page.</param>
    public static void Write(string folder, ExperimentResult result)
    {
        var own = new CsvText("sentence", "verdict", "holds where", "measured", "worlds", "experiment");
        foreach (var part in result.Parts)
            foreach (var row in PageTables.Claims(part)?.Rows ?? [])
                own.Row([.. row, part.Results.Seeds.ToString(System.Globalization.CultureInfo.InvariantCulture), result.Design.Title]);
        File.WriteAllText(Path.Combine(folder, Table), own.ToString());
        File.WriteAllText(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(folder))!, "claims.md"), Text(folder));
    }

    private static string Text(string folder)
    {
        var page = new StringBuilder("# What is said, and whether it holds\n\n")
            .Append("The sentences of all experiments whose pages lie here, with what was measured; the 95 % interval stands after the value. A sentence holds where\n")
            .Append("the whole interval lies in its range, is open where it reaches beyond, and does not hold where it lies elsewhere. Each page is made again by\n")
            .Append("the command that it names, and this one with it.\n\n| sentence | verdict | holds where | measured | worlds | page |\n|---|---|---|---|---|---|\n");
        var all = Directory.GetDirectories(Path.GetDirectoryName(Path.GetFullPath(folder))!).Order(StringComparer.Ordinal)
            .Where(other => File.Exists(Path.Combine(other, Table)) && File.Exists(other + ".md"));
        foreach (var other in all)
            foreach (var row in CsvTable.Read(Path.Combine(other, Table), header: true, FieldSeparator.Comma).Rows)
                page.Append($"| {string.Join(" | ", Enumerable.Range(0, 5).Select(i => ExperimentPage.Cell(row[i])))} | [{row[5]}]({Path.GetFileName(other)}.md) |\n");
        return page.ToString();
    }
}
