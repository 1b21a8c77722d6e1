using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Diten.Actors;
using Diten.Runs;
using Diten.Runs.Execution;
using Diten.Runs.Hosting;
using Diten.Runs.Progress;
using Spectre.Console;

namespace Diten.Node.Commands;

/// <summary><c>diten nodes</c>: what a cluster is doing.</summary>
internal sealed class NodesCommand : DocumentedCommand
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, WriteIndented = true };

    private readonly Session _session;
    private readonly Argument<string> _node = new("node") { HelpName = "HOST:PORT|RUN", Description = "A node of the cluster; or a run with processes of its own: its folder, or its address" };
    private readonly Option<string?> _config = Inputs.Config();
    private readonly Option<bool> _json = new("--json") { Description = "Print the answer as JSON" };

    public NodesCommand(Session session)
        : base(
            "nodes", "Show the nodes of a cluster, the zones on each, and how fast they are.",
            """
            Asks any one node; nothing joins the cluster for it. The processes of diten run --nodes N listen to nobody else: of such a run, begun
            with --view and still going on, its folder or address tells which there are, by the names that nodes kill takes.
            """,
            ("nodes 127.0.0.1:4711", "the cluster that this node belongs to"),
            ("nodes edge-1.example.org:4711 --config hocon/secure.conf", "a cluster that asks for certificates"),
            ("nodes runs/city-100k-seed1", "the processes of this run, which goes on"),
            ("nodes kill runs/city-100k-seed1 clock", "kill the process that its clock lives in"),
            ("nodes start runs/city-100k-seed1", "and start another one in its place"))
    {
        _session = session;
        Add(new NodesKillCommand(session));
        Add(new NodesStartCommand(session));
        Add(_node);
        Add(_config, _json);
        session.Act(this, RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var (terminal, text) = (_session.Terminal, parsed.GetRequiredValue(_node));
        if (text.StartsWith("http://", StringComparison.Ordinal) || Path.Exists(text) || Path.Exists(text + ".partial"))
            return await ListAsync(text, parsed.GetValue(_json), cancel);
        var address = NodeAddress.Parse(text) ?? throw new UserErrorException($"HOST:PORT: found '{text}'; allowed: such as 127.0.0.1:4711, or the folder of a run.");
        var status = await ClusterQuery.AskAsync(NodeConfiguration.Load(parsed.GetValue(_config)), address, terminal.Complain, cancel);
        if (parsed.GetValue(_json))
            terminal.Out.WriteLine(JsonSerializer.Serialize(status, Json));
        else
            Write(terminal, status);
        return ExitCode.Ok;
    }

    private async Task<int> ListAsync(string run, bool json, CancellationToken cancel)
    {
        using var hands = RemoteHands.Of(run, null, needsToken: false);
        using var answer = await hands.GetAsync("api/faults", cancel);
        if (!answer.RootElement.TryGetProperty("nodes", out var nodes) || nodes.ValueKind != JsonValueKind.Array)
            throw new UserErrorException($"RUN: found {run}, which has no processes of its own; allowed: a run that was begun with --nodes and --view.");
        if (json)
        {
            _session.Terminal.Out.WriteLine(nodes.GetRawText());
            return ExitCode.Ok;
        }

        var table = new Table().Border(TableBorder.Simple).AddColumns("process", "node", "");
        foreach (var node in nodes.EnumerateArray())
            table.AddRow(
                node.GetProperty("number").GetInt32().ToString(CultureInfo.InvariantCulture), node.GetProperty("node").GetString()!,
                node.GetProperty("clock").GetBoolean() ? NodeHands.Clock : "");
        _session.Terminal.Tables().Write(table);
        return ExitCode.Ok;
    }

    private static void Write(Terminal terminal, ClusterStatus status)
    {
        terminal.Out.WriteLine(status.Run is null
            ? "No run goes on."
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{status.Run}: slot {status.Slot} of {status.Slots}, epoch {status.Epoch}, last checkpoint at slot {status.CommittedSlot}"));
        var table = new Table().Border(TableBorder.Simple).AddColumns("node", "roles", "state", "zones", "devices", "device-slots/s");
        foreach (var node in status.Nodes)
        {
            string[] cells =
            [
                node.Node, node.Roles, node.Learns ? node.State + ", learner" : node.State, Figures.Ranges(node.Zones), node.Devices.ToString(CultureInfo.InvariantCulture),
                Figures.Count(node.DeviceSlotsPerSecond),
            ];
            table.AddRow([.. cells.Select(cell => new Text(cell))]);
        }

        terminal.Tables().Write(table);
    }
}
