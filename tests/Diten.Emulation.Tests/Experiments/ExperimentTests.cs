using Diten.Emulation.Tests.Clusters;
using Diten.Emulation.Tests.Results;
using Diten.Node.Commands;
using Diten.Runs.Execution;
using Diten.Runs.Experiments.Cells;
using Diten.Runs.Experiments.Designs;
using Diten.Runs.Progress;
using Diten.Runs.Results;

namespace Diten.Emulation.Tests.Experiments;

/// <summary>Whole experiments over tiny worlds, by the command.</summary>
public sealed class ExperimentTests : IDisposable
{
    private const string Design = """
        experiment {
          title = "Tiny"
          scenario = tiny.conf
          set { faults.loss { kind = drop, link = sync, probability = 0 } }
          seeds = [1, 3]
          vary {
            loss { label = "Share lost", faults.loss.probability = [0, 0.9] }
            policy { policy.name = [random, drift-plus-penalty] }
          }
          metrics = [latency.mean, failureRate]
          contrasts { loss = "loss=0.9 against loss=0" }
          explore { flip { kind = crossing, of = "policy=drift-plus-penalty", against = "policy=random", along = loss } }
          claims { none { says = "Who looks at no twin does not mind.", of = loss, at = "policy=random", lies = "from -0.001 ms to 0.001 ms", then = "It looks at none." } }
          figures {
            latency { x = loss, series = policy, title = "Latency" }
            who { kind = best, x = loss, over = policy, title = "Who" }
            map { kind = heat-map, x = loss, series = policy, title = "Map" }
            ages { kind = ages, title = "Ages" }
            regret { kind = regret-by-age, title = "Regret" }
            front { kind = front, against = twins.syncBytes, title = "Front" }
            course { kind = recovery, title = "Course" }
          }
        }
        """;

    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _out = new(), _error = new();
    private int _runs;

