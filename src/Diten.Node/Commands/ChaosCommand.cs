using System.CommandLine;
using Diten.Actors;
using Diten.Runs;
using Diten.Runs.Experiments;
using Diten.Runs.Progress;
using Diten.Runs.Running;

namespace Diten.Node.Commands;

/// <summary><c>diten chaos</c>: kills nodes of a running cluster, and holds the results against those of a run that nobody disturbed.</summary>
internal static class ChaosCommand
{
    public static Command Create(Session session)
    {
        var command = new DocumentedCommand(
            "chaos", "Kill nodes of a running cluster again and again, and see whether results stay the same.",
            """
            Runs the scenario once undisturbed in this process, then again and again on a cluster of processes of this machine, which is struck
            at moments drawn from the seed. In turn: any node, the clock's, two at once, the clock's while a checkpoint is taken, and one more while
            the run gets over that are killed (kill -9) and replaced by new ones; all nodes at once, or the program that started them, are
            killed and the run is gone on with by diten resume; a node is stopped for some seconds and wakes; a node, or the launcher, is
            killed before the first slot. Until there were as many strikes as wanted that made the run go back to a checkpoint, or that no run
            could ignore. Exit code 1 where a digest differs, or where something does not end.
            """,
            ("chaos scenarios/quickstart.conf --set slots=2000 --kills 20", "twenty strikes, some a run"),
            ("chaos scenarios/quickstart.conf --set slots=600 --kills 100 --kills-a-run 1", "a hundred, each in a run of its own"),
            ("chaos scenarios/city-100k.conf --set devices.count=20000 --set slots=400 --kills 100 --nodes 4", "for a night"));
        var scenario = Inputs.ScenarioFile();
        var (set, seed, threads, quiet) = (Inputs.Set(), Inputs.Seed(), Inputs.Threads(), Inputs.Quiet());
        var kills = Inputs.Positive(new Option<int>("--kills") { HelpName = "n", Description = "Strikes that must count", DefaultValueFactory = _ => 20 });
        var nodes = new Option<int>("--nodes") { HelpName = "n", Description = "Processes", DefaultValueFactory = _ => 3 };
        var checkpointEvery = Inputs.Positive(new Option<int>("--checkpoint-every")
        {
            HelpName = "k",
            Description = "Slots between two checkpoints",
            DefaultValueFactory = _ => 50,
        });
        var chaosSeed = new Option<ulong>("--chaos-seed") { HelpName = "n", Description = "Seed of the strikes", DefaultValueFactory = _ => 1 };
        var killsARun = Inputs.Positive(new Option<int>("--kills-a-run")
        {
            HelpName = "n",
            Description = "Most strikes in one run; 1 = each digest is of one strike",
            DefaultValueFactory = _ => int.MaxValue,
        });
        command.Add(scenario);
        var force = Inputs.Force();
        foreach (var option in new Option[] { kills, killsARun, nodes, seed, set, checkpointEvery, chaosSeed, threads, quiet, force })
            command.Add(option);
        session.Act(command, async (parsed, cancel) =>
        {
            if (parsed.GetValue(nodes) < 2)
                throw new UserErrorException($"--nodes: found {parsed.GetValue(nodes)}; allowed: a whole number of at least 2, for one must live on.");
            var input = ScenarioInput.Load(parsed.GetRequiredValue(scenario), parsed.GetValue(set)!, parsed.GetValue(seed))
                .Checked(session.Terminal, parsed.GetValue(nodes), parsed.GetValue(force));
            var world = input.Ready(session.Terminal, parsed.GetValue(nodes), parsed.GetValue(force));
            var options = new EmulationOptions
            {
                WorkerThreads = parsed.GetValue(threads),
                CheckpointEverySlots = parsed.GetValue(checkpointEvery),
                TwinJournal = true,
            };
            var plan = new ChaosPlan(parsed.GetValue(chaosSeed), input.Scenario.Slots, options.CheckpointEverySlots);
            var chaos = new ChaosRuns(session, input, world, options, parsed.GetValue(nodes), plan, parsed.GetValue(killsARun));
            var line = new StatusLine(session.Terminal, parsed.GetValue(quiet));
            return await chaos.RunAsync(parsed.GetValue(kills), line, cancel) ? ExitCode.Ok : ExitCode.Failed;
        });
        return command;
    }
}
