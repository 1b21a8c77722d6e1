namespace Diten.Model.Tests.Docs;

/// <summary>The project's texts, for tests that hold them against the code.</summary>
internal static class Pages
{
    /// <summary>Folder of the solution.</summary>
    public static string Root { get; } = Find();

    /// <summary>Text of a page of the folder <c>docs</c>.</summary>
    public static string Read(string name) => File.ReadAllText(Path.Combine(Root, "docs", name));

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Diten.sln")))
            folder = folder.Parent;
        return folder.FullName;
    }
}
