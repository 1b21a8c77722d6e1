using System.CommandLine;
using Diten.Actors;
using Diten.Model.Worlds;
using Diten.Runs;
using Diten.Runs.Execution;
using Diten.View.Recordings;

namespace Diten.Node.Commands;

/// <summary><c>diten run</c>: emulates one scenario and writes a run folder.</summary>
internal sealed class RunCommand : DocumentedCommand
{
    private readonly Session _session;
    private readonly Argument<string> _scenario = Inputs.ScenarioFile();
    private readonly Option<string[]> _set = Inputs.Set();
    private readonly Option<ulong?> _seed = Inputs.Seed();
    private readonly Option<int> _threads = Inputs.Threads();
    private readonly Option<bool> _quiet = Inputs.QuietWithTable();
    private readonly Option<string?> _output = Inputs.Out("runs/<scenario>-seed<seed>");
    private readonly Option<bool> _overwrite = Inputs.Overwrite();
    private readonly Option<bool> _json = Inputs.Json("summary.json");
    private readonly Option<bool> _noTables = new("--no-tables") { Description = "Leave out the big table of a row per server and slot" };
    private readonly Option<bool> _force = Inputs.Force();
    private readonly Option<string?> _join = Inputs.Join();
    private readonly Option<string?> _config = Inputs.Config();
    private readonly Option<string?> _journal = Inputs.Journal("a file in the run's folder");

    private readonly Option<int> _devicesEvery = Inputs.NotNegative(new Option<int>("--devices-every")
    {
        HelpName = "k",
        Description = "Also write a row a slot for each device whose id is a multiple of k; 1 = all devices, 0 = none",
    });

    private readonly Option<bool> _view = Viewing.View(), _record = Viewing.Record();
    private readonly Option<int?> _port = Viewing.Port();

    private readonly Option<bool> _noTwins = new("--no-twin-history")
    {
        Description = "Keep no history of what twins believed: a long run's journal stays small, and diten twin has nothing to tell",
    };

    private readonly Option<int> _nodes = Inputs.NotNegative(new Option<int>("--nodes")
    {
        HelpName = "n",
        Description = "Run as a cluster of so many processes on this machine; with --join, wait for so many nodes; 0 = in this process [default: 0]",
    });

    private readonly Option<int> _checkpointEvery = Inputs.NotNegative(new Option<int>("--checkpoint-every")
    {
        HelpName = "k",
        Description = "Slots between two checkpoints; 0 = no checkpoints and no journal, and a run that breaks off is lost",
        DefaultValueFactory = _ => 50,
    });

    public RunCommand(Session session)
        : base(
            "run", "Emulate a scenario and write what happened to a folder.",
            """
            The folder appears when the run is done; it holds summary.json, scenario.conf (every key as it was), tables as CSV and Parquet
            with a dictionary, plots, and report.html. Ctrl-C stops at the end of a slot: what was done is written as a whole run, and the
            exit code is 130. A second Ctrl-C ends the program at once: it leaves no run, but a folder DIR.partial. diten resume DIR goes on
            with either, from the last checkpoint. On a cluster results are the same, bit for bit, also if nodes die.
            """,
            ("run scenarios/quickstart.conf", "a first run"),
            ("run scenarios/paper.conf --seed 7 --set policy.name=nearest-first", "other random draws, another policy"),
            ("run scenarios/paper.conf --set devices.count=400 --set \"devices.mobility.speed=20 m/s\"", "values carry their units"),
            ("run scenarios/quickstart.conf --quiet --json", "only summary.json, for scripts"),
            ("run scenarios/quickstart.conf --view --set pace=10", "a map in the browser, ten slots a second; diten view shows it again later"),
            ("run scenarios/city-100k.conf --nodes 4", "on a cluster of four processes of this machine"),
            ("run scenarios/city-100k.conf --join 127.0.0.1:4711 --nodes 3", "on a cluster that is up, once it has three nodes"))
    {
        _session = session;
        Add(
            _seed, _set, _output, _overwrite, _quiet, _json, _threads, _devicesEvery, _noTables, _noTwins, _nodes, _join, _config, _journal,
            _checkpointEvery, _force, _view, _record, _port);
        Add(_scenario);
        session.Act(this, RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var input = ScenarioInput.Load(parsed.GetRequiredValue(_scenario), parsed.GetValue(_set)!, parsed.GetValue(_seed));
        var (quiet, view) = (parsed.GetValue(_quiet), parsed.GetValue(_view));
        Viewing.RequireView(view, parsed.GetValue(_port));
        var asked = RunRequest.New(input, Settings(parsed), _session.Terminal);
        await using var server = view ? await Viewing.StartAsync(_session.Terminal, parsed.GetValue(_port)) : null;
        var request = Viewing.Recorded(asked, server, _session.Terminal);
        var (summary, _) = await FolderRun.RunAsync(_session, request, quiet, cancel);
        SummaryTable.Print(_session.Terminal, request.Folder, summary, quiet, parsed.GetValue(_json));
        if (server is not null && !summary.Cancelled)
            await Viewing.UntilStoppedAsync(_session.Terminal, server, cancel);
        return summary.Cancelled ? ExitCode.Cancelled : ExitCode.Ok;
    }

    private RunSettings Settings(ParseResult parsed) => new()
    {
        Folder = parsed.GetValue(_output),
        Overwrite = parsed.GetValue(_overwrite),
        Nodes = parsed.GetValue(_nodes),
        Threads = parsed.GetValue(_threads),
        CheckpointEverySlots = parsed.GetValue(_checkpointEvery),
        ServerRecords = !parsed.GetValue(_noTables),
        DeviceRecordsEvery = parsed.GetValue(_devicesEvery),
        RecordDevicesEvery = parsed.GetValue(_view) || parsed.GetValue(_record) ? RunRecorder.DrawnEveryFor : null,
        TwinHistory = !parsed.GetValue(_noTwins),
        Force = parsed.GetValue(_force),
        Join = parsed.GetValue(_join),
        Config = parsed.GetValue(_config),
        Journal = parsed.GetValue(_journal),
    };
}
