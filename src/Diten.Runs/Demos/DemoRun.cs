using Diten.Actors;
using Diten.Runs.Execution;
using Diten.Runs.Progress;

namespace Diten.Runs.Demos;

/// <summary>How a demo is run.</summary>
/// <param name="Folder">Each act's run has a folder in it.</param>
/// <param name="Nodes">Processes besides this one.</param>
/// <param name="RecordDevicesEvery">See <see cref="RunSettings.RecordDevicesEvery"/>.</param>
/// <param name="Between">Is waited for before an act, given its number.</param>
public sealed record DemoSettings(string Folder, int Nodes, bool Overwrite, Func<int, int, int> RecordDevicesEvery, Func<int, Task> Between);

/// <summary>What came of an act.</summary>
/// <param name="Digest">On all processes, whatever was killed.</param>
/// <param name="Alone">Of the same scenario in one process, without kills.</param>
/// <param name="Killed">Processes that were ended.</param>
public sealed record DemoOutcome(DemoAct Act, string Digest, string Alone, int Killed)
{
    /// <summary>Whether both are the same.</summary>
    public bool Same => Digest == Alone;
}

/// <summary>Runs the acts of a demo on processes of this machine, kills what the script says, and runs each again in one process.</summary>
public sealed class DemoRun(Session session, DemoScript script, DemoSettings settings, IDemoStage stage)
{
    private const int CheckpointEverySlots = 20;

    /// <summary>Runs it to its end.</summary>
    /// <exception cref="OperationCanceledException">Stopped; finished acts stay.</exception>
    /// <exception cref="EmulationFailedException">An act broke off.</exception>
    public async Task<IReadOnlyList<DemoOutcome>> RunAsync(CancellationToken cancel)
    {
        RunRequest[] requests = [.. script.Acts.Select(Request)]; // all that can be wrong is told before anything is shown
        var digests = new (string Digest, int Killed)[requests.Length];
        for (var i = 0; i < requests.Length; i++)
        {
            await settings.Between(i);
            session.Terminal.Error.WriteLine($"Act {i + 1} of {requests.Length}: {script.Acts[i].Title}");
            digests[i] = await PlayAsync(i, requests[i], cancel);
            stage.Ended(i, digests[i].Digest);
        }

        var outcomes = new List<DemoOutcome>();
        for (var i = 0; i < requests.Length; i++)
        {
            var line = new StatusLine(session.Terminal, quiet: false);
            var input = script.Acts[i].Load(atOnce: true);
            var again = await session.Emulate(
                input.Ready(), new EmulationOptions(), new RunProgress(line, $"{script.Acts[i].Name}, once more in one process", input.Scenario.Slots), cancel);
            line.Clear();
            cancel.ThrowIfCancellationRequested();
            var alone = Convert.ToHexStringLower(again.Digest);
            stage.Repeated(i, alone);
            outcomes.Add(new DemoOutcome(script.Acts[i], digests[i].Digest, alone, digests[i].Killed));
        }

        return outcomes;
    }

    private RunRequest Request(DemoAct act)
    {
        var input = act.Load(atOnce: false);
        if (act.Captions.Keys.Concat(act.Kills.Keys).Where(slot => slot >= input.Scenario.Slots).Cast<int?>().FirstOrDefault() is { } late)
            throw new UserErrorException($"{script.File}: demo.acts.{act.Name}: found slot {late}; allowed: slots 0 to {input.Scenario.Slots - 1}, those of its scenario.");
        return RunRequest.New(input, new RunSettings
        {
            Folder = Path.Combine(settings.Folder, act.Name),
            Overwrite = settings.Overwrite,
            Nodes = settings.Nodes,
            CheckpointEverySlots = CheckpointEverySlots,
            RecordDevicesEvery = settings.RecordDevicesEvery,
            TwinHistory = false,
        }, session.Terminal);
    }

    private async Task<(string Digest, int Killed)> PlayAsync(int act, RunRequest request, CancellationToken cancel)
    {
        DemoKills? kills = null;
        var (summary, _) = await FolderRun.RunAsync(session, request with
        {
            Watch = folder => kills = new DemoKills(stage.Begin(act, folder, request), script.Acts[act].Kills, session.Terminal.Complain),
            Started = cluster => kills!.Cluster = cluster,
        }, quiet: false, cancel);
        return summary.Cancelled ? throw new OperationCanceledException(cancel) : (summary.Digest, kills?.Count ?? 0);
    }
}
