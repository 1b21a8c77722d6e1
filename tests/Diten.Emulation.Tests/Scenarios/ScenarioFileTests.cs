using Diten.Model;
using Diten.Model.Scenarios;
using Diten.Model.Scenarios.Keys;
using Diten.Runs.Scenarios;

namespace Diten.Emulation.Tests.Scenarios;

public sealed class ScenarioFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("diten-scenario-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    private Scenario Load(string text, params (string, string)[] overrides) => ScenarioFile.Load(Write("test.conf", text), overrides, null);

    private IReadOnlyList<ScenarioError> Errors(string text, params (string, string)[] overrides) =>
        Assert.Throws<ScenarioException>(() => Load(text, overrides)).Errors;

    [Fact]
    public void An_empty_file_is_the_default_scenario() => Assert.Equal(new Scenario(), Load("# nothing\n"));

    [Fact]
    public void Values_need_no_quotes()
    {
        var scenario = Load("""
            slots = 60   # a comment
            stations { density = 40 /km2, coverage = 0.2 km }
            devices {
              mobility { model = gauss-markov, speed = 54 km/h }   // another one
            }
            radio.noise = 2e-12 W
            radio.bandwidth: 1e+7 Hz
            tasks.data = [600 kB,
                          800 kB]
            servers.background.range = [0, 0.5]
            tasks.deadline = "[100 ms, 0.2 s]"
            twins.deviation.mean = -0.5 GHz
            pace = virtual
            """);

        Assert.Equal(60, scenario.Slots);
        Assert.Equal(40e-6, scenario.Stations.DensityPerSquareMetre);
        Assert.Equal(200, scenario.Stations.CoverageMetres);
        Assert.Equal(MobilityKind.GaussMarkov, scenario.Devices.Mobility);
        Assert.Equal(15, scenario.Devices.SpeedMetresPerSecond);
        Assert.Equal(2e-12, scenario.Radio.NoiseWatts);
        Assert.Equal(1e7, scenario.Radio.BandwidthHertz);
        Assert.Equal(new Interval(4.8e6, 6.4e6), scenario.Tasks.DataBits);
        Assert.Equal(new Interval(0.1, 0.2), scenario.Tasks.DeadlineSeconds);
        Assert.Equal(-0.5e9, scenario.Twins.DeviationMeanHertz);
    }

    [Fact]
    public void Overrides_win_over_the_file_and_the_seed_over_both()
    {
        var path = Write("test.conf", "slots = 5\nseed = 5\n");

        var scenario = ScenarioFile.Load(path, [("slots", "6"), ("seed", "6"), ("slots", "7"), ("tasks.data", "[1 kB, 2 kB]")], 8);

        Assert.Equal(7, scenario.Slots);
        Assert.Equal(8UL, scenario.Seed);
        Assert.Equal(new Interval(8000, 16000), scenario.Tasks.DataBits);
    }

    [Fact]
    public void An_included_file_comes_first_and_what_follows_changes_it()
    {
        Write("parts/base.conf", "slots = 5\ndevices.count = 9\nstations.coverage = 99 m\ninclude \"deeper/more.conf\"\n");
        Write("parts/deeper/more.conf", "decisions { rounds = 2 }\n");

        var scenario = Load("include \"parts/base.conf\"\nslots = 6\ndevices { journey-slots = 3 }\n");

        Assert.Equal((6, 9, 99, 2, 3), (scenario.Slots, scenario.Devices.Count, scenario.Stations.CoverageMetres, scenario.Decisions.Rounds, scenario.Devices.JourneySlots));
    }

    [Fact]
    public void A_substitution_is_replaced_also_in_an_included_file()
    {
        Write("base.conf", "slots = 5\ndevices.journey-slots = ${slots}\n");

        Assert.Equal(5, Load("include \"base.conf\"\nslots = 5\n").Devices.JourneySlots);
    }

    [Fact]
    public void Files_count_from_the_folder_of_the_file_that_names_them()
    {
        Write("parts/base.conf", "stations { topology = sites, sites-file = data/sites.csv }\n");
        var sites = Write("parts/data/sites.csv", "x");
        var traces = Write("my traces/a.txt", "x");

        var scenario = Load("include \"parts/base.conf\"\ndevices.mobility { model = trace, traces = \"my traces\" }\n");

        Assert.Equal(sites, scenario.Stations.SitesFile);
        Assert.Equal(Path.GetDirectoryName(traces), scenario.Devices.Traces);
    }

    [Fact]
    public void A_missing_file_is_an_error_where_it_is_named()
    {
        var error = Assert.Single(Errors("\nstations.topology = sites\nstations.sites-file = nowhere.csv\n"));

        Assert.Equal(("stations.sites-file", 3), (error.Key, error.Line));
        Assert.Contains("nowhere.csv', which does not exist", error.Found);
        Assert.EndsWith("test.conf", error.File);
    }

    [Fact]
    public void A_folder_is_no_file_of_sites() =>
        Assert.Contains("which is a folder", Assert.Single(Errors($"stations {{ topology = sites, sites-file = \"{_folder}\" }}")).Found);

    [Fact]
    public void Errors_name_the_file_and_line_that_wrote_the_value()
    {
        Write("base.conf", "\n\nslots = none\n");

        var errors = Errors("include \"base.conf\"\nstations {\n  coverge = 1 m\n}\n", ("radio.noise", "2"));

        Assert.Equal(["slots", "stations.coverge", "radio.noise"], errors.Select(e => e.Key));
        Assert.Equal(["base.conf", "test.conf", "--set"], errors.Select(e => Path.GetFileName(e.File)));
        Assert.Equal([3, 3, null], errors.Select(e => e.Line));
    }

    [Theory]
    [InlineData("slots = 5\ndevices {\n count = 1\n", 2, "'{' that is not closed")]
    [InlineData("slots = 5\n}\n", 2, "'}' without a '{'")]
    [InlineData("tasks.data = [1 kB, 2 kB\nslots = 3", 2, "'=' in the list that begins on line 1")]
    [InlineData("tasks.data = [1 kB, 2 kB", 1, "'[' that is not closed")]
    [InlineData("tasks.data = [[1 kB], 2 kB]", 1, "'[[1 kB], 2 kB]' (not a number)")]
    [InlineData("tasks.data = [1 kB, @]", 1, "'@' in the list that begins on line 1")]
    [InlineData("slots 5\nseed = 1", 1, "'slots 5'")]
    [InlineData("seed =\nslots = 5", 1, "no value after 'seed ='")]
    [InlineData("seed = 1 slots = 5", 1, "a second '='")]
    [InlineData("stations.sites-file = C:/sites.csv", 1, "a second '=' or ':'")]
    [InlineData("stations.sites-file = \"sites.csv\nslots = 5", 1, "a '\"' that is not closed")]
    [InlineData("slots += 5", 1, "'[5]' (not a whole number)")]
    [InlineData("slots = 4\nslots += 5", 2, "'+=' to 'slots', which is no list")]
    [InlineData("seed = 1\ndevices..count = 5", 2, "an empty part in a key, after 'devices'")]
    [InlineData("stations.coverage = 0,5 km", 1, "'5 km'")]
    [InlineData("stations.sites-file = \"C:\\sites.csv\"", 1, "'\\s' between quotes")]
    [InlineData("slots = 5 [1]", 1, "a list or braces beside something else")]
    [InlineData("slots = { a = 1 } 5", 1, "'5'")]
    [InlineData("{ slots = 5 }\nseed = 1", 2, "'s' after the last '}'")]
    [InlineData("include url(\"http://x/y.conf\")", 1, "include url(")]
    [InlineData("include required(\"x.conf\"", 1, "'(' that is not closed")]
    [InlineData("\ninclude \"none.conf\"", 2, "include of 'none.conf', which does not exist")]
    [InlineData("\ninclude \".\"", 2, "which is a folder")]
    [InlineData("slots = a\u0000b", 1, "a binary file")]
    [InlineData("= 5", 1, "'=' without a key")]
    [InlineData("slots", 1, "'slots'")]
    [InlineData("include base.conf", 1, "include base.conf")]
    [InlineData("slots = ${nothing}", 1, "${nothing}, which nothing sets")]
    [InlineData("slots = @5", 1, "'@' in the value of 'slots'")]
    [InlineData("include \"nothing.conf\"", 1, "include of 'nothing.conf', which does not exist")]
    [InlineData("include \"test.conf\"", 1, "which includes this file")]
    public void Broken_files_say_where(string text, int? line, string found)
    {
        var errors = Errors(text);

        Assert.Contains(errors, e => (e.Found + e.Key).Contains(found) && (line is null || e.Line == line) && e.File.EndsWith("test.conf"));
    }

    [Fact]
    public void A_value_cannot_move_the_cursor_or_end_the_line() => Assert.Contains(
        "found '5\\u000a\\u001b[2J\\u202e6' (not a whole number)", Errors("slots = \"5\\n\\u001b[2J\\u202e6\"").Single().ToString());

    [Fact]
    public void A_missing_scenario_is_an_error() =>
        Assert.Equal("no such file", Assert.Throws<ScenarioException>(() => ScenarioFile.Load(Path.Combine(_folder, "no.conf"), [], null)).Errors.Single().Found);

    [Fact]
    public void A_resolved_scenario_loads_back_to_an_equal_one()
    {
        var sites = Write("with \"odd\" name, [1].csv", "x");
        var scenario = Load("""
            devices { count = 17, mobility.speed = 0.1 m/s }
            tasks.data = [1 bit, 3.3333333333333335 kB]
            backhaul.latency-per-metre = 5 us/m
            pace = 3
            """, ("stations.sites-file", sites), ("stations.sites-longitude-column", "LONG (\\deg)"), ("stations.sites-latitude-column", "# 2"));

        var text = ScenarioFile.Resolve(scenario);

        Assert.Equal(scenario, ScenarioFile.Load(Write("resolved.conf", text), [], null));
        Assert.All(ScenarioKeys.All, k => Assert.Contains($"\n{k.Name} = ", text));
    }

    [Theory]
    [InlineData("quickstart.conf")]
    [InlineData("paper.conf")]
    [InlineData("city-100k.conf")]
    [InlineData("million.conf")]
    [InlineData("ten-million.conf")]
    [InlineData("herding.conf")]
    public void Shipped_scenarios_load_and_resolve(string name)
    {
        var scenario = ScenarioFile.Load(Path.Combine(Shipped, name), [], null);

        Assert.Equal(scenario, ScenarioFile.Load(Write("resolved.conf", ScenarioFile.Resolve(scenario)), [], null));
    }

    [Fact]
    public void The_papers_scenario_spells_out_the_defaults() =>
        Assert.Equal(new Scenario(), ScenarioFile.Load(Path.Combine(Shipped, "paper.conf"), [], null));

    [Fact]
    public void Every_shipped_scenario_is_tested() => Assert.Equal(
        ["city-100k.conf", "herding.conf", "million.conf", "paper.conf", "quickstart.conf", "real-sites-and-traces.conf", "ten-million.conf"],
        Directory.GetFiles(Shipped, "*.conf").Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal));

    [Fact]
    public void The_scenario_of_real_data_asks_for_its_files()
    {
        var path = Path.Combine(Shipped, "real-sites-and-traces.conf");
        var sites = Write("sites.csv", "x");
        var traces = Write("traces.csv", "x");

        var errors = Assert.Throws<ScenarioException>(() => ScenarioFile.Load(path, [], null)).Errors;
        var scenario = ScenarioFile.Load(path, [("stations.sites-file", sites), ("devices.mobility.traces", traces)], null);

        Assert.Equal(["stations.sites-file", "devices.mobility.traces"], errors.Select(e => e.Key));
        Assert.Equal((sites, traces), (scenario.Stations.SitesFile, scenario.Devices.Traces));
    }

    private static string Shipped
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Diten.sln"))) folder = folder.Parent;
            Assert.NotNull(folder);
            return Path.Combine(folder.FullName, "scenarios");
        }
    }
}
