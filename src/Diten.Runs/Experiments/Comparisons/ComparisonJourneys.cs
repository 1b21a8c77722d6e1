using System.Text.Json.Nodes;
using Diten.Model.Offloading.Bounds;
using Diten.Model.Records;
using Diten.Model.Scenarios;
using Diten.Model.Statistics;
using Diten.Model.Worlds;
using Diten.Runs.Experiments.Cells;

namespace Diten.Runs.Experiments.Comparisons;

/// <summary>
/// What is compared, in single journeys: runs of nearest-first are recorded, and each of their devices travels again, alone, by each policy.
/// </summary>
public sealed class ComparisonJourneys : ICellObserver
{
    private const string Kept = "journeys";

    private readonly OrderedDictionary<string, List<JourneyTotals>> _totals = new(StringComparer.Ordinal);
    private readonly OrderedDictionary<Cell, Cell[]> _travellers = [];
    private readonly Func<Cell, string> _keyOf;
    private readonly List<string> _notes = [];
    private readonly double _sampledShare = 1;

    /// <param name="names">What is compared, in its order.</param>
    /// <param name="cells">Their runs, all seeds.</param>
    /// <param name="keyOf">What names a run where its journeys are kept.</param>
    internal ComparisonJourneys(IReadOnlyList<string> names, IReadOnlyList<Cell> cells, Func<Cell, string> keyOf)
    {
        _keyOf = keyOf;
        foreach (var name in names)
        {
            var scenario = cells.First(cell => cell.Name == name).Input.Scenario;
            if (scenario.Servers.Sharing is not (CpuSharing.Equal or CpuSharing.Exclusive))
                _notes.Add($"No single journeys of {name}: they need servers.sharing = equal or exclusive.");
            else if (scenario.Faults.ChangesWhatTasksMeet)
                _notes.Add($"No single journeys of {name}: it has faults on servers, stations, radio or backhaul.");
            else
                _totals.Add(name, []);
        }

        // Whoever differs in its policy only has the same recorded run.
        var recordings = cells.Where(cell => _totals.ContainsKey(cell.Name)).Select(cell => (Cell: cell, Recording: RecordingOf(cell)));
        foreach (var group in recordings.GroupBy(pair => pair.Recording.Input.ResolvedText, StringComparer.Ordinal))
            _travellers.Add(group.First().Recording, [.. group.Select(pair => pair.Cell)]);
        if (_travellers.Count == 0)
            return;
        _notes.Insert(0, "Single journeys: each device alone by the policy, all others as recorded with nearest-first; no decision rounds. "
            + "Gap closed: (nearest-first − policy) / (nearest-first − frontier at the policy's own migrations).");
        _sampledShare = _travellers.Keys.Min(cell => JourneyRecorder.ShareOf(cell.Input.Scenario));
        if (_sampledShare < 1)
            _notes.Add(FormattableString.Invariant(
                $"Single journeys are of a random sample of {_sampledShare:P2} of the devices, drawn anew for each seed; their intervals contain the sampling."));
    }

    /// <summary>The runs of nearest-first that have to be recorded.</summary>
    internal IReadOnlyList<Cell> Recordings => [.. _travellers.Keys];

    /// <summary>Means over seeds, in the order of <see cref="JourneyMetric.All"/>.</summary>
    public IEnumerable<(string Name, MeanInterval[] Figures)> Rows =>
        _totals.Select(row => (row.Key, JourneyMetric.All.Select(metric => MeanInterval.Of([.. row.Value.Select(metric.Of)])).ToArray()));

    /// <summary>What has to be said about them, a sentence a line.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <inheritdoc/>
    string ICellObserver.Name => Kept;

    /// <inheritdoc/>
    bool ICellObserver.Suffices(Cell cell, JsonObject? kept) => kept is not null && _travellers[cell].All(traveller => kept.ContainsKey(_keyOf(traveller)));

    /// <inheritdoc/>
    ICellWatch ICellObserver.Begin(Cell cell, World world) => new Watch(this, cell, world, new JourneyRecorder(world));

    private sealed class Watch(ComparisonJourneys journeys, Cell recording, World world, JourneyRecorder recorder) : ICellWatch
    {
        public void SlotCompleted(SlotReport report) => recorder.SlotCompleted(report);

        public JsonObject End() => journeys.Travel(recording, world, recorder);
    }

    /// <summary>Takes the journeys out of the recorded runs.</summary>
    /// <param name="recorded">Of <see cref="Recordings"/>, in their order.</param>
    internal void Take(IReadOnlyList<CellResult> recorded)
    {
        foreach (var (result, travellers) in recorded.Zip(_travellers.Values))
            foreach (var traveller in travellers)
                _totals[traveller.Name].Add(JourneyTotals.Read((JsonObject)result.Extras.Found[Kept][_keyOf(traveller)]!));
    }

    private JsonObject Travel(Cell recording, World world, JourneyRecorder recorder)
    {
        var travellers = _travellers[recording].DistinctBy(_keyOf).Select(cell => (cell.Input.Ready().Policy, Key: _keyOf(cell), Totals: new JourneyTotals())).ToArray();
        var alone = new SingleJourneys(world.Scenario, world.Topology, recorder.Servers);
        foreach (var journey in recorder.Journeys())
        {
            var frontier = journey.Frontier();
            foreach (var (policy, _, totals) in travellers)
                totals.Add(journey, frontier, alone.Make(journey, policy));
        }

        return new JsonObject(travellers.Select(traveller => KeyValuePair.Create(traveller.Key, (JsonNode?)traveller.Totals.ToJson())));
    }

    /// <summary>The rows for <c>compare.json</c>.</summary>
    public JsonObject Json(Func<MeanInterval, JsonObject> interval) => new()
    {
        ["sampledShare"] = _sampledShare,
        ["policies"] = new JsonArray([.. Rows.Select(row => (JsonNode)new JsonObject(
            JourneyMetric.All.Zip(row.Figures, (metric, mean) => KeyValuePair.Create(metric.Name, (JsonNode?)interval(mean)))
                .Prepend(KeyValuePair.Create("policy", (JsonNode?)row.Name))))]),
    };

    /// <summary>The same world with nearest-first, which decides alike in any round; nobody asks for the regret of its tasks.</summary>
    private static Cell RecordingOf(Cell cell)
    {
        var scenario = cell.Input.Scenario;
        return new Cell(cell.Case, "nearest-first, for single journeys", cell.Input.With(scenario with
        {
            Policy = new PolicySection { Name = "nearest-first" },
            Decisions = scenario.Decisions with { Rounds = 1 },
            Measure = scenario.MeasuresRegret ? scenario.Measure with { Regret = RegretMeasure.Off } : scenario.Measure,
        }));
    }
}
