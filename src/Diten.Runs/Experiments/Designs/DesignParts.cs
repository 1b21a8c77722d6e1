using System.Globalization;
using Diten.Model.Input;
using Diten.Runs.Experiments.Cells;
using Diten.Runs.Results;
using Diten.Runs.Scenarios.Hocon;

namespace Diten.Runs.Experiments.Designs;

/// <summary>Reads what shall be learned from the cases of a part: estimates, claims and figures.</summary>
/// <param name="part">The part, with its axes.</param>
/// <param name="quick">Whether levels are missing that it names: what cannot be made without them is left out.</param>
internal sealed class DesignParts(ExperimentPart part, bool quick)
{
    private static readonly Dictionary<string, EstimateKind> Kinds = new()
    {
        ["mean"] = EstimateKind.Mean,
        ["difference"] = EstimateKind.Difference,
        ["recovered"] = EstimateKind.Recovered,
        ["crossing"] = EstimateKind.Crossing,
    };

    private static readonly Dictionary<string, FigureKind> Figures = new()
    {
        ["lines"] = FigureKind.Lines,
        ["heat-map"] = FigureKind.HeatMap,
        ["best"] = FigureKind.Best,
        ["front"] = FigureKind.Front,
        ["ages"] = FigureKind.Ages,
        ["regret-by-age"] = FigureKind.RegretByAge,
        ["recovery"] = FigureKind.Recovery,
    };

    /// <summary>The part with all of them.</summary>
    public ExperimentPart Read(DesignFields fields)
    {
        var primary = Estimates(fields.Object("contrasts"));
        var exploratory = Estimates(fields.Object("explore"));
        var known = primary.Concat(exploratory).ToDictionary(estimate => estimate.Name);
        return part with
        {
            Primary = primary,
            Exploratory = exploratory,
            Claims = Claims(fields.Object("claims"), known),
            Figures = FiguresOf(fields.Object("figures")),
            Bounds = [.. (fields.List("bounds") ?? []).Select(text => SelectionOf(fields, "bounds", text)).OfType<Selection>()],
        };
    }

    /// <summary>The metric of a name; null, and an error, where there is none.</summary>
    public static Metric? MetricOf(DesignFields fields, string key, string name)
    {
        if (Metric.All.Concat(BoundMetric.All).FirstOrDefault(metric => metric.Name == name) is { } metric)
            return metric;
        fields.Refuse(key, $"'{name}'", "a figure of summary.json, such as latency.mean or failureRate", Suggestion.For(name, Metric.All.Select(one => one.Name)));
        return null;
    }

