using System.CommandLine;
using Diten.Runs;
using Diten.Runs.Execution;
using Diten.Runs.Hosting;
using Diten.View.Operators;

namespace Diten.Node.Commands;

/// <summary><c>diten node</c>: one node of a cluster, which waits for work.</summary>
internal sealed class NodeCommand : DocumentedCommand
{
    private readonly Session _session;
    private readonly Option<string?> _config = Inputs.Config();
    private readonly Option<string?> _port = new("--port") { HelpName = "n", Description = "TCP port to listen on; 0 = any that is free [default: 0]" };
    private readonly Option<string?> _roles = new("--roles") { HelpName = "a,b", Description = "What the node is there for [default: emulation,coordinator]" };
    private readonly Option<string?> _journal = Inputs.Journal("diten.journal of the settings; nowhere");
    private readonly Option<string?> _threads = new("--threads") { HelpName = "n", Description = "Threads that the actors run on [default: one a core]" };

    private readonly Option<string?> _http = new("--http")
    {
        HelpName = "[ADDRESS:]PORT",
        Description = "Serve /metrics for Prometheus, /health/live and /health/ready there; 0 = any port that is free [default: not at all; address 127.0.0.1]",
    };

    private readonly Option<string?> _host = new("--host")
    {
        HelpName = "ADDRESS",
        Description = "Address to listen on; others than loopback need certificates [default: 127.0.0.1]",
    };

    private readonly Option<string[]> _seeds = new("--seed-node")
    {
        HelpName = "HOST:PORT",
        Description = "A node of the cluster; may be given again and again",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<bool> _withInput = new("--end-with-input")
    {
        Description = "End when standard input ends: for programs that start nodes",
        Hidden = true,
    };

    public NodeCommand(Session session)
        : base(
            "node", "Start one node of a cluster; it waits for work.",
            """
            The first node founds the cluster: it names itself as seed node. The others name one or more that are up. Ctrl-C lets a node
            leave: its zones go to the others at the end of a slot, nothing is lost; a second Ctrl-C ends it at once, and the others go
            on from the last checkpoint. Runs are submitted with diten run SCENARIO --join HOST:PORT.

            With --http it answers operators, in plain HTTP and without a password: /metrics (diten metrics lists them), /health/live (the
            process is of use) and /health/ready (it is a member, a clock answers, and a run that goes on has its zones placed), 200 or 503.
            """,
            ("node --port 4711 --seed-node 127.0.0.1:4711 --journal sqlite:/var/tmp/diten.db", "the first node of a cluster on this machine"),
            ("node --seed-node 127.0.0.1:4711 --journal sqlite:/var/tmp/diten.db", "another one"),
            ("node --seed-node 127.0.0.1:4711 --journal sqlite:/var/tmp/diten.db --http 9464", "one whose metrics are at http://127.0.0.1:9464/metrics"),
            ("node --config hocon/secure.conf --seed-node edge-1.example.org:4711", "a node that other machines reach, with certificates"))
    {
        _session = session;
        Add(_config, _host, _port, _http, _seeds, _roles, _journal, _threads, _withInput);
        session.Act(this, RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        if (parsed.GetValue(_withInput))
            StartedNode.LiveAsLongAsInput();
        var configuration = Configuration(parsed);
        if (configuration.Journal is { } place)
            JournalSettings.Prepare(JournalLocation.Parse(place, "diten.journal"));
        var terminal = _session.Terminal;
        var health = new NodeHealth();
        await using var server = configuration.Http is { } http ? await OperatorServer.StartAsync(http, configuration.Roles, health) : null;
        var node = ClusterNode.Start(configuration with { EndsProcess = false }); // the exit code is ours
        health.Show(node);
        terminal.Out.WriteLine($"{StartedNode.Greeting}{node.Address} ({string.Join(", ", configuration.Roles)})");
        if (server is not null)
            terminal.Out.WriteLine($"Operators: {server.Address}metrics, {server.Address}health/live, {server.Address}health/ready");
        terminal.Out.Flush();
        return await new WaitingNode(node, terminal.Complain).WaitAsync(cancel) ? ExitCode.Ok : ExitCode.Failed;
    }

    private NodeConfiguration Configuration(ParseResult parsed)
    {
        var seeds = parsed.GetValue(_seeds)!;
        return NodeConfiguration.Load(
            parsed.GetValue(_config),
            ("--host", "diten.node.host", parsed.GetValue(_host)),
            ("--port", "diten.node.port", parsed.GetValue(_port)),
            ("--seed-node", "diten.node.seed-nodes", seeds.Length == 0 ? null : $"[{string.Join(", ", seeds)}]"),
            ("--roles", "diten.node.roles", parsed.GetValue(_roles)),
            ("--http", "diten.node.http", parsed.GetValue(_http)),
            ("--journal", "diten.journal", parsed.GetValue(_journal) ?? Environment.GetEnvironmentVariable(JournalLocation.Variable)),
            ("--threads", "diten.node.threads", parsed.GetValue(_threads)));
    }
}
