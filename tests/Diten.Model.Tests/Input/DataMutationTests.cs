using System.Globalization;
using System.Text;
using Diten.Model.BackgroundLoad;
using Diten.Model.Input;
using Diten.Model.Mobility;
using Diten.Model.Scenarios;
using Diten.Model.Space;
using Diten.Model.Tests.Space;
using Diten.Model.Worlds;

namespace Diten.Model.Tests.Input;

/// <summary>
/// Data files of every form, broken at random: each is used, or refused by a message that names it, and nothing else happens. A failure names the
/// seed that repeats it: put it into <see cref="Mutant"/>.
/// </summary>
public sealed class DataMutationTests : IDisposable
{
    private const int Mutants = 1500, EachInSlices = 6;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static readonly string[] Words =
    [
        ",", ";", "\t", " ", "|", "\"", "\"\"", "\n", "\r", "\r\n", "\0", "\u001b[2J", "\ufeff", "\u202e", "ü", "<", ">", "/>", "&", "<!--", "<!DOCTYPE a [<!ENTITY b \"c\">]>", "&b;",
        "0", "-1", "1e999", "-1e308", "1e308", "1e-320", "1e15", "-1e16", "180", "-180", "90", "-90", "179.9999", "NaN", "Infinity", "0x10", "1,5", "٣", "99999999999999999999",
        "1970-01-01 00:00:00", "9999-12-31 23:59:59", "0001-01-01 00:00:00", "25/01/2019 20:00:16", "24:00:00", "9999:59:59", "10675199.02:48:05", "-5", "1e13", "1548446416000000000",
        "id", "time", "longitude", "x", "y", "timestamp", "value", "\nx,y\n", "\nPK\u0003\u0004",
    ];

