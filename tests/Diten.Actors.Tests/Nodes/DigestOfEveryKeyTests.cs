using Diten.Model.Scenarios;
using Diten.Model.Scenarios.Keys;
using Diten.Model.Worlds;

namespace Diten.Actors.Tests.Nodes;

/// <summary>A little change of any key that a run uses changes the digest; keys that never change a result do not.</summary>
public sealed class DigestOfEveryKeyTests(InputFiles files) : IClassFixture<InputFiles>
{
    private const string Sites = "stations.topology = sites; stations.sites-file = sites.csv",
        Journeys = "devices.mobility.model = trace; devices.mobility.traces = journeys.csv",
        Cpu = "servers.background.model = trace; servers.background.traces = cpu.csv",
        Loss = "faults.loss.kind = drop; faults.loss.link = sync; faults.loss.probability = 0.8",
        Deaf = "faults.deaf.kind = drop; faults.deaf.link = request; faults.deaf.probability = 0.5";

    /// <summary>Key, another value, and where the default city does not use the key, what makes a city that does.</summary>
    private static readonly (string Key, string Other, string World)[] Used =
    [
        ("seed", "2", ""),
        ("slots", "13", ""),
        ("slot-length", "1.001 s", ""),
        ("area.side", "801 m", ""),
        ("stations.topology", "hexagonal", ""),
        ("stations.density", "42 /km2", "stations.topology = poisson"),
        ("stations.coverage", "61 m", "stations.coverage = 60 m"),
        ("stations.sites-file", "other-sites.csv", Sites),
        ("stations.sites-longitude-column", "lon2", $"{Sites}; stations.sites-longitude-column = lon; stations.sites-latitude-column = lat"),
        ("stations.sites-latitude-column", "lat2", $"{Sites}; stations.sites-longitude-column = lon; stations.sites-latitude-column = lat"),
        ("stations.servers-share", "0.95", ""),
        ("devices.count", "51", ""),
        ("devices.journey-slots", "8", ""),
        ("devices.mobility.model", "commuter", ""),
        ("devices.mobility.speed", "40.001 m/s", ""),
        ("devices.mobility.gauss-markov-memory", "0.851", "devices.mobility.model = gauss-markov"),
        ("devices.mobility.street-spacing", "228 m", "devices.mobility.model = manhattan; devices.mobility.street-spacing = 229 m"), // 4 streets, not 3
        ("devices.mobility.taxi.turn-every", "90 m", "devices.mobility.model = taxi"),
        ("devices.mobility.taxi.left", "0.399", "devices.mobility.model = taxi"),
        ("devices.mobility.taxi.right", "0.399", "devices.mobility.model = taxi"),
        ("devices.mobility.taxi.back", "0.199", "devices.mobility.model = taxi"),
        ("devices.mobility.taxi.speed-every", "90 m", "devices.mobility.model = taxi"),
        ("devices.mobility.taxi.speed-variation", "0.11", "devices.mobility.model = taxi"),
        ("devices.mobility.taxi.light-every", "91 m", "devices.mobility.model = taxi"),
        ("devices.mobility.taxi.lights-share", "0.44", "devices.mobility.model = taxi"),
        ("devices.mobility.taxi.fare-every", "92 m", "devices.mobility.model = taxi"),
        ("devices.mobility.taxi.fares-share", "0.44", "devices.mobility.model = taxi"),
        ("devices.mobility.traces", "other-journeys.csv", Journeys),
        ("devices.mobility.trace-format", "t-drive",
            "devices.mobility.model = trace; devices.mobility.traces = degrees.csv; devices.mobility.trace-format = csv; "
            + "devices.mobility.trace-id-column = 0; devices.mobility.trace-time-column = 1; "
            + "devices.mobility.trace-longitude-column = 3; devices.mobility.trace-latitude-column = 2"),
        ("devices.mobility.trace-separator", "semicolon",
            "devices.mobility.model = trace; devices.mobility.traces = mixed.csv; devices.mobility.trace-separator = comma; "
            + "devices.mobility.trace-id-column = 1; devices.mobility.trace-time-column = 2; "
            + "devices.mobility.trace-longitude-column = 3; devices.mobility.trace-latitude-column = 4"),
        ("devices.mobility.trace-id-column", "id2", Journeys),
        ("devices.mobility.trace-time-column", "time2", Journeys),
        ("devices.mobility.trace-time-form", "month-first",
            "devices.mobility.model = trace; devices.mobility.traces = days.csv; devices.mobility.trace-time-form = day-first"),
        ("devices.mobility.trace-longitude-column", "x2",
            $"{Journeys}; devices.mobility.trace-longitude-column = x; devices.mobility.trace-latitude-column = y"),
        ("devices.mobility.trace-latitude-column", "y2",
            $"{Journeys}; devices.mobility.trace-longitude-column = x; devices.mobility.trace-latitude-column = y"),
        ("devices.mobility.trace-fit", "crop", Journeys),
        ("devices.mobility.time-scale", "1.001", Journeys),
        ("devices.mobility.trace-maximum-speed", "40 m/s", Journeys),
        ("devices.mobility.trace-maximum-gap", "299 s", Journeys),
        ("radio.bandwidth", "20.001 MHz", ""),
        ("radio.noise", "2.001e-12 W", ""),
        ("radio.transmit-power", "[0.2 W, 0.601 W]", ""),
        ("radio.path-loss-exponent", "3.001", ""),
        ("radio.channels", "15", ""),
        ("radio.interference-range", "510 m", ""),
        ("radio.share-bandwidth", "true", ""),
        ("tasks.data", "[600 kB, 800.1 kB]", ""),
        ("tasks.cycles-per-bit", "[200, 400.01]", ""),
        ("tasks.deadline", "[150 ms, 240 ms]", ""),
        ("backhaul.latency-per-spacing", "2.001 ms", ""),
        ("backhaul.latency-per-metre", "12.51 us/m", ""),
        ("backhaul.rate", "10.01 Gbit/s", "servers.migration-outage = true"),
        ("servers.frequency", "[15 GHz, 25.001 GHz]", ""),
        ("servers.sharing", "processor-sharing", ""),
        ("servers.migration-outage", "true", ""),
        ("servers.service-state", "10.01 MB", "servers.migration-outage = true"),
        ("servers.background.model", "ar1", ""),
        ("servers.background.range", "[0, 0.501]", ""),
        ("servers.background.redraw-probability", "0.06", ""),
        ("servers.background.correlation", "0.951", "servers.background.model = ar1"),
        ("servers.background.traces", "other-cpu.csv", Cpu),
        ("servers.background.trace-time-column", "time2", Cpu),
        ("servers.background.trace-time-form", "month-first",
            "servers.background.model = trace; servers.background.traces = cpu-days.csv; servers.background.trace-time-form = day-first"),
        ("servers.background.trace-value-column", "value2", Cpu),
        ("servers.background.trace-separator", "semicolon",
            "servers.background.model = trace; servers.background.traces = cpu-mixed.csv; servers.background.trace-separator = comma; "
            + "servers.background.trace-time-column = 1; servers.background.trace-value-column = 2"),
        ("servers.background.trace-unit", "fraction", Cpu),
        ("servers.background.trace-step", "2 s", "servers.background.model = trace; servers.background.traces = cpu-values.txt; servers.background.trace-step = 1 s"),
        ("twins.deviation.source", "emergent", ""),
        ("twins.deviation.mean", "0.501 GHz", ""),
        ("twins.deviation.standard-deviation", "0.501 GHz", ""),
        ("twins.deviation.side", "twin", ""),
        ("twins.calibrated", "false", ""),
        ("twins.estimator", "kalman", ""),
        ("twins.ewma-weight", "0.35", "twins.estimator = ewma"),
        ("twins.kalman-drift", "0.2", "twins.estimator = kalman"),
        ("twins.kalman-reading", "0.2", "twins.estimator = kalman"),
        ("twins.correlation", "0.5", $"twins.estimator = mean-reverting; {Loss}"),
        ("twins.load", "reckoned", Loss),
        ("twins.load-correlation", "0.4", $"twins.load = aged; {Loss}"),
        ("twins.exact", "tasks", Loss),
        ("twins.sync", "delta", Loss),
        ("twins.resync", "once", $"twins.sync = delta; {Loss}; {Deaf}"),
        ("twins.send", "every", ""),
        ("twins.send-every", "4", "twins.send = every"),
        ("twins.send-change", "0.9", "twins.send = on-change"),
        ("twins.heartbeat", "2", "twins.send = on-change; twins.send-change = 0.9"),
        ("twins.suspect-age", "1", $"decisions.on-desync = avoid; {Loss}"),
        ("decisions.candidates", "4", ""),
        ("decisions.rounds", "3", ""),
        ("decisions.answers", "use", Loss),
        ("decisions.on-desync", "query", Loss),
        ("decisions.trust", "learned", Loss),
        ("decisions.trust-weight", "0.4", $"decisions.trust = learned; {Loss}"),
        ("decisions.reported-share", "0.5", ""),
        ("decisions.query-faults", "true", $"decisions.on-desync = query; {Loss}; {Deaf}"),
        ("policy.name", "lowest-latency", ""),
        ("policy.switches", """[{ "slot": 5, "name": "random" }]""", ""),
        ("policy.margin", "0.35", "policy.name = hysteresis"),
        ("policy.file", "other-set.policy", "policy.name = learned; policy.file = set.policy"),
        ("policy.decide", "sample", "policy.name = learned; policy.file = set.policy"),
        ("policy.migration-weight", "0.2", "policy.name = cost-qos"),
        ("policy.qos-margin", "0.2", "policy.name = cost-qos"),
        ("policy.topsis-latency-weight", "0.5", "policy.name = topsis"),
        ("policy.topsis-capacity-weight", "0.3", "policy.name = topsis"),
        ("policy.topsis-distance-weight", "0.2", "policy.name = topsis"),
        ("policy.topsis-migration-weight", "0.2", "policy.name = topsis"),
        ("objective.beta", "0.201", ""),
        ("objective.migration-cost", "1.001", ""),
        ("objective.v", "20.01", ""),
    ];

