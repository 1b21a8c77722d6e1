using System.CommandLine;
using Diten.Actors.Metering;
using Diten.Runs;
using Diten.Runs.Execution;
using Diten.Runs.Progress;
using Spectre.Console;

namespace Diten.Node.Commands;

/// <summary><c>diten metrics</c>: what a node tells operators.</summary>
internal sealed class MetricsCommand : DocumentedCommand
{
    private readonly Terminal _terminal;
    private readonly Option<bool> _markdown = new("--markdown") { Description = "Print them as Markdown" };

    public MetricsCommand(Session session)
        : base(
            "metrics", "List the metrics that a node serves with --http.",
            "Names are those of Prometheus. dashboards/diten.json draws them in Grafana.",
            ("metrics", "all of them"),
            ("metrics --markdown > docs/metrics.md", "as a page of documentation"))
    {
        _terminal = session.Terminal;
        Add(_markdown);
        session.Act(this, Run);
    }

    private Task<int> Run(ParseResult parsed, CancellationToken cancel)
    {
        if (parsed.GetValue(_markdown))
        {
            _terminal.Out.Write(InstrumentTable.ToMarkdown());
            return Task.FromResult(ExitCode.Ok);
        }

        var table = new Table().Border(TableBorder.Simple).AddColumns("metric", "kind", "tag", "meaning");
        table.Columns[0].NoWrap();
        foreach (var row in InstrumentTable.All)
        {
            string[] cells = [row.PrometheusName, row.Kind.ToString().ToLowerInvariant(), row.Tag.Length == 0 ? "" : $"{row.Tag}: {string.Join(", ", row.Values)}", row.Meaning];
            table.AddRow([.. cells.Select(cell => new Text(cell))]);
        }

        _terminal.Tables().Write(table);
        return Task.FromResult(ExitCode.Ok);
    }
}
