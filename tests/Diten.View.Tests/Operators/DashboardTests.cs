using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Diten.Actors.Metering;
using Diten.Runs.Hosting;
using Diten.View.Operators;

namespace Diten.View.Tests.Operators;

/// <summary>The dashboard asks for nothing that a node does not serve, and the page of metrics is what the table says.</summary>
public sealed partial class DashboardTests : IAsyncLifetime
{
    /// <summary>Words of PromQL that are neither metrics nor functions, and labels that Prometheus itself adds.</summary>
    private static readonly string[] Words = ["by", "without", "and", "or", "unless", "on", "ignoring", "bool", "offset", "group_left", "group_right"],
        LabelsOfPrometheus = ["instance", "job"];

    private Scrape _served = null!;

    public async Task InitializeAsync()
    {
        await using var server = await OperatorServer.StartAsync(new HttpPlace(IPAddress.Loopback, 0), ["emulation"], new NodeHealth());
        using var client = new HttpClient();
        Everything.Tell();
        _served = new Scrape(await client.GetStringAsync(server.Address + "metrics"));
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public void Every_query_asks_for_metrics_and_labels_that_are_served()
    {
        var queries = Queries().ToArray();
        Assert.True(queries.Length > 20, $"{queries.Length} queries were found.");
        Assert.All(queries, query => Assert.Equal([], Mistakes(query.Expression, query.Legend)));
    }

    [Fact]
    public void So_does_every_query_that_the_page_of_clusters_shows()
    {
        Assert.NotEmpty(QueriesOfThePage());
        Assert.All(QueriesOfThePage(), query => Assert.Equal([], Mistakes(query, "")));
    }

    /// <summary>What is measured and not shown is forgotten.</summary>
    [Fact]
    public void Every_metric_of_the_table_is_on_the_dashboard()
    {
        var asked = string.Join('\n', Queries().Select(query => query.Expression));
        Assert.All(InstrumentTable.All, row => Assert.Matches($@"\b{row.PrometheusName}(_bucket|_sum|_count)?\b", asked));
    }

    [Theory]
    [InlineData("sum(rate(diten_slots{}[5m]))", "", "diten_slots is not served")]
    [InlineData("sum by (phase) (diten_zones)", "", "phase is no label of diten_zones")]
    [InlineData("diten_slots_total{pass=\"second\"}", "", "pass of diten_slots_total is never second")]
    [InlineData("max(diten_epoch)", "{{node}}", "{{node}} is not what it is summed by")]
    [InlineData("sum(diten_zones", "", "brackets")]
    public void A_mistake_in_a_query_is_seen(string expression, string legend, string mistake) => Assert.Contains(mistake, Mistakes(expression, legend));

    [Fact]
    public void Grafana_can_import_it()
    {
        var board = Board();
        var panels = board.GetProperty("panels").EnumerateArray().ToArray();

        Assert.Equal(panels.Length, panels.Select(panel => panel.GetProperty("id").GetInt32()).Distinct().Count());
        Assert.True(board.GetProperty("schemaVersion").GetInt32() >= 36);
        Assert.Equal(["datasource", "instance"], board.GetProperty("templating").GetProperty("list").EnumerateArray().Select(variable => variable.GetProperty("name").GetString()));
        Assert.Equal(["Rate", "Cluster", "Recovery", "Twins", "Storage", "Process"], panels
            .Where(panel => panel.GetProperty("type").GetString() == "row").Select(panel => panel.GetProperty("title").GetString()));
        Assert.All(panels.Where(panel => panel.TryGetProperty("targets", out _)), panel =>
            Assert.Equal("${datasource}", panel.GetProperty("datasource").GetProperty("uid").GetString()));
    }

    [Fact]
    public void The_page_of_metrics_is_what_the_table_says() => Assert.Equal(InstrumentTable.ToMarkdown(), File.ReadAllText(Path.Combine(Root(), "docs", "metrics.md")));

    private static IEnumerable<(string Expression, string Legend)> Queries()
    {
        var board = Board();
        foreach (var panel in board.GetProperty("panels").EnumerateArray())
            if (panel.TryGetProperty("targets", out var targets))
                foreach (var target in targets.EnumerateArray())
                    yield return (target.GetProperty("expr").GetString()!, target.GetProperty("legendFormat").GetString()!);
        foreach (var variable in board.GetProperty("templating").GetProperty("list").EnumerateArray())
            if (variable.GetProperty("type").GetString() == "query" && LabelValues().Match(variable.GetProperty("definition").GetString()!) is { Success: true } asked)
                yield return ($"sum by ({asked.Groups[2].Value}) ({asked.Groups[1].Value})", "");
    }

    /// <summary>Queries that docs/running-a-cluster.md shows.</summary>
    private static IEnumerable<string> QueriesOfThePage() =>
        from Match query in Shown().Matches(File.ReadAllText(Path.Combine(Root(), "docs", "running-a-cluster.md"))) select query.Groups[1].Value;

    private IEnumerable<string> Mistakes(string expression, string legend)
    {
        if (expression.Count(c => c == '(') != expression.Count(c => c == ')') || expression.Count(c => c == '{') != expression.Count(c => c == '}'))
            yield return "brackets";
        string[] grouped = [.. Grouping().Matches(expression).SelectMany(by => by.Groups[1].Value.Split(',', StringSplitOptions.TrimEntries))];
        foreach (Match label in Placeholder().Matches(legend))
            if (!grouped.Contains(label.Groups[1].Value))
                yield return $"{label.Value} is not what it is summed by";
        var rest = Duration().Replace(Grouping().Replace(expression, " "), " ");
        string[] metrics = [.. Identifier().Matches(Selector().Replace(rest, " ")).Select(word => word.Value).Where(word => !Words.Contains(word))];
        foreach (var metric in metrics.Distinct())
        {
            if (!_served.Names.Contains(metric))
            {
                yield return $"{metric} is not served";
                continue;
            }

            var known = _served.LabelsOf(metric).Concat(LabelsOfPrometheus).ToArray();
            foreach (var label in grouped.Except(known))
                yield return $"{label} is no label of {metric}";
        }

        foreach (Match selected in MetricWithSelector().Matches(rest))
        {
            var metric = selected.Groups[1].Value;
            foreach (Match matcher in Matcher().Matches(selected.Groups[2].Value))
            {
                var (label, value) = (matcher.Groups[1].Value, matcher.Groups[3].Value);
                if (!_served.LabelsOf(metric).Concat(LabelsOfPrometheus).Contains(label))
                    yield return $"{label} is no label of {metric}";
                else if (!value.Contains('$') && !_served.ValuesOf(metric, label).Contains(value))
                    yield return $"{label} of {metric} is never {value}";
            }
        }
    }

    private static JsonElement Board() => JsonDocument.Parse(File.ReadAllText(Path.Combine(Root(), "dashboards", "diten.json"))).RootElement;

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Diten.sln")))
            folder = folder.Parent;
        return folder.FullName;
    }

    [GeneratedRegex(@"\b(?:by|without|on|ignoring)\s*\(([^)]*)\)")]
    private static partial Regex Grouping();

    [GeneratedRegex(@"\[[^\]]*\]")]
    private static partial Regex Duration();

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Selector();

    [GeneratedRegex(@"([a-zA-Z_:][a-zA-Z0-9_:]*)\{([^}]*)\}")]
    private static partial Regex MetricWithSelector();

    [GeneratedRegex("([a-zA-Z_][a-zA-Z0-9_]*)(=~|!~|!=|=)\"([^\"]*)\"")]
    private static partial Regex Matcher();

    [GeneratedRegex(@"\b[a-zA-Z_:][a-zA-Z0-9_:]*\b(?!\s*\()")]
    private static partial Regex Identifier();

    [GeneratedRegex(@"^\| `([^`]*diten_[^`]*)` \|", RegexOptions.Multiline)]
    private static partial Regex Shown();

    [GeneratedRegex(@"\{\{\s*(\w+)\s*\}\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"^label_values\((\w+), (\w+)\)$")]
    private static partial Regex LabelValues();
}
