using System.Globalization;
using System.Text.RegularExpressions;
using Diten.Model.Scenarios.Keys;
using Diten.Runs.Scenarios;
using Diten.Runs.Scenarios.Hocon;

namespace Diten.Emulation.Tests.Scenarios;

/// <summary><c>docs/scenario-files.md</c> says what is so.</summary>
public sealed partial class ScenarioFilesPageTests : IDisposable
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Path.GetDirectoryName(ShippedScenarios.Folder())!, "docs", "scenario-files.md"));

    private readonly string _folder = Directory.CreateTempSubdirectory("diten-page-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Each_example_comes_out_as_the_page_says()
    {
        var examples = 0;
        var before = "";
        foreach (Match block in Blocks().Matches(Page))
        {
            var (kind, text) = (block.Groups["kind"].Value, block.Groups["text"].Value);
            if (kind == "text")
            {
                Assert.Equal(text, Outcome(before));
                examples++;
            }
            else if (kind.Split(' ') is ["hocon", var name])
            {
                File.WriteAllText(Path.Combine(_folder, name), text);
            }
            else
            {
                before = text;
            }
        }

        Assert.Equal(10, examples);
    }

    [Fact]
    public void The_limits_are_those_of_the_reader()
    {
        foreach (var limit in new[]
                 {
                     HoconLimits.FileBytes, HoconLimits.Size, HoconLimits.SubstitutedValues, HoconLimits.ValueLength, HoconLimits.Depth, HoconLimits.KeyLength, HoconLimits.SubstitutionDepth, HoconLimits.Includes,
                     HoconLimits.IncludeDepth, ScenarioKeys.MostErrors, FaultCatalogue.Most,
                 })
            Assert.Matches($@"\| .*\b{limit.ToString("N0", CultureInfo.InvariantCulture)}\b", Page);
    }

    private string Outcome(string text)
    {
        var file = Path.Combine(_folder, "example.conf");
        File.WriteAllText(file, text);
        try
        {
            var scenario = ScenarioFile.Load(file, [], null);
            return string.Concat(ScenarioKeys.All.Where(key => key.Format(scenario) != key.Default).Select(key => $"{key.Name} = {key.Format(scenario)}\n"))
                + string.Concat(FaultCatalogue.Written(scenario.Faults).Select(fault => $"{fault.Key} = {fault.Value}\n"));
        }
        catch (ScenarioException wrong)
        {
            return string.Concat(wrong.Lines.Select(line => line + "\n")).Replace(_folder + Path.DirectorySeparatorChar, "");
        }
    }

    [GeneratedRegex(@"^```(?<kind>hocon[^\n]*|text)\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Blocks();
}
