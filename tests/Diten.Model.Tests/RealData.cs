namespace Diten.Model.Tests;

/// <summary>Real input for tests, kept beside the repository and not in it; tests that need it skip where it is absent.</summary>
internal static class RealData
{
    /// <summary>The folder <c>shared/data</c> beside the repository, or null.</summary>
    public static string? Folder { get; } = Find();

    /// <summary>Path of a file or folder of the real data, or null where it is absent.</summary>
    public static string? PathOf(params string[] parts)
    {
        var path = Folder is null ? null : Path.Combine([Folder, .. parts]);
        return File.Exists(path) || Directory.Exists(path) ? path : null;
    }

    /// <summary>Path of a file or folder of the real data, given with slashes; skips the test, visibly, where it is absent.</summary>
    public static string Require(string relativePath)
    {
        var path = PathOf(relativePath.Split('/'));
        Skip.If(path is null, $"needs shared/data/{relativePath} beside the repository");
        return path!;
    }

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (Directory.Exists(Path.Combine(folder.FullName, "shared", "data")))
                return Path.Combine(folder.FullName, "shared", "data");
        return null;
    }
}