    /// <summary>A value of a metric as people write it: <c>2 ms</c>, <c>5 %</c>, or a number in the SI unit; null where it is none.</summary>
    public static double? ValueOf(Metric? metric, string text)
    {
        var (number, factor) = text.Trim() switch
        {
            var t when t.EndsWith("ms", StringComparison.Ordinal) && metric?.Unit == "s" => (t[..^2], 1e-3),
            var t when t.EndsWith('s') && metric?.Unit == "s" => (t[..^1], 1),
            var t when t.EndsWith('%') => (t[..^1], 1e-2),
            var t => (t, 1.0),
        };
        return double.TryParse(number.Replace('−', '-'), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value * factor : null;
    }

    private List<EstimateDesign> Estimates(DesignFields all)
    {
        var estimates = new List<EstimateDesign>();
        foreach (var name in all.Names)
        {
            // "A against B" alone says a difference of the first metric.
            var text = all.Node(name) is HoconText shorthand ? shorthand.Text : null;
            var fields = text is null ? all.Optional(name) : null;
            var against = text?.Split(" against ");
            if (fields is null && against is not [_, _])
            {
                if (text is not null)
                    all.Refuse(name, text, "'axis=level against axis=level', or braces with kind, of, against, metric");
                continue;
            }

            if (against is not null)
            {
                if (SelectionOf(all, name, against[0]) is { } of && SelectionOf(all, name, against[1]) is { } other)
                    estimates.Add(new EstimateDesign(name, EstimateKind.Difference, part.Metrics[0], of, other));
                continue;
            }

            if (EstimateOf(name, fields!) is { } estimate)
                estimates.Add(estimate);
            fields!.Close();
        }

        return estimates;
    }

    private EstimateDesign? EstimateOf(string name, DesignFields fields)
    {
        var kind = OneOf(fields, "kind", Kinds, EstimateKind.Difference);
        var metric = fields.Text("metric") is { } named ? MetricOf(fields, "metric", named) : part.Metrics[0];
        var (of, against, unharmed) = (Required(fields, "of"), kind == EstimateKind.Mean ? null : Required(fields, "against"), kind == EstimateKind.Recovered ? Required(fields, "unharmed") : null);
        var along = kind == EstimateKind.Crossing ? fields.Required("along", "an axis with numbers") : null;
        if (along is not null && !IsNumeric(along))
            fields.Refuse("along", along, "an axis whose levels are numbers");
        double? margin = null;
        if (fields.Text("margin") is { } width && (margin = ValueOf(metric, width)) is not > 0)
            fields.Refuse("margin", width, "what counts as equal, more than 0, in the metric's unit, such as 2 ms");
        RequireSameAxes(fields, along, ("of", of), ("against", against), ("unharmed", unharmed));
        var complete = metric is not null && of is not null && (kind == EstimateKind.Mean || against is not null) && (kind != EstimateKind.Recovered || unharmed is not null);
        return complete ? new EstimateDesign(name, kind, metric!, of!, against) { Unharmed = unharmed, Along = along, Margin = margin } : null;
    }

    /// <summary>An axis that one selection names must be in all of them: else it is not known which cases are meant.</summary>
    private static void RequireSameAxes(DesignFields fields, string? along, params (string Key, Selection? Selection)[] selections)
    {
        var given = selections.Where(one => one.Selection is not null).ToArray();
        string[] all = [.. given.SelectMany(one => one.Selection!.Levels).Select(level => level.Axis).Distinct()];
        foreach (var (key, selection) in given)
            foreach (var missing in all.Except(selection!.Levels.Select(level => level.Axis)))
                fields.Refuse(key, $"'{selection}'", $"a level of {missing}, too, which another case of this estimate names");
        if (along is not null && all.Contains(along))
            fields.Refuse("along", along, "an axis that no case of this estimate names");
    }

    private List<ClaimDesign> Claims(DesignFields all, Dictionary<string, EstimateDesign> known)
    {
        var claims = new List<ClaimDesign>();
        foreach (var name in all.Names)
        {
            if (all.Optional(name) is not { } fields)
                continue;
            var says = fields.Required("says", "a sentence");
            var estimate = fields.Required("of", "the name of an estimate");
            var at = fields.Text("at") is { } place ? SelectionOf(fields, "at", place) : null;
            if (estimate is not null && !known.ContainsKey(estimate) && !quick)
                fields.Refuse("of", estimate, $"one of {string.Join(", ", known.Keys)}", Suggestion.For(estimate, known.Keys));
            var range = fields.Required("lies", DesignRange.Allowed);
            var (then, otherwise) = (fields.Prose("then"), fields.Prose("otherwise"));
            var found = estimate is not null && known.TryGetValue(estimate, out var design) ? design : null;
            var metric = found?.Kind is EstimateKind.Recovered or EstimateKind.Crossing ? null : found?.Metric;
            var limits = range is null ? null : DesignRange.Of(range, text => ValueOf(metric, text));
            if (range is not null && limits is null && found is not null)
                fields.Refuse("lies", range, DesignRange.Allowed);
            fields.Close();
            if (says is not null && found is not null && limits is var (low, high))
                claims.Add(new ClaimDesign(name, says, found.Name, at, low, high) { Then = then, Otherwise = otherwise });
        }

        return claims;
    }

    private List<FigureDesign> FiguresOf(DesignFields all)
    {
        var figures = new List<FigureDesign>();
        foreach (var name in all.Names)
        {
            if (all.Optional(name) is not { } fields)
                continue;
            var kind = OneOf(fields, "kind", Figures, FigureKind.Lines);
            var metric = fields.Text("metric") is { } named ? MetricOf(fields, "metric", named) : part.Metrics[0];
            var against = fields.Text("against") is { } other ? MetricOf(fields, "against", other) : Metric.SyncBytes;
            var (x, series, over) = (AxisOf(fields, "x"), AxisOf(fields, "series"), AxisOf(fields, "over"));
            if (kind is FigureKind.Lines or FigureKind.HeatMap or FigureKind.Best && x is null)
                fields.Refuse("x", "nothing", $"an axis: {string.Join(", ", part.Axes.Select(axis => axis.Name))}");
            if (kind is FigureKind.Best && over is null)
                fields.Refuse("over", "nothing", "the axis of which the best level is wanted");
            foreach (var (key, axis) in new[] { ("series", series), ("over", over) })
                if (axis is not null && (axis == x || (key == "over" && axis == series)))
                    fields.Refuse(key, $"'{axis}'", "an axis that has no other part in the figure");
            if (kind is not FigureKind.Best && fields.Node("within") is not null)
                fields.Refuse("within", $"kind = {Figures.First(word => word.Value == kind).Key}", "kind = best: a level must keep it to be the best");
            var at = fields.Text("at") is { } place ? SelectionOf(fields, "at", place) : new Selection([]);
            var figure = metric is null || at is null ? null : new FigureDesign(name, kind, fields.Text("title") ?? name, metric, x, series, at)
            {
                Caption = fields.Text("caption") ?? "",
                Against = against,
                Over = over,
                Within = fields.Text("within") is { } limit ? LimitOf(fields, limit) : null,
                LogX = fields.Text("log-x") is "true" or "on",
            };
            if (figure is not null)
                figures.Add(figure with { Beside = Beside(fields.Object("beside")) });
            fields.Close();
        }

        return figures;
    }

    /// <summary>Reads <c>metric &lt;= value</c>; null where it is none.</summary>
    private static Limit? LimitOf(DesignFields fields, string text)
    {
        if (text.Split("<=", StringSplitOptions.TrimEntries) is [var name, var value] && name.Length > 0)
        {
            if (MetricOf(fields, "within", name) is not { } metric)
                return null;
            var isBudget = value == "budget" && metric == Metric.MigrationRate;
            if (isBudget || ValueOf(metric, value) is not null)
                return new Limit(metric, isBudget ? null : ValueOf(metric, value), $"{name} <= {value}");
        }

        fields.Refuse("within", $"'{text}'", "migrationRate <= budget, or a metric <= a value in its unit, such as failureRate <= 5 %");
        return null;
    }

    private List<(string Name, Metric Metric, Selection At)> Beside(DesignFields all)
    {
        var lines = new List<(string, Metric, Selection)>();
        foreach (var name in all.Names)
        {
            if (all.Optional(name) is not { } fields)
                continue;
            if (MetricOf(fields, "metric", fields.Required("metric", "a figure") ?? "") is { } metric && Required(fields, "at") is { } at)
                lines.Add((name, metric, at));
            fields.Close();
        }

        return lines;
    }

    private string? AxisOf(DesignFields fields, string key)
    {
        if (fields.Text(key) is not { } name)
            return null;
        if (part.IndexOf(name) >= 0)
            return name;
        fields.Refuse(key, $"'{name}'", $"an axis: {string.Join(", ", part.Axes.Select(axis => axis.Name))}", Suggestion.For(name, part.Axes.Select(axis => axis.Name)));
        return null;
    }

    private Selection? Required(DesignFields fields, string key) =>
        fields.Required(key, "axis=level, such as policy=random, loss=0.9") is { } text ? SelectionOf(fields, key, text) : null;

    /// <summary>Reads <c>axis=level, axis=level</c>; null where it is none, or names a level that a quick run leaves out.</summary>
    private Selection? SelectionOf(DesignFields fields, string key, string text)
    {
        var levels = new List<(string, string)>();
        foreach (var piece in Cells.Axis.List(text))
        {
            var equals = piece.IndexOf('=', StringComparison.Ordinal);
            var (name, level) = equals > 0 ? (piece[..equals].Trim(), piece[(equals + 1)..].Trim().Trim('"')) : (piece, "");
            var at = part.IndexOf(name);
            if (equals <= 0 || at < 0)
            {
                var names = part.Axes.Select(axis => axis.Name).ToArray();
                fields.Refuse(key, $"'{piece}'", $"axis=level, of the axes {string.Join(", ", names)}", Suggestion.For(name, names));
                return null;
            }

            var known = part.Axes[at].Levels.Select(one => one.Name).ToArray();
            if (!known.Contains(level))
            {
                if (!quick)
                    fields.Refuse(key, $"'{piece}'", $"{name} is one of {string.Join(", ", known)}", Suggestion.For(level, known));
                return null;
            }

            levels.Add((name, level));
        }

        return new Selection(levels);
    }

    private bool IsNumeric(string axis) => part.IndexOf(axis) is >= 0 and var at && part.Axes[at].Levels.All(level => ValueOf(null, level.Name) is not null);

    private static T OneOf<T>(DesignFields fields, string key, Dictionary<string, T> words, T usual)
    {
        if (fields.Text(key) is not { } word)
            return usual;
        if (words.TryGetValue(word, out var value))
            return value;
        fields.Refuse(key, $"'{word}'", string.Join(" | ", words.Keys), Suggestion.For(word, words.Keys));
        return usual;
    }
}
