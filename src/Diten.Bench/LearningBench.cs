using System.Diagnostics;
using Diten.Actors;
using Diten.Actors.Nodes;
using Diten.Learning;
using Diten.Model;
using Diten.Model.Learning;
using Diten.Model.Offloading;
using Diten.Model.Policies.Networks;
using Diten.Model.Randomness;
using Diten.Model.Scenarios;
using Diten.Model.Worlds;
using Diten.Runs;
using Diten.Runs.Hosting;

namespace Diten.Bench;

/// <summary>
/// Measures deciding and learning: a set policy in plain C# and by TorchSharp, on the same states in turn; updates of a learner; and a training
/// run in this process.
/// </summary>
internal static class LearningBench
{
    private const int Devices = 64, Batches = 16, Candidates = BenchWorkload.Candidates, Width = Candidates * DecisionFeatures.Count;
    private const int WarmUpTurns = 50, Turns = 51, Updates = 5;
    private const double TurnSeconds = 0.02, Tolerance = 1e-5;
    private const ulong Seed = 1;

    /// <summary>Measures all three, one after the other.</summary>
    /// <exception cref="UserErrorException">This machine cannot train, or the run is too short for a version.</exception>
    public static async Task<BenchSample> RunAsync(BenchWorkload workload, BenchMeter meter, CancellationToken cancel)
    {
        if (!Training.IsAvailable(out var why))
            throw new UserErrorException($"Learning cannot be measured: {why}");
        var scenario = ScenarioOf(workload);
        var period = scenario.Learning.PeriodSlots;
        if (workload.AllSlots <= period)
            throw new UserErrorException($"--only learning needs more than {period} slots, with those of --warm-up: before that, nothing is trained.");
        var (decisionRate, torchRate, ratio, difference) = MeasureDecisions();
        var (transitions, transitionRate) = MeasureUpdates(scenario);
        var (outcome, training) = await TrainAsync(scenario, workload, meter, cancel);
        return meter.Result(outcome.RunSeconds) with
        {
            Learning = new LearningFigures(
                Devices, decisionRate, torchRate, ratio, difference, transitions, transitionRate,
                workload.AllSlots, outcome.RunSeconds, training, training / outcome.RunSeconds),
        };
    }

    /// <summary>The paper's world, but for what the workload says.</summary>
    private static Scenario ScenarioOf(BenchWorkload workload)
    {
        var usual = new Scenario();
        return usual with
        {
            Slots = workload.AllSlots,
            Devices = usual.Devices with { Count = workload.Devices },
            Radio = usual.Radio with { Channels = workload.Channels },
            Decisions = usual.Decisions with { Candidates = Candidates, Rounds = workload.Rounds },
        };
    }

    // ---- Deciding ----

    /// <summary>Decisions per second of both, the middle of their turns' ratios, and the largest difference of a probability.</summary>
    private static (double Rate, double TorchRate, double Ratio, double LargestDifference) MeasureDecisions()
    {
        var weights = UntrainedPolicy.Set(Seed);
        var network = new PolicyInference(weights);
        int[] counts = [.. Enumerable.Repeat(Candidates, Devices)];
        float[][] states = [.. Enumerable.Range(0, Batches).Select(batch => Draw(batch, Devices * Width))];
        var (scores, probabilities) = (new float[Devices * Candidates], new double[Devices * Candidates]);
        var difference = LargestDifference();
        if (!(difference < Tolerance))
            throw new InvariantViolatedException(FormattableString.Invariant($"A probability differs by {difference} between C# and TorchSharp."));

        TorchForward[] forwards = [.. states.Select(batch => new TorchForward(weights, batch, counts))];
        try
        {
            var (rates, torchRates) = (new List<double>(), new List<double>());
            for (var turn = -WarmUpTurns; turn < Turns; turn++)
            {
                var (rate, torchRate) = (Devices * CallsPerSecond(Decide), Devices * CallsPerSecond(batch => forwards[batch].Run()));
                if (turn < 0)
                    continue;
                rates.Add(rate);
                torchRates.Add(torchRate);
            }

            return (Middle(rates), Middle(torchRates), Middle(rates.Zip(torchRates, (rate, torchRate) => rate / torchRate)), difference);
        }
        finally
        {
            foreach (var forward in forwards)
                forward.Dispose();
        }

        void Decide(int batch)
        {
            network.Score(states[batch], Devices * Candidates, scores);
            for (var at = 0; at < scores.Length; at += Candidates)
                Softmax.Probabilities(scores.AsSpan(at, Candidates), probabilities.AsSpan(at, Candidates));
        }

        double LargestDifference()
        {
            using var torch = new PolicyNetwork(weights);
            return Enumerable.Range(0, Batches).Max(batch =>
            {
                Decide(batch);
                return torch.Probabilities(states[batch], counts).Zip(probabilities, (expected, found) => Math.Abs(expected - found)).Max();
            });
        }
    }

