using System.Reflection;
using Diten.Model.Faults;
using Diten.Model.Policies;
using Diten.Model.Scenarios;
using Diten.Model.Scenarios.Keys;
using Diten.Model.Tests.Docs;
using FsCheck.Xunit;

namespace Diten.Model.Tests.Scenarios.Keys;

public class ScenarioKeysTests
{
    private static Scenario Read(params (string Key, string Text)[] entries) =>
        ScenarioKeys.Read([.. entries.Select((e, i) => new ScenarioEntry(e.Key, e.Text, "test.conf", i + 1))]);

    private static IReadOnlyList<ScenarioError> Errors(params (string Key, string Text)[] entries) =>
        Assert.Throws<ScenarioException>(() => Read(entries)).Errors;

    [Fact]
    public void Every_property_of_a_scenario_has_exactly_one_key_and_every_key_one_property()
    {
        var keyOf = new Dictionary<string, string>();
        foreach (var (name, change) in Properties())
        {
            var changed = new Scenario();
            change(changed);
            var keys = ScenarioKeys.All.Where(k => k.Format(changed) != k.Default).Select(k => k.Name).ToArray();
            Assert.True(keys.Length == 1, $"{name} is written by [{string.Join(", ", keys)}]");
            keyOf.Add(name, keys[0]);
        }
        Assert.Equal(ScenarioKeys.All.Select(k => k.Name).Order(), keyOf.Values.Order());
    }

    [Fact]
    public void The_defaults_are_read_back_from_what_is_written()
    {
        Assert.Equal(new Scenario(), Read([.. ScenarioKeys.All.Select(k => (k.Name, k.Default))]));
    }

    [Fact]
    public void Names_are_in_kebab_case_and_unique()
    {
        Assert.All(ScenarioKeys.All, k => Assert.Matches("^[a-z0-9]+([-.][a-z0-9]+)*$", k.Name));
        Assert.Equal(ScenarioKeys.All.Count, ScenarioKeys.All.Select(k => k.Name).Distinct().Count());
        Assert.All(ScenarioKeys.All, k => Assert.NotEmpty(k.Meaning));
    }

    [Theory]
    [InlineData("seed", "1")]
    [InlineData("slot-length", "1 s")]
    [InlineData("pace", "virtual")]
    [InlineData("area.side", "5 km")]
    [InlineData("stations.density", "40 /km2")]
    [InlineData("stations.coverage", "150 m")]
    [InlineData("devices.mobility.speed", "15 m/s")]
    [InlineData("radio.bandwidth", "20 MHz")]
    [InlineData("radio.noise", "2e-12 W")]
    [InlineData("radio.transmit-power", "[0.2 W, 0.6 W]")]
    [InlineData("tasks.data", "[600 kB, 800 kB]")]
    [InlineData("tasks.deadline", "[150 ms, 250 ms]")]
    [InlineData("backhaul.latency-per-spacing", "2 ms")]
    [InlineData("backhaul.latency-per-metre", "")]
    [InlineData("backhaul.rate", "10 Gbit/s")]
    [InlineData("servers.frequency", "[15 GHz, 25 GHz]")]
    [InlineData("servers.service-state", "10 MB")]
    [InlineData("servers.background.range", "[0, 0.5]")]
    [InlineData("twins.deviation.mean", "0.5 GHz")]
    [InlineData("policy.name", "drift-plus-penalty")]
    [InlineData("devices.mobility.model", "waypoint")]
    [InlineData("objective.v", "20")]
    public void Defaults_are_written_as_the_paper_writes_them(string key, string expected) =>
        Assert.Equal(expected, ScenarioKeys.Find(key)!.Default);

    [Fact]
    public void Values_are_read_as_people_write_them()
    {
        var scenario = Read(
            ("stations.density", "25/km²"), ("devices.mobility.speed", "54 km/h"), ("stations.coverage", "0.2km"), ("radio.transmit-power", "[200 mW, 0.6 W]"),
            ("tasks.data", "[ 600 kB , 0.8 MB ]"), ("backhaul.latency-per-metre", "12.8 µs/m"), ("pace", "2.5"), ("servers.sharing", "processor-sharing"),
            ("servers.migration-outage", "on"), ("twins.deviation.mean", "-500 MHz"), ("stations.sites-file", "a b.csv"));

        Assert.Equal(25e-6, scenario.Stations.DensityPerSquareMetre);
        Assert.Equal(15, scenario.Devices.SpeedMetresPerSecond);
        Assert.Equal(200, scenario.Stations.CoverageMetres);
        Assert.Equal(new Interval(0.2, 0.6), scenario.Radio.TransmitPowerWatts);
        Assert.Equal(new Interval(4.8e6, 6.4e6), scenario.Tasks.DataBits);
        Assert.Equal(12.8e-6, scenario.Backhaul.LatencySecondsPerMetre);
        Assert.Equal(2.5, scenario.Pace);
        Assert.Equal(CpuSharing.ProcessorSharing, scenario.Servers.Sharing);
        Assert.True(scenario.Servers.MigrationOutage);
        Assert.Equal(-0.5e9, scenario.Twins.DeviationMeanHertz);
        Assert.Equal("a b.csv", scenario.Stations.SitesFile);
    }

