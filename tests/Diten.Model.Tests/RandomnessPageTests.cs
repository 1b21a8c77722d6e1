using Diten.Model.Randomness;

namespace Diten.Model.Tests;

public sealed class RandomnessPageTests
{
    [Fact]
    public void The_page_on_randomness_names_every_purpose()
    {
        var page = Pages.Read("randomness.md");

        Assert.All(Enum.GetNames<Purpose>(), name => Assert.Contains($"| `{name}` |", page));
    }
}
