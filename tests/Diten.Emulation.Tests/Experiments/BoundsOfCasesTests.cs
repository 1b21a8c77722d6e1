using Diten.Emulation.Tests.Results;
using Diten.Node.Commands;
using Diten.Runs;
using Diten.Runs.Execution;
using Diten.Runs.Experiments.Designs;
using Diten.Runs.Progress;
using Diten.Runs.Results;

namespace Diten.Emulation.Tests.Experiments;

/// <summary>Experiments that ask what would have been possible at best, and several experiments as one.</summary>
public sealed class BoundsOfCasesTests : IDisposable
{
    private const string Design = """
        experiment {
          scenario = tiny.conf
          seeds = [1, 3]
          vary { n { decisions.candidates = [2, 3] }, policy { policy.name = [random, drift-plus-penalty] } }
          BOUNDS
          figures { latency { x = n, series = policy BESIDE } }
        }
        """;

    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _out = new(), _error = new();
    private int _runs;

    public BoundsOfCasesTests() => File.WriteAllText(_folder.At("tiny.conf"), "slots = 6\narea.side = 800 m\ndevices.count = 20\n");

    public void Dispose() => _folder.Dispose();

    [Fact]
    [Trait("Takes", "Seconds")]
    public async Task Bounds_are_kept_with_the_cases_that_want_them_and_lie_below_what_was_measured()
    {
        Assert.Equal(0, await Run(Design.Replace("BOUNDS", "").Replace("BESIDE", "")));
        Assert.Equal(12, _runs);
        var text = Design.Replace("BOUNDS", "bounds = \"policy=random\"").Replace("BESIDE", """
            , beside { hindsight { metric = bounds.frontierAtOwnMigrations, at = "policy=random" }, floor { metric = bounds.balanceLower, at = "policy=random" } }
            """);
        Assert.Equal(0, await Run(text));
        Assert.Equal(12 + 6, _runs); // those of random, once more
        Assert.Equal(0, await Run(text));
        Assert.Equal(12 + 6, _runs);

        var rows = TableFile.Read(_folder.At("out", "latency.csv"));
        var (series, latency) = (rows.Words("series"), rows.Numbers("Latency (ms)"));
        double[] Line(string name) => [.. latency.Where((_, row) => series[row] == name)];
        Assert.Equal(2, Line("hindsight").Length);
        for (var i = 0; i < 2; i++)
        {
            Assert.True(Line("hindsight")[i] < Line("random")[i]);
            Assert.True(Line("floor")[i] < Line("random")[i]);
        }
    }

    [Fact]
    public void Joined_experiments_keep_their_parts_and_share_trainings_that_are_the_same()
    {
        const string a = "experiment { scenario = tiny.conf, seeds = [1, 2], train { t { seed = 3 }, u { seed = 4 } }, quick { train = [t] } }";
        ExperimentDesign Read(string name, string text, bool quick = false)
        {
            File.WriteAllText(_folder.At(name), text);
            return DesignFile.Read(_folder.At(name), quick);
        }

        var (one, two) = (Read("one.conf", a), Read("two.conf", a.Replace(", u { seed = 4 }", "")));
        var joined = ExperimentDesign.Joined("all", [one, two]);

        Assert.Equal(["one", "two"], joined.Parts.Select(part => part.Name));
        Assert.Equal(["t", "u"], joined.Trainings.Select(training => training.Name));
        Assert.Equal(["t"], Read("one.conf", a, quick: true).Trainings.Select(training => training.Name));
        var other = Assert.Throws<UserErrorException>(() => ExperimentDesign.Joined("all", [one, Read("three.conf", a.Replace("seed = 3", "seed = 5"))]));
        Assert.EndsWith("train.t is two different trainings.", other.Message);
        Assert.Throws<UserErrorException>(() => ExperimentDesign.Joined("all", [one, one]));
    }

    private Task<int> Run(string design)
    {
        File.WriteAllText(_folder.At("try.conf"), design);
        return CommandTree.RunAsync(["experiment", _folder.At("try.conf"), "--out", _folder.At("out"), "--quiet"], new Session(new Terminal(_out, _error), (world, options, observer, cancel) =>
        {
            Interlocked.Increment(ref _runs);
            return Actors.Nodes.Emulation.RunAsync(world, options, observer, cancel);
        }));
    }
}
