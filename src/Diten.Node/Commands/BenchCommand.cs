using System.CommandLine;
using Diten.Bench;
using Diten.Runs;
using Diten.Runs.Execution;
using Diten.Runs.Progress;

namespace Diten.Node.Commands;

/// <summary><c>diten bench</c>: how fast Diten is on this machine, held against the least that actors can cost.</summary>
internal sealed class BenchCommand : DocumentedCommand
{
    /// <summary>Two such numbers can be added.</summary>
    private const int MostOfAnything = 1_000_000_000;

    private readonly Session _session;
    private readonly Option<bool> _json = new("--json") { Description = "Print all measurements as JSON, one a line, and nothing else" };
    private readonly Option<int> _repeat = Number("--repeat", "Measurements of each program; the table shows the middle one", 3);
    private readonly Option<int> _devices = Number("--devices", "Mobile devices", 100_000);
    private readonly Option<int> _slots = Number("--slots", "Slots that are measured", 40);
    private readonly Option<int> _warmUp = Number("--warm-up", "Slots before those that are measured, in which code is still being compiled", 60);
    private readonly Option<int> _rounds = Number("--rounds", "Decision rounds, with --only", 1);
    private readonly Option<int> _channels = Count("--channels", "Radio channels, with --only; 0 = no interference [default: 0]");
    private readonly Option<int> _nodes = Count("--nodes", "Processes of a cluster, with --only product; 0 = none [default: 0]");
    private readonly Option<int> _checkpointEvery = Count("--checkpoint-every", "Slots between two checkpoints, with --only product; 0 = no journal [default: 0]", "k");
    private readonly Option<bool> _deal = new("--deal-zones") { Description = "Deal zones out to the processes in turn, wherever they are, with --only product" };
    private readonly Option<bool> _learned = new("--learned") { Description = "Let a set network decide, made to choose like drift-plus-penalty, with --only" };
    private readonly Option<bool> _faults = new("--faults") { Description = "Lose 30 % of the syncs and measure the regret of every decision, with --only" };
    private readonly Option<int> _threads = Inputs.Threads();
    private readonly Option<bool> _quiet = Inputs.Quiet();
    private readonly Option<bool> _force = Inputs.Force();

    private readonly Option<BenchSubject?> _only = new("--only")
    {
        Description = "Measure one program, in this process, and print the result as JSON; learning has a usual world of its own, the paper's",
    };

    private readonly Option<string?> _viewers = new("--viewers")
    {
        HelpName = "n[,n]",
        Description = FormattableString.Invariant($"Measure what so many viewers of the live page cost, and nothing else; each 1 to {ViewersBench.MostViewers}"),
    };

    private readonly Option<bool> _quick = new("--quick")
    {
        Description = "Measure the three programs only: no rounds, interference, clusters, journal, other sizes or learning",
    };

    private readonly Option<DirectoryInfo?> _against = new("--against")
    {
        HelpName = "folder",
        Description = "Measure another build too, in turn with this one, and show ratios pair by pair; with --only of one program",
    };

