using System.Text.Json;
using Diten.Bench;
using Diten.Node.Commands;
using Diten.Runs.Execution;
using Diten.Runs.Progress;

namespace Diten.Emulation.Tests.Bench;

/// <summary>That <c>diten bench</c> measures what it says; how fast anything is, no test asks.</summary>
public sealed class BenchTests
{
    private static readonly BenchWorkload Workload = new(300, 2, 1);
    private readonly StringWriter _out = new(), _error = new();

    [Theory]
    [InlineData("array")]
    [InlineData("floor")]
    [InlineData("product")]
    public async Task One_program_is_measured_in_this_process(string subject)
    {
        Assert.Equal(0, await Diten("bench", "--only", subject, "--devices", "300", "--slots", "4", "--warm-up", "1"));

        using var sample = JsonDocument.Parse(_out.ToString());
        var root = sample.RootElement;
        Assert.Equal(subject, root.GetProperty("Subject").GetString(), ignoreCase: true);
        Assert.Equal(300, root.GetProperty("Workload").GetProperty("Devices").GetInt32());
        Assert.All(["Rate", "SlotSeconds", "StartSeconds", "PeakBytes"], key => Assert.True(root.GetProperty(key).GetDouble() > 0, key));
        Assert.Equal(1 / root.GetProperty("Rate").GetDouble(), root.GetProperty("SlotSeconds").GetDouble() / 300, 12);
    }

    [Theory]
    [InlineData("array")]
    [InlineData("product")]
    public async Task A_learned_policy_is_measured_too(string subject)
    {
        Assert.Equal(0, await Diten("bench", "--only", subject, "--learned", "--devices", "300", "--slots", "4", "--warm-up", "1"));

        using var sample = JsonDocument.Parse(_out.ToString());
        Assert.True(sample.RootElement.GetProperty("Workload").GetProperty("Learned").GetBoolean());
    }

    [Fact]
    public async Task A_learned_policy_is_measured_in_one_process_only()
    {
        Assert.Equal(2, await Diten("bench", "--only", "product", "--learned", "--nodes", "2"));

        Assert.Contains("leave out --nodes and --checkpoint-every", _error.ToString());
    }

    [SkippableFact]
    [Trait("Takes", "Seconds")]
    public async Task Deciding_and_learning_are_measured_too()
    {
        Skip.IfNot(Learning.Training.IsAvailable(out var why), why);
        Assert.Equal(0, await Diten("bench", "--only", "learning", "--devices", "20", "--slots", "30", "--warm-up", "10"));

        using var sample = JsonDocument.Parse(_out.ToString());
        var figures = sample.RootElement.GetProperty("Learning");
        Assert.All(
            ["DecisionRate", "TorchDecisionRate", "DecisionRatio", "TransitionRate", "RunSeconds", "TrainingSeconds", "TrainingShare"],
            key => Assert.True(figures.GetProperty(key).GetDouble() > 0, key));
        Assert.InRange(figures.GetProperty("LargestDifference").GetDouble(), 0, 1e-5);
        Assert.Equal(20 * 32, figures.GetProperty("Transitions").GetInt32());
        Assert.Equal(40, figures.GetProperty("RunSlots").GetInt32());
        Assert.Equal(
            figures.GetProperty("TrainingShare").GetDouble(), figures.GetProperty("TrainingSeconds").GetDouble() / figures.GetProperty("RunSeconds").GetDouble(), 12);
    }

    [SkippableFact]
    public async Task Learning_is_measured_once_a_version_was_trained_and_in_one_process_only()
    {
        Skip.IfNot(Learning.Training.IsAvailable(out var why), why);
        Assert.Equal(2, await Diten("bench", "--only", "learning", "--slots", "20", "--warm-up", "10"));
        Assert.Equal(2, await Diten("bench", "--only", "learning", "--nodes", "2"));

        Assert.Contains("needs more than 32 slots", _error.ToString());
        Assert.Contains("leave out --nodes, --checkpoint-every, --learned and --faults", _error.ToString());
    }

