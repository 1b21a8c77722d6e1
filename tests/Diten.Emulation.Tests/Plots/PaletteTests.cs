using System.Text.RegularExpressions;
using Diten.Runs.Plots;
using Diten.Runs.Reports;

namespace Diten.Emulation.Tests.Plots;

/// <summary>Reports and the live page have the same colours, and these can be seen on what they stand on, in light and in dark.</summary>
public sealed class PaletteTests
{
    private static readonly string Page = PageFolder();
    private static readonly Dictionary<string, string>[] OfPage = Themes(File.ReadAllText(Path.Combine(Page, "style.css")));
    private static readonly Dictionary<string, string>[] OfReports = Themes(ReportStyle.Css);

    // What the two call alike: of a report, and of the page.
    [Theory]
    [InlineData("blue", "in-time")]
    [InlineData("orange", "late")]
    [InlineData("violet", "uncovered")]
    [InlineData("red", "lost")]
    [InlineData("soft", "faint")]
    [InlineData("ink", "text")]
    [InlineData("line", "line")]
    [InlineData("accent", "accent")]
    public void Reports_have_the_colours_of_the_page(string report, string page)
    {
        foreach (var theme in (int[])[0, 1])
            Assert.Equal(OfPage[theme][page], OfReports[theme][report], ignoreCase: true);
    }

    [Fact]
    public void Reports_stand_on_what_the_page_stands_on_and_the_third_of_its_nodes_is_their_green()
    {
        Assert.Equal((OfPage[0]["back"], OfPage[0]["panel"]), (OfReports[0]["card"].ToLowerInvariant(), OfReports[0]["bg"].ToLowerInvariant()));
        Assert.Equal((OfPage[1]["panel"], OfPage[1]["back"]), (OfReports[1]["card"].ToLowerInvariant(), OfReports[1]["bg"].ToLowerInvariant()));
        Assert.All(OfReports, theme => Assert.Equal(NodeColours()[2], theme["green"], ignoreCase: true));
    }

    [Fact]
    public void What_became_of_tasks_stands_out_from_its_ground()
    {
        foreach (var theme in OfPage)
            foreach (var (colour, ground) in Pairs(["in-time", "late", "uncovered", "lost", "faint"], ["back", "panel", "cell"]))
                Assert.True(Contrast.Of(theme[colour], theme[ground]) >= 3, $"{colour} on {ground}: {Contrast.Of(theme[colour], theme[ground]):0.00}");
        foreach (var theme in OfReports)
            foreach (var (colour, ground) in Pairs(["blue", "orange", "violet", "red", "green", "soft"], ["card"]))
                Assert.True(Contrast.Of(theme[colour], theme[ground]) >= 3, $"{colour} on {ground}: {Contrast.Of(theme[colour], theme[ground]):0.00}");
    }

    /// <summary>Colours of loads and nodes are the same in light and in dark, so that some stand out from neither ground but by their outline, which does.</summary>
    [Fact]
    public void Loads_and_nodes_are_outlined_by_what_stands_out_from_both_grounds()
    {
        Assert.Contains(NodeColours(), colour => Contrast.Of(colour, OfPage[0]["panel"]) < 3);
        Assert.Matches(@"\.node \{[^}]*border: 1px solid var\(--faint\)", File.ReadAllText(Path.Combine(Page, "style.css")));
        Assert.Contains("colour.className = 'node'", File.ReadAllText(Path.Combine(Page, "nodes.js")));
        Assert.All(OfPage, theme => Assert.True(Contrast.Of(theme["faint"], theme["panel"]) >= 3));
    }

    [Fact]
    public void Loads_have_the_stops_of_the_page()
    {
        var stops = Regex.Match(File.ReadAllText(Path.Combine(Page, "colours.js")), @"stops = \[(.*)\];").Groups[1].Value;
        var expected = Regex.Matches(stops, @"\[(\d+), (\d+), (\d+)\]").Select(stop => string.Join(' ', stop.Groups.Values.Skip(1).Select(part => part.Value)));

        Assert.Equal(expected, Enumerable.Range(0, 5).Select(stop => LoadColours.Of(stop / 4.0)).Select(colour => $"{colour.R} {colour.G} {colour.B}"));
        Assert.Equal((LoadColours.Of(0), LoadColours.Of(1)), (LoadColours.Of(-1), LoadColours.Of(2)));
    }

    private static IEnumerable<(string, string)> Pairs(string[] colours, string[] grounds) => colours.SelectMany(_ => grounds, (colour, ground) => (colour, ground));

    private static string[] NodeColours() =>
        [.. Regex.Matches(Regex.Match(File.ReadAllText(Path.Combine(Page, "colours.js")), @"nodeColours = \[(.*)\]").Groups[1].Value, "#[0-9a-f]{6}").Select(colour => colour.Value)];

    /// <summary>The variables of a style sheet, light and dark.</summary>
    private static Dictionary<string, string>[] Themes(string css)
    {
        var roots = Regex.Matches(css, @":root\s*\{([^}]*)\}").Select(root => Regex.Matches(root.Groups[1].Value, @"--([a-z-]+):\s*(#[0-9a-fA-F]{3,6})")
            .ToDictionary(one => one.Groups[1].Value, one => one.Groups[2].Value)).ToArray();
        Assert.Equal(2, roots.Length);
        return roots;
    }

    private static string PageFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Diten.sln")))
            folder = folder.Parent;
        return Path.Combine(folder.FullName, "src", "Diten.View", "Page");
    }
}
