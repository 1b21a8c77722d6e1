using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Diten.Actors;

namespace Diten.Runs.Results;

/// <summary>How a run was begun: <c>run.json</c>, what <c>diten resume</c> and <c>diten twin</c> need besides <c>scenario.conf</c>.</summary>
/// <remarks>Properties are in the order of the file, which is part of its checksum.</remarks>
public sealed record RunStart
{
    /// <summary>Name of the run in its journal.</summary>
    public required string RunId { get; init; }

    /// <summary>Name of the scenario.</summary>
    public required string Name { get; init; }

    /// <summary>Where the journal is, without passwords; <see cref="InFolder"/>, <see cref="InCluster"/>, or a place elsewhere.</summary>
    public required string Journal { get; init; }

    /// <summary>Processes that it runs on; 0 = one, without a cluster.</summary>
    public int Nodes { get; init; }

    /// <summary>Threads of each process; 0 = as the machine has cores.</summary>
    public int Threads { get; init; }

    /// <summary>Slots between two checkpoints; 0 = no checkpoints and no journal.</summary>
    public int CheckpointEverySlots { get; init; }

    /// <summary>Whether there is a table of a row per server and slot.</summary>
    public bool ServerRecords { get; init; }

    /// <summary>A row a slot is written for each device whose id is a multiple of it; 0 = none.</summary>
    public int DeviceRecordsEvery { get; init; }

    /// <summary>It is recorded for viewers, and of its devices those whose id is a multiple of this; 0 = it is not. Files of runs that are not say nothing of it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int RecordDevicesEvery { get; init; }

    /// <summary>Whether it is recorded for viewers.</summary>
    [JsonIgnore]
    public bool Recorded => RecordDevicesEvery > 0;

    /// <summary>The first <see cref="Format"/> whose runs can be checked.</summary>
    public const int Sealed = 2;

    /// <summary>Version of the file; 1 = that of older builds, which says nothing of it.</summary>
    public int Format { get; init; } = 1;

    /// <summary>SHA-256 of <c>scenario.conf</c>, hex.</summary>
    public string ScenarioSha256 { get; init; } = "";

    /// <summary>The data files that the scenario names, as they were.</summary>
    public IReadOnlyList<InputDigest> Inputs { get; init; } = [];

    /// <summary>See <see cref="RunSpec.World"/>.</summary>
    public string World { get; init; } = "";

    /// <summary>SHA-256 of this file without this line, hex.</summary>
    public string Check { get; init; } = "";

    /// <summary>Whether its journal tells what twins believed.</summary>
    public bool TwinHistory { get; init; } = true;

    /// <summary>Whether it trains a policy.</summary>
    public bool Training { get; init; }

    /// <summary>The command that goes on with it.</summary>
    /// <param name="folder">Its folder, as it shall be named.</param>
    public string ResumeCommand(string folder) => Training ? $"diten train --resume {folder}" : $"diten resume {folder}";

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

    /// <summary>The same, with what tells later whether scenario and data files are still those that the run was begun with.</summary>
    /// <param name="scenarioText">What <c>scenario.conf</c> will hold.</param>
    public RunStart Holding(string scenarioText, IReadOnlyList<InputDigest> inputs) => this with
    {
        Format = Sealed,
        ScenarioSha256 = InputDigest.Sha256Of(Encoding.UTF8.GetBytes(scenarioText)),
        Inputs = inputs,
        World = InputDigest.Fingerprint(scenarioText, inputs),
    };

    /// <summary>What the emulation is asked to do.</summary>
    [JsonIgnore]
    public EmulationOptions Options => new()
    {
        WorkerThreads = Threads,
        ServerRecords = ServerRecords || Recorded,
        DeviceRecordsEvery = DeviceRecordsEvery > 0 ? DeviceRecordsEvery : RecordDevicesEvery,
        CheckpointEverySlots = CheckpointEverySlots,
        TwinJournal = CheckpointEverySlots > 0 && TwinHistory && !Training, // nobody asks what a twin believed in thousands of slots of training
        Training = Training,
    };

    /// <summary>Reads the file of a run's folder.</summary>
    /// <exception cref="UserErrorException">The folder has none, or it cannot be read.</exception>
    public static RunStart Read(RunFolder folder)
    {
        try
        {
            var start = JsonSerializer.Deserialize<RunStart>(File.ReadAllText(folder.StartFile), Json)
                ?? throw new UserErrorException($"{folder.StartFile} holds nothing.");
            if (start.Format is not (1 or Sealed))
                throw new UserErrorException($"{folder.StartFile} has format {start.Format}; this program reads formats 1 and {Sealed}.");
            return start.Format < Sealed || start.Sum() == start.Check ? start
                : throw new UserErrorException($"{folder.StartFile} is damaged or was changed: its checksum does not fit.");
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UserErrorException($"{folder.Path} is not the folder of a run that keeps a journal: it has no {Path.GetFileName(folder.StartFile)}.");
        }
        catch (JsonException damaged)
        {
            throw new UserErrorException($"{folder.StartFile} cannot be read: {damaged.Message}");
        }
    }

    /// <summary>Writes the file, whole or not at all.</summary>
    public void Write(RunFolder folder)
    {
        var partial = folder.StartFile + ".tmp";
        File.WriteAllText(partial, JsonSerializer.Serialize(this with { Check = Sum() }, Json) + "\n");
        File.Move(partial, folder.StartFile, overwrite: true);
    }

    private string Sum() => InputDigest.Sha256Of(JsonSerializer.SerializeToUtf8Bytes(this with { Check = "" }, Json));
}
