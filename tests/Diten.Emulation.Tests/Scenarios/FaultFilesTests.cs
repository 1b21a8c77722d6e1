using Diten.Emulation.Tests.Results;
using Diten.Model.Faults;
using Diten.Model.Scenarios;
using Diten.Model.Scenarios.Keys;
using Diten.Node.Commands;
using Diten.Runs;
using Diten.Runs.Execution;
using Diten.Runs.Experiments.Cells;
using Diten.Runs.Experiments.Comparisons;
using Diten.Runs.Progress;
using Diten.Runs.Results;
using Diten.Runs.Scenarios;

namespace Diten.Emulation.Tests.Scenarios;

/// <summary>Faults in files, on the command line, in sweeps and in run folders.</summary>
public sealed class FaultFilesTests : IDisposable
{
    private const string Town = "area.side = 800 m\ndevices.count = 20\nslots = 50\n"; // 5 × 5 stations
    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _out = new(), _error = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string> Kinds => [.. FaultCatalogue.Kinds.Select(kind => kind.Name)];

    private string Write(string name, string text)
    {
        File.WriteAllText(_folder.At(name), text);
        return _folder.At(name);
    }

    private Scenario Load(string text, params (string, string)[] overrides) => ScenarioFile.Load(Write("test.conf", text), overrides, null);

    private Task<int> Diten(params string[] words) =>
        CommandTree.RunAsync(words, new Session(new Terminal(_out, _error), (_, _, _, _) => throw new InvalidOperationException("Nothing shall run.")));

    private async Task<string[]> Validated(string text, int code = 0)
    {
        Assert.Equal(code, await Diten("validate", Write("test.conf", Town + text)));
        return [.. $"{_out}{_error}".Replace(_folder.At("") + "/", "").Split('\n').Select(line => line.Trim())];
    }

    [Fact]
    public void Braces_dots_and_the_command_line_write_one_map()
    {
        var faults = Load(
            """
            faults {
              loss { kind = drop, link = sync, probability = 0.9 }
              late.kind = delay
            }
            faults.late { link = sync, by = [0, 5] }
            faults.bursts { kind = drop, link = report, burst { start = 0.05, end = 0.2 } }
            faults.area { kind = cut, link = sync, rectangle = [0 km, 0 km,
              2.5 km, 2.5 km], slots = [20, 60] }
            """, ("faults.loss.probability", "0.5"), ("faults.loss.at", "[3, 5]"), ("faults.more", "{ kind = freeze, on = twins, ids = [1] }")).Faults;

        Assert.Equal(["area", "bursts", "late", "loss", "more"], faults.All.Select(fault => fault.Name));
        Assert.Equal((0.5, 5), (faults.Find("loss")!.Probability, faults.Find("late")!.DelayHighSlots));
        Assert.Equal(new WholeNumbers([3, 5]), faults.Find("loss")!.At);
        Assert.Equal((0.05, 0.2), (faults.Find("bursts")!.BurstStart, faults.Find("bursts")!.BurstEnd));
        Assert.Equal((2500, 60), (faults.Find("area")!.HighY, faults.Find("area")!.ToSlot));
    }

    [Fact]
    public void Included_faults_are_merged_changed_and_taken_away()
    {
        Write("base.conf", "faults { a { kind = drop, link = sync, probability = 0.9 }, b { kind = cut, link = sync } }");

        var changed = Load("include \"base.conf\"\nfaults { a.probability = 0.1, b = null, c { kind = cut, link = report } }");

        Assert.Equal(["a", "c"], changed.Faults.All.Select(fault => fault.Name));
        Assert.Equal(0.1, changed.Faults.Find("a")!.Probability);
        Assert.Equal("b", Load("include \"base.conf\"", ("faults.a", "null")).Faults.All.Single().Name);
        Assert.Equal(new Scenario(), Load("include \"base.conf\"\nfaults = null"));
        Assert.Equal(new Scenario(), Load("include \"base.conf\"", ("faults", "null")));
        Assert.Equal(new Scenario(), Load("faults {}"));
    }

    [Fact]
    public void A_run_writes_down_its_faults_and_reads_them_back()
    {
        var scenario = Load("faults { slow-1 { kind = slow, on = servers, factor = 0.3333333333333333, renewal { between = 50, lasting = 10 } }, _ { kind = crash, on = twins, at = 3, durable = off } }");

        var text = ScenarioFile.Resolve(scenario);

        Assert.Equal(scenario, ScenarioFile.Parse(text, "resolved.conf"));
        Assert.Contains("\nfaults.slow-1.renewal.between = 50\n", text);
        Assert.DoesNotContain("\nfaults", ScenarioFile.Resolve(new Scenario()));
    }

    [Fact]
    public void Faults_are_among_the_keys_that_differ_from_the_defaults()
    {
        var input = ScenarioInput.Load(Write("test.conf", "faults.loss { kind = drop, link = sync, probability = 0.9 }"), [], null);

        Assert.Equal(
            [new("faults.loss.kind", "drop", ""), new("faults.loss.link", "sync", ""), new("faults.loss.probability", "0.9", "")], input.Changed);
    }

