using System.Text.Json.Nodes;

namespace Diten.Runs.Results;

/// <summary>Metrics as JSON: a dot in a name is an object within the object; what was not measured is null.</summary>
internal static class MetricsJson
{
    /// <summary>Takes all metrics.</summary>
    /// <param name="twins">Whether twins are measured; where they are not, what only then is told is not there.</param>
    public static IReadOnlyDictionary<string, double> Of(Measured measured, bool twins) =>
        Metric.All.Where(metric => twins || !metric.OnlyMeasured).ToDictionary(metric => metric.Name, metric => metric.Of(measured));

    /// <summary>Adds values by name, in the order of <see cref="Metric.All"/>; what only some runs tell is there where it is among them.</summary>
    public static void Write(IReadOnlyDictionary<string, double> figures, JsonObject into)
    {
        foreach (var metric in Metric.All)
        {
            if (metric.OnlyMeasured && !figures.ContainsKey(metric.Name))
                continue;
            var (place, name) = (into, metric.Name);
            if (name.IndexOf('.') is >= 0 and var dot)
            {
                place = into[name[..dot]] as JsonObject ?? new JsonObject();
                into[name[..dot]] ??= place;
                name = name[(dot + 1)..];
            }

            var value = figures.GetValueOrDefault(metric.Name, double.NaN);
            place[name] = double.IsFinite(value) ? JsonValue.Create(value) : null;
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote; NaN for what is null.</summary>
    /// <exception cref="InvalidOperationException">A figure is something else than a number.</exception>
    public static IReadOnlyDictionary<string, double> Read(JsonObject from)
    {
        var figures = new Dictionary<string, double>();
        foreach (var metric in Metric.All)
        {
            var path = metric.Name.Split('.');
            var place = path[..^1].Aggregate((JsonNode?)from, (node, name) => node?[name]) as JsonObject;
            if (place?.ContainsKey(path[^1]) == true || !metric.OnlyMeasured)
                figures[metric.Name] = place?[path[^1]]?.GetValue<double>() ?? double.NaN;
        }

        return figures;
    }
}
