using System.Text.Json;

namespace Diten.Runs.Results;

/// <summary>Where a run listens for changes while it goes on, and the token that they need: <c>hands.json</c>, for the eyes of its owner only.</summary>
/// <param name="Address">Of the page, such as <c>http://127.0.0.1:4780/</c>.</param>
/// <param name="Token">What a change must bring along.</param>
public sealed record HandsFile(string Address, string Token)
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, WriteIndented = true };

    /// <summary>Writes the file into the folder of a run that goes on; nobody else may read it at any moment.</summary>
    public void Write(RunFolder folder)
    {
        Delete(folder);
        PrivateFiles.Write(folder.HandsFile, JsonSerializer.Serialize(this, Json) + "\n");
    }

    /// <summary>The run takes no more changes.</summary>
    public static void Delete(RunFolder folder) => File.Delete(folder.HandsFile);

    /// <summary>Reads the file of a run that goes on.</summary>
    /// <param name="run">Its folder, with or without <c>.partial</c>.</param>
    /// <exception cref="UserErrorException">There is none, or others may read it.</exception>
    public static HandsFile Read(string run)
    {
        var named = new RunFolder(Path.TrimEndingDirectorySeparator(Path.GetFullPath(run)));
        var folder = Directory.Exists(named.Partial.Path) ? named.Partial : named;
        if (!Directory.Exists(folder.Path))
            throw new UserErrorException($"RUN: found {run}, which does not exist, nor does {run}.partial; allowed: the folder of a run that goes on, or its address.");
        if (!File.Exists(folder.HandsFile))
            throw new UserErrorException($"RUN: found {run}, which takes no changes; allowed: a run that goes on and was begun with diten run --view.");
        PrivateFiles.Check(folder.HandsFile, "RUN: ");
        try
        {
            return JsonSerializer.Deserialize<HandsFile>(File.ReadAllText(folder.HandsFile), Json)
                ?? throw new UserErrorException($"RUN: {folder.HandsFile} holds nothing.");
        }
        catch (JsonException damaged)
        {
            throw new UserErrorException($"RUN: {folder.HandsFile} cannot be read: {damaged.Message}");
        }
    }
}