    [Theory]
    [InlineData("stations.coverage", "150", "has no unit")]
    [InlineData("stations.coverage", "150 MHz", "unknown unit 'MHz'")]
    [InlineData("stations.coverage", "far", "not a number")]
    [InlineData("stations.coverage", "0 m", "out of range")]
    [InlineData("stations.coverage", "1e999 m", "too large")]
    [InlineData("stations.servers-share", "0.5 m", "takes no unit")]
    [InlineData("stations.servers-share", "1.5", "out of range")]
    [InlineData("stations.servers-share", "NaN", "not a number")]
    [InlineData("devices.count", "2.5", "not a whole number")]
    [InlineData("devices.count", "0", "out of range")]
    [InlineData("devices.count", "99999999999", "out of range")]
    [InlineData("decisions.candidates", "0", "out of range")]
    [InlineData("seed", "-1", "not a whole number")]
    [InlineData("tasks.data", "600 kB", "not a range")]
    [InlineData("tasks.data", "[800 kB, 600 kB]", "low end above high end")]
    [InlineData("tasks.data", "[600, 800 kB]", "has no unit")]
    [InlineData("tasks.data", "[1 kB, 2 kB, 3 kB]", "has 3 elements")]
    [InlineData("servers.background.range", "[0, 1]", "out of range")]
    [InlineData("learning.clip", "1", "out of range")]
    [InlineData("servers.sharing", "fair", "unknown value")]
    [InlineData("twins.exact", "true", "unknown value")]
    [InlineData("twins.load", "median", "unknown value")]
    [InlineData("decisions.trust", "on", "unknown value")]
    [InlineData("decisions.trust-weight", "0", "out of range")]
    [InlineData("decisions.reported-share", "1.01", "out of range")]
    [InlineData("decisions.reported-share", "-0.1", "out of range")]
    [InlineData("decisions.reported-share", "half", "not a number")]
    [InlineData("twins.calibrated", "maybe", "not a switch")]
    [InlineData("pace", "0", "out of range")]
    public void A_wrong_value_is_named_with_what_is_allowed(string key, string text, string problem)
    {
        var error = Assert.Single(Errors((key, text)));

        Assert.Equal("test.conf", error.File);
        Assert.Equal(1, error.Line);
        Assert.Equal(key, error.Key);
        Assert.Contains($"'{text}'", error.Found);
        Assert.Contains(problem, error.Found);
        Assert.Equal(ScenarioKeys.Find(key)!.Allowed, error.Allowed);
    }

    [Fact]
    public void A_message_says_file_line_key_what_was_found_and_what_is_allowed() => Assert.Equal(
        "test.conf, line 1: stations.coverage: found '150' (has no unit); allowed: a length above 0 m, in m, km.",
        Errors(("stations.coverage", "150")).Single().ToString());

    [Theory]
    [InlineData("stations.densty", "stations.density")]
    [InlineData("device.count", "devices.count")]
    [InlineData("coverage", "stations.coverage")]
    [InlineData("policy.candidates", "decisions.candidates")]
    public void An_unknown_key_is_answered_with_the_nearest_one(string written, string meant)
    {
        var error = Assert.Single(Errors((written, "1")));

        Assert.Equal(written, error.Key);
        Assert.Equal($"Did you mean '{meant}'?", error.Suggestion);
    }

    [Fact]
    public void A_key_like_no_other_gets_no_suggestion() => Assert.Null(Errors(("quantum.entanglement-budget", "1")).Single().Suggestion);

    [Fact]
    public void A_misspelt_choice_is_answered_with_the_nearest_one() =>
        Assert.Equal("Did you mean 'drift-plus-penalty'?", Errors(("policy.name", "drift-plus-penality")).Single().Suggestion);

    [Fact]
    public void All_errors_are_reported_together()
    {
        var errors = Errors(("slots", "none"), ("stations.densty", "40 /km2"), ("radio.noise", "2e-12"), ("zones.columns", "3"));

        Assert.Equal(["slots", "stations.densty", "radio.noise", "zones.columns"], errors.Select(e => e.Key));
    }

    [Theory]
    [InlineData("stations.topology", "sites", "stations.sites-file")]
    [InlineData("devices.mobility.model", "trace", "devices.mobility.traces")]
    [InlineData("servers.background.model", "trace", "servers.background.traces")]
    [InlineData("policy.name", "learned", "policy.file")]
    [InlineData("stations.sites-longitude-column", "LON", "stations.sites-longitude-column")]
    [InlineData("devices.mobility.trace-latitude-column", "2", "devices.mobility.trace-longitude-column")]
    [InlineData("zones.rows", "4", "zones.columns")]
    [InlineData("area.side", "1 m", "stations.density")]
    [InlineData("area.side", "10000 km", "stations.density")]
    public void What_does_not_fit_together_is_an_error(string key, string text, string blamed) =>
        Assert.Equal(blamed, Assert.Single(Errors((key, text))).Key);

