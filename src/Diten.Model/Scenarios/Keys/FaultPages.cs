using System.Text;

namespace Diten.Model.Scenarios.Keys;

/// <summary>The table of faults as text: a page a kind.</summary>
internal static class FaultPages
{
    private static readonly string[] Common = ["ids", "share", "circle", "rectangle", "slots", "at", "renewal"];

    /// <summary>Every kind, Markdown.</summary>
    public static string All()
    {
        var text = new StringBuilder("""
            # Faults

            Written by the table that also reads, checks and writes the faults of scenarios (`FaultCatalogue`); do not edit by hand. What faults are, how they
            overlap, and what is made of twins that lose sync: [model.md](model.md), section 10.

            A scenario has a map of faults by names of your own: letters, digits, hyphens and underscores. A fault is what × which × when × how much.

            ```
            diten scenarios faults            # all kinds
            diten scenarios faults drop       # one of them
            diten validate my.conf            # what the faults of a scenario strike, and when
            diten run scenarios/quickstart.conf --set "faults.loss={kind=drop,link=sync,probability=0.5}"
            diten sweep scenarios/faults/drop.conf --vary faults.loss.probability=0,0.5,0.9
            diten run my.conf --set faults.loss=null
            ```

            Which targets a fault strikes and when stands in a run's `tables/faults.csv`; `summary.json` tells of each when it was in force,
            and what it was offered and hit; the latter not of links in a run whose twins are not measured.

            | kind | strikes | what happens |
            |---|---|---|

            """.ReplaceLineEndings("\n"));
        foreach (var row in FaultKinds.All)
            text.Append($"| [{row.Name}](#{row.Name}) | {Cell(row.Where)} | {row.Summary} |\n");
        text.Append("\n## Keys that every kind takes\n\nAt most one of those that choose targets (without: all), and at most one of those that choose slots (without: always).\n\n");
        Keys(text, FaultTable.Keys.Where(key => Common.Contains(key.Part)), markdown: true);
        foreach (var row in FaultKinds.All)
            text.Append("\n## ").Append(row.Name).Append("\n\n").Append(Of(row, markdown: true));
        return text.ToString();
    }

    /// <summary>One kind.</summary>
    /// <param name="markdown">For a page; else for a terminal, with the keys that every kind takes.</param>
    public static string Of(FaultKindRow row, bool markdown)
    {
        var text = new StringBuilder();
        text.Append($"{char.ToUpperInvariant(row.Summary[0])}{row.Summary[1..]}. `{row.Where}`.\n\n{row.Meaning.ReplaceLineEndings("\n")}\n\n");
        Block(text, "Example", row.Example);
        text.Append("Keys").Append(markdown ? ":" : ", besides those that choose targets and slots:").Append("\n\n");
        Keys(text, FaultTable.Of(row.Kind).Where(key => !Common.Contains(key.Part) && key != FaultTable.Kind), markdown, row);
        text.Append($"\nReported: {row.Reported}\n\n");
        Block(text, "In time", row.Picture);
        text.Append($"A scenario to try: `scenarios/faults/{row.Name}.conf`.\n");
        if (!markdown)
        {
            text.Append("\nTargets (at most one; without: all) and slots (at most one; without: always):\n\n");
            Keys(text, FaultTable.Keys.Where(key => Common.Contains(key.Part)), markdown);
        }

        return markdown ? text.ToString() : text.Replace("`", "").ToString();

        void Block(StringBuilder page, string title, string lines)
        {
            var fence = markdown ? "```\n" : "";
            page.Append($"{title}:\n\n{fence}{(markdown ? lines : "  " + lines.ReplaceLineEndings("\n  ")).ReplaceLineEndings("\n")}\n{fence}\n");
        }
    }

    /// <summary>A whole scenario file.</summary>
    public static string Template(FaultKindRow row) =>
        $"# {char.ToUpperInvariant(row.Summary[0])}{row.Summary[1..]}: the kind of fault {row.Name}, in the town of quickstart.conf.\n"
        + $"# diten scenarios faults {row.Name} tells what it is.\n\n"
        + $"include \"../quickstart.conf\"\n\n{row.Example.ReplaceLineEndings("\n")}\n";

    private static void Keys(StringBuilder text, IEnumerable<FaultKey> keys, bool markdown, FaultKindRow? row = null)
    {
        if (markdown) text.Append("| key | default | allowed | meaning |\n|---|---|---|---|\n");
        foreach (var key in keys)
        {
            var allowed = key.Name == row?.WhereKey ? row.Where.Split(" = ")[1] : key.Allowed;
            var standard = key.Default is { } value ? $"`{value}`" : "";
            text.Append(markdown
                ? $"| `{key.Name}` | {standard} | {Cell(allowed)} | {key.Meaning} |\n"
                : $"  {key.Name,-19}{key.Meaning}\n{"",21}{allowed}{(key.Default is null ? "" : $"; default {key.Default}")}\n");
        }
    }

    private static string Cell(string text) => text.Replace("|", "\\|");
}
