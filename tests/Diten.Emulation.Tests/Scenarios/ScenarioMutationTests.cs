using System.Globalization;
using System.Text;
using Diten.Model.Input;
using Diten.Model.Scenarios;
using Diten.Model.Scenarios.Keys;
using Diten.Node.Commands;
using Diten.Runs.Execution;
using Diten.Runs.Progress;
using Diten.Runs.Scenarios;

namespace Diten.Emulation.Tests.Scenarios;

/// <summary>
/// Shipped scenarios, broken at random: each is read, or told what is wrong in short lines, and nothing else happens. A failure names the seed that
/// repeats it: put it into <see cref="Mutant"/>.
/// </summary>
public sealed class ScenarioMutationTests : IDisposable
{
    private const int Mutants = 1600, EachInSlices = 8;
    private const double LargestWorldBytes = 150e6;

    private static readonly string[] Words =
    [
        "{", "}", "[", "]", "=", ":", ",", "\n", "#", "//", "\"", "\"\"\"", "${", "${slots}", "${?slots}", "${devices}", "+=", "null", ".", "\\", "@", "$", "(", "'",
        "include \"paper.conf\"\n", "include required(\"quickstart.conf\")\n", "include ", "\0", "\r\n", "\t", "\u00a0", "\ufeff", "\u202e", "\u001b[2J", "slots = \"\"\"5\n6\"\"\"\n", "ü", "𝒞", "\ud83d", "policy.file = \"\\ud83d\"\n", "zones.rows = 00000000000000000001\n",
        "0", "-1", "1e999", "-1e-999", "99999999999999999999", "2147483647", "NaN", "∞", "0,5", "1e9 km", "0x10", "true", "off", "[0, 1]", "[1 kB, 2 kB]",
        "slots = ${seed}\n", "devices { count = ${?count} }\n", "learning.train-on = both\n", "stations.topology = sites\n", "policy.name = learned\n", "zones.rows = 3\n",
        "faults.x { kind = drop, link = sync, probability = 0.5 }\n", "faults.x { kind = crash, on = twins, slots = [3, 9] }\n", "faults.y { kind = down, on = stations, ids = [3] }\n",
        "faults.loss.probability = 2\n", "faults.loss = null\n", "faults.x.kind = ", "faults = 3\n", "faults { a {} }\n", "at = [1, 2]\n", "renewal { between = 5, lasting = 2 }\n", "burst", "share = 0\n",
        "devices.count = 2000000000\n", "stations.density = 9e6 /km2\n", "stations.coverage = 1 m\n", "radio.channels = 0\n", "devices.mobility.model = trace\n",
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("diten-mutants-").FullName;
    private readonly string[] _originals;

    public ScenarioMutationTests()
    {
        // Beside one another as they ship, so that what they include and name is there.
        var shipped = ShippedScenarios.Folder()!;
        foreach (var file in Directory.EnumerateFiles(shipped, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(_folder, Path.GetRelativePath(shipped, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
        _originals =
        [
            .. ShippedScenarios.Files().Select(File.ReadAllText),
            .. Directory.EnumerateFiles(Path.Combine(shipped, "faults")).Order(StringComparer.Ordinal).Select(file => File.ReadAllText(file).Replace("../", "")),
        ];
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public static TheoryData<int> Slices => [.. Enumerable.Range(0, EachInSlices)];

    [Theory]
    [MemberData(nameof(Slices))]
    public async Task Every_mutant_is_read_or_refused_in_short_lines(int slice)
    {
        var (valid, refused) = (0, 0);
        for (var seed = slice; seed < Mutants; seed += EachInSlices)
        {
            try
            {
                if (await IsValid(seed)) valid++;
                else refused++;
            }
            catch (Exception failure)
            {
                throw new InvalidOperationException($"Mutant {seed.ToString(CultureInfo.InvariantCulture)} was not answered as it should: {failure}", failure);
            }
        }

        // Both kinds must be among them, or the mutations are too tame or too wild to find anything.
        Assert.InRange(valid, Mutants / EachInSlices / 20, Mutants);
        Assert.InRange(refused, Mutants / EachInSlices / 20, Mutants);
    }

    private async Task<bool> IsValid(int seed)
    {
        var file = Path.Combine(_folder, "mutant.conf");
        File.WriteAllText(file, Mutant(seed), new UTF8Encoding(false, throwOnInvalidBytes: false));
        try
        {
            var scenario = ScenarioFile.Load(file, [], null);
            Assert.Equal(scenario, ScenarioFile.Parse(ScenarioFile.Resolve(scenario), Path.Combine(_folder, "resolved.conf")));
            await Validate(file, scenario);
            return true;
        }
        catch (ScenarioException wrong)
        {
            Assert.InRange(wrong.Lines.Count, 1, ScenarioKeys.MostErrors + 1);
            Assert.All(wrong.Lines, line => Assert.InRange(line.Length, 1, 1500));
            Assert.All(wrong.Lines, line => Assert.DoesNotContain(line, char.IsControl));
            Assert.All(wrong.Errors, error => Assert.True(error.Found.Length > 0 && error.Allowed.Length > 0));
            return false;
        }
    }

    /// <summary>What <c>diten validate</c> says of a scenario that can be read: code 0, or 2 and why.</summary>
    private static async Task Validate(string file, Scenario scenario)
    {
        // A world of millions of stations is refused on small machines, and takes its time on large ones.
        if (RunSize.Of(scenario with { Devices = scenario.Devices with { Count = 1 } }, 0).Bytes > LargestWorldBytes) return;
        var (output, errors) = (new StringWriter(), new StringWriter());

        var code = await CommandTree.RunAsync(["validate", file], new Session(new Terminal(output, errors), (_, _, _, _) => throw new InvalidOperationException("Nothing shall run.")));

        Assert.Equal(code == 0 ? $"{file}: valid" : $"{file}: not valid", output.ToString().Split('\n')[0]);
        Assert.True(code == 0 || code == 2 && errors.ToString().StartsWith("diten: ", StringComparison.Ordinal), $"code {code}: {errors}");
    }

    /// <summary>A shipped scenario with one to four things done to it.</summary>
    private string Mutant(int seed)
    {
        var random = new Random(seed);
        var text = _originals[random.Next(_originals.Length)];
        // Comments catch half of all mutations, and nobody looks at them.
        if (random.Next(4) > 0) text = string.Join('\n', text.Split('\n').Select(line => line.Split('#')[0].TrimEnd()).Where(line => line.Length > 0)) + "\n";
        for (var i = random.Next(1, 5); i > 0 && text.Length > 0; i--) text = Changed(text, random);
        return text;
    }

    private static string Changed(string text, Random random)
    {
        var at = random.Next(text.Length);
        var length = Math.Min(random.Next(1, 40), text.Length - at);
        return random.Next(11) switch
        {
            0 => text.Insert(at, Words[random.Next(Words.Length)]),
            1 => text.Remove(at, length),
            2 => text.Insert(random.Next(text.Length), text.Substring(at, length)),
            3 => text[..at],
            4 => Flipped(text, random),
            5 => WithoutLine(text, random),
            6 => Swapped(text, random),
            7 => OfNumbers(text, random),
            8 => text.Remove(at, 1).Insert(at, Words[random.Next(Words.Length)]),
            9 => string.Concat(Enumerable.Repeat("a {", random.Next(1, 200))) + text,
            _ => text.Insert(text.IndexOf('\n', at) + 1, Words[random.Next(Words.Length)] + "\n"),
        };
    }

    private static string Flipped(string text, Random random)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
        return Encoding.UTF8.GetString(bytes);
    }

    private static string WithoutLine(string text, Random random)
    {
        var lines = text.Split('\n').ToList();
        lines.RemoveAt(random.Next(lines.Count));
        return string.Join('\n', lines);
    }

    private static string Swapped(string text, Random random)
    {
        var lines = text.Split('\n');
        var (a, b) = (random.Next(lines.Length), random.Next(lines.Length));
        (lines[a], lines[b]) = (lines[b], lines[a]);
        return string.Join('\n', lines);
    }

    /// <summary>The text with another number in place of one of its own.</summary>
    private static string OfNumbers(string text, Random random)
    {
        string[] numbers = ["0", "-3", "1e6", "1e-9", "123456789012", "0.5", "1e400", "7", "00012", "1.2.3", new string('9', 400)];
        var digits = Enumerable.Range(0, text.Length).Where(i => char.IsAsciiDigit(text[i])).ToArray();
        if (digits.Length == 0) return text;
        var from = digits[random.Next(digits.Length)];
        var to = from;
        while (to < text.Length && (char.IsAsciiDigit(text[to]) || text[to] == '.')) to++;
        return text[..from] + numbers[random.Next(numbers.Length)] + text[to..];
    }
}
