using Diten.Emulation.Tests.Results;
using Diten.Model.Scenarios.Keys;
using Diten.Runs.Experiments.Cells;
using Diten.Runs.Experiments.Designs;
using Diten.Runs.Results;

namespace Diten.Emulation.Tests.Experiments.Designs;

/// <summary>Experiments' files: what is read, and how mistakes are answered.</summary>
public sealed class DesignFileTests : IDisposable
{
    private const string Body = """
        experiment {
          scenario = tiny.conf
          vary {
            loss { faults.loss.probability = [0, 0.5] }
            policy { policy.name = [random, nearest-first] }
          }
          @
        }
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Axes_are_lists_of_values_that_go_together_or_levels_with_names()
    {
        var design = Read("""""
            experiment {
              title = "T"
              text = """
                One line
                and its end.

                Another."""
              scenario = tiny.conf
              set { slots = 5 }
              seeds = [3, 7]
              vary {
                size { label = "Devices (1)", devices.count = [10, 20], area.side = [800 m, 1600 m] }
                fault { levels { none { faults = null }, "one, two" { faults.loss { kind = drop, link = sync, probability = 0.5 } } } }
              }
              metrics = [failureRate, latency.mean]
              contrasts { a = "fault=\"one, two\" against fault=none" }
            }
            """"");

        var part = Assert.Single(design.Parts);
        Assert.Equal(("T", "One line and its end.\n\nAnother."), (design.Title, design.Text));
        Assert.Equal(["size", "fault"], part.Axes.Select(axis => axis.Name));
        Assert.Equal("Devices (1)", part.Axes[0].Label);
        Assert.Equal(["10", "20"], part.Axes[0].Levels.Select(level => level.Name));
        Assert.Equal(["devices.count=20", "area.side=1600 m"], part.Axes[0].Levels[1].Changes.Select(change => change.Override));
        Assert.Equal(["faults=null"], part.Axes[1].Levels[0].Changes.Select(change => change.Override));
        Assert.Equal(["faults.loss.kind=drop", "faults.loss.link=sync", "faults.loss.probability=0.5"], part.Axes[1].Levels[1].Changes.Select(change => change.Override));
        Assert.Equal((3UL, 5), (part.Seeds.First, part.Seeds.Count));
        Assert.Equal([Metric.FailureRate, Metric.Latency], part.Metrics);
        Assert.Equal(Metric.FailureRate, part.Primary.Single().Metric);
        Assert.Equal([("fault", "one, two")], part.Primary.Single().Of.Levels);
        Assert.Equal(4, part.Cases.Count);
        Assert.Equal(["10", "one, two"], part.Cases[1].Levels.Select(level => level.Name));
        Assert.EndsWith("tiny.conf", part.Scenario);
    }

    [Fact]
    public void Parts_take_what_they_do_not_say_from_the_experiment_and_a_quick_run_is_smaller()
    {
        const string text = """
            experiment {
              scenario = tiny.conf
              set { slots = 50 }
              seeds = [1, 20]
              quick { seeds = [1, 3], set { slots = 5 } }
              parts {
                one {
                  vary { loss { faults.loss.probability = [0, 0.5, 0.9] } }
                  contrasts { a = "loss=0.9 against loss=0", b = "loss=0.5 against loss=0" }
                  claims { a { says = "A.", of = a, lies = "above 0 ms" }, b { says = "B.", of = b, lies = "above 0 ms" } }
                  quick { keep { loss = [0, 0.9] } }
                }
                two { seeds = [1, 2], set { devices.count = 7 }, vary { policy { policy.name = [random] } } }
              }
            }
            """;
        var (whole, quick) = (Read(text).Parts, Read(text, quick: true).Parts);

        Assert.Equal([20, 2], whole.Select(part => part.Seeds.Count));
        Assert.Equal([3, 2], quick.Select(part => part.Seeds.Count));
        Assert.Equal(["slots=50", "devices.count=7"], whole[1].Set.Select(change => change.Override));
        Assert.Equal(["slots=50", "slots=5"], quick[0].Set.Select(change => change.Override));
        Assert.Equal(["0", "0.9"], quick[0].Axes[0].Levels.Select(level => level.Name));
        Assert.Equal(["a"], quick[0].Primary.Select(estimate => estimate.Name));
        Assert.Equal(["a"], quick[0].Claims.Select(claim => claim.Name));
        Assert.Equal(["a", "b"], whole[0].Claims.Select(claim => claim.Name));
    }

    [Theory]
    [InlineData("contrasts { a { of = \"loss=0.5\", against = \"loss=0\", margin = 2 ms } }", 0.002)]
    [InlineData("contrasts { a { of = \"loss=0.5\", against = \"loss=0\", margin = 0.5 %, metric = failureRate } }", 0.005)]
    [InlineData("contrasts { a { of = \"loss=0.5\", against = \"loss=0\", margin = 0.25, metric = rewardPerSlot } }", 0.25)]
    public void Margins_are_in_the_unit_of_their_metric(string text, double margin) =>
        Assert.Equal(margin, Read(Body.Replace("@", text)).Parts[0].Primary[0].Margin!.Value, 12);

    [Theory]
    [InlineData("migrationRate <= budget", null)]
    [InlineData("failureRate <= 5 %", 0.05)]
    [InlineData("latency.mean <= 150 ms", 0.15)]
    public void The_best_are_sought_within_a_limit(string text, double? most)
    {
        var limit = Read(Body.Replace("@", $"figures {{ f {{ kind = best, x = loss, over = policy, within = \"{text}\" }} }}")).Parts[0].Figures[0].Within!;

        Assert.Equal((most, text), (limit.Most, limit.Text));
    }

    [Theory]
    [InlineData("below 2 ms", double.NegativeInfinity, 0.002)]
    [InlineData("above −1 ms", -0.001, double.PositiveInfinity)]
    [InlineData("from -1 ms to 2 ms", -0.001, 0.002)]
    public void Claims_name_where_their_estimate_lies(string range, double low, double high)
    {
        var claim = Read(Body.Replace("@", $"contrasts {{ a = \"loss=0.5 against loss=0\" }}\n claims {{ c {{ says = \"S.\", of = a, at = \"policy=random\", lies = \"{range}\", then = \"So.\", otherwise = \"Or.\" }} }}")).Parts[0].Claims.Single();

        Assert.Equal((low, high, "So.", "Or."), (claim.Low, claim.High, claim.Then, claim.Otherwise));
        Assert.Equal([("policy", "random")], claim.At!.Levels);
    }

    [Theory]
    [InlineData("contrats { }", "line 7: experiment.contrats: found an unknown key; allowed: ", "Did you mean 'contrasts'?")]
    [InlineData("contrasts { a = \"los=0.5 against loss=0\" }", "line 7: experiment.contrasts.a: found 'los=0.5'; allowed: axis=level, of the axes loss, policy.", "Did you mean 'loss'?")]
    [InlineData("contrasts { a = \"loss=0.6 against loss=0\" }", "line 7: experiment.contrasts.a: found 'loss=0.6'; allowed: loss is one of 0, 0.5.", "")]
    [InlineData("contrasts { a = \"loss=0.5\" }", "experiment.contrasts.a: found loss=0.5; allowed: 'axis=level against axis=level', or braces", "")]
    [InlineData("contrasts { a { of = \"loss=0.5\", against = \"policy=random\" } }", "experiment.contrasts.a.of: found 'loss=0.5'; allowed: a level of policy, too", "")]
    [InlineData("contrasts { a { of = \"loss=0.5\" } }", "experiment.contrasts.a.against: found nothing; allowed: axis=level", "")]
    [InlineData("contrasts { a { of = \"loss=0.5\", against = \"loss=0\", metric = latency } }", "experiment.contrasts.a.metric: found 'latency'; allowed: a figure of summary.json", "")]
    [InlineData("contrasts { a { of = \"loss=0.5\", against = \"loss=0\", margin = 2 km } }", "experiment.contrasts.a.margin: found 2 km; allowed: what counts as equal", "")]
    [InlineData("contrasts { a { kind = crossing, of = \"policy=random\", against = \"policy=nearest-first\", along = policy } }", "experiment.contrasts.a.along: found policy; allowed: an axis whose levels are numbers", "")]
    [InlineData("contrasts { a { kind = diff, of = \"loss=0.5\", against = \"loss=0\" } }", "experiment.contrasts.a.kind: found 'diff'; allowed: mean | difference | recovered | crossing.", "")]
    [InlineData("claims { a { says = \"S\", of = b, lies = \"below 0\" } }", "experiment.claims.a.of: found b; allowed: one of ", "")]
    [InlineData("contrasts { a = \"loss=0.5 against loss=0\" }, claims { c { says = \"S\", of = a, lies = \"under 0\" } }", "experiment.claims.c.lies: found under 0; allowed: below X, above X, or from X to Y.", "")]
    [InlineData("figures { f { kind = lines } }", "experiment.figures.f.x: found nothing; allowed: an axis: loss, policy.", "")]
    [InlineData("figures { f { x = los } }", "experiment.figures.f.x: found 'los'; allowed: an axis: loss, policy.", "Did you mean 'loss'?")]
    [InlineData("figures { f { kind = best, x = loss, over = loss } }", "experiment.figures.f.over: found 'loss'; allowed: an axis that has no other part in the figure.", "")]
    [InlineData("figures { f { kind = best, x = loss, over = policy, within = \"migrationRate < budget\" } }", "experiment.figures.f.within: found 'migrationRate < budget'; allowed: migrationRate <= budget, or a metric <= a value", "")]
    [InlineData("figures { f { kind = best, x = loss, over = policy, within = \"failureRate <= budget\" } }", "experiment.figures.f.within: found 'failureRate <= budget'; allowed: migrationRate <= budget, or a metric <= a value", "")]
    [InlineData("figures { f { kind = best, x = loss, over = policy, within = \"failureRat <= 5 %\" } }", "experiment.figures.f.within: found 'failureRat'; allowed: a figure", "Did you mean 'failureRate'?")]
    [InlineData("figures { f { x = loss, within = \"failureRate <= 5 %\" } }", "experiment.figures.f.within: found kind = lines; allowed: kind = best: a level must keep it to be the best.", "")]
    [InlineData("seeds = [5, 1]", "experiment.seeds: found [5, 1]; allowed: [first, last], or {", "")]
    [InlineData("seeds { count = 1 }", "experiment.seeds.count: found 1; allowed: a whole number from 2 to 10000.", "")]
    [InlineData("seeds { until { latency.men = 1 ms } }", "experiment.seeds.until: found 'latency.men'; allowed: a figure", "Did you mean 'latency.mean'?")]
    [InlineData("metrics = [latency.men]", "experiment.metrics: found 'latency.men'; allowed: a figure", "Did you mean 'latency.mean'?")]
    [InlineData("vary { more { devices.count = [1, 2], slots = [1] } }", "experiment.vary.more.slots: found [1]; allowed: as many values as more has of devices.count: 2.", "")]
    [InlineData("vary { more { devices.count = 5 } }", "experiment.vary.more.devices.count: found 5; allowed: key = [a, b], or levels", "")]
    [InlineData("vary { more { devices.count = [5, 5] } }", "experiment.vary.more: found '5' twice; allowed: levels of different names.", "")]
    [InlineData("quick { keep { los = [0] } }", "experiment.quick.keep.los: found an unknown axis; allowed: loss, policy.", "Did you mean 'loss'?")]
    public void A_mistake_is_named_with_file_line_key_found_and_allowed(string text, string error, string suggestion)
    {
        var problem = Assert.Throws<ScenarioException>(() => Read(Body.Replace("@", text), quick: text.StartsWith("quick", StringComparison.Ordinal)));

        Assert.Contains(problem.Lines, line => line.Contains("try.conf", StringComparison.Ordinal) && line.Contains(error, StringComparison.Ordinal) && line.Contains(suggestion, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("slots = 5\n", "experiment: found nothing; allowed: experiment {")]
    [InlineData("experiment { vary { } }\n", "experiment.scenario: found nothing; allowed: a scenario file")]
    [InlineData("experiment { scenario = [", "line 1")]
    public void What_is_no_experiment_is_refused(string text, string error) =>
        Assert.Contains(error, Assert.Throws<ScenarioException>(() => Read(text)).Message);

    [Fact]
    public void A_value_that_no_scenario_takes_is_told_as_a_mistake_of_the_experiments_line()
    {
        File.WriteAllText(_folder.At("tiny.conf"), "slots = 4\n");
        var part = Read("experiment {\n scenario = tiny.conf\n vary {\n  size { devices.count = [1, x] }\n } }").Parts[0];
        var settings = new ExperimentSettings { Scenario = part.Scenario, Seeds = 1 };

        var problem = Assert.Throws<ScenarioException>(() => part.Cases.SelectMany(one => Cell.Load(settings, one)).ToArray());

        Assert.Contains("try.conf, line 4: devices.count: found 'x' (not a whole number)", problem.Message);
    }

    [Fact]
    public void Files_count_from_the_experiments_own_also_those_of_switched_policies()
    {
        var part = Read("""
            experiment {
              scenario = tiny.conf
              vary { who { levels {
                a { policy.file = "p/a.policy" }
                b { policy.switches = [{ slot = 7, name = learned, file = "../b.policy" }] } } } }
            }
            """).Parts[0];

        var changes = part.Cases.Select(one => Assert.Single(one.Changes).Value).ToArray();

        Assert.Equal(_folder.At("p", "a.policy"), changes[0]);
        var switched = Path.GetFullPath("../b.policy", _folder.Path);
        Assert.Equal($"[{{ \"slot\": 7, \"name\": \"learned\", \"file\": \"{switched}\" }}]", changes[1]);
    }

    private ExperimentDesign Read(string text, bool quick = false)
    {
        File.WriteAllText(_folder.At("try.conf"), text);
        return DesignFile.Read(_folder.At("try.conf"), quick);
    }
}