    /// <summary>A whole file of each form, and how a scenario uses it.</summary>
    private static readonly (string Name, string Text, Func<string, Random?, Scenario> Use)[] Forms =
    [
        ("taxi.txt", Rows(40, k => $"7,2008-02-02 15:{k:00}:08,{116.5 + k * 0.002},{39.9 + k % 5 * 0.001}"), Journeys),
        ("trace.csv", "id,time,lon,lat\n" + Rows(40, k => $"{k / 20},2019-01-25 20:{k % 20:00}:16,{7.03 + k * 0.001},{47.05 + k % 3 * 0.001}"), Journeys),
        ("metres.csv", "vehicle;x;y;t\n" + Rows(40, k => $"a{k % 4};{100 * k};{30 * (k % 7)};{10 * k}"), Journeys),
        ("fcd.xml", "<fcd-export>\n" + Rows(20, k => $"<timestep time=\"{k}\"><vehicle id=\"0\" x=\"{10 * k}\" y=\"0\"/><person id=\"0\" x=\"300\" y=\"{k}\"/></timestep>") + "</fcd-export>\n", Journeys),
        ("walk.plt", "Geolife trajectory\nWGS 84\nAltitude is in Feet\nReserved 3\n0,2,255,My Track,0,0,2,8421376\n0\n" + Rows(30, k => $"{39.98 + k * 0.0001},116.31,0,492,39744.12,2008-10-23,02:53:{k:00}"), Journeys),
        ("cab.txt", Rows(30, k => $"{37.75 - k * 0.001} -122.394 {k % 2} {1213084687 - 30 * k}"), Journeys),
        ("walker.txt", Rows(30, k => $"{30 * k}.0\t{k * 1.5}e+000\t{-k}"), Journeys),
        ("sites.csv", "SITE_ID,LATITUDE,LONGITUDE,NAME\n" + Rows(25, k => $"{k},{-37.81 + k / 5 * 0.002},{144.95 + k % 5 * 0.002},\"a, \"\"b\"\"\""), Sites),
        ("places.csv", "x,y\n" + Rows(25, k => $"{k % 5 * 150},{k / 5 * 150}"), Sites),
        ("cells.csv", Rows(25, k => $"LTE,222,1,2,{k},0,{11.1 + k % 5 * 0.002},{46 + k / 5 * 0.002},1000,3,1,1,1,0"), Sites),
        ("cpu.csv", "timestamp,value\n" + Rows(30, k => $"2014-02-14 14:{k:00}:00,{k * 3}.5"), Background),
        ("machine.csv", "Timestamp [ms];\tCPU cores;\tCPU usage [%]\n" + Rows(30, k => $"{1376314846 + 300 * k};\t4;\t{k}.25"), Background),
        ("host", Rows(30, k => $"{k * 7 % 100}"), Background),
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("diten-mutants-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public static TheoryData<int> Slices => [.. Enumerable.Range(0, EachInSlices)];

    [Theory]
    [MemberData(nameof(Slices))]
    public async Task Every_mutant_is_used_or_refused_by_name(int slice)
    {
        var (used, refused) = (0, 0);
        for (var seed = slice; seed < Mutants; seed += EachInSlices)
        {
            try
            {
                if (await Task.Run(() => IsUsed(seed)).WaitAsync(Patience)) used++;
                else refused++;
            }
            catch (Exception failure)
            {
                throw new InvalidOperationException($"Mutant {seed.ToString(CultureInfo.InvariantCulture)} was not answered as it should: {failure}", failure);
            }
        }

        // Both kinds must be among them, or the mutations are too tame or too wild to find anything.
        Assert.InRange(used, Mutants / EachInSlices / 20, Mutants);
        Assert.InRange(refused, Mutants / EachInSlices / 20, Mutants);
    }

    [Fact]
    public void Unbroken_files_are_all_used() => Assert.All(Forms, form => Use(form.Use(Written(form.Name, form.Text), null)));

    private bool IsUsed(int seed)
    {
        var (name, text, use, random) = Mutant(seed);
        var file = Written(name, text);
        try
        {
            Use(use(file, random));
            return true;
        }
        catch (InputFileException refusal)
        {
            Assert.StartsWith(file, refusal.Message);
            Assert.InRange(refusal.Message.Length, file.Length + 5, file.Length + 1500);
            Assert.DoesNotContain(refusal.Message, char.IsControl);
            return false;
        }
    }

    /// <summary>Makes a world of it, and looks at all that comes from the file for some slots.</summary>
    private static void Use(Scenario scenario)
    {
        var world = World.Create(scenario);
        Assert.InRange(ZoneMap.Create(world.Topology, scenario.Zones).Count, 1, world.Topology.StationCount);
        if (world.Mobility is RecordedJourneys journeys)
        {
            Assert.InRange(JourneyUse.SpeedMetresPerSecond(scenario, journeys), 0, double.MaxValue);
            Assert.All(world.MobilityReport.Traces!.Lines, line => Assert.DoesNotContain(line, char.IsControl));
        }

        for (var device = 0; device < scenario.Devices.Count; device++)
        {
            var state = world.Mobility.Start(device);
            for (var slot = 0; slot < scenario.Slots; slot++)
            {
                Assert.True(world.Topology.Area.Contains(state.X, state.Y), $"({state.X}, {state.Y}) is outside");
                world.Mobility.Advance(ref state, device, slot);
            }
        }

        for (var (slot, load) = (1, world.Background.Initial(0)); slot < scenario.Slots; slot++)
        {
            Assert.InRange(load, 0, BackgroundLoads.Maximum);
            load = world.Background.Next(load, 0, slot);
        }
    }

    private static Scenario Small() => new() { Slots = 30, AreaSideMetres = 500, Devices = new DevicesSection { Count = 5 } };

    private static Scenario Journeys(string file, Random? random) => Small() with
    {
        Devices = new DevicesSection
        {
            Count = 5,
            Mobility = MobilityKind.Trace,
            Traces = file,
            TraceFormat = Any<TraceFormat>(random),
            TraceSeparator = Any<FieldSeparator>(random),
            TraceTimeForm = Any<TimeForm>(random),
            TraceFit = Any<TraceFit>(random),
        },
    };

    private static Scenario Sites(string file, Random? random) => Small() with { Stations = new StationsSection { Topology = StationLayout.Sites, SitesFile = file } };

    private static Scenario Background(string file, Random? random) => Small() with
    {
        Servers = new ServersSection
        {
            Background = BackgroundKind.Trace,
            BackgroundTraces = file,
            BackgroundTraceSeparator = Any<FieldSeparator>(random),
            BackgroundTraceTimeForm = Any<TimeForm>(random),
            BackgroundTraceUnit = Any<CpuUnit>(random),
        },
    };

    /// <summary>The first value, or one time in ten any.</summary>
    private static T Any<T>(Random? random) where T : struct, Enum =>
        random is null || random.Next(10) > 0 ? default : Enum.GetValues<T>()[random.Next(Enum.GetValues<T>().Length)];

    private static string Rows(int count, Func<int, FormattableString> row) => string.Concat(Enumerable.Range(0, count).Select(k => FormattableString.Invariant(row(k)) + "\n"));

    private string Written(string name, string text)
    {
        var file = Path.Combine(_folder, name);
        File.WriteAllText(file, text, new UTF8Encoding(false, throwOnInvalidBytes: false));
        return file;
    }

    /// <summary>One of the files with one to four things done to it.</summary>
    private static (string Name, string Text, Func<string, Random?, Scenario> Use, Random Random) Mutant(int seed)
    {
        var random = new Random(seed);
        var (name, text, use) = Forms[random.Next(Forms.Length)];
        for (var changes = random.Next(1, 5); changes > 0 && text.Length > 0; changes--)
            text = Changed(text, random);
        return (name, text, use, random);
    }

    private static string Changed(string text, Random random)
    {
        var at = random.Next(text.Length);
        var length = Math.Min(random.Next(1, 40), text.Length - at);
        return random.Next(10) switch
        {
            0 => text.Insert(at, Words[random.Next(Words.Length)]),
            1 => text.Remove(at, length),
            2 => text.Insert(random.Next(text.Length), text.Substring(at, length)),
            3 => text[..at],
            4 => Flipped(text, random),
            5 => text[(text.IndexOf('\n') + 1)..], // without its header
            6 => text.Replace(text[at].ToString(), Words[random.Next(Words.Length)]), // one character everywhere
            7 => OfNumbers(text, random, all: false),
            8 => OfNumbers(text, random, all: true),
            _ => text.Replace("\n", random.Next(2) == 0 ? "\r" : ""),
        };
    }

    private static string Flipped(string text, Random random)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
        return Encoding.UTF8.GetString(bytes);
    }

    /// <summary>The text with other words in place of a number, or of every seventh.</summary>
    private static string OfNumbers(string text, Random random, bool all)
    {
        var changed = new StringBuilder();
        var (chosen, number) = (random.Next(60), 0);
        for (var at = 0; at < text.Length; at++)
        {
            if (!char.IsAsciiDigit(text[at]))
            {
                changed.Append(text[at]);
                continue;
            }

            var to = at;
            while (to < text.Length && (char.IsAsciiDigit(text[to]) || text[to] == '.'))
                to++;
            var changes = all ? number % 7 == chosen % 7 : number == chosen;
            changed.Append(changes ? Words[random.Next(Words.Length)] : text[at..to]);
            (at, number) = (to - 1, number + 1);
        }

        return changed.ToString();
    }
}
