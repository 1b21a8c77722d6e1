using Diten.Actors;
using Diten.Model.Worlds;
using Diten.Runs.Hosting;
using Diten.Runs.Results;

namespace Diten.Runs.Execution;

/// <summary>What a run's journal knows of a server and its twin.</summary>
/// <param name="World">The run's world, its faults among it.</param>
/// <param name="Slots">From slot 0 on; at least one.</param>
public sealed record BelievedRun(World World, IReadOnlyList<TwinSlot> Slots);

/// <summary>What the twin of a server believed in each slot of a run, and what was true; see <see cref="TwinJournal"/>.</summary>
public static class TwinBeliefs
{
    /// <summary>Reads all slots that a run's journal knows; at least one.</summary>
    /// <param name="run">Folder of the run, done or not.</param>
    /// <param name="server">Number of the server, from 0.</param>
    /// <param name="journal">Where the journal is, as the user says, see <see cref="JournalLocation.Chosen"/>; null = where the run says.</param>
    /// <param name="tell">Is told that the journal is not whole.</param>
    /// <exception cref="UserErrorException">No such run or server, or the run keeps no history.</exception>
    public static async Task<BelievedRun> ReadAsync(string run, int server, string? journal, Action<string> tell, CancellationToken cancel)
    {
        var folder = FolderOf(run);
        var start = RunStart.Read(folder);
        if (!start.Options.TwinJournal)
            throw new UserErrorException($"{folder.Path} keeps no history of twins: it was begun with --no-twin-history, or is a training.");
        var world = ScenarioInput.Load(folder.ScenarioFile, [], null).Ready();
        var servers = world.Topology.ServerCount;
        if (server < 0 || server >= servers)
            throw new UserErrorException($"SERVER: found {server}; allowed: 0 to {servers - 1}.");
        var place = JournalOf(folder, start, journal);
        var slots = await TwinJournal.ReadAsync(place, start.RunId, world, server, cancel);
        var done = folder.Exists ? RunSummary.Read(folder.SummaryFile).SlotsCompleted : 0;
        if (slots.Count == 0)
            throw new UserErrorException(done == 0
                ? $"The journal ({place.Describe()}) knows no slot of run {start.RunId} yet."
                : $"The journal ({place.Describe()}) holds no events of run {start.RunId}, which has {done} slots: is it that of another run?");
        if (slots.Count < done)
            tell($"events are missing: the journal knows slots 0 to {slots.Count - 1}, but the run has {done}.");
        return new BelievedRun(world, slots);
    }

    /// <summary>A run's folder, or where it is while it goes on.</summary>
    /// <exception cref="UserErrorException">There is neither.</exception>
    public static RunFolder FolderOf(string run)
    {
        var folder = new RunFolder(Path.TrimEndingDirectorySeparator(Path.GetFullPath(run)));
        if (!File.Exists(folder.StartFile) && File.Exists(folder.Partial.StartFile))
            return folder.Partial;
        return Directory.Exists(folder.Path)
            ? folder
            : throw new UserErrorException($"RUN: found {run}, which does not exist, nor does {run}.partial; allowed: the folder of a run.");
    }

    /// <summary>Where the journal is: where the user says, else where the run says, else where the environment says.</summary>
    private static JournalLocation JournalOf(RunFolder folder, RunStart start, string? named)
    {
        var place = named is null && start.Journal == RunStart.InFolder
            ? new SqliteJournal(folder.JournalFile)
            : JournalLocation.Chosen(named) ?? throw new UserErrorException($"--journal: the run's journal is elsewhere ({start.Journal}); say where.");
        return place is SqliteJournal { File: var file } && !File.Exists(file)
            ? throw new UserErrorException($"The run's journal {file} is missing; if it was moved, say --journal sqlite:FILE.")
            : place;
    }
}
