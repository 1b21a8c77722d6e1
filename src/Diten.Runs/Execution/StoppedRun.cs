using System.Text;
using Diten.Model.Space;
using Diten.Model.Worlds;
using Diten.Runs.Hosting;
using Diten.Runs.Results;

namespace Diten.Runs.Execution;

/// <summary>
/// A run that was stopped or broke off, and shall go on. All that is read back is checked before anything is changed: how it was begun,
/// scenario, data files, reports, journal and checkpoints.
/// </summary>
/// <param name="Path">Its folder, as the user named it.</param>
/// <param name="Found">Where it is.</param>
/// <param name="Start">How it was begun.</param>
/// <param name="Input">Its scenario.</param>
internal sealed record StoppedRun(string Path, RunFolder Found, RunStart Start, ScenarioInput Input)
{
    private string Command => Start.ResumeCommand(Path);

    /// <summary>Finds a run and checks that scenario and data files are those that it was begun with.</summary>
    /// <exception cref="UserErrorException">There is none, or something of it is damaged or has changed; the message says what.</exception>
    public static StoppedRun Open(string path)
    {
        var found = Resumable(path);
        var start = RunStart.Read(found);
        if (start.Format < RunStart.Sealed)
            throw new UserErrorException($"{found.StartFile} was written by an older build of Diten, which kept no checksums, so that nothing of the run can be checked: run its scenario again.");
        var text = ScenarioText(found, start);
        var input = ScenarioInput.Load(found.BegunScenarioFile, [], null) with { Name = start.Name, ResolvedText = text };
        if (InputDigest.Change(start.Inputs, InputDigest.Of(input.Scenario)) is { } change)
            throw new UserErrorException($"{change} A run does not go on with other data than it was begun with: bring the file back, or run the scenario anew.");
        return new StoppedRun(path, found, start, input);
    }

    /// <summary>Checks what is kept of the run, and goes back to an earlier checkpoint where that is wanted.</summary>
    /// <param name="world">The scenario made ready.</param>
    /// <param name="elsewhere">Where the journal is, if not in the run's folder.</param>
    /// <param name="from">Slot of the checkpoint to go on from, 0 = the beginning; null = the last one.</param>
    /// <exception cref="UserErrorException">It cannot go on from there; the message says what is lost, and from where it can.</exception>
    public async Task RequireSoundAsync(World world, JournalLocation? elsewhere, int? from)
    {
        var digests = new List<byte[]>();
        var torn = Log(digests);
        if (Start.Journal == RunStart.InCluster)
        {
            if (from is not null)
                throw new UserErrorException($"--from: the run's journal is that of a cluster, which goes on from the last checkpoint.");
            return;
        }

        var place = Start.Journal == RunStart.InFolder ? new SqliteJournal(Found.JournalFile) : elsewhere;
        if (place is null)
            return; // told when it is needed
        int[] withdrawn;
        if (place is SqliteJournal { File: var file } && !File.Exists(file))
        {
            RefuseChanged($"The run's journal {file} is missing, and with it what the run was changed to.");
            Refuse(digests.Count > 0 && from != 0, $"The run's journal {file} is missing.", $"{Command} --from 0 runs all slots again, and holds them against the results that are kept.");
            withdrawn = [];
        }
        else
        {
            withdrawn = Withdrawn(place, world, digests, torn, from);
        }

        await RunJournal.WithdrawAsync(place, Start.RunId, withdrawn);
    }

