
namespace Diten.Runs;

/// <summary>Files that only their owner may read: keys and secrets.</summary>
internal static class PrivateFiles
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <summary>Refuses a file that others may read or write, and one that does not exist. (Windows keeps a user's folders to the user.)</summary>
    /// <param name="origin">Who named it, ending in <c>": "</c>; or empty.</param>
    /// <exception cref="UserErrorException">It says how to mend it.</exception>
    public static void Check(string file, string origin)
    {
        if (!File.Exists(file))
            throw new UserErrorException($"{origin}found {file}, which does not exist.");
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & Others) != 0)
            throw new UserErrorException($"{origin}found {file}, which others than its owner may read or write; allowed: a file for its owner alone (chmod 600 {file}).");
    }

    /// <summary>Makes a folder that nobody else may enter.</summary>
    public static void MakeFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, Owner | UnixFileMode.UserExecute);
    }

    /// <summary>Writes a new file that nobody else may read at any moment.</summary>
    /// <exception cref="IOException">There is one already, or no place for it.</exception>
    public static void Write(string file, string text)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = Owner;
        using var writer = new StreamWriter(file, options);
        writer.Write(text);
    }
}