    [Fact]
    public void A_fault_is_an_axis_of_a_sweep()
    {
        var settings = new ExperimentSettings { Scenario = Write("test.conf", "faults.loss { kind = drop, link = sync, probability = 0.9 }"), Seeds = 1 };
        var cells = Case.Grid([Axis.Parse("faults.loss.probability=0,0.5"), Axis.Parse("faults.more=null,{kind=cut,link=sync,at=[1,2]}")])
            .SelectMany(one => Cell.Load(settings, one)).ToArray();

        Assert.Equal([0, 0, 0.5, 0.5], cells.Select(cell => cell.Input.Scenario.Faults.Find("loss")!.Probability));
        Assert.Equal([1, 2, 1, 2], cells.Select(cell => cell.Input.Scenario.Faults.All.Count));
        Assert.Equal(4, cells.Select(cell => cell.Input.ResolvedText).Distinct().Count());
        var compared = ComparedCase.Parse("with loss: faults.x.kind=cut; faults.x.link=sync").Cells(settings).Single();
        Assert.Equal(["loss", "x"], compared.Input.Scenario.Faults.All.Select(fault => fault.Name));
    }

    [Theory]
    [InlineData("\nfaults {\n  outage { kind = down\n    on = servers\n    ids = [3, 25] } }", "test.conf, line 8: faults.outage.ids: found 25; allowed: ids of servers, 0 to 24.")]
    [InlineData("faults.outage { kind = down, on = stations, slots = [50, 60] }", "test.conf, line 4: faults.outage.slots: found [50, 60], after the end of the run; allowed: slots from 0 to 49, since slots = 50.")]
    [InlineData("faults.outage { kind = down, on = station }", "test.conf, line 4: faults.outage.on: found 'station' (unknown value); allowed: twins | servers | stations | radio | backhaul. Did you mean 'stations'?")]
    [InlineData("fault.outage { kind = down }", "test.conf, line 4: fault.outage.kind: found an unknown key; allowed: the keys that 'diten scenarios' lists. Did you mean 'faults.outage.kind'?")]
    [InlineData("faults.outage {}", "test.conf, line 4: faults.outage.kind: found nothing; allowed: cut | limit |")]
    public async Task What_cannot_be_is_refused_with_file_line_key_found_and_allowed(string text, string error) =>
        Assert.Contains(await Validated(text, code: 2), line => line.StartsWith("diten: " + error));

    [Fact]
    public void An_id_on_the_command_line_is_refused_there() => Assert.Equal(
        "--set: faults.it.ids: found 1024; allowed: ids of stations, 0 to 1023.",
        Assert.Throws<ScenarioException>(() => ScenarioInput.Load(Write("test.conf", ""), ["faults.it={kind=jam,on=radio,power=1 W,ids=[1024]}"], null).Ready()).Message);

    [Fact]
    public async Task Validate_lists_faults_in_words()
    {
        var lines = await Validated("""
            faults {
              loss { kind = drop, link = sync, probability = 0.9 }
              hole { kind = down, on = stations, ids = [3, 4], slots = [20, 40] }
            }
            """);

        Assert.Contains("fault hole: down of stations, 2 of 25 stations (3, 4), in slots 20 to 39", lines);
        Assert.Contains("fault loss: drop on the link sync, probability = 0.9, all 25 twins of servers, always", lines);
        Assert.DoesNotContain(lines, line => line.StartsWith("warning"));
    }

    [Theory]
    [InlineData("faults.it { kind = cut, link = sync, share = 0 }", "faults.it.share = 0 has no effect: it drew none of 25 servers.")]
    [InlineData("faults.it { kind = jam, on = radio, power = 1 W, circle = [9 km, 0 m, 1 m] }", "faults.it.circle = [9 km, 0 m, 1 m] has no effect: it holds none of 25 stations.")]
    [InlineData("faults.it { kind = freeze, on = twins, rectangle = [1 m, 1 m, 2 m, 2 m] }", "faults.it.rectangle = [1 m, 1 m, 2 m, 2 m] has no effect: it holds none of 25 servers.")]
    [InlineData("faults.it { kind = cut, link = request }", "faults.it.link = request has no effect: with twins.sync = state nobody asks for anything.")]
    [InlineData("decisions.rounds = 1\nfaults.it { kind = cut, link = report }", "faults.it.link = report has no effect: with decisions.rounds = 1 and twins.load = last twins make nothing of reports.")]
    [InlineData("faults.it { kind = lose-queue, on = servers }", "faults.it.kind = lose-queue has no effect: with servers.sharing = equal no work is left over.")]
    [InlineData("faults.it { kind = limit, link = sync, every = 1 }", "faults.it.every = 1 has no effect: everything gets through.")]
    public async Task What_strikes_nothing_is_warned_of(string text, string warning) => Assert.Single(
        await Validated(text), line => line.StartsWith("warning: test.conf, line ") && line.EndsWith(": " + warning));

