using System.CommandLine;
using System.Globalization;
using Akka.Actor;
using Diten.Actors;
using Diten.Runs;
using Diten.Runs.Hosting;
using Diten.Runs.Progress;
using Diten.Runs.Running;
using Spectre.Console;

namespace Diten.Node.Commands;

/// <summary><c>diten nodes</c>: what a cluster is doing.</summary>
internal static class NodesCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10), TellAfter = TimeSpan.FromSeconds(2);

    public static Command Create(Session session)
    {
        var command = new DocumentedCommand(
            "nodes", "Show the nodes of a cluster, the zones on each, and how fast they are.",
            "Asks any one node; nothing joins the cluster for it.",
            ("nodes 127.0.0.1:4711", "the cluster that this node belongs to"),
            ("nodes edge-1.example.org:4711 --config hocon/secure.conf", "a cluster that asks for certificates"));
        var node = new Argument<string>("node") { HelpName = "HOST:PORT", Description = "A node of the cluster" };
        var config = Inputs.Config();
        var json = new Option<bool>("--json") { Description = "Print the answer as JSON" };
        command.Add(node);
        command.Add(config);
        command.Add(json);
        session.Act(command, async (parsed, cancel) =>
        {
            var text = parsed.GetRequiredValue(node);
            var address = NodeAddress.Parse(text) ?? throw new UserErrorException($"HOST:PORT: found '{text}'; allowed: such as 127.0.0.1:4711.");
            var status = await AskAsync(session.Terminal, NodeConfiguration.Load(parsed.GetValue(config)), address, cancel);
            if (parsed.GetValue(json))
                session.Terminal.Out.WriteLine(System.Text.Json.JsonSerializer.Serialize(status, Json));
            else
                Write(session.Terminal, status);
            return ExitCode.Ok;
        });
        return command;
    }

    private static readonly System.Text.Json.JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = System.Text.Json.JsonNamingPolicy.CamelCase,
        WriteIndented = true,
    };

    /// <summary>Asks a node what its cluster is doing.</summary>
    /// <exception cref="UserErrorException">Nobody answers.</exception>
    private static async Task<ClusterStatus> AskAsync(Terminal terminal, NodeConfiguration configuration, NodeAddress node, CancellationToken cancel)
    {
        var system = (configuration with { Port = 0, SeedNodes = [], Roles = [NodeRole.Observer], EndsProcess = false, Threads = 1 }).Start();
        try // the system ends with the process: a node that never joined takes its time to leave
        {
            var clock = system.ActorSelection(new RootActorPath(configuration.AddressOf(node)) / "user" / "clock");
            var answer = clock.Ask<ClusterStatus>(new GetClusterStatus(), Patience, cancel);
            if (await Task.WhenAny(answer, Task.Delay(TellAfter, cancel)) != answer)
                terminal.Complain($"no answer from {node} yet; gives up after {Patience.TotalSeconds} s.");
            return await answer;
        }
        catch (AskTimeoutException)
        {
            throw new UserErrorException($"{node} does not answer within {Patience.TotalSeconds} s: no node listens there, or its cluster has no coordinator.");
        }
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
