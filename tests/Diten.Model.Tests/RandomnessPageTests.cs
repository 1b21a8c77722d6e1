using Diten.Model.Randomness;

namespace Diten.Model.Tests;

public sealed class RandomnessPageTests
{
    [Fact]
    public void The_page_on_randomness_names_every_purpose()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Diten.sln")))
            folder = folder.Parent;
        var page = File.ReadAllText(Path.Combine(folder.FullName, "docs", "randomness.md"));

        Assert.All(Enum.GetNames<Purpose>(), name => Assert.Contains($"| `{name}` |", page));
    }
}
