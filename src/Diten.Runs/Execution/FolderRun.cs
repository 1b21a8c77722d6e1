using Diten.Actors;
using Diten.Runs.Progress;
using Diten.Runs.Reports;
using Diten.Runs.Results;

namespace Diten.Runs.Execution;

/// <summary>A run or a training that has ended, and whose folder is whole.</summary>
/// <param name="Policy">Of a training: what is told of the policy; null where no version of it was trained yet.</param>
public sealed record FinishedRun(RunSummary Summary, PolicyCard? Policy);

/// <summary>Runs what was requested into its folder, and shows how far it is.</summary>
public static class FolderRun
{
    /// <summary>Runs it to its end, or until it is cancelled: what was done is whole then, too.</summary>
    /// <param name="quiet">Whether no progress is shown.</param>
    /// <exception cref="UserErrorException">The folder cannot be written to, or the journal cannot be found.</exception>
    /// <exception cref="EmulationFailedException">It broke off; the message says what goes on with it, where that may be of use.</exception>
    public static async Task<FinishedRun> RunAsync(Session session, RunRequest request, bool quiet, CancellationToken cancel)
    {
        var line = new StatusLine(session.Terminal, quiet);
        await using var writer = OutputFolder.Use(request.Folder, () => Open(request));
        var before = writer.Taken.Count;
        try
        {
            if (request.Join is { } join)
                line.Tell($"{request.Input.Name}  asks {string.Join(", ", join.SeedNodes)} to run it");
            var (outcome, peakBytes) = await RunAsync(session, request, writer, Progress(line, request, before), Tell, cancel);
            var summary = writer.Complete(outcome, peakBytes);
            if (!request.Start.Training)
                RunReport.Write(new RunFolder(writer.Folder));
            return new FinishedRun(summary, (writer as TrainingWriter)?.Card);
        }
        catch (EmulationFailedException failure) when (request.Start.CheckpointEverySlots > 0 && writer.Taken.Count > before) // one that got nowhere would fail again
        {
            throw new EmulationFailedException($"{failure.Message} What was done is kept: {request.Start.ResumeCommand(writer.Folder)} goes on with it.", failure);
        }
        finally
        {
            line.Clear();
        }

        void Tell(string text)
        {
            line.Clear(); // it comes again with the next slot
            session.Terminal.Complain(text);
        }
    }

    private static async Task<(RunOutcome Outcome, long? PeakBytes)> RunAsync(
        Session session, RunRequest request, IFolderWriter writer, IRunObserver progress, Action<string> tell, CancellationToken cancel)
    {
        var work = new RunFolder(writer.WorkPath);
        using var watcher = OutputFolder.Use(request.Folder, () => request.Watch?.Invoke(work));
        if (watcher is not null && writer.Taken.Count > 0)
            ReportLog.Scan(work.ReportLogFile, watcher.SlotCompleted);
        var observers = watcher is null ? new Observers(writer, progress) : new Observers(writer, progress, watcher);
        return await new RunExecution(session, request, observers, tell).RunAsync(writer.WorkPath, [.. writer.Taken], cancel);
    }

    private static IFolderWriter Open(RunRequest request)
    {
        var (folder, start, run) = (request.Folder, request.Start, request.Input.Describe(request.World));
        return (start.Training, request.GoesOn) switch
        {
            (true, true) => TrainingWriter.Resume(folder, run, start),
            (true, false) => TrainingWriter.Create(folder, run, request.Overwrite, start),
            (false, true) => RunWriter.Resume(folder, run, start),
            (false, false) => new RunWriter(folder, run, request.Overwrite, start.CheckpointEverySlots > 0 ? start : null, RowTables.Of(start)),
        };
    }

    private static IRunObserver Progress(StatusLine line, RunRequest request, int done)
    {
        var (name, slots) = (request.Input.Name, request.Input.Scenario.Slots);
        return request.Start.Training ? new TrainingProgress(line, name, slots, done) : new RunProgress(line, name, slots);
    }
}