    /// <summary>What a machine without torch leaves out, and what everybody gets once.</summary>
    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public void Learning_is_part_of_the_whole_measurement_where_the_machine_can_learn(bool can, int times)
    {
        var plan = BenchPlan.Of(Workload, repeat: 3, quick: false, learning: can);

        Assert.Equal(times, plan.Count(item => item.Item.Subject == BenchSubject.Learning));
    }

    [Fact]
    public void The_table_is_followed_by_what_was_measured_of_learning()
    {
        var figures = new LearningFigures(64, 3e6, 1.5e6, 2, 1e-7, 6400, 25_000, 320, 8, 2, 0.25);
        var sample = new BenchSample(BenchSubject.Learning, BenchWorkload.Training, 1, 1, 1, 1, 0, 1, 1, 0) { Learning = figures };

        BenchReport.Write(new Terminal(_out, _error), Workload, [sample]);

        Assert.All(
            [
                "64 at once: C# 3.00 M/s, TorchSharp's forward 1.50 M/s, C# / TorchSharp = 2.00", "6,400 transitions a version: 25,000 transitions/s",
                "320 slots took 8.0 s, 25 % of it in training",
            ],
            text => Assert.Contains(text, _out.ToString()));
    }

    [Fact]
    [Trait("Takes", "Seconds")]
    public async Task All_programs_are_measured_each_in_a_process_of_its_own()
    {
        Assert.Equal(0, await Diten("bench", "--quick", "--repeat", "2", "--devices", "300", "--slots", "2", "--warm-up", "1"));

        var told = _out.ToString();
        Assert.All(["array", "floor", "product", "product / floor = ", "product / array = "], text => Assert.Contains(text, told));
    }

    [Fact]
    [Trait("Takes", "Seconds")]
    public async Task Another_build_is_measured_in_turn_with_this_one()
    {
        var folder = Path.GetDirectoryName(typeof(CommandTree).Assembly.Location)!;

        Assert.Equal(0, await Diten("bench", "--against", folder, "--only", "array", "--repeat", "2", "--devices", "300", "--slots", "2", "--warm-up", "1"));

        var told = _out.ToString();
        Assert.Contains("array, 300 devices", told);
        Assert.Contains("This build over the other one", told);
    }

    [Fact]
    public async Task Another_build_has_to_be_there()
    {
        Assert.Equal(2, await Diten("bench", "--against", "nowhere"));

        Assert.Contains("found nowhere, which has no diten.dll", _error.ToString());
    }

    [Fact]
    public void A_ratio_is_the_middle_of_the_pairs_this_build_over_the_other()
    {
        BenchPair[] pairs = [Pair(1, 4), Pair(9, 3), Pair(2, 4)];

        var ratio = BenchRatio.Of(pairs, sample => sample.ProcessorSeconds);

        Assert.Equal([0.25, 3, 0.5], ratio.Pairs);
        Assert.Equal(0.5, ratio.Middle);
        Assert.Equal(1.625, BenchRatio.Of(pairs[..2], sample => sample.ProcessorSeconds).Middle);

        static BenchPair Pair(double own, double other) => new(new(BenchSubject.Product, Workload), Sample(own), Sample(other));
        static BenchSample Sample(double processor) => new(BenchSubject.Product, Workload, 1, 1, processor, 1, 0, 1, 1, 0);
    }

    [Fact]
    public async Task Nothing_is_measured_over_no_slots()
    {
        Assert.Equal(2, await Diten("bench", "--slots", "0"));

        Assert.Contains("--slots: found 0; allowed: a whole number from 1 to 1000000000.", _error.ToString());
    }

    private Task<int> Diten(params string[] args) => CommandTree.RunAsync(args, new Session(new Terminal(_out, _error)));
}
