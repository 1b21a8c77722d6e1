using Diten.Runs.Results;

namespace Diten.Runs.Experiments.Reference;

/// <summary>
/// Source: as of <see cref="ReferenceFigures"/>, the independent implementation with the faults of model.md §10; f̂ emerges, drift-plus-penalty
/// unless said. In the order of the model's table: worlds in sync, then links, estimators and loads, what policies make of it, frozen and lying
/// twins, and other crowds and backgrounds.
/// </summary>
internal static class FaultReferenceFigures
{
    private static readonly string[] Freeze =
        ["faults.stuck.kind=freeze", "faults.stuck.on=twins", "faults.stuck.share=0.3", "faults.stuck.slots=[20, 80]"];

    private static readonly string[] Lie = ["faults.liars.kind=lie", "faults.liars.on=twins", "faults.liars.share=0.1", "faults.liars.factor=2"];

    /// <summary>An age is given to a hundredth, without an interval; so are queries a task.</summary>
    private const double Rounding = 0.005;

    /// <summary>The table of <c>diten reference faults</c>.</summary>
    public static ReferenceTable Table { get; } = new(
        [
            Metric.Latency, Metric.FailureRate, Metric.MigrationRate, Metric.Reward, Metric.Regret, Metric.WrongShare, Metric.TwinAge, Metric.QueriesPerTask,
        ],
        Rows());