    /// <summary>Keys that never change a result, each with its reason.</summary>
    private static readonly (string Key, string Other, string World, string Reason)[] WithoutEffect =
    [
        ("pace", "1000", "", "only says when a slot is begun"),
        ("zones.columns", "3", "zones.columns = 2; zones.rows = 2", "only says where actors live"),
        ("zones.rows", "1", "zones.columns = 2; zones.rows = 2", "only says where actors live"),
        ("twins.hosts-block", "2", "", "only says where twins live, and so how many queries are counted, which no decision depends on"),
        ("decisions.state", "paper", "", "only policies with a network read features"),
        ("twins.desync-age", "5", Loss, "only names a twin's condition"),
        ("measure.regret", "on", "", "only measures"),
        ("measure.twins", "on", "", "only measures"),
        .. new[]
        {
            ("update", "paper"), ("critic", "action-value"), ("critic-rule", "literal"), ("train-on", "system-twin"), ("network", "dense"),
            ("score-features", "false"), ("slots", "7"), ("period", "8"), ("lag", "9"), ("pretraining", "10"), ("twin-journeys", "11"),
            ("discount", "0.5"), ("advantage-decay", "0.5"), ("policy-rate", "0.5"), ("critic-rate", "0.5"), ("entropy", "0.5"), ("clip", "0.5"),
            ("passes", "5"), ("minibatches", "5"), ("reward-scale", "0.5"), ("stale-versions", "5"),
        }.Select(key => ($"learning.{key.Item1}", key.Item2, "", "only training looks at it")),
    ];

