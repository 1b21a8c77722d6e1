using System.Net;
using System.Text.RegularExpressions;
using Diten.Emulation.Tests.Results;
using Diten.Runs.Plots;
using Diten.Runs.Reports;
using Diten.Runs.Results;
using SkiaSharp;

namespace Diten.Emulation.Tests.Reports;

public sealed class RunReportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_report_is_one_page_that_asks_for_nothing_from_elsewhere()
    {
        var page = File.ReadAllText(Report(new SyntheticRun(4, 6)).ReportFile);

        Assert.DoesNotMatch("(src|href)=[\"'](https?:)?//", page);
        Assert.DoesNotMatch("url\\((?!#|data:)", page);
        Assert.DoesNotContain("<script", page);
        Assert.DoesNotContain("@import", page);
        Assert.DoesNotContain("<link", page);
        var ids = Regex.Matches(page, "\\bid=\"([^\"]+)\"").Select(m => m.Groups[1].Value).ToArray();
        Assert.Equal(ids.Distinct(), ids);
        foreach (Match used in Regex.Matches(page, "url\\(#([^)]+)\\)"))
            Assert.Contains(used.Groups[1].Value, ids);
    }

    [Fact]
    public void Who_stands_out_is_told_slot_by_slot_with_the_numbers_behind()
    {
        var folder = Report(new SyntheticRun(4, 6));
        var page = File.ReadAllText(folder.ReportFile);
        var table = TableFile.Read(folder.Csv(Tables.Servers.Name));
        var busiest = table.Numbers("server").Zip(table.Numbers("utilisation"), (server, load) => (Server: server, Load: load)).GroupBy(row => row.Server)
            .Select(rows => (Server: rows.Key, Mean: rows.Average(row => row.Load))).OrderByDescending(one => one.Mean).ThenBy(one => one.Server).First().Server;

        Assert.Contains("What stands out, slot by slot", page);
        Assert.Contains($"<b>Server {busiest}: the busiest.</b>", page);
        Assert.Matches("<b>Station [0-9]+: the slowest.</b>", page);
        Assert.InRange(StandOutPlots.All(folder).Count, 2, 6);
        Assert.All(StandOutPlots.All(folder), plot => Assert.Equal(6, plot.Table!.Rows.Count)); // a row a slot
    }

    [Fact]
    public void Long_runs_and_large_cities_are_binned_and_a_gap_is_no_zero()
    {
        var bins = new SlotBins(entities: 2, slots: 600, figures: 1);
        for (var slot = 0; slot < 10; slot++)
            bins.Add(1, slot, 0, slot);
        bins.Add(0, 3, 0, double.NaN);
        bins.Add(0, 599, 0, 7);
        bins.Add(5, 0, 0, 1e9); // nobody

        Assert.Equal((5, 120), (bins.SlotsEach, bins.Count));
        Assert.Equal([2, 7, double.NaN], bins.Means(1, 0)[..3]);
        Assert.Equal((7, 4.5), (bins.Mean(0, 0), bins.Mean(1, 0)));
        Assert.Equal([2, 7, double.NaN], bins.MeansOfAll(0)[..3]);
        var large = new SlotBins(entities: 100_000, slots: 1_000_000, figures: 4);
        Assert.InRange((long)large.Count * 400_000, 1, 8_000_000);
    }

    [Fact]
    public void A_report_names_the_run_and_escapes_what_it_is_given()
    {
        var run = new SyntheticRun(4, 6);
        run = new SyntheticRun(4, 6)
        {
            Description = run.Description with { Name = "<b>dense</b> & fast", FilesRead = ["a<b.csv: 12 rows read, 11 kept"] },
        };

        var folder = Report(run);
        var page = File.ReadAllText(folder.ReportFile);

        Assert.Contains("&lt;b&gt;dense&lt;/b&gt; &amp; fast", page);
        Assert.Contains("<li>a&lt;b.csv: 12 rows read, 11 kept</li>", page);
        Assert.Contains(RunSummary.Read(folder.SummaryFile).Digest, page);
        Assert.Contains("prefers-color-scheme:dark", page);
        Assert.All(RunPlots.All(folder), plot => Assert.Contains($"<b>{WebUtility.HtmlEncode(plot.Title)}.</b>", page));
    }

    [Fact]
    public async Task A_run_without_server_records_and_one_cancelled_before_its_first_slot_have_reports_too()
    {
        var made = new SyntheticRun(2, 3);
        await using (var writer = new RunWriter(_folder.At("bare"), made.Description))
        {
            for (var slot = 0; slot < 3; slot++)
                writer.SlotCompleted(made.Report(slot) with { Servers = [] });
            writer.Complete(made.Outcome());
        }

        RunReport.Write(RunFolder.Open(_folder.At("bare")));
        var nothing = Report(new SyntheticRun(2, 0), cancelled: true);

        Assert.DoesNotContain("Busiest servers", File.ReadAllText(new RunFolder(_folder.At("bare")).ReportFile));
        Assert.Contains("This run was cancelled", File.ReadAllText(nothing.ReportFile));
    }

    [Fact]
    public void Text_of_plots_needs_no_font_of_the_machine()
    {
        var run = Report(new SyntheticRun(4, 6));

        foreach (var file in Directory.GetFiles(run.Plots, "*.svg"))
        {
            var texts = Regex.Matches(File.ReadAllText(file), "<text ([^>]*)>([^<]*)");
            Assert.NotEmpty(texts);
            foreach (Match text in texts)
            {
                Assert.Contains($"font-family=\"'{PlotFont.Family}', sans-serif\"", text.Groups[1].Value);
                foreach (var character in WebUtility.HtmlDecode(text.Groups[2].Value).Where(c => !char.IsControl(c)))
                    Assert.Contains(StrokeGlyphs.All, glyph => glyph.Character == character);
            }
        }
    }

    [Fact]
    public void Every_character_of_the_font_leaves_ink_but_the_space()
    {
        using var typeface = SKTypeface.FromData(SKData.CreateCopy(TrueTypeFont.Build("Test", 1.65, bold: false)));
        using var font = new SKFont(typeface, 40);

        foreach (var glyph in StrokeGlyphs.All)
        {
            var id = typeface.GetGlyph(glyph.Character);
            using var path = font.GetGlyphPath(id);

            Assert.NotEqual(0, id);
            Assert.Equal(glyph.Character == ' ', path is null || path.IsEmpty);
        }
    }

    [Fact]
    [Trait("Takes", "Seconds")]
    public void A_report_tells_of_twins_and_faults_where_there_are_any()
    {
        var plain = File.ReadAllText(Report(new SyntheticRun(4, 6)).ReportFile);
        var folder = Report(SyntheticRun.WithFaults(4, 6));
        var page = File.ReadAllText(folder.ReportFile);

        Assert.DoesNotContain("Twins and faults", plain);
        Assert.Contains("<h2>Twins and faults</h2>", page);
        Assert.Equal(
            ["twin-age-over-time", "twin-free-lag", "twin-tasks-lag", "twin-conditions", "twin-age-distribution"],
            FaultPlots.All(folder).Select(plot => plot.Name));
        Assert.All(FaultPlots.All(folder), plot => Assert.Contains($"<b>{WebUtility.HtmlEncode(plot.Title)}.</b>", page));
        Assert.Contains("<td>loss</td><td>drop</td><td>sync</td><td>16</td><td>0 to 5</td><td>96</td><td>48</td>", page);
        Assert.Contains("<td>out_age</td><td>down</td><td>servers</td><td>16</td><td>1 to 2</td><td>32</td><td>32</td>", page);
        Assert.Contains("In force all the time: loss.", page);
        Assert.Matches(">\\s*out_age\\s*<", File.ReadAllText(Path.Combine(folder.Plots, "twin-age-over-time.svg"))); // the shade's name
        foreach (Match text in Regex.Matches(File.ReadAllText(Path.Combine(folder.Plots, "twin-conditions.svg")), "<text ([^>]*)>([^<]*)"))
            foreach (var character in WebUtility.HtmlDecode(text.Groups[2].Value).Where(c => !char.IsControl(c)))
                Assert.Contains(StrokeGlyphs.All, glyph => glyph.Character == character);
    }

    [Fact]
    [Trait("Takes", "Seconds")]
    public void Charts_tell_the_values_of_the_tables_where_somebody_points_at_them_and_have_the_numbers_behind_them()
    {
        var folder = Report(SyntheticRun.WithFaults(4, 6));
        var page = File.ReadAllText(folder.ReportFile);
        var uplink = PlotTable.Number(TableFile.Read(folder.Csv(Tables.Slots.Name)).Numbers("uplink_mean_seconds")[3] * 1000);

        Assert.Contains($"<title>Slot: 3\nuplink: {uplink}\n", page, StringComparison.Ordinal);
        Assert.Contains($"<td>3</td><td>{uplink}</td>", page, StringComparison.Ordinal);
        Assert.Matches("<title>server 0: [0-9.]+ %</title>", page);
        var strips = Regex.Matches(page, "<rect x=\"([0-9.]+)\"[^>]* width=\"([0-9.]+)\"[^>]*><title>Slot: [0-5]\nuplink");
        Assert.Equal(6, strips.Count);
        for (var i = 1; i < strips.Count; i++) // side by side, with no gap
            Assert.Equal(Value(strips[i - 1], 1) + Value(strips[i - 1], 2), Value(strips[i], 1), 0.02);

        static double Value(Match strip, int group) => double.Parse(strip.Groups[group].Value, System.Globalization.CultureInfo.InvariantCulture);
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(-1234.56789, "−1234.5679")]
    [InlineData(123_456_789, "123,456,789")]
    [InlineData(1.25e-7, "1.25e−7")]
    [InlineData(double.NaN, "–")]
    public void Numbers_of_tables_are_short(double value, string text) => Assert.Equal(text, PlotTable.Number(value));

    [Fact]
    public void A_picture_shows_its_title()
    {
        var run = Report(new SyntheticRun(4, 6));

        using var picture = SKBitmap.Decode(Path.Combine(run.Plots, "latency-over-time.png"));
        var ink = 0;
        for (var y = 0; y < 70; y++)   // the title's strip, above the axes
        {
            for (var x = 0; x < picture.Width; x++)
                ink += picture.GetPixel(x, y).Red < 100 ? 1 : 0;
        }

        Assert.InRange(ink, 300, 20_000);
    }

    private RunFolder Report(SyntheticRun run, bool cancelled = false)
    {
        var folder = RunFolder.Open(run.WriteTo(_folder.At("run" + Directory.GetDirectories(_folder.Path).Length), cancelled));
        RunReport.Write(folder);
        return folder;
    }
}