    private int[] Withdrawn(JournalLocation place, World world, List<byte[]> digests, string? torn, int? from)
    {
        using var stored = Stored(place, world);
        var history = stored.History;
        if (history.Run is null)
        {
            RefuseChanged($"The journal ({place.Describe()}) knows nothing of run {Start.RunId}, nor of what it was changed to.");
            Refuse(digests.Count > 0 && from != 0, $"The journal ({place.Describe()}) knows nothing of run {Start.RunId}: it was emptied, or is that of another run.",
                $"{Command} --from 0 runs all slots again, and holds them against the results that are kept.");
            return [];
        }

        var differing = history.SlotDigests.Zip(digests).TakeWhile(pair => pair.Item1.AsSpan().SequenceEqual(pair.Item2)).Count();
        if (differing < Math.Min(history.SlotDigests.Count, digests.Count))
            throw new UserErrorException($"{Found.ReportLogFile} and the journal ({place.Describe()}) tell of two runs: they differ in slot {differing}. One of them is of another run; bring back the right one.");
        int[] kept = [history.CommittedSlot, .. history.Earlier is { } earlier ? (int[])[earlier.CommittedSlot] : [], 0];
        kept = [.. kept.Distinct()];
        var wanted = from ?? kept[0];
        if (!kept.Contains(wanted))
            throw new UserErrorException($"--from: found {wanted}; allowed: {string.Join(", ", kept)}, the checkpoints that are kept.");
        if (WhyNot(wanted) is { } problem)
        {
            var good = kept.Where(slot => slot < wanted && WhyNot(slot) is null).Cast<int?>().FirstOrDefault();
            Refuse(true, problem, good switch
            {
                > 0 => $"The checkpoint of slot {good} is whole: {Command} --from {good} goes on from there.",
                0 => $"{Command} --from 0 runs all slots again, and holds them against the results that are kept.",
                _ => MoveAway(place),
            });
        }

        return [.. kept.TakeWhile(slot => slot > wanted)];

        string? WhyNot(int slot) =>
            slot > digests.Count ? $"The report of slot {digests.Count} is lost{(torn is null ? "" : $": {torn}")}, and the checkpoint is of slot {slot}."
            : stored.WhyNot(slot);
    }

    private StoredRun Stored(JournalLocation place, World world)
    {
        var zones = ZoneMap.Create(world.Topology, Input.Scenario.Zones).Count;
        try
        {
            return StoredRun.Open(place, RunExecution.Spec(Input, Start), zones);
        }
        catch (InvalidDataException damaged)
        {
            throw new UserErrorException($"The run cannot go on: {damaged.Message} {MoveAway(place)}");
        }
    }

    private string MoveAway(JournalLocation place) => place is SqliteJournal { File: var file } && Start.Journal == RunStart.InFolder
        ? $"Move {file} away; then {Command} --from 0 runs all slots again, and holds them against the results that are kept."
        : "Run its scenario again.";

    /// <summary>A run that was changed cannot be run again from the scenario that it was begun with; the one in its folder is the whole truth.</summary>
    private void RefuseChanged(string problem) =>
        Refuse(File.Exists(Found.BegunFile), problem, $"diten run {Found.ScenarioFile} runs it anew, changes and all.");

    private static void Refuse(bool when, string problem, string offer)
    {
        if (when)
            throw new UserErrorException($"The run cannot go on as it is: {problem} {offer}");
    }

    /// <returns>Where the log is damaged; null = it is whole.</returns>
    private string? Log(List<byte[]> digests)
    {
        try
        {
            return ReportLog.Scan(Found.ReportLogFile, report => digests.Add(report.Digest));
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UserErrorException($"{Found.ReportLogFile} is missing: without it the run cannot go on. Run its scenario again.");
        }
    }

    private static string ScenarioText(RunFolder found, RunStart start)
    {
        byte[] bytes;
        var file = found.BegunScenarioFile;
        try
        {
            bytes = File.ReadAllBytes(file);
        }
        catch (FileNotFoundException)
        {
            throw new UserErrorException($"{file} is missing: without it the run cannot go on.");
        }

        if (InputDigest.Sha256Of(bytes) is var sha256 && sha256 != start.ScenarioSha256)
            throw new UserErrorException(
                $"{file} {(bytes.Length == 0 ? "is empty" : "has changed since the run was begun")}: its SHA-256 was {start.ScenarioSha256}, and is {sha256}. "
                + "A run does not go on with another scenario: bring the file back, or run the scenario anew.");
        return Encoding.UTF8.GetString(bytes);
    }

    /// <summary>The folder of a run that is not done.</summary>
    /// <exception cref="UserErrorException">There is none.</exception>
    private static RunFolder Resumable(string path)
    {
        var folder = new RunFolder(System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path)));
        if (File.Exists(folder.Partial.StartFile))
            return folder.Partial;
        if (!Directory.Exists(folder.Path))
            throw new UserErrorException($"RUN: found {path}, which does not exist, nor does {path}.partial; allowed: the folder of a run.");
        if (File.Exists(folder.ReportLogFile))
            return folder;
        throw new UserErrorException(folder.Exists
            ? RunSummary.Read(folder.SummaryFile).Cancelled
                ? $"{path} was stopped, but keeps no checkpoints: run its scenario again."
                : $"{path} is done: there is nothing to go on with."
            : $"{path} is not the folder of a run.");
    }
}