    private static double CallsPerSecond(Action<int> call)
    {
        var (calls, started) = (0, Stopwatch.GetTimestamp());
        while (Stopwatch.GetElapsedTime(started).TotalSeconds < TurnSeconds)
            for (var batch = 0; batch < Batches; batch++, calls++)
                call(batch);
        return calls / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    // ---- Learning ----

    /// <summary>Rows of an update, and rows per second: middle of some updates after the first.</summary>
    private static (int Rows, double Rate) MeasureUpdates(Scenario scenario)
    {
        using var learner = new ActorCritic(scenario.Learning, NetworkShape.Of(scenario), Seed);
        var rates = new List<double>();
        var rows = 0;
        for (var update = 0; update <= Updates; update++)
        {
            Episode[] episodes = [.. Enumerable.Range(0, scenario.Devices.Count).Select(device => EpisodeOf(device, scenario.Learning.PeriodSlots, learner.Version))];
            var started = Stopwatch.GetTimestamp();
            rows = learner.Update(episodes).PolicyRows;
            if (update > 0) // in the first one code is still being compiled
                rates.Add(rows / Stopwatch.GetElapsedTime(started).TotalSeconds);
        }

        return (rows, Middle(rates));
    }

    /// <summary>A device's decisions between two versions: all by chance, cut at the end.</summary>
    private static Episode EpisodeOf(int device, int length, int version)
    {
        var states = Draw(Batches + device, (length + 1) * Width);
        return new Episode
        {
            Device = device,
            FirstSlot = version * length,
            StateWidth = Width,
            States = states[..(length * Width)],
            CandidateCounts = [.. Enumerable.Repeat(Candidates, length)],
            Actions = [.. Enumerable.Range(0, length).Select(row => (device + row) % Candidates)],
            Probabilities = [.. Enumerable.Repeat(1f / Candidates, length)],
            Versions = [.. Enumerable.Repeat(version, length)],
            Rewards = states[..length],
            End = TransitionEnd.Truncated,
            NextState = states[(length * Width)..],
            NextCandidateCount = Candidates,
        };
    }

    /// <summary>Runs a training; returns how it ended, and the seconds that its updates took.</summary>
    private static async Task<(RunOutcome Outcome, double TrainingSeconds)> TrainAsync(
        Scenario scenario, BenchWorkload workload, BenchMeter meter, CancellationToken cancel)
    {
        Trainer? trainer = null;
        var options = new EmulationOptions { WorkerThreads = workload.Threads, ServerRecords = false, Training = true };
        var outcome = await Emulation.RunAsync(
            World.Create(scenario), options, new BenchRunner.MeterObserver(meter), null, cancel,
            start => LearnerRecipe.Of(start, made => trainer = made));
        if (outcome.Cancelled)
            throw new OperationCanceledException(cancel);
        return (outcome, trainer!.TimeSpent.TotalSeconds);
    }

    /// <summary>Numbers from −1 to 1, of the order of features.</summary>
    private static float[] Draw(int entity, int count) =>
        [.. Enumerable.Range(0, count).Select(at => (float)(2 * RandomStreams.Uniform(Seed, entity, at, Purpose.Sampling) - 1))];

    private static double Middle(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