    [Theory]
    [InlineData("twins.sync = delta\nfaults.it { kind = cut, link = request }")]
    [InlineData("decisions { on-desync = query, query-faults = on }\nfaults.it { kind = cut, link = request }")]
    [InlineData("faults.it { kind = cut, link = report }")]
    [InlineData("decisions.rounds = 1\ntwins.load = reckoned\nfaults.it { kind = cut, link = report }")]
    [InlineData("servers.sharing = fifo\nfaults.it { kind = lose-queue, on = servers }")]
    [InlineData("faults.it { kind = limit, link = sync, every = 2, circle = [0 m, 0 m, 150 m] }")]
    public async Task What_strikes_something_is_not(string text) => Assert.DoesNotContain(await Validated(text), line => line.StartsWith("warning"));

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task The_template_of_a_kind_is_valid_and_nothing_about_it_is_odd(string kind)
    {
        var file = Path.Combine(ShippedScenarios.Folder()!, "faults", kind + ".conf");

        Assert.Equal(0, await Diten("validate", file));

        Assert.DoesNotContain("warning", $"{_out}{_error}");
        Assert.Contains($": {kind} o", _out.ToString());
        Assert.Contains(ScenarioFile.Load(file, [], null).Faults.All, fault => fault.Kind.ToString().Equals(kind.Replace("-", ""), StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void There_is_a_template_a_kind_and_no_other() => Assert.Equal(
        FaultCatalogue.Kinds.Select(kind => kind.Name).Order(StringComparer.Ordinal),
        Directory.EnumerateFiles(Path.Combine(ShippedScenarios.Folder()!, "faults")).Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("learning.train-on = system-twin\nfaults.it { kind = cut, link = sync }", "scenario: learning.train-on: found system-twin, with faults; allowed: cluster: ")]
    [InlineData("learning.slots = 30\nfaults.it { kind = cut, link = sync, at = [40] }", "test.conf, line 5: faults.it.at: found [40], after the end of the run; allowed: slots from 0 to 29, since learning.slots = 30.")]
    public void What_cannot_be_trained_in_can_be_run(string text, string error)
    {
        var input = ScenarioInput.Load(Write("test.conf", Town + text), [], null);

        Assert.StartsWith(error, Assert.Throws<ScenarioException>(() => RunRequest.NewTraining(input, new RunSettings(), new Terminal(_out, _error))).Message.Replace(_folder.At("") + "/", ""));
        Assert.Single(input.Ready().Faults.All);
    }

    [Fact]
    public void What_can_be_trained_in_takes_the_slots_of_learning() => Assert.Equal(
        30, ScenarioInput.Load(Write("test.conf", Town + "learning.slots = 30\nfaults.it { kind = cut, link = sync, at = [29] }"), [], null).ForTraining().Scenario.Slots);

    [Fact]
    public void A_run_with_faults_writes_whom_they_strike_and_when()
    {
        var scenario = Load("area.side = 800 m\nslots = 9\nfaults { b { kind = cut, link = sync, ids = [1, 3], at = [2, 3, 5] }, a { kind = down, on = stations, ids = [24] } }");
        var input = ScenarioInput.Load(Write("again.conf", ScenarioFile.Resolve(scenario)), [], null);

        FaultFile.Write(_folder.At(""), input.Describe(input.Ready()));

        Assert.Equal("fault,target,from,to\na,24,0,9\nb,1,2,4\nb,1,5,6\nb,3,2,4\nb,3,5,6\n", File.ReadAllText(_folder.At("faults.csv")));
    }

    [Fact]
    public void A_run_without_faults_writes_nothing_of_them() =>
        Assert.False(File.Exists(new RunFolder(new SyntheticRun(2, 2, devices: 2).WriteTo(_folder.At("run"))).Csv("faults")));

    [Fact]
    public async Task All_kinds_are_listed_and_one_is_taught()
    {
        Assert.Equal(0, await Diten("scenarios", "faults"));
        Assert.All(FaultCatalogue.Kinds, kind => Assert.Contains(kind.Name, _out.ToString()));
        Assert.Equal(0, await Diten("scenarios", "faults", "clock-skew"));
        Assert.Contains("slow-clock { kind = clock-skew, on = twins, share = 0.5, by = -2 }", _out.ToString());
        Assert.Equal(0, await Diten("scenarios", "faults", "--markdown"));
        Assert.EndsWith(FaultCatalogue.ToMarkdown(), _out.ToString());
    }

    [Theory]
    [InlineData("scenarios faults dorp", "scenarios faults: found 'dorp'; allowed: cut, limit,", "Did you mean 'drop'?")]
    [InlineData("scenarios faults drop --markdown", "--markdown prints all kinds: leave the kind out.", "")]
    [InlineData("scenarios radio noise", "'noise' is one argument too many", "")]
    [InlineData("scenarios faults drop more", "'more' is one argument too many", "")]
    public async Task A_kind_that_there_is_not_is_answered(string words, string error, string suggestion)
    {
        Assert.Equal(2, await Diten(words.Split(' ')));
        Assert.Contains(error, _error.ToString());
        Assert.Contains(suggestion, _error.ToString());
    }
}
