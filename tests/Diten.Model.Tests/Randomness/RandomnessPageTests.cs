using Diten.Model.Randomness;
using Diten.Model.Tests.Docs;

namespace Diten.Model.Tests.Randomness;

public sealed class RandomnessPageTests
{
    [Fact]
    public void The_page_on_randomness_names_every_purpose()
    {
        var page = Pages.Read("randomness.md");

        Assert.All(Enum.GetNames<Purpose>(), name => Assert.Contains($"| `{name}` |", page));
    }
}
