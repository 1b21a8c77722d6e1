using System.Globalization;
using System.Net;
using System.Text;
using Diten.Runs.Plots;

namespace Diten.Runs.Reports;

/// <summary>What pages of reports are made of.</summary>
internal static class ReportParts
{
    private const int MostRows = 120;

    /// <summary>A page up to its first element; it needs no other file and no network.</summary>
    public static StringBuilder Begin(string title) => new(
        $"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>{Text(title)}</title>
        <style>{ReportStyle.Css}{PlotFont.Css}</style>
        </head>
        <body><main>

        """);

    /// <summary>The whole page.</summary>
    public static string End(StringBuilder page) => page.Append("</main></body>\n</html>\n").ToString();

    /// <summary>A figure in large type, and what it means.</summary>
    public static void Card(StringBuilder page, string name, string value, string unit, string explanation) => page.Append(
        $"<div class=\"card\"><div class=\"name\">{Text(name)}</div><div class=\"value\">{Text(value)} <small>{Text(unit)}</small></div>"
        + $"<p>{Text(explanation)}</p></div>\n");

    /// <summary>A plot with its caption, and the numbers behind it; of many rows, every so manyth.</summary>
    public static void Figure(StringBuilder page, RunPlot plot)
    {
        page.Append($"<figure>{plot.InlineSvg()}<figcaption><b>{Text(plot.Title)}.</b> {Text(plot.Caption)}</figcaption>");
        if (plot.Table is { } table)
        {
            var step = Math.Max(1, (table.Rows.Count + MostRows - 1) / MostRows);
            var each = step > 1 ? FormattableString.Invariant($", a row in {step}") : "";
            page.Append($"<details><summary>Numbers{each}</summary><div class=\"numbers\">");
            Table(page, table.Head, table.Rows.Where((_, i) => i % step == 0), left: false);
            page.Append("</div></details>");
        }

        page.Append("</figure>\n");
    }

    /// <summary>A table.</summary>
    /// <param name="title">Null = none.</param>
    /// <param name="left">Whether words stand to the left, and not numbers to the right.</param>
    public static void Table(StringBuilder page, string? title, string[] head, IEnumerable<string[]> rows, bool left = false)
    {
        page.Append("<div class=\"panel\">");
        if (title is not null)
            page.Append($"<b>{Text(title)}</b>");
        Table(page, head, rows, left);
        page.Append("</div>\n");
    }

    private static void Table(StringBuilder page, IReadOnlyList<string> head, IEnumerable<IReadOnlyList<string>> rows, bool left)
    {
        var cell = left ? " class=\"left\"" : "";
        page.Append("<table><thead><tr>").AppendJoin("", head.Select(h => $"<th{cell}>{Text(h)}</th>")).Append("</tr></thead><tbody>\n");
        foreach (var row in rows)
            page.Append("<tr>").AppendJoin("", row.Select(c => $"<td{cell}>{Text(c)}</td>")).Append("</tr>\n");
        page.Append("</tbody></table>\n");
    }

    /// <summary>Text that is no markup.</summary>
    public static string Text(string text) => WebUtility.HtmlEncode(text);

    /// <summary>Seconds as milliseconds, to a tenth.</summary>
    public static string Milliseconds(double seconds) => Number(seconds * 1000, 1);

    /// <summary>A share as per cent, to a tenth.</summary>
    public static string Percent(double share) => Number(share * 100, 1);

    /// <summary>A whole number, thousands apart.</summary>
    public static string Count(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>A number; a dash where there is none.</summary>
    public static string Number(double value, int digits) =>
        double.IsFinite(value) ? value.ToString("F" + digits, CultureInfo.InvariantCulture).Replace('-', '−') : "–";
}
