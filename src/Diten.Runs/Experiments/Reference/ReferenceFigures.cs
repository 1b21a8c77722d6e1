using Diten.Runs.Results;

namespace Diten.Runs.Experiments.Reference;

/// <summary>A figure of the reference with half the width of its 95 % interval, in the unit of the table (milliseconds, shares, reward).</summary>
public readonly record struct ReferenceFigure(double Mean, double HalfWidth);

/// <summary>One row of a table of the reference: a world, a policy, and its figures.</summary>
/// <param name="Overrides">What differs from <c>scenarios/paper.conf</c>.</param>
/// <param name="All">The figures with what they are figures of.</param>
public sealed record ReferenceRow(string World, string[] Overrides, string Policy, IReadOnlyList<(Metric Metric, ReferenceFigure Figure)> All)
{
    /// <summary>Mean T_u, ms; null where it stands in another row of that world: it is the same for all policies.</summary>
    public ReferenceFigure? Uplink => All.Where(pair => pair.Metric == Metric.Uplink).Select(pair => (ReferenceFigure?)pair.Figure).FirstOrDefault();
}

/// <summary>A table of the reference.</summary>
/// <param name="Columns">Its figures, in the order in which they are shown; not every row has all of them.</param>
public sealed record ReferenceTable(IReadOnlyList<Metric> Columns, IReadOnlyList<ReferenceRow> Rows)
{
    /// <summary>The worlds of the paper.</summary>
    public static ReferenceTable Paper => ReferenceFigures.Table;

    /// <summary>Worlds with faults, and twins that lose sync (model.md §10).</summary>
    public static ReferenceTable Faults => FaultReferenceFigures.Table;

    /// <summary>How many figures may miss by chance.</summary>
    public int AllowedMisses { get; init; } = ReferenceAgreement.AllowedOf(Rows.Sum(row => row.All.Count));

    /// <summary>Figures in all rows.</summary>
    public int Count => Rows.Sum(row => row.All.Count);

    /// <summary>The rows whose world a person means.</summary>
    /// <param name="texts">Whole names of worlds, or parts of them; empty = all rows.</param>
    /// <exception cref="UserErrorException">No world is meant by one of them.</exception>
    public ReferenceTable Only(IReadOnlyList<string> texts)
    {
        if (texts.Count == 0)
            return this;
        var meant = new HashSet<ReferenceRow>(ReferenceEqualityComparer.Instance);
        foreach (var text in texts)
        {
            ReferenceRow[] rows = [.. Rows.Where(row => row.World == text)];
            if (rows.Length == 0)
                rows = [.. Rows.Where(row => row.World.Contains(text, StringComparison.OrdinalIgnoreCase))];
            if (rows.Length == 0)
                throw new UserErrorException($"--rows: found {text}; allowed: a part of {string.Join("; ", Rows.Select(row => row.World).Distinct())}.");
            meant.UnionWith(rows);
        }

        return new ReferenceTable(Columns, [.. Rows.Where(meant.Contains)]);
    }
}

/// <summary>
/// Source: an independent float64 implementation of the same model, 20 seeds × 200 devices × 100 slots, ± = 95 % interval of the mean. It
/// draws other random numbers, so agreement means agreement of intervals, never of digits.
/// </summary>
internal static class ReferenceFigures
{
    private static readonly string[] Default = [];
    private static readonly string[] TenCandidates = ["decisions.candidates=10"];
    private static readonly string[] OneRound = ["decisions.rounds=1"];
    private static readonly string[] NoInterference = ["radio.channels=0"];
    private static readonly string[] Crowd = ["devices.count=400", "decisions.candidates=10"];

    /// <summary>The table of <c>diten reference</c>.</summary>
    public static ReferenceTable Table => new([.. Metric.Headline, Metric.Uplink], Rows) { AllowedMisses = ReferenceAgreement.AllowedMisses };

    /// <summary>Mean latency (ms), mean capped latency (ms), failure rate, migration rate, reward per slot; and the uplink of three worlds.</summary>
    public static IReadOnlyList<ReferenceRow> Rows { get; } =
    [
        WithUplink(26.6, 0.4, Row("default, N = 5", Default, "nearest-first", (170.0, 1.4), (149.1, 0.6), (0.270, 0.006), (0.1191, 0.0004), (-3.412, 0.028))),
        Row("default, N = 5", Default, "random", (171.4, 1.0), (149.6, 0.4), (0.274, 0.004), (0.815, 0.001), (-27.79, 0.08)),
        Row("default, N = 5", Default, "lowest-latency", (123.7, 0.7), (121.2, 0.5), (0.060, 0.003), (0.236, 0.002), (-3.413, 0.032)),
        Row("default, N = 5", Default, "drift-plus-penalty", (124.1, 0.7), (121.9, 0.5), (0.058, 0.003), (0.142, 0.001), (-2.529, 0.014)),
        Row("N = 10", TenCandidates, "drift-plus-penalty", (119.6, 0.7), (117.7, 0.5), (0.046, 0.003), (0.132, 0.001), (-2.422, 0.013)),
        Row("one decision round", OneRound, "lowest-latency", (163.7, 2.3), (139.0, 0.8), (0.243, 0.008), (0.516, 0.007), (-12.66, 0.36)),
        Row("one decision round", OneRound, "drift-plus-penalty", (129.1, 0.8), (124.9, 0.6), (0.084, 0.004), (0.158, 0.001), (-2.669, 0.019)),
        WithUplink(14.01, 0.01, Row("no interference", NoInterference, "nearest-first", (157.5, 1.0), (141.1, 0.5), (0.218, 0.005), (0.1191, 0.0004), (-3.162, 0.020))),
        Row("no interference", NoInterference, "drift-plus-penalty", (111.6, 0.3), (111.1, 0.3), (0.020, 0.001), (0.142, 0.001), (-2.278, 0.007)),
        WithUplink(35.9, 0.5, Row("400 users, N = 10", Crowd, "nearest-first", (208.3, 1.8), (163.4, 0.5), (0.427, 0.006), (0.1191, 0.0003), (-4.177, 0.036))),
        Row("400 users, N = 10", Crowd, "drift-plus-penalty", (139.8, 0.9), (133.9, 0.6), (0.121, 0.004), (0.137, 0.001), (-2.843, 0.018)),
    ];

    private static ReferenceRow Row(string world, string[] overrides, string policy, params (double Mean, double HalfWidth)[] figures) => new(
        world, overrides, policy, [.. Metric.Headline.Zip(figures, (metric, figure) => (metric, new ReferenceFigure(figure.Mean, figure.HalfWidth)))]);

    private static ReferenceRow WithUplink(double mean, double halfWidth, ReferenceRow row) =>
        row with { All = [.. row.All, (Metric.Uplink, new ReferenceFigure(mean, halfWidth))] };
}