    [Fact]
    public void Later_entries_win() => Assert.Equal(7, Read(("slots", "5"), ("slots", "7")).Slots);

    [Property(MaxTest = 300)]
    public void Any_quantity_is_read_back_to_the_same_bits(double number, uint bits)
    {
        // Random bit patterns beside FsCheck's rounder numbers.
        var pattern = BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(number) ^ bits);
        Dimension[] dimensions = [Dimension.Number, Dimension.PerSecond, Dimension.Length, Dimension.Time, Dimension.TimePerLength, Dimension.Speed,
            Dimension.Density, Dimension.Frequency, Dimension.Power, Dimension.Data, Dimension.DataRate];
        foreach (var value in new[] { number, pattern, number * 1e-9, number * 1e9 }.Where(double.IsFinite))
        {
            foreach (var dimension in dimensions)
            {
                var text = dimension.Format(value);
                Assert.True(dimension.TryParse(text, out var back, out var problem), $"{text}: {problem}");
                Assert.Equal(BitConverter.DoubleToInt64Bits(value), BitConverter.DoubleToInt64Bits(back));
            }
        }
    }

    [Property(MaxTest = 100)]
    public void Any_scenario_is_read_back_equal(int seed)
    {
        var random = new Random(seed);
        var scenario = new Scenario();
        foreach (var (_, change) in Properties(random)) change(scenario);

        var entries = ScenarioKeys.All.Select(k => new ScenarioEntry(k.Name, k.Format(scenario), "test.conf"));
        var back = new Scenario();
        foreach (var entry in entries) Assert.Null(ScenarioKeys.Find(entry.Key)!.TryApply(back, entry, out back));
        Assert.Equal(scenario, back);
    }

    [Fact]
    public void The_page_of_keys_is_what_the_table_says() => Assert.Equal(ScenarioKeys.ToMarkdown(), Pages.Read("scenario-keys.md"));

    /// <summary>A change for each leaf property, to another legal value: drawn from <paramref name="random"/>, or some fixed one.</summary>
    private static IEnumerable<(string Name, Action<Scenario> Change)> Properties(Random? random = null) => Properties(typeof(Scenario), "", s => s, random);

    /// <summary>Those of a section, and of the sections in it.</summary>
    /// <param name="of">Takes it out of a scenario.</param>
    private static IEnumerable<(string Name, Action<Scenario> Change)> Properties(Type section, string prefix, Func<Scenario, object> of, Random? random)
    {
        foreach (var property in section.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.PropertyType == typeof(FaultMap) || property.SetMethod is null)
                continue; // the map of faults has keys of its own (FaultReaderTests); some properties follow from others
            var name = $"{prefix}{property.Name}";
            if (property.PropertyType.Name.EndsWith("Section", StringComparison.Ordinal))
                foreach (var inner in Properties(property.PropertyType, $"{name}.", s => property.GetValue(of(s))!, random))
                    yield return inner;
            else
                yield return (name, s => property.SetValue(of(s), Other(property.GetValue(of(s)), property.PropertyType, random)));
        }
    }

    /// <summary>Values of the one text that is set by default.</summary>
    private static readonly string[] Policies =
        [.. PolicyCatalogue.Shipped.All.Select(entry => entry.Name).Where(name => name != new PolicySection().Name)];

    private static object Other(object? value, Type type, Random? random)
    {
        var fraction = random?.NextDouble() ?? 0.123;
        return value switch
        {
            bool b => random is null ? !b : random.Next(2) == 0,
            int n => random?.Next(1, 65) ?? n + 1, // rounds have at most 64
            ulong n => random is null ? n + 1 : (ulong)random.NextInt64(),
            double x and > 0 and < 0.2 => x * (fraction + 0.5), // several small shares may have to come to at most 1
            double x => x is > 0 and <= 1 ? fraction * 0.9 + 0.01 : x * (fraction + 0.5) + fraction,
            Interval i => i.High < 1 ? new Interval(i.Low / 3 + fraction / 10, 0.9) : new Interval(i.Low * (fraction + 0.1), i.High * (1 + fraction)),
            string => Policies[(random ?? new Random(1)).Next(Policies.Length)],
            PolicySwitches => new PolicySwitches([new(random?.Next(50) ?? 4, "stay"), new(random?.Next(50, 99) ?? 60, "learned", $"a \"{fraction}\" \\ b, [c] }}")]),
            Enum e => Enum.GetValues(e.GetType()).GetValue(random is null ? (Convert.ToInt32(e) + 1) % Enum.GetValues(e.GetType()).Length : random.Next(Enum.GetValues(e.GetType()).Length))!,
            null when type == typeof(string) => random is null ? "other" : $"a \"{random.Next()}\" \\ b, [{random.Next()}]",
            null when type == typeof(double?) => fraction,
            _ => throw new InvalidOperationException($"No other value known for {type}."),
        };
    }
}
