using System.CommandLine;
using Diten.Runs;
using Diten.Runs.Execution;
using Diten.Runs.Hosting;
using Diten.View.Recordings;
using Diten.View.Serving;

namespace Diten.Node.Commands;

/// <summary><c>diten view</c>: shows a run that was recorded, or the one that a standing cluster does.</summary>
internal sealed class ViewCommand : DocumentedCommand
{
    private readonly Session _session;
    private readonly Argument<string> _run = new("run") { HelpName = "RUN|HOST:PORT", Description = "Folder of a run that was begun with --view or --record, or a node of a cluster" };
    private readonly Option<string?> _config = Inputs.Config();
    private readonly Option<int?> _port = Viewing.Port();

    public ViewCommand(Session session)
        : base(
            "view", "Show a map of a recorded run, or of a cluster's, in the browser.",
            """
            Devices, servers and their twins on a map, slot by slot, with figures over time. The page is served on 127.0.0.1 until Ctrl-C; it
            fetches nothing from elsewhere, and changes nothing. Runs are recorded by diten run --view or --record. Of a cluster it shows the
            run that goes on, from the slot in which it is, or waits for the next one; it joins nothing, and the run does not wait for it.
            """,
            ("view runs/quickstart-seed1", "then open the address that is printed"),
            ("view 127.0.0.1:4711", "the run of the cluster that this node belongs to"))
    {
        _session = session;
        Add(_run);
        Add(_port, _config);
        session.Act(this, RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var text = parsed.GetRequiredValue(_run);
        if (!Path.Exists(text) && NodeAddress.Parse(text) is { } node)
            return await FollowAsync(node, NodeConfiguration.Load(parsed.GetValue(_config)), parsed.GetValue(_port), cancel);
        await using var server = await ViewServer.OpenAsync(text, parsed.GetValue(_port));
        await Viewing.UntilStoppedAsync(_session.Terminal, server, cancel);
        return ExitCode.Ok;
    }

    private async Task<int> FollowAsync(NodeAddress node, NodeConfiguration configuration, int? port, CancellationToken cancel)
    {
        var terminal = _session.Terminal;
        var status = await ClusterQuery.AskAsync(configuration, node, terminal.Complain, cancel);
        ViewServer? server = null;
        HandsOn? told = null; // faults and policy are shown; changes are made where the run was begun
        using var followed = new FollowedRun(RunFollower.WorldOf, (recorder, run, made) =>
        {
            told = new HandsOn(run.Name, made.Scenario);
            server!.Hand(told);
            if (run.Options.DeviceRecordsEvery == 0 || !run.Options.ServerRecords)
                terminal.Complain($"{run.Name} tells little of its {(run.Options.ServerRecords ? "devices: begin runs with --devices-every" : "servers: begin runs without --no-tables, or with --record")} to see them.");
            server.Show(recorder);
        }, edit => told!.Edited(edit));
        await using (server = await Viewing.StartAsync(terminal, port))
        {
            if (status.Run is null)
                terminal.Error.WriteLine("No run goes on; the page waits for one.");
            try
            {
                await RunFollower.FollowAsync(configuration, node, followed, cancel);
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                return ExitCode.Ok; // Ctrl-C while the run goes on: that is how it ends
            }

            server.Hand(null);
            followed.End();
            await Viewing.UntilStoppedAsync(terminal, server, cancel);
            return ExitCode.Ok;
        }
    }
}
