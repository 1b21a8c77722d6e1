using System.Text.Json;
using Diten.Actors;
using Diten.Node.Commands;

namespace Diten.Node.Results;

/// <summary>How a run was begun: <c>run.json</c>, what <c>diten resume</c> and <c>diten twin</c> need besides <c>scenario.conf</c>.</summary>
/// <param name="RunId">Name of the run in its journal.</param>
/// <param name="Journal">Where the journal is, without passwords; "file" = in the run's folder, "cluster" = that of the cluster which ran it.</param>
/// <param name="Nodes">Processes that it ran on; 0 = one, without a cluster.</param>
/// <param name="Threads">Threads of each; 0 = as the machine has cores.</param>
public sealed record RunStart(
    string RunId, string Name, string Journal, int Nodes, int Threads, int CheckpointEverySlots, bool ServerRecords, int DeviceRecordsEvery)
{
    /// <summary>Whether it trains a policy.</summary>
    public bool Training { get; init; }

    /// <summary>Value of <see cref="Journal"/> for a journal in the run's folder.</summary>
    public const string InFolder = "file";

    /// <summary>Value of <see cref="Journal"/> for the journal of the cluster that the run was submitted to.</summary>
    public const string InCluster = "cluster";

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        NewLine = "\n",
    };

    /// <summary>What the emulation is asked to do.</summary>
    public EmulationOptions Options => new()
    {
        WorkerThreads = Threads,
        ServerRecords = ServerRecords,
        DeviceRecordsEvery = DeviceRecordsEvery,
        CheckpointEverySlots = CheckpointEverySlots,
        TwinJournal = CheckpointEverySlots > 0 && !Training, // nobody asks what a twin believed in thousands of slots of training
        Training = Training,
    };

    /// <summary>Reads the file of a run's folder.</summary>
    /// <exception cref="UsageException">The folder has none, or it cannot be read.</exception>
    public static RunStart Read(RunFolder folder)
    {
        try
        {
            return JsonSerializer.Deserialize<RunStart>(File.ReadAllText(folder.StartFile), Json)
                ?? throw new UsageException($"{folder.StartFile} is empty.");
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UsageException($"{folder.Path} is not the folder of a run that keeps a journal: it has no {Path.GetFileName(folder.StartFile)}.");
        }
        catch (JsonException damaged)
        {
            throw new UsageException($"{folder.StartFile} cannot be read: {damaged.Message}");
        }
    }

    public void Write(RunFolder folder) => File.WriteAllText(folder.StartFile, JsonSerializer.Serialize(this, Json) + "\n");
}
