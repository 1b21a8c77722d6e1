namespace Diten.Runs.Results;

/// <summary>Names of what a run folder holds.</summary>
public sealed record RunFolder(string Path)
{
    /// <summary>The scenario with everything resolved.</summary>
    public string ScenarioFile => System.IO.Path.Combine(Path, "scenario.conf");

    /// <summary>How the run was begun, see <see cref="RunStart"/>; only where it keeps a journal.</summary>
    public string StartFile => System.IO.Path.Combine(Path, "run.json");

    /// <summary>Where the run listens for changes while it goes on, and with which token; see <see cref="HandsFile"/>.</summary>
    public string HandsFile => System.IO.Path.Combine(Path, "hands.json");

    /// <summary>The journal of twins and checkpoints, where it is a file.</summary>
    public string JournalFile => System.IO.Path.Combine(Path, "journal", "diten.db");

    /// <summary>Folder of what a run needs to be resumed; gone when it is done.</summary>
    public string Resume => System.IO.Path.Combine(Path, "resume");

    /// <summary>The scenario with which the run was begun, where it was changed since.</summary>
    public string BegunFile => System.IO.Path.Combine(Resume, "begun.conf");

    /// <summary>Where <see cref="BegunFile"/> is, or the scenario of a run that was not changed.</summary>
    public string BegunScenarioFile => File.Exists(BegunFile) ? BegunFile : ScenarioFile;

    /// <summary>Every slot's report, see <see cref="ReportLog"/>.</summary>
    public string ReportLogFile => System.IO.Path.Combine(Resume, "reports.log");

    /// <summary>What the processes of a cluster printed.</summary>
    public string Logs => System.IO.Path.Combine(Path, "logs");

    /// <summary>Whether nodes have said anything: that is kept, for whoever wants to know why a run failed.</summary>
    public bool HasLogs => Directory.Exists(Logs) && Directory.EnumerateFiles(Logs).Any();

    /// <summary>Where a run is while it goes on, or was when it broke off.</summary>
    public RunFolder Partial => new(Path + ".partial");

    /// <summary>What was whole when a run was gone on with, until that is: put back where it fails.</summary>
    public string Before => System.IO.Path.Combine(Path, "before");

    /// <summary>Headline figures, see <see cref="RunSummary"/>.</summary>
    public string SummaryFile => System.IO.Path.Combine(Path, "summary.json");

    /// <summary>The report, one file that needs no other.</summary>
    public string ReportFile => System.IO.Path.Combine(Path, "report.html");

    /// <summary>Folder of tables, each as CSV and as Parquet.</summary>
    public string Tables => System.IO.Path.Combine(Path, "tables");

    /// <summary>Folder of plots, each as SVG and as PNG.</summary>
    public string Plots => System.IO.Path.Combine(Path, "plots");

    /// <summary>Folder of what was recorded for viewers; only where that was wished for.</summary>
    public string View => System.IO.Path.Combine(Path, "view");

    /// <summary>Digest of every station and slot, see <see cref="StationDigests"/>.</summary>
    public string StationDigestsFile => System.IO.Path.Combine(Path, "digests", "stations.bin");

    /// <summary>A table's CSV file.</summary>
    public string Csv(string table) => System.IO.Path.Combine(Tables, table + ".csv");

    /// <summary>A table's Parquet file.</summary>
    public string Parquet(string table) => System.IO.Path.Combine(Tables, table + ".parquet");

    /// <summary>Says whether a folder is a finished run's.</summary>
    public bool Exists => File.Exists(SummaryFile);

    /// <summary>The folder, or an error where it holds no run.</summary>
    /// <exception cref="DirectoryNotFoundException">No run there.</exception>
    public static RunFolder Open(string path)
    {
        var folder = new RunFolder(System.IO.Path.GetFullPath(path));
        return folder.Exists
            ? folder
            : throw new DirectoryNotFoundException($"{path} is not the folder of a finished run: it has no summary.json.");
    }
}
