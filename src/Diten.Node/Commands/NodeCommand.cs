using System.CommandLine;
using System.Diagnostics;
using Akka.Cluster;
using Diten.Runs;
using Diten.Runs.Hosting;
using Diten.Runs.Progress;
using Diten.Runs.Running;

namespace Diten.Node.Commands;

/// <summary><c>diten node</c>: one node of a cluster, which waits for work.</summary>
internal static class NodeCommand
{
    private static readonly TimeSpan LeavePatience = TimeSpan.FromSeconds(60), TellEvery = TimeSpan.FromSeconds(5);

    public static Command Create(Session session)
    {
        var command = new DocumentedCommand(
            "node", "Start one node of a cluster; it waits for work.",
            """
            The first node founds the cluster: it names itself as seed node. The others name one or more that are up. Ctrl-C lets a node
            leave: its zones go to the others at the end of a slot, nothing is lost; a second Ctrl-C ends it at once, and the others go
            on from the last checkpoint. Runs are submitted with diten run SCENARIO --join HOST:PORT.
            """,
            ("node --port 4711 --seed-node 127.0.0.1:4711 --journal sqlite:/var/tmp/diten.db", "the first node of a cluster on this machine"),
            ("node --seed-node 127.0.0.1:4711 --journal sqlite:/var/tmp/diten.db", "another one"),
            ("node --config hocon/secure.conf --seed-node edge-1.example.org:4711", "a node that other machines reach, with certificates"));
        var config = Inputs.Config();
        var host = new Option<string?>("--host") { HelpName = "ADDRESS", Description = "Address to listen on; others than loopback need certificates [default: 127.0.0.1]" };
        var port = new Option<string?>("--port") { HelpName = "n", Description = "TCP port to listen on; 0 = any that is free [default: 0]" };
        var seeds = new Option<string[]>("--seed-node") { HelpName = "HOST:PORT", Description = "A node of the cluster; may be given again and again", DefaultValueFactory = _ => [] };
        var roles = new Option<string?>("--roles") { HelpName = "a,b", Description = "What the node is there for [default: emulation,coordinator]" };
        var journal = Inputs.Journal("diten.journal of the settings; nowhere");
        var threads = new Option<string?>("--threads") { HelpName = "n", Description = "Threads that the actors run on [default: one a core]" };
        var withInput = new Option<bool>("--end-with-input") { Description = "End when standard input ends: for programs that start nodes", Hidden = true };
        foreach (var option in new Option[] { config, host, port, seeds, roles, journal, threads, withInput })
            command.Add(option);
        session.Act(command, async (parsed, cancel) =>
        {
            var given = parsed.GetValue(seeds)!;
            if (parsed.GetValue(withInput))
                StartedNode.LiveAsLongAsInput();
            var configuration = NodeConfiguration.Load(
                parsed.GetValue(config),
                ("--host", "diten.node.host", parsed.GetValue(host)),
                ("--port", "diten.node.port", parsed.GetValue(port)),
                ("--seed-node", "diten.node.seed-nodes", given.Length == 0 ? null : $"[{string.Join(", ", given)}]"),
                ("--roles", "diten.node.roles", parsed.GetValue(roles)),
                ("--journal", "diten.journal", parsed.GetValue(journal) ?? Environment.GetEnvironmentVariable(JournalLocation.Variable)),
                ("--threads", "diten.node.threads", parsed.GetValue(threads)));
            if (configuration.Journal is { } place)
                JournalSettings.Prepare(JournalLocation.Parse(place, "diten.journal"));
            var node = ClusterNode.Start(configuration with { EndsProcess = false }); // the exit code is ours
            session.Terminal.Out.WriteLine($"{StartedNode.Greeting}{node.Address} ({string.Join(", ", configuration.Roles)})");
            session.Terminal.Out.Flush();
            _ = TellJoiningAsync(session.Terminal, node, cancel);
            await Task.WhenAny(node.System.WhenTerminated, Task.Delay(Timeout.Infinite, cancel));
            if (cancel.IsCancellationRequested)
            {
                session.Terminal.Complain("leaving the cluster: zones move to other nodes at the end of the slot.");
                if (await node.LeaveAsync(LeavePatience))
                    return ExitCode.Ok;
                session.Terminal.Complain(
                    $"no coordinator has let this node go within {LeavePatience.TotalSeconds} s: a run that it was part of goes back to its last checkpoint.");
                return ExitCode.Failed;
            }

            if (node.System.WhenTerminated.IsCompleted)
            {
                session.Terminal.Complain("this node is no member of the cluster any more: the others could not reach it, or were more.");
                return ExitCode.Failed;
            }

            return ExitCode.Ok;
        });
        return command;
    }

    /// <summary>Says now and then that the cluster does not answer, until it does.</summary>
    private static async Task TellJoiningAsync(Terminal terminal, ClusterNode node, CancellationToken cancel)
    {
        if (node.Seeds.Count == 0)
        {
            terminal.Complain("no --seed-node was given: this node is of no cluster until another one is told of it.");
            return;
        }

        var joined = new TaskCompletionSource();
        var cluster = Cluster.Get(node.System);
        cluster.RegisterOnMemberUp(joined.SetResult);
        var since = Stopwatch.StartNew();
        var over = Task.WhenAny(joined.Task, node.System.WhenTerminated, Task.Delay(Timeout.Infinite, cancel));
        while (await Task.WhenAny(over, Task.Delay(TellEvery, CancellationToken.None)) != over)
            terminal.Complain(FormattableString.Invariant(
                $"no answer from {string.Join(", ", node.Seeds)} for {since.Elapsed.TotalSeconds:F0} s; asks on, until Ctrl-C."));
    }
}
