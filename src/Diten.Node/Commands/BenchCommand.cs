using System.CommandLine;
using Diten.Bench;
using Diten.Runs;
using Diten.Runs.Progress;
using Diten.Runs.Running;

namespace Diten.Node.Commands;

/// <summary><c>diten bench</c>: how fast Diten is on this machine, held against the least that actors can cost.</summary>
internal static class BenchCommand
{
    /// <summary>Two such numbers can be added.</summary>
    private const int MostOfAnything = 1_000_000_000;

    public static Command Create(Session session)
    {
        var command = new DocumentedCommand(
            "bench", "Measure how fast Diten is on this machine.",
            """
            Three programs, each in a process of its own, in turn: array is the same model over plain arrays on one thread, without
            actors; floor is two messages a device-slot between actors that compute nothing; product is what diten run runs, with its
            checks and digest, but without tables. The city has 1,024 base stations; policy drift-plus-penalty, 5 candidates. Then
            what decision rounds, interference and a learned policy cost, clusters of processes on this machine, journal and checkpoints
            on SQLite, how the time of a slot grows with the devices, and learning: decisions of a set policy in plain C# against
            TorchSharp, transitions trained per second, and the share of a training run that is spent in training. Figures move with the
            machine and with what else runs on it: compare within one run only.
            """,
            ("bench", "everything: some minutes, and 2.2 GB of memory"),
            ("bench --quick", "only the three programs"),
            ("bench --only product --devices 20000 --rounds 4", "one measurement, in this process, as JSON"),
            ("bench --only learning", "deciding and learning, in the paper's world: seconds"));
        var only = new Option<BenchSubject?>("--only") { Description = "Measure one program, in this process, and print the result as JSON; learning has a usual world of its own, the paper's" };
        var quick = new Option<bool>("--quick") { Description = "Measure the three programs only: no rounds, interference, clusters, journal, other sizes or learning" };
        var json = new Option<bool>("--json") { Description = "Print all measurements as JSON, one a line, and nothing else" };
        var repeat = Number("--repeat", "Measurements of each program; the table shows the middle one", 3);
        var devices = Number("--devices", "Mobile devices", 100_000);
        var slots = Number("--slots", "Slots that are measured", 40);
        var warmUp = Number("--warm-up", "Slots before those that are measured, in which code is still being compiled", 20);
        var rounds = Number("--rounds", "Decision rounds, with --only", 1);
        var channels = Inputs.NotNegative(
            new Option<int>("--channels") { HelpName = "n", Description = "Radio channels, with --only; 0 = no interference [default: 0]" });
        var nodes = Inputs.NotNegative(new Option<int>("--nodes") { HelpName = "n", Description = "Processes of a cluster, with --only product; 0 = none [default: 0]" });
        var checkpointEvery = Inputs.NotNegative(
            new Option<int>("--checkpoint-every") { HelpName = "k", Description = "Slots between two checkpoints, with --only product; 0 = no journal [default: 0]" });
        var deal = new Option<bool>("--deal-zones") { Description = "Deal zones out to the processes in turn, wherever they are, with --only product" };
        var learned = new Option<bool>("--learned") { Description = "Let a set network decide, made to choose like drift-plus-penalty, with --only" };
        var (threads, quiet, force) = (Inputs.Threads(), Inputs.Quiet(), Inputs.Force());
        foreach (var option in new Option[] { only, quick, json, repeat, devices, slots, warmUp, rounds, channels, nodes, checkpointEvery, deal, learned, threads, quiet, force })
            command.Add(option);
        session.Act(command, async (parsed, cancel) =>
        {
            var workload = new BenchWorkload(
                parsed.GetValue(devices), parsed.GetValue(slots), parsed.GetValue(warmUp), Threads: parsed.GetValue(threads));
            RunSize.Of(workload.Scenario(), parsed.GetValue(nodes)).Demand("bench", parsed.GetValue(force));
            if (parsed.GetValue(only) is { } subject)
            {
                var usual = subject == BenchSubject.Learning ? BenchWorkload.Training : workload;
                workload = workload with
                {
                    Devices = Given(parsed, devices) ?? usual.Devices,
                    Slots = Given(parsed, slots) ?? usual.Slots,
                    WarmUpSlots = Given(parsed, warmUp) ?? usual.WarmUpSlots,
                    Rounds = Given(parsed, rounds) ?? usual.Rounds,
                    Channels = Given(parsed, channels) ?? usual.Channels,
                    Nodes = parsed.GetValue(nodes),
                    CheckpointEvery = parsed.GetValue(checkpointEvery),
                    DealZones = parsed.GetValue(deal),
                    Learned = parsed.GetValue(learned),
                };
                session.Terminal.Out.WriteLine(BenchRunner.ToJson(await BenchRunner.RunHereAsync(session, subject, workload, cancel)));
                return ExitCode.Ok;
            }

            var learning = !parsed.GetValue(quick) && CanLearn(session);
            var line = new StatusLine(session.Terminal, parsed.GetValue(quiet));
            var samples = new List<BenchSample>();
            foreach (var (measured, done) in BenchPlan.Of(workload, parsed.GetValue(repeat), parsed.GetValue(quick), learning))
            {
                line.Show(() => $"{done:P0}  {measured.Subject.ToString().ToLowerInvariant()}, {measured.Workload}");
                samples.Add(await BenchRunner.RunApartAsync(measured.Subject, measured.Workload, cancel));
                if (parsed.GetValue(json))
                    session.Terminal.Out.WriteLine(BenchRunner.ToJson(samples[^1]));
            }

            line.Clear();
            if (!parsed.GetValue(json))
                BenchReport.Write(session.Terminal, workload, samples);
            return ExitCode.Ok;
        });
        return command;
    }

    private static bool CanLearn(Session session)
    {
        var can = Learning.Training.IsAvailable(out var why);
        if (!can)
            session.Terminal.Complain($"learning is not measured: {why}");
        return can;
    }

    /// <summary>What somebody said; null where the usual value stands.</summary>
    private static int? Given(ParseResult parsed, Option<int> option) =>
        parsed.GetResult(option) is { Implicit: false } ? parsed.GetValue(option) : null;

    private static Option<int> Number(string name, string description, int usual) => Inputs.Within(new Option<int>(name)
    {
        HelpName = "n",
        Description = description,
        DefaultValueFactory = _ => usual,
    }, 1, MostOfAnything);
}