    public ExperimentTests()
    {
        File.WriteAllText(_folder.At("tiny.conf"), "slots = 6\narea.side = 800 m\ndevices.count = 20\ntwins.deviation.source = emergent\n");
        File.WriteAllText(_folder.At("try.conf"), Design);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    [Trait("Takes", "Seconds")]
    public async Task Everything_is_the_same_to_the_bit_side_by_side_or_one_after_another_or_after_a_stop()
    {
        Assert.Equal(0, await Run("one", ["--parallel", "1", "--page", _folder.At("pages", "page-a.md")]));
        Assert.Equal(0, await Run("four", ["--parallel", "4", "--page", _folder.At("pages", "page-b.md")]));
        _runs = 0;
        using var stop = new CancellationTokenSource();
        Assert.Equal(130, await Run("stopped", ["--parallel", "1"], 5, stop));
        Assert.Contains("the same command goes on from there", _error.ToString());
        _runs = 0;
        Assert.Equal(0, await Run("stopped", ["--parallel", "1"]));

        Assert.Equal(12 - 4, _runs);
        string[] files = [.. Directory.GetFiles(_folder.At("one"), "*.csv").Select(Path.GetFileName).Order().OfType<string>()];
        Assert.Equal(
            ["ages.csv", "claims.csv", "course.csv", "estimates.csv", "front.csv", "latency.csv", "map.csv", "means.csv", "regret.csv", "runs.csv", "who.csv"], files);
        foreach (var file in files)
        {
            var expected = File.ReadAllText(_folder.At("one", file));
            Assert.Equal(expected, File.ReadAllText(_folder.At("four", file)));
            Assert.Equal(expected, File.ReadAllText(_folder.At("stopped", file)));
        }

        Assert.Equal(File.ReadAllText(_folder.At("pages", "page-a.md")).Replace("page-a", "X"), File.ReadAllText(_folder.At("pages", "page-b.md")).Replace("page-b", "X"));
        Assert.Contains("| Who looks at no twin does not mind. | holds |", File.ReadAllText(_folder.At("pages", "page-a.md")));
        Assert.Equal(2, File.ReadLines(_folder.At("pages", "claims.md")).Count(line => line.StartsWith("| Who looks at no twin does not mind. | holds |", StringComparison.Ordinal)));
        Assert.Contains("\n- It looks at none.\n", File.ReadAllText(_folder.At("pages", "page-a.md")));
        Assert.Contains("<p>It looks at none.</p>", File.ReadAllText(_folder.At("one", "report.html")));
        Assert.True(File.Exists(_folder.At("one", "latency.parquet")));
        Assert.True(File.Exists(_folder.At("one", "latency.svg")));
        Assert.Contains("<svg", File.ReadAllText(_folder.At("one", "report.html")));
    }

    [Fact]
    [Trait("Takes", "Seconds")]
    public async Task A_wider_experiment_runs_only_what_is_new_and_what_two_parts_share_runs_once()
    {
        Assert.Equal(0, await Run("out"));
        Assert.Equal(12, _runs);
        File.WriteAllText(_folder.At("try.conf"), Design.Replace("[0, 0.9]", "[0, 0.9, 0.5]"));
        Assert.Equal(0, await Run("out"));
        Assert.Equal(18, _runs);
        File.WriteAllText(_folder.At("try.conf"), """
            experiment { scenario = tiny.conf, seeds = [1, 2], parts {
              a { vary { n { devices.count = [5, 6] } } }
              b { vary { n { devices.count = [6, 7] } } }
              c { seeds = [5, 6], set { slots = 3 }, vary { n { devices.count = [6] } } } } }
            """);
        _runs = 0;
        Assert.Equal(0, await Run("parts"));
        Assert.Equal(8, _runs);
        Assert.Contains("10 runs, 0 of them kept", _out.ToString());
        // What is of six devices is the same in both parts, and what is not is not; each part has its own worlds and changes.
        var (a, b) = (Means("a"), Means("b"));
        Assert.Equal(a["6"], b["6"]);
        Assert.Equal(4, new[] { a["5"], a["6"], b["7"], Means("c")["6"] }.Distinct().Count());
        Assert.Equal([5, 6], TableFile.Read(_folder.At("parts", "c", "runs.csv")).Numbers("seed").Distinct());
        Assert.All(["5", "6"], seed => Assert.Contains("\"slots\":3,", File.ReadAllText(Assert.Single(Directory.GetFiles(_folder.At("parts", "cells"), $"tiny-seed{seed}-*")))));

        Dictionary<string, double> Means(string part)
        {
            var table = TableFile.Read(_folder.At("parts", part, "means.csv"));
            return Enumerable.Range(0, table.Count).Where(i => table.Words("figure")[i] == "latency.mean").ToDictionary(i => table.Words("n")[i], i => table.Numbers("mean")[i]);
        }
    }

    [Fact]
    public async Task Runs_that_were_kept_without_their_course_run_again_where_it_is_drawn()
    {
        File.WriteAllText(_folder.At("try.conf"), "experiment { scenario = tiny.conf, seeds = [1, 2] }");
        Assert.Equal(0, await Run("out"));
        File.WriteAllText(_folder.At("try.conf"), "experiment { scenario = tiny.conf, seeds = [1, 2], figures { course { kind = recovery } } }");

        Assert.Equal(0, await Run("out"));
        Assert.Equal(0, await Run("out"));

        Assert.Equal(4, _runs);
        Assert.Equal(6, TableFile.Read(_folder.At("out", "course.csv")).Count);
    }

    [Fact]
    public async Task Worlds_are_added_until_intervals_are_narrow_or_there_are_as_many_as_may_be()
    {
        File.WriteAllText(_folder.At("try.conf"), "experiment { scenario = tiny.conf, seeds { count = 2, most = 15, until { latency.mean = 1e-6 s } }, vary { n { devices.count = [5, 6] } } }");
        Assert.Equal(0, await Run("narrow"));
        Assert.Equal(30, _runs);
        Assert.Contains("Not as narrow as asked after 15 worlds: latency.mean of case 1, latency.mean of case 2", _out.ToString());
        _runs = 0;
        File.WriteAllText(_folder.At("try.conf"), "experiment { scenario = tiny.conf, seeds { count = 2, most = 15, until { latency.mean = 10 s } } }");
        Assert.Equal(0, await Run("wide"));
        Assert.Equal(2, _runs);
    }

    [SkippableFact]
    [Trait("Takes", "Seconds")]
    public async Task Policies_are_the_same_to_the_bit_trained_side_by_side_or_one_after_another()
    {
        Skip.IfNot(Learning.Training.IsAvailable(out var why), why);
        File.WriteAllText(_folder.At("try.conf"), """
            experiment {
              scenario = tiny.conf
              seeds = [1, 2]
              set { slots = 1 }
              train { a { seed = 1, set { learning.slots = 64, learning.train-on = cluster } }, b { seed = 2, set { learning.slots = 32, learning.train-on = cluster } } }
              vary { policy { levels { mine { policy.name = learned, policy.file = "trained:a" } } } }
            }
            """);

        Assert.Equal(0, await Run("one", ["--parallel", "1"]));
        Assert.Equal(0, await Run("two", ["--parallel", "2"]));

        byte[][] Policies(string folder) => [.. Directory.GetFiles(_folder.At(folder, "policies"), "*.policy", SearchOption.AllDirectories).Order().Select(File.ReadAllBytes)];
        Assert.Equal(2, Policies("one").Length);
        Assert.NotEqual(Policies("one")[0], Policies("one")[1]);
        Assert.Equal(Policies("one"), Policies("two"));
    }

    [SkippableFact]
    public async Task Policies_are_trained_first_once_and_used_by_the_levels_that_name_them()
    {
        Skip.IfNot(Learning.Training.IsAvailable(out var why), why);
        const string text = """
            experiment {
              scenario = tiny.conf
              seeds = [1, 2]
              train { mine { set { learning.slots = 32, learning.train-on = cluster, devices.count = 5 } } }
              vary { policy { levels { plain { policy.name = random }, mine { policy.name = learned, policy.file = "trained:mine" } } } }
            }
            """;
        File.WriteAllText(_folder.At("try.conf"), text.Replace("\"trained:mine\"", "\"trained:yours\""));
        Assert.Equal(2, await Run("none"));
        Assert.Contains("try.conf, line 5: policy.file: found trained:yours; allowed: a policy that train names: mine.", _error.ToString());
        File.WriteAllText(_folder.At("try.conf"), text);

        Assert.Equal(0, await Run("out"));

        Assert.Equal(4, _runs); // a training is no run of the session's
        var policies = Directory.GetDirectories(_folder.At("out", "policies"));
        var made = File.GetLastWriteTimeUtc(Path.Combine(Assert.Single(policies), "policy.json"));
        Assert.Equal(0, await Run("out"));
        Assert.Equal(4, _runs);
        Assert.Equal(made, File.GetLastWriteTimeUtc(Path.Combine(policies[0], "policy.json")));
        File.WriteAllText(_folder.At("try.conf"), text.Replace("devices.count = 5", "devices.count = 6"));
        Assert.Equal(0, await Run("out"));
        Assert.Equal(2, Directory.GetDirectories(_folder.At("out", "policies")).Length); // a changed training is another policy
        Assert.Equal(6, _runs);
    }

    [Fact]
    public async Task What_is_no_name_of_a_page_is_refused_before_anything_runs()
    {
        Assert.Equal(2, await Run("out", ["--page", _folder.At("page.html")]));

        Assert.Equal(0, _runs);
        Assert.Contains("page.html; allowed: the name of a page that ends in .md.", _error.ToString());
        Assert.False(Directory.Exists(_folder.At("out")));
    }

    [Fact]
    public async Task A_dry_run_lists_and_runs_nothing()
    {
        Assert.Equal(0, await Run("dry", ["--dry-run"]));

        Assert.Equal(0, _runs);
        Assert.False(Directory.Exists(_folder.At("dry")));
        Assert.Contains("12 runs, about 0:0", _out.ToString());
    }

    [Fact]
    public async Task A_case_that_cannot_be_is_told_before_anything_runs()
    {
        File.WriteAllText(_folder.At("try.conf"), Design.Replace("drift-plus-penalty", "drift-plus-penality"));

        Assert.Equal(2, await Run("wrong"));

        Assert.Equal(0, _runs);
        Assert.Contains("try.conf, line 8: policy.name: found 'drift-plus-penality'", _error.ToString(), StringComparison.Ordinal);
        Assert.Contains("Did you mean 'drift-plus-penalty'?", _error.ToString());
        Assert.False(Directory.Exists(_folder.At("wrong")));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Experiments_that_come_with_Diten_can_be_read_and_all_their_cases_are_possible(bool quick)
    {
        Assert.NotEmpty(ShippedExperiments.Files());
        foreach (var file in ShippedExperiments.Files())
        {
            foreach (var part in DesignFile.Read(file, quick).Parts)
            {
                var settings = new ExperimentSettings { Scenario = part.Scenario, Set = part.Set, Seed = part.Seeds.First, Seeds = 1 };
                var possible = part.Cases.Where(one => !one.Changes.Any(change => change.Value.StartsWith(TrainingDesign.Mark, StringComparison.Ordinal))).ToArray();
                Assert.Equal(possible.Length, possible.SelectMany(one => Cell.Load(settings, one)).Count());
                Assert.InRange(part.Seeds.Count, quick ? 3 : 10, quick ? 3 : 20);
            }
        }
    }

    [Theory]
    [Trait("Category", "Slow")]
    [InlineData("old-information.conf")]
    [InlineData("what-to-remember.conf")]
    public async Task Quick_experiments_that_come_with_Diten_run(string name)
    {
        var file = ShippedExperiments.Files().Single(file => Path.GetFileName(file) == name);

        Assert.Equal(0, await CommandTree.RunAsync(["experiment", file, "--quick", "--out", _folder.At("out"), "--page", _folder.At("page.md"), "--quiet"], new Session(new Terminal(_out, _error))));

        Assert.Contains("A quick run", File.ReadAllText(_folder.At("page.md")));
        Assert.NotEmpty(TableFile.Read(_folder.At("out", "estimates.csv")).Words("estimate"));
        Assert.NotEmpty(TableFile.Read(_folder.At("out", "claims.csv")).Words("claim"));
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task Cells_are_the_same_to_the_bit_on_processes()
    {
        Assert.Equal(0, await Run("here"));

        await Program.Run(0, TimeSpan.FromMinutes(3), "experiment", _folder.At("try.conf"), "--out", _folder.At("nodes"), "--nodes", "2", "--quiet");

        foreach (var file in (string[])["means.csv", "runs.csv", "estimates.csv", "course.csv", "ages.csv"])
            Assert.Equal(File.ReadAllText(_folder.At("here", file)), File.ReadAllText(_folder.At("nodes", file)));
    }

    private Task<int> Run(string folder, string[]? more = null, int stopAfter = int.MaxValue, CancellationTokenSource? stop = null) => CommandTree.RunAsync(
        ["experiment", _folder.At("try.conf"), "--out", _folder.At(folder), "--quiet", .. more ?? []],
        new Session(new Terminal(_out, _error), async (world, options, observer, cancel) =>
        {
            if (Interlocked.Increment(ref _runs) == stopAfter)
                await stop!.CancelAsync();
            return await Actors.Nodes.Emulation.RunAsync(world, options, observer, cancel);
        }),
        stop?.Token ?? default);
}