    private static readonly Dictionary<string, string> Digests = [];

    public static TheoryData<string> UsedKeys => [.. Used.Select(k => k.Key)];

    public static TheoryData<string> KeysWithoutEffect => [.. WithoutEffect.Select(k => k.Key)];

    [Fact]
    public void Every_key_is_tried() =>
        Assert.Equal(ScenarioKeys.All.Select(k => k.Name).Order(), Used.Select(k => k.Key).Concat(WithoutEffect.Select(k => k.Key)).Order());

    [Theory]
    [MemberData(nameof(UsedKeys))]
    public async Task A_little_change_of_a_key_changes_the_digest(string key)
    {
        var (_, other, world) = Used.Single(k => k.Key == key);

        Assert.False(await DigestAsync(world) == await DigestAsync($"{world}; {key} = {other}"), $"{key} does not change the digest.");
    }

    [Theory]
    [MemberData(nameof(KeysWithoutEffect))]
    public async Task A_key_without_effect_leaves_the_digest_as_it_is(string key)
    {
        var (_, other, world, reason) = WithoutEffect.Single(k => k.Key == key);

        Assert.True(await DigestAsync(world) == await DigestAsync($"{world}; {key} = {other}"), $"{key} changes the digest, but {reason}.");
    }

    /// <summary>Worlds in which what <see cref="ScenarioKey.EffectiveWhen"/> asks for does not hold, by the key that it names; none where the default city will do.</summary>
    private static readonly Dictionary<string, string> SwitchedOff = new()
    {
        ["stations.topology"] = "",
        ["devices.mobility.model"] = "",
        ["radio.channels"] = "radio.channels = 0",
        ["backhaul.latency-per-metre"] = "backhaul.latency-per-metre = 12 us/m",
        ["servers.migration-outage"] = "",
        ["servers.background.model"] = "servers.background.model = none",
        ["twins.deviation.source"] = "twins.deviation.source = emergent",
        ["twins.estimator"] = "",
        ["twins.load"] = Loss,
        ["twins.sync"] = Loss,
        ["twins.send"] = Loss,
        ["decisions.on-desync"] = Loss,
        ["decisions.trust"] = Loss,
        ["policy.name"] = "",
    };