    private static ReferenceRow[] Rows() =>
    [
        Row("nearest-first", [], "nearest-first", (177.3, 1.7), (0.2969, 0.0063), (0.1191, 0.0004), (-3.558, 0.033), (56.7, 1.2), (0.779, 0.004), 0.00),
        Row("random", [], "random", (178.4, 1.3), (0.3001, 0.0048), (0.8144, 0.0011), (-27.878, 0.083), (57.8, 0.8), (0.790, 0.001), 0.00),
        Row("in sync", [], "drift-plus-penalty", (127.0, 0.8), (0.0673, 0.0032), (0.1352, 0.0011), (-2.585, 0.016), (3.5, 0.1), (0.162, 0.003), 0.00),
        Row("in sync, lowest latency", [], "lowest-latency", (126.5, 0.8), (0.0672, 0.0034), (0.1820, 0.0023), (-2.886, 0.027), (3.0, 0.1), (0.090, 0.003), 0.00),
        Row("in sync, two choices", [], "two-choices", (148.9, 1.0), (0.1708, 0.0051), (0.7359, 0.0014), (-22.166, 0.089), (27.0, 0.4), (0.620, 0.002), 0.00),
        Row("drop 30 %", [.. Drop(0.3)], "drift-plus-penalty", (129.5, 0.8), (0.0801, 0.0035), (0.1403, 0.0007), (-2.645, 0.016), (6.1, 0.2), (0.213, 0.003), 0.42),
        Row("drop 50 %", [.. Drop(0.5)], "drift-plus-penalty", (133.9, 0.9), (0.1012, 0.0037), (0.1467, 0.0008), (-2.742, 0.018), (10.5, 0.2), (0.279, 0.003), 0.98),
        Row("drop 70 %", [.. Drop(0.7)], "drift-plus-penalty", (143.9, 1.3), (0.1488, 0.0051), (0.1527, 0.0012), (-2.954, 0.027), (20.8, 0.8), (0.390, 0.007), 2.26),
        Row("drop 90 %", [.. Drop(0.9)], "drift-plus-penalty", (174.7, 1.9), (0.2815, 0.0074), (0.1465, 0.0009), (-3.557, 0.039), (52.4, 1.6), (0.605, 0.005), 8.10),
        Row("drop 97 %", [.. Drop(0.97)], "drift-plus-penalty", (197.8, 3.0), (0.3696, 0.0090), (0.1244, 0.0012), (-3.995, 0.061), (75.9, 2.7), (0.714, 0.005), 22.10),
        Row("drop 90 %, lowest latency", [.. Drop(0.9)], "lowest-latency", (182.1, 2.1), (0.3100, 0.0070), (0.1920, 0.0015), (-4.046, 0.047), (59.7, 1.8), (0.609, 0.005), 8.10),
        Row("drop 90 %, two choices", [.. Drop(0.9)], "two-choices", (165.4, 1.3), (0.2495, 0.0058), (0.7123, 0.0012), (-21.078, 0.074), (43.7, 0.7), (0.714, 0.002), 8.10),
        Row("drop 90 %, serving or random", [.. Drop(0.9)], "serving-or-random", (164.6, 1.5), (0.2417, 0.0056), (0.1398, 0.0012), (-3.340, 0.030), (42.2, 1.1), (0.634, 0.007), 8.10),
        Row("drop 50 %, delta", [.. Drop(0.5), "twins.sync=delta", "twins.resync=once"], "drift-plus-penalty", (151.6, 1.6), (0.1823, 0.0060), (0.1478, 0.0008), (-3.096, 0.032), (28.7, 1.1), (0.452, 0.005), 3.77),
        Row("delay 1", ["faults.late.kind=delay", "faults.late.link=sync", "faults.late.by=1"], "drift-plus-penalty", (136.7, 0.8), (0.1175, 0.0036), (0.1570, 0.0005), (-2.821, 0.018), (13.4, 0.3), (0.326, 0.003), 0.99),
        Row("delay 5", ["faults.late.kind=delay", "faults.late.link=sync", "faults.late.by=5"], "drift-plus-penalty", (174.8, 2.0), (0.2946, 0.0078), (0.1673, 0.0008), (-3.567, 0.042), (52.5, 1.6), (0.624, 0.006), 4.85),
        Row("delay geometric 0.6", ["faults.late.kind=delay", "faults.late.link=sync", "faults.late.by=0", "faults.late.stay=0.6"], "drift-plus-penalty", (133.4, 1.0), (0.1001, 0.0046), (0.1480, 0.0012), (-2.735, 0.021), (10.0, 0.4), (0.278, 0.004), 0.86),
        Row("every 5th slot", ["faults.sparse.kind=limit", "faults.sparse.link=sync", "faults.sparse.every=5"], "drift-plus-penalty", (150.4, 1.4), (0.1817, 0.0055), (0.1628, 0.0010), (-3.105, 0.029), (27.7, 0.9), (0.430, 0.007), 1.96),
        Row("bursts 5 % / 20 %", ["faults.bursts.kind=drop", "faults.bursts.link=sync", "faults.bursts.burst.start=0.05", "faults.bursts.burst.end=0.2"], "drift-plus-penalty", (131.3, 0.8), (0.0880, 0.0034), (0.1367, 0.0010), (-2.673, 0.016), (7.9, 0.3), (0.231, 0.004), 0.92),
        Row("drop 90 %, ewma 0.3", [.. Drop(0.9), "twins.estimator=ewma"], "drift-plus-penalty", (174.9, 2.0), (0.2808, 0.0067), (0.1406, 0.0007), (-3.553, 0.040), (52.8, 1.5), (0.630, 0.005), 8.10),
        Row("drop 90 %, kalman", [.. Drop(0.9), "twins.estimator=kalman"], "drift-plus-penalty", (174.4, 2.0), (0.2801, 0.0075), (0.1455, 0.0011), (-3.549, 0.041), (52.0, 1.6), (0.603, 0.006), 8.10),
        Row("drop 90 %, mean-reverting", [.. Drop(0.9), "twins.estimator=mean-reverting"], "drift-plus-penalty", (173.6, 2.2), (0.2772, 0.0082), (0.1472, 0.0009), (-3.532, 0.046), (51.2, 1.8), (0.601, 0.007), 8.10),
        Row("drop 90 %, load aged 0.7", [.. Drop(0.9), "twins.load=aged"], "drift-plus-penalty", (166.7, 1.8), (0.2500, 0.0067), (0.1329, 0.0009), (-3.378, 0.036), (43.8, 1.3), (0.576, 0.007), 8.10),
        Row("drop 90 %, load reckoned", [.. Drop(0.9), "twins.load=reckoned"], "drift-plus-penalty", (130.7, 0.8), (0.0831, 0.0035), (0.1294, 0.0010), (-2.655, 0.016), (7.7, 0.2), (0.312, 0.006), 8.10),
        Row("drop 90 %, reckoned, mean-reverting", [.. Drop(0.9), "twins.load=reckoned", "twins.estimator=mean-reverting"], "drift-plus-penalty", (130.5, 0.8), (0.0827, 0.0036), (0.1306, 0.0011), (-2.651, 0.016), (7.5, 0.2), (0.316, 0.006), 8.10),
        Row("drop 97 %, load reckoned", [.. Drop(0.97), "twins.load=reckoned"], "drift-plus-penalty", (133.9, 0.8), (0.0976, 0.0039), (0.1239, 0.0009), (-2.716, 0.016), (11.4, 0.2), (0.413, 0.005), 22.10),
        Row("drop 90 %, reckoned, reports drop 30 %", [.. Drop(0.9), "twins.load=reckoned", .. DropReports(0.3)], "drift-plus-penalty", (145.2, 1.2), (0.1557, 0.0054), (0.1330, 0.0009), (-2.950, 0.024), (22.3, 0.7), (0.450, 0.006), 8.10),
        Row("drop 90 %, reckoned, reports drop 90 %", [.. Drop(0.9), "twins.load=reckoned", .. DropReports(0.9)], "drift-plus-penalty", (177.0, 2.3), (0.2892, 0.0078), (0.1457, 0.0011), (-3.605, 0.046), (54.9, 1.9), (0.618, 0.007), 8.10),
        Row("drop 90 %, reports drop 90 %", [.. Drop(0.9), .. DropReports(0.9)], "drift-plus-penalty", (183.8, 2.3), (0.3156, 0.0074), (0.1489, 0.0009), (-3.746, 0.047), (61.8, 1.9), (0.642, 0.005), 8.10),
        Row("drop 90 %, answers used", [.. Drop(0.9), "decisions.answers=use"], "drift-plus-penalty", (139.2, 0.9), (0.1266, 0.0042), (0.1626, 0.0008), (-2.879, 0.019), (16.4, 0.4), (0.450, 0.005), 8.10),
        Row("drop 90 %, avoid", [.. Drop(0.9), "decisions.on-desync=avoid"], "drift-plus-penalty", (210.1, 2.5), (0.4166, 0.0070), (0.2732, 0.0011), (-5.331, 0.061), (90.0, 2.1), (0.812, 0.002), 8.10),
        Row("drop 90 %, query", [.. Drop(0.9), "decisions.on-desync=query"], "drift-plus-penalty", (130.7, 0.9), (0.0855, 0.0039), (0.1410, 0.0011), (-2.667, 0.019), (7.2, 0.3), (0.225, 0.004), 8.10, queries: 3.15),
        Row("freeze 30 %, slots 20-80", [.. Freeze], "drift-plus-penalty", (141.2, 1.6), (0.1254, 0.0054), (0.1319, 0.0009), (-2.867, 0.033), (18.0, 1.3), (0.306, 0.007), 5.53),
        Row("freeze 30 %, avoid", [.. Freeze, "decisions.on-desync=avoid"], "drift-plus-penalty", (133.4, 0.9), (0.0965, 0.0044), (0.1372, 0.0010), (-2.720, 0.020), (10.9, 0.6), (0.341, 0.008), 5.53),
        Row("freeze 30 %, query", [.. Freeze, "decisions.on-desync=query"], "drift-plus-penalty", (127.1, 0.8), (0.0677, 0.0033), (0.1352, 0.0010), (-2.587, 0.017), (3.6, 0.1), (0.164, 0.002), 5.53, queries: 0.86),
        Row("freeze all, slots 20-60", ["faults.stuck.kind=freeze", "faults.stuck.on=twins", "faults.stuck.slots=[20, 60]"], "drift-plus-penalty", (157.1, 1.5), (0.1937, 0.0048), (0.1272, 0.0009), (-3.183, 0.029), (34.5, 1.2), (0.393, 0.003), 8.20),
        Row("10 % lie, twice", [.. Lie], "drift-plus-penalty", (177.2, 2.3), (0.2561, 0.0062), (0.1252, 0.0009), (-3.587, 0.045), (54.3, 2.0), (0.438, 0.009), 0.00),
        Row("10 % lie, answers used", [.. Lie, "decisions.answers=use"], "drift-plus-penalty", (137.4, 0.9), (0.1163, 0.0040), (0.1787, 0.0013), (-2.905, 0.022), (13.9, 0.5), (0.314, 0.006), 0.00),
        Row("20 users, nearest-first", ["devices.count=20"], "nearest-first", (138.5, 1.6), (0.1181, 0.0077), (0.1192, 0.0014), (-2.782, 0.032), (32.7, 1.3), (0.779, 0.009), 0.00),
        Row("20 users, in sync", ["devices.count=20"], "drift-plus-penalty", (108.3, 1.0), (0.0124, 0.0023), (0.1271, 0.0022), (-2.200, 0.020), (2.2, 0.1), (0.137, 0.007), 0.00),
        Row("20 users, drop 90 %", ["devices.count=20", .. Drop(0.9)], "drift-plus-penalty", (117.7, 1.7), (0.0490, 0.0066), (0.1213, 0.0019), (-2.387, 0.034), (11.6, 1.2), (0.372, 0.013), 8.10),
        Row("800 users, nearest-first", ["devices.count=800"], "nearest-first", (296.6, 1.7), (0.6648, 0.0029), (0.1191, 0.0002), (-5.944, 0.034), (126.5, 1.2), (0.794, 0.002), 0.00),
        Row("800 users, in sync", ["devices.count=800"], "drift-plus-penalty", (200.1, 1.0), (0.4258, 0.0045), (0.1598, 0.0006), (-4.094, 0.020), (10.3, 0.1), (0.203, 0.001), 0.00),
        Row("800 users, drop 90 %", ["devices.count=800", .. Drop(0.9)], "drift-plus-penalty", (376.3, 2.9), (0.7241, 0.0031), (0.1787, 0.0007), (-7.665, 0.058), (219.3, 2.6), (0.858, 0.002), 8.10),
        Row("800 users, drop 90 %, reckoned", ["devices.count=800", .. Drop(0.9), "twins.load=reckoned"], "drift-plus-penalty", (203.1, 1.1), (0.4329, 0.0044), (0.1576, 0.0006), (-4.152, 0.022), (14.8, 0.2), (0.277, 0.002), 8.10),
        Row("background 0-0.95, in sync", ["servers.background.range=[0, 0.95]"], "drift-plus-penalty", (159.2, 1.4), (0.2029, 0.0067), (0.1508, 0.0010), (-3.267, 0.030), (12.2, 0.4), (0.167, 0.002), 0.00),
        Row("background 0-0.95, drop 90 %", ["servers.background.range=[0, 0.95]", .. Drop(0.9)], "drift-plus-penalty", (277.6, 4.6), (0.4484, 0.0084), (0.1518, 0.0008), (-5.638, 0.092), (133.6, 4.1), (0.608, 0.006), 8.10),
        Row("background 0-0.95, drop 90 %, reckoned", ["servers.background.range=[0, 0.95]", .. Drop(0.9), "twins.load=reckoned"], "drift-plus-penalty", (202.6, 2.6), (0.2872, 0.0077), (0.1425, 0.0010), (-4.122, 0.053), (57.9, 1.9), (0.380, 0.006), 8.10),
    ];

