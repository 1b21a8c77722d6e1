namespace Diten.Emulation.Tests.Clusters;

/// <summary>Scenarios of the product, and small ones of the tests.</summary>
internal static class ScenarioFiles
{
    /// <summary>A scenario that ships.</summary>
    public static string Shipped(string name)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Diten.sln")))
            folder = folder.Parent;
        return Path.Combine(folder.FullName, "scenarios", name + ".conf");
    }
}