    public static TheoryData<string> ConditionalKeys => [.. ScenarioKeys.All.Where(key => key.EffectiveWhen is not null && !key.Name.StartsWith("learning.")).Select(key => key.Name)];

    [Theory]
    [MemberData(nameof(ConditionalKeys))]
    public async Task A_key_changes_the_digest_only_where_it_says_so(string name)
    {
        var key = ScenarioKeys.Find(name)!;
        var (_, other, world) = Used.Single(k => k.Key == name);
        var off = key.EffectiveWhen!.Key == "stations.topology" && key.EffectiveWhen.Except ? Sites : SwitchedOff[key.EffectiveWhen.Key];

        Assert.True(key.EffectiveWhen.Holds(ScenarioOf(world)), $"{name} changes the digest, and is said to have no effect.");
        Assert.False(key.EffectiveWhen.Holds(ScenarioOf(off)));
        Assert.True(await DigestAsync(off) == await DigestAsync($"{off}; {name} = {other}"), $"{name} changes the digest where it should have no effect.");
    }

    /// <summary>Digest of the city with some keys set, in the order in which they are written.</summary>
    private async Task<string> DigestAsync(string settings)
    {
        if (Digests.TryGetValue(settings, out var known))
            return known;
        return Digests[settings] = await Small.DigestAsync(ScenarioOf(settings));
    }

    private Scenario ScenarioOf(string settings)
    {
        var faults = new List<ScenarioEntry>();
        var scenario = Small.City(devices: 50); // loaded so that some tasks are in time and some late: then deadlines matter
        foreach (var setting in settings.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var (name, text) = (setting[..setting.IndexOf('=')].Trim(), setting[(setting.IndexOf('=') + 1)..].Trim());
            if (name.StartsWith("faults.", StringComparison.Ordinal))
            {
                faults.Add(new ScenarioEntry(name, text, "test"));
                continue;
            }

            var (key, before) = (ScenarioKeys.Find(name)!, scenario);
            Assert.Null(key.TryApply(scenario, new ScenarioEntry(name, key.IsPath ? files[text] : text, "test"), out scenario));
            Assert.True(key.Format(before) != key.Format(scenario), $"{name} is {text} already.");
        }

        return scenario with { Faults = ScenarioKeys.Read(faults).Faults };
    }
}
