using System.Text.Json;
using System.Text.Json.Nodes;
using Diten.Actors;
using Diten.Model.Records;
using Diten.Runs.Results;

namespace Diten.Runs.Experiments.Cells;

/// <summary>What is kept of a cell that has run.</summary>
internal sealed record CellResult(RunSummary Summary, CellExtras Extras)
{
    private const string ExtrasKey = "experiment";

    /// <summary>The value of a metric, those of <see cref="BoundMetric"/> among them; NaN where nothing was measured.</summary>
    public double this[Metric metric] => BoundMetric.Read(metric, Extras) ?? Summary[metric];

    /// <summary>The summary as JSON, and the rest in an object of its own.</summary>
    public string ToText()
    {
        var written = (JsonObject)JsonNode.Parse(Summary.ToText())!;
        written[ExtrasKey] = Extras.ToJson();
        return written.ToJsonString() + "\n";
    }

    /// <summary>Reads what <see cref="ToText"/> wrote.</summary>
    /// <param name="path">Where it comes from, for the message.</param>
    /// <exception cref="InvalidDataException">It is something else.</exception>
    public static CellResult Parse(string text, string path)
    {
        try
        {
            var summary = RunSummary.Parse(text, path);
            var extras = JsonNode.Parse(text)![ExtrasKey] as JsonObject ?? throw new InvalidDataException($"{path} is no run of an experiment.");
            return new CellResult(summary, CellExtras.Read(extras));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException($"{path} is no run of an experiment: {e.Message}", e);
        }
    }
}

/// <summary>What figures of experiments need besides a run's summary.</summary>
/// <param name="Ages">Twin-slots by age from 0 on, without zeros at the end; empty where twins were not measured.</param>
/// <param name="RegretByAge">By <see cref="AgeBins"/>: Σ regret in seconds, and tasks.</param>
/// <param name="Course">Metrics slot by slot, by name; null where they were not wanted.</param>
internal sealed record CellExtras(
    IReadOnlyList<long> Ages, IReadOnlyList<(double Seconds, long Tasks)> RegretByAge, IReadOnlyDictionary<string, double[]>? Course)
{
    /// <summary>Ages of the chosen server's twin, slots.</summary>
    public static IReadOnlyList<string> AgeBins { get; } = ["0", "1–3", "4–10", "older"];

    /// <summary>What observers found as it ran, by <see cref="ICellObserver.Name"/>.</summary>
    public IReadOnlyDictionary<string, JsonObject> Found { get; init; } = new Dictionary<string, JsonObject>();

    /// <summary>Takes them out of a run that ended.</summary>
    public static CellExtras Of(RunOutcome outcome, IReadOnlyDictionary<string, double[]>? course)
    {
        var (total, ages) = (outcome.Total, outcome.Twins?.Ages ?? []);
        var last = Enumerable.Range(0, ages.Count).LastOrDefault(age => ages[age] > 0, -1);
        return new CellExtras(
            [.. ages.Take(last + 1)],
            [
                (total.RegretAge0, total.RegretTasksAge0), (total.RegretAge3, total.RegretTasksAge3),
                (total.RegretAge10, total.RegretTasksAge10), (total.RegretOlder, total.RegretTasksOlder),
            ],
            course);
    }

    /// <summary>These, and what an earlier run of the same cell had besides: somebody else looked on then, or for something else.</summary>
    public CellExtras And(CellExtras before)
    {
        var found = before.Found.ToDictionary(one => one.Key, one => (JsonObject)one.Value.DeepClone(), StringComparer.Ordinal);
        foreach (var (name, own) in Found)
        {
            found.TryAdd(name, []);
            foreach (var (key, value) in own)
                found[name][key] = value?.DeepClone();
        }

        return this with { Course = Course ?? before.Course, Found = found };
    }

    public JsonObject ToJson() => new()
    {
        ["ages"] = new JsonArray([.. Ages.Select(count => (JsonNode)count)]),
        ["regretByAge"] = new JsonArray([.. RegretByAge.Select(bin => (JsonNode)new JsonArray(bin.Seconds, bin.Tasks))]),
        ["course"] = Course is null ? null : new JsonObject(Course.Select(row => KeyValuePair.Create(
            row.Key, (JsonNode?)new JsonArray([.. row.Value.Select(value => double.IsFinite(value) ? JsonValue.Create(value) : null)])))),
        ["found"] = new JsonObject(Found.Select(one => KeyValuePair.Create(one.Key, (JsonNode?)one.Value.DeepClone()))),
    };

    public static CellExtras Read(JsonObject from) => new(
        [.. from["ages"]!.AsArray().Select(count => count!.GetValue<long>())],
        [.. from["regretByAge"]!.AsArray().Select(bin => (bin![0]!.GetValue<double>(), bin[1]!.GetValue<long>()))],
        (from["course"] as JsonObject)?.ToDictionary(
            row => row.Key, row => row.Value!.AsArray().Select(value => value?.GetValue<double>() ?? double.NaN).ToArray()))
    {
        Found = from["found"]!.AsObject().ToDictionary(one => one.Key, one => one.Value!.AsObject(), StringComparer.Ordinal),
    };
}

/// <summary>Takes down the course of a run, slot by slot.</summary>
internal sealed class CourseRecorder : IRunObserver
{
    /// <summary>What is taken down: what recovery is looked for in.</summary>
    public static IReadOnlyList<Metric> Metrics { get; } =
        [Metric.Latency, Metric.FailureRate, Metric.MigrationRate, Metric.LostRate, Metric.Regret, Metric.TwinAge, Metric.IncorrectAge];

    private readonly Dictionary<string, List<double>> _values = Metrics.ToDictionary(metric => metric.Name, _ => new List<double>());

    /// <summary>By name of the metric, a value a slot.</summary>
    public IReadOnlyDictionary<string, double[]> Course => _values.ToDictionary(row => row.Key, row => row.Value.ToArray());

    /// <inheritdoc/>
    public void SlotCompleted(SlotReport report)
    {
        var measured = new Measured(report.Total, report.UtilisationMean, null, report.Twins);
        foreach (var metric in Metrics)
            _values[metric.Name].Add(metric.Of(measured));
    }
}
