using Diten.Runs.Scenarios;

namespace Diten.Emulation.Tests.Scenarios;

/// <summary>What is set and has no effect is warned of, and only that.</summary>
public sealed class ScenarioWarningsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("diten-warnings-").FullName;

    public ScenarioWarningsTests() => Write("some.csv", "x");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    private string[] Warnings(string text, params (string, string)[] overrides) =>
        [.. ScenarioFile.Read(Write("test.conf", text), overrides, null).Warnings.Select(warning => warning.ToString().Replace(_folder + Path.DirectorySeparatorChar, ""))];

    [Fact]
    public void Traces_without_the_model_of_traces() => Assert.Equal(
        ["warning: test.conf, line 2: devices.mobility.traces = some.csv has no effect: it counts where devices.mobility.model = trace, and here devices.mobility.model = waypoint."],
        Warnings("\ndevices.mobility.traces = some.csv"));

    [Fact]
    public void A_load_that_no_server_can_take() => Assert.Equal(
        ["warning: test.conf, line 1: servers.background.range = [0, 0.995] is cut at 0.99: some of a server is always free."],
        Warnings("servers.background.range = [0, 0.995]"));

    [Fact]
    public void A_coverage_that_leaves_everybody_out() => Assert.Equal(
        ["warning: test.conf, line 1: stations.coverage = 1 m leaves most devices out: stations cover 0.013 % of the area at most, and tasks from elsewhere are lost."],
        Warnings("stations.coverage = 1 m"));

    [Theory]
    [InlineData("radio { channels = 0, interference-range = 700 m }", "radio.interference-range")]
    [InlineData("backhaul { latency-per-metre = 5 us/m, latency-per-spacing = 3 ms }", "backhaul.latency-per-spacing")]
    [InlineData("servers.service-state = 5 MB", "servers.service-state")]
    [InlineData("twins.deviation { source = emergent, mean = 1 GHz }", "twins.deviation.mean")]
    [InlineData("learning { update = paper, clip = 0.3 }", "learning.clip")]
    [InlineData("policy.margin = 0.2", "policy.margin")]
    public void A_key_that_another_one_switches_off(string text, string key) => Assert.Contains($"{key} = ", Assert.Single(Warnings(text)));

    [Theory]
    [InlineData("radio { channels = 1, interference-range = 700 m }")]
    [InlineData("servers { service-state = 5 MB, migration-outage = on }")]
    [InlineData("policy { name = hysteresis, margin = 0.2 }")]
    [InlineData("policy.margin = 0.3")]                                         // the default: it says nothing that is not so
    [InlineData("policy { margin = 0.2, margin = null }")]
    [InlineData("servers.background.range = [0, 0.99]")]
    public void A_key_that_counts(string text) => Assert.Empty(Warnings(text));

    [Fact]
    public void A_key_on_the_command_line_that_the_file_switches_off() =>
        Assert.StartsWith("warning: --set: policy.margin = 0.2 has no effect", Assert.Single(Warnings("policy.name = stay", ("policy.margin", "0.2"))));

    [Fact]
    public void Not_what_a_file_sets_and_the_command_line_switches_off() => Assert.Empty(Warnings("policy { name = hysteresis, margin = 0.2 }", ("policy.name", "stay")));

    [Fact]
    public void Not_what_an_included_file_sets_and_this_one_switches_off()
    {
        Write("base.conf", "policy { name = hysteresis, margin = 0.2 }");

        Assert.Empty(Warnings("include \"base.conf\"\npolicy.name = stay"));
        Assert.Single(Warnings("include \"base.conf\"\npolicy { name = stay, margin = 0.1 }"));
    }

    [Fact]
    public void Shipped_scenarios_have_none() => Assert.All(
        ShippedScenarios.Files().Where(file => !file.EndsWith("real-sites-and-traces.conf", StringComparison.Ordinal)),
        file => Assert.Empty(ScenarioFile.Read(file, [], null).Warnings));
}