    public BenchCommand(Session session)
        : base(
            "bench", "Measure how fast Diten is on this machine.",
            """
            Three programs, each in a process of its own, in turn: array is the same model over plain arrays on one thread, without
            actors; floor is two messages a device-slot between actors that compute nothing; product is what diten run runs, with its
            checks and digest, but without tables. The city has 1,024 base stations; policy drift-plus-penalty, 5 candidates. Then
            what decision rounds, interference, a learned policy and faults cost, clusters of processes on this machine, journal and checkpoints
            on SQLite, how the time of a slot grows with the devices, and learning: decisions of a set policy in plain C# against
            TorchSharp, transitions trained per second, and the share of a training run that is spent in training. Figures move with the
            machine and with what else runs on it: compare within one run only.
            """,
            ("bench", "everything: some minutes, and 2.2 GB of memory"),
            ("bench --quick", "only the three programs"),
            ("bench --only product --devices 20000 --rounds 4", "one measurement, in this process, as JSON"),
            ("bench --only learning", "deciding and learning, in the paper's world: seconds"),
            ("bench --viewers 1,10", "what one viewer of the page costs, and ten"),
            ("bench --against ../older/out --only product", "this build over one that dotnet build src/Diten.Node -c Release -o ../older/out made"))
    {
        _session = session;
        Add(
            _only, _quick, _json, _repeat, _devices, _slots, _warmUp, _rounds, _channels, _nodes, _checkpointEvery, _deal, _learned, _faults, _threads, _against, _viewers, _quiet,
            _force);
        session.Act(this, RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var terminal = _session.Terminal;
        var workload = new BenchWorkload(
            parsed.GetValue(_devices), parsed.GetValue(_slots), parsed.GetValue(_warmUp), Threads: parsed.GetValue(_threads));
        RunSize.Of(workload.Scenario(), parsed.GetValue(_nodes)).Demand("bench", parsed.GetValue(_force));
        if (parsed.GetValue(_viewers) is { } viewers)
        {
            await ViewersBench.RunAsync(_session, workload, ViewersBench.Parse(viewers), parsed.GetValue(_repeat), new StatusLine(terminal, parsed.GetValue(_quiet)), cancel);
            return ExitCode.Ok;
        }

        if (parsed.GetValue(_against) is { } folder)
            return await PairAsync(parsed, workload, BenchBuild.In(folder.ToString()), cancel);
        if (parsed.GetValue(_only) is { } subject)
        {
            var sample = await BenchRunner.RunHereAsync(_session, subject, Only(parsed, subject, workload), cancel);
            terminal.Out.WriteLine(BenchRunner.ToJson(sample));
            return ExitCode.Ok;
        }

        var json = parsed.GetValue(_json);
        var plan = BenchPlan.Of(workload, parsed.GetValue(_repeat), parsed.GetValue(_quick), !parsed.GetValue(_quick) && CanLearn());
        var samples = new List<BenchSample>();
        await foreach (var sample in BenchRunner.RunApartAsync(plan, new StatusLine(terminal, parsed.GetValue(_quiet)), cancel))
        {
            samples.Add(sample);
            if (json)
                terminal.Out.WriteLine(BenchRunner.ToJson(sample));
        }

        if (!json)
            BenchReport.Write(terminal, workload, samples);
        return ExitCode.Ok;
    }

    private async Task<int> PairAsync(ParseResult parsed, BenchWorkload workload, BenchBuild other, CancellationToken cancel)
    {
        var terminal = _session.Terminal;
        var items = parsed.GetValue(_only) is { } subject ? [new(subject, Only(parsed, subject, workload))] : BenchPlan.Turn(workload, parsed.GetValue(_quick));
        var pairs = new List<BenchPair>();
        await foreach (var pair in BenchRunner.RunPairsAsync(items, parsed.GetValue(_repeat), other, new StatusLine(terminal, parsed.GetValue(_quiet)), cancel))
        {
            pairs.Add(pair);
            if (parsed.GetValue(_json))
                terminal.Out.WriteLine($"{{\"This\":{BenchRunner.ToJson(pair.Own)},\"Other\":{BenchRunner.ToJson(pair.Other)}}}");
        }

        if (!parsed.GetValue(_json))
            BenchPairReport.Write(terminal, pairs);
        return ExitCode.Ok;
    }

    /// <summary>What one program is measured on: what somebody said, and else what is usual for it.</summary>
    private BenchWorkload Only(ParseResult parsed, BenchSubject subject, BenchWorkload workload)
    {
        var usual = subject == BenchSubject.Learning ? BenchWorkload.Training : workload;
        return workload with
        {
            Devices = Given(_devices) ?? usual.Devices,
            Slots = Given(_slots) ?? usual.Slots,
            WarmUpSlots = Given(_warmUp) ?? usual.WarmUpSlots,
            Rounds = Given(_rounds) ?? usual.Rounds,
            Channels = Given(_channels) ?? usual.Channels,
            Nodes = parsed.GetValue(_nodes),
            CheckpointEvery = parsed.GetValue(_checkpointEvery),
            DealZones = parsed.GetValue(_deal),
            Learned = parsed.GetValue(_learned),
            Faults = parsed.GetValue(_faults),
        };

        int? Given(Option<int> option) => parsed.GetResult(option) is { Implicit: false } ? parsed.GetValue(option) : null;
    }

    private bool CanLearn()
    {
        var can = Learning.Training.IsAvailable(out var why);
        if (!can)
            _session.Terminal.Complain($"learning is not measured: {why}");
        return can;
    }

    private static Option<int> Number(string name, string description, int usual) => Inputs.Within(new Option<int>(name)
    {
        HelpName = "n",
        Description = description,
        DefaultValueFactory = _ => usual,
    }, 1, MostOfAnything);

    private static Option<int> Count(string name, string description, string what = "n") =>
        Inputs.NotNegative(new Option<int>(name) { HelpName = what, Description = description });
}
