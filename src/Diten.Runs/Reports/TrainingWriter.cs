using System.Diagnostics;
using Diten.Actors;
using Diten.Learning;
using Diten.Model.Learning;
using Diten.Model.Policies.Networks;
using Diten.Model.Records;
using Diten.Runs.Plots;
using Diten.Runs.Results;

namespace Diten.Runs.Reports;

/// <summary>Writes the folder of a training run: the policy and its card, a summary, tables of versions and journeys, and curves.</summary>
/// <remarks>Like that of any run it has its name only when it is whole, and where there are checkpoints what was reported is kept, so that it can be gone on with.</remarks>
internal sealed class TrainingWriter : IFolderWriter
{
    private readonly WorkFolder _work;
    private readonly RunDescription _run;
    private readonly RunStart _start;
    private readonly ReportLog? _log;
    private readonly List<byte[]> _taken = [];
    private readonly TrainingRow.Collector _versions = new();
    private bool _whole, _resumed;

    private TrainingWriter(WorkFolder work, RunDescription run, RunStart start, bool resume)
    {
        (_work, _run, _start) = (work, run, start);
        File.WriteAllText(work.Partial.ScenarioFile, run.ScenarioText);
        start.Write(work.Partial);
        _log = start.CheckpointEverySlots == 0 ? null : resume ? ReportLog.Open(work.Partial.ReportLogFile, Take) : ReportLog.Create(work.Partial.ReportLogFile);
    }

    /// <summary>Starts a folder; see <see cref="WorkFolder.Create"/>.</summary>
    public static TrainingWriter Create(string folder, RunDescription run, bool overwrite, RunStart start) =>
        new(WorkFolder.Create(folder, overwrite), run, start, resume: false);

    /// <summary>Goes on with a training run that broke off or was stopped.</summary>
    public static TrainingWriter Resume(string folder, RunDescription run, RunStart start)
    {
        var work = WorkFolder.TakeUp(folder);
        try
        {
            return new TrainingWriter(work, run, start, resume: true) { _resumed = true };
        }
        catch
        {
            work.PutBack();
            throw;
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<byte[]> Taken => _taken;

    /// <summary>What is told of the policy, once the folder is complete; null where no version of it was trained yet.</summary>
    public PolicyCard? Card { get; private set; }

    /// <inheritdoc/>
    public string Folder => _work.Target.Path;

    /// <inheritdoc/>
    public string WorkPath => _work.Partial.Path;

    /// <inheritdoc/>
    public void SlotCompleted(SlotReport report)
    {
        // Of stations and servers nobody asks here, and there are many slots.
        report = report with { StationTotals = [], StationDigests = [], Servers = [], Devices = [] };
        if (_log is not null)
        {
            _log.Append(report);
            if ((report.Slot + 1) % _start.CheckpointEverySlots == 0)
                _log.Secure();
        }

        Take(report);
    }

    /// <inheritdoc/>
    public RunSummary Complete(RunOutcome outcome, long? peakBytes)
    {
        var folder = _work.Partial;
        Directory.CreateDirectory(folder.Tables);
        if (outcome.Policy?.Report is { } last)
            _versions.Add(last);
        WriteTables(folder);
        using var process = Process.GetCurrentProcess();
        var summary = RunSummary.From(outcome, _run, peakBytes ?? process.PeakWorkingSet64);
        if (outcome.Policy is { } policy && _versions.Rows.Count > 0)
            Card = WritePolicy(folder, policy, summary);
        summary.Write(folder.SummaryFile);
        _log?.Dispose();
        if (_log is not null && !outcome.Cancelled)
            Directory.Delete(folder.Resume, recursive: true);
        _work.RequirePlace();
        _whole = true;
        _work.MoveIntoPlace();
        return summary;
    }

    /// <summary>Leaves what is there, for <see cref="Resume"/>; removes it where nothing was done.</summary>
    public ValueTask DisposeAsync()
    {
        if (_whole)
            return ValueTask.CompletedTask;
        _log?.Dispose();
        if (_resumed)
            _work.PutBack();
        else
            _work.Dispose();
        if ((_log is null || _taken.Count == 0) && !_resumed && !_work.Partial.HasLogs)
            Directory.Delete(_work.Partial.Path, recursive: true);
        return ValueTask.CompletedTask;
    }

    private PolicyCard WritePolicy(RunFolder folder, PolicyPublished policy, RunSummary summary)
    {
        var name = _run.Name + ".policy";
        PolicyFile.Write(Path.Combine(folder.Path, name), policy.Weights);
        var card = PolicyCard.Of(name, policy, _run, summary, _versions.Rows, Training.IsAvailable(out _) ? TrainingFingerprint.Here : "");
        card.Write(Path.Combine(folder.Path, "policy.json"));
        Directory.CreateDirectory(folder.Plots);
        foreach (var plot in TrainingPlots.All(_versions.Rows))
            plot.Save(folder.Plots);
        return card;
    }

    private void Take(SlotReport report)
    {
        _taken.Add(report.Digest);
        _versions.Add(report);
    }

    private void WriteTables(RunFolder folder)
    {
        using var versions = Tables.Training.Create(folder.Tables, 10_000);
        using var journeys = Tables.Journeys.Create(folder.Tables, 10_000);
        var number = 0;
        foreach (var row in _versions.Rows)
        {
            versions.Write(row);
            foreach (var reward in row.Report.JourneyRewards)
                journeys.Write(new JourneyRow(++number, row.Report.Version, reward));
        }

        versions.Complete();
        journeys.Complete();
        FaultFile.Write(folder.Tables, _run);
        File.WriteAllText(Path.Combine(folder.Tables, "README.md"), DataDictionary.Text);
    }
}