    /// <summary>Latency (ms), failure rate, migration rate, reward per slot, regret (ms), share of wrong decisions, age (slots), queries a task.</summary>
    private static ReferenceRow Row(
        string world, string[] overrides, string policy, (double, double) latency, (double, double) failed, (double, double) migrated,
        (double, double) reward, (double, double) regret, (double, double) wrong, double age, double? queries = null)
    {
        List<(Metric, ReferenceFigure)> figures =
        [
            (Metric.Latency, Of(latency)), (Metric.FailureRate, Of(failed)), (Metric.MigrationRate, Of(migrated)), (Metric.Reward, Of(reward)),
            (Metric.Regret, Of(regret)), (Metric.WrongShare, Of(wrong)), (Metric.TwinAge, new(age, Rounding)),
        ];
        if (queries is { } asked)
            figures.Add((Metric.QueriesPerTask, new(asked, Rounding)));
        return new ReferenceRow(world, ["twins.deviation.source=emergent", "measure.regret=on", .. overrides], policy, figures);
    }

    private static ReferenceFigure Of((double Mean, double HalfWidth) figure) => new(figure.Mean, figure.HalfWidth);

    private static string[] Drop(double probability) =>
        ["faults.loss.kind=drop", "faults.loss.link=sync", FormattableString.Invariant($"faults.loss.probability={probability}")];

    private static string[] DropReports(double probability) =>
        ["faults.reports.kind=drop", "faults.reports.link=report", FormattableString.Invariant($"faults.reports.probability={probability}")];
}
