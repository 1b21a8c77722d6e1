using System.Text.Json.Nodes;

namespace Diten.Runs.Results;

/// <summary>Metrics as JSON: a dot in a name is an object within the object; what was not measured is null.</summary>
internal static class MetricsJson
{
    /// <summary>Takes all metrics.</summary>
    public static IReadOnlyDictionary<string, double> Of(Measured measured) => Metric.All.ToDictionary(metric => metric.Name, metric => metric.Of(measured));

    /// <summary>Adds values by name, in the order of <see cref="Metric.All"/>.</summary>
    public static void Write(IReadOnlyDictionary<string, double> figures, JsonObject into)
    {
        foreach (var metric in Metric.All)
        {
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

    /// <summary>Reads what <see cref="Write"/> wrote; NaN for what is not there.</summary>
    /// <exception cref="InvalidOperationException">A figure is something else than a number.</exception>
    public static IReadOnlyDictionary<string, double> Read(JsonObject from) => Metric.All.ToDictionary(metric => metric.Name, metric =>
        metric.Name.Split('.').Aggregate((JsonNode?)from, (node, name) => node?[name])?.GetValue<double>() ?? double.NaN);
}
