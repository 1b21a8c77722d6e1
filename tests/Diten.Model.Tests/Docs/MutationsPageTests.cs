using System.Text.RegularExpressions;

namespace Diten.Model.Tests.Docs;

/// <summary>docs/mutations.md names tests that there are, in the class that it says.</summary>
public sealed partial class MutationsPageTests
{
    [Fact]
    public void Every_test_that_caught_a_mistake_is_there()
    {
        var tests = Directory.EnumerateFiles(Path.Combine(Pages.Root, "tests"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => TestsOf(File.ReadAllText(file))).ToHashSet();
        var named = Named().Matches(File.ReadAllText(Path.Combine(Pages.Root, "docs", "mutations.md")));

        Assert.InRange(named.Count, 200, int.MaxValue);
        Assert.All(named, match => Assert.Contains((match.Groups["class"].Value, Plain(match.Groups["test"].Value)), tests));
    }

    private static IEnumerable<(string Class, string Test)> TestsOf(string source)
    {
        var classes = Class().Matches(source);
        foreach (Match test in Method().Matches(source))
            if (classes.LastOrDefault(c => c.Index < test.Index) is { } owner)
                yield return (owner.Groups[1].Value, Plain(test.Groups[1].Value));
    }

    /// <summary>Without the case in brackets, the mark of a new test, and how a sentence differs from a name.</summary>
    private static string Plain(string test) => Case().Replace(test, "").Replace('_', ' ').Trim(' ', '†').ToUpperInvariant();

    [GeneratedRegex(@"`(?<class>\w+(?:Tests|Properties))`: (?<test>[A-Z][^|`]*?) \|")]
    private static partial Regex Named();

    [GeneratedRegex(@"^ *(?:(?:public|internal|private|sealed|abstract|static|partial|file) )+class (\w+)", RegexOptions.Multiline)]
    private static partial Regex Class();

    [GeneratedRegex(@"(?:public|internal) (?:async )?(?:Task|void|bool|Property) (\w+)\(")]
    private static partial Regex Method();

    [GeneratedRegex(@" \([^)]*\)")]
    private static partial Regex Case();
}
