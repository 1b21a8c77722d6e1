using System.Text.RegularExpressions;

namespace Diten.Model.Tests.Docs;

/// <summary>What a page, a comment or a message cites is there.</summary>
public sealed partial class CitationTests
{
    private static readonly string Root = Pages.Root;

    /// <summary>Texts of the project, each with its path: sources, pages, scenarios, settings.</summary>
    private static IEnumerable<(string Path, string Text)> Texts =>
        from pattern in (string[])["*.cs", "*.md", "*.conf", "*.proto", "*.csproj", "*.props"]
        from path in Directory.EnumerateFiles(Root, pattern, SearchOption.AllDirectories)
        let name = Path.GetRelativePath(Root, path).Replace('\\', '/')
        where !name.Split('/').Any(part => part is "bin" or "obj" or "runs" or "TestResults") && !name.EndsWith("/CitationTests.cs", StringComparison.Ordinal)
        select (name, File.ReadAllText(path));

    [Fact]
    public void Every_section_of_the_model_that_is_cited_is_there()
    {
        var headings = Headings(File.ReadAllText(Path.Combine(Root, "docs", "model.md")));
        var cited = Texts.SelectMany(text => Section().Matches(text.Text).Select(match => (text.Path, match))).ToArray();

        Assert.InRange(cited.Length, 100, int.MaxValue);
        Assert.All(cited, citation =>
        {
            var section = int.Parse(citation.match.Groups["section"].Value);
            Assert.True(headings.ContainsKey(section), $"{citation.Path}: {citation.match.Value}");
            var title = citation.match.Groups["title"].Value;
            Assert.True(
                title.Length == 0 || headings[section].Any(heading => title.StartsWith(heading, StringComparison.Ordinal)),
                $"{citation.Path}: {citation.match.Value}: no such heading in section {section}");
        });
    }

    [Fact]
    public void Nothing_is_cited_that_readers_do_not_have() =>
        Assert.All(Texts, text => Assert.False(Regex.IsMatch(text.Text, @"\bMODEL(\.md|'s|\b §)"), text.Path));

    [Fact]
    public void Every_page_and_file_that_is_linked_is_there()
    {
        var links =
            from text in Texts
            where text.Path.EndsWith(".md", StringComparison.Ordinal)
            from Match link in Link().Matches(text.Text)
            let target = link.Groups["target"].Value
            where !target.Contains("://", StringComparison.Ordinal)
            select (text.Path, Target: Path.Combine(Root, Path.GetDirectoryName(text.Path)!, target));
        var all = links.ToArray();

        Assert.InRange(all.Length, 100, int.MaxValue);
        Assert.All(all, link => Assert.True(Path.Exists(link.Target), $"{link.Path} links to {link.Target}"));
    }

    /// <summary>Pages and sources that are named in a text, from the project's root.</summary>
    [Fact]
    public void Every_page_and_source_that_is_named_is_there()
    {
        var named = Texts.SelectMany(text => Named().Matches(text.Text).Select(match => (text.Path, Target: match.Value))).ToArray();

        Assert.InRange(named.Length, 50, int.MaxValue);
        Assert.All(named, name => Assert.True(Path.Exists(Path.Combine(Root, name.Target)), $"{name.Path} names {name.Target}"));
    }

    [Fact]
    public void Every_page_is_in_the_index()
    {
        var index = File.ReadAllText(Path.Combine(Root, "docs", "README.md"));

        Assert.All(
            Directory.EnumerateFiles(Path.Combine(Root, "docs"), "*.md").Select(path => Path.GetFileName(path)).Where(name => name != "README.md"),
            name => Assert.Contains($"]({name})", index));
    }

    /// <summary>Headings of the third level by the number of the section of the second.</summary>
    private static Dictionary<int, List<string>> Headings(string page)
    {
        var sections = new Dictionary<int, List<string>>();
        List<string> current = [];
        foreach (var line in page.Split('\n'))
        {
            if (Regex.Match(line, @"^## (\d+)\. ") is { Success: true } section)
                sections[int.Parse(section.Groups[1].Value)] = current = [];
            else if (line.StartsWith("### ", StringComparison.Ordinal))
                current.Add(line[4..].Trim());
        }

        return sections;
    }

    [GeneratedRegex(@"model\.md §(?<section>\d+)(, (?<title>[A-Z][A-Za-z ]+))?")]
    private static partial Regex Section();

    [GeneratedRegex(@"\]\((?<target>[^)#\s]+)(#[^)]*)?\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"(?<![\w./-])(docs/(?!.*\.\w+/)[\w./-]+\.(md|png)|(src|tests)/[\w./-]+\.(cs|md|proto)|hocon/[\w-]+\.conf|scenarios/[\w-]+\.conf)\b")]
    private static partial Regex Named();
}
