using System.Reflection;
using System.Xml.Linq;
using NetArchTest.Rules;

namespace Diten.Emulation.Tests.Architecture;

/// <summary>Who may know whom: Model decides, Actors carry, Learning improves, Runs keep and show, View shows live, Bench measures, Node wires.</summary>
public sealed class ArchitectureTests
{
    private const string TestLogger = "Diten.SkipReasons";

    internal static readonly DirectoryInfo Root = FindRoot();

    /// <summary>Projects of the product: the projects of the product that each may reference, and its packages (prefixes of their names).</summary>
    private static readonly Dictionary<string, (string[] Projects, string[] Packages)> Allowed = new()
    {
        ["Diten.Model"] = ([], ["MathNet.Numerics"]),
        ["Diten.Actors"] = (["Diten.Model"], ["Akka", "Google.Protobuf", "Grpc.Tools", "System.IO.Hashing"]),
        ["Diten.Learning"] = (["Diten.Model", "Diten.Actors"], ["TorchSharp", "libtorch", "Akka"]),
        ["Diten.Runs"] = (["Diten.Model", "Diten.Actors", "Diten.Learning"],
            ["Akka", "Microsoft.Data.Sqlite", "Npgsql", "Parquet", "LanguageExt", "ScottPlot", "SkiaSharp", "Spectre.Console", "linq2db", "System.IO.Hashing", "Google.Protobuf"]),
        ["Diten.View"] = (["Diten.Model", "Diten.Actors", "Diten.Learning", "Diten.Runs"], ["Microsoft.AspNetCore", "Microsoft.Extensions", "Microsoft.Net.Http", "OpenTelemetry", "System.IO.Hashing"]),
        ["Diten.Bench"] = (["Diten.Model", "Diten.Actors", "Diten.Learning", "Diten.Runs"], ["Akka", "Spectre.Console"]),
        ["Diten.Node"] = (["Diten.Model", "Diten.Actors", "Diten.Learning", "Diten.Runs", "Diten.Bench", "Diten.View"], ["Spectre.Console", "System.CommandLine", "Akka"]),
    };

    internal static readonly Assembly[] Product =
        [typeof(Model.Worlds.World).Assembly, typeof(Actors.Nodes.Emulation).Assembly, typeof(Learning.Training).Assembly, typeof(Runs.Results.RunWriter).Assembly,
            typeof(Diten.Bench.BenchRunner).Assembly, typeof(View.Serving.ViewServer).Assembly, typeof(Node.Program).Assembly];

    public static TheoryData<string> Projects => [.. ProjectFiles("src").Keys];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_references_what_it_may_and_nothing_else(string project)
    {
        var file = XDocument.Load(ProjectFiles("src")[project]);

        Assert.True(Allowed.ContainsKey(project), $"{project} is new: say here what it may reference.");
        Assert.Subset(Allowed[project].Projects.ToHashSet(), References(file, "ProjectReference").Select(ProjectName).ToHashSet());
        Assert.All(References(file, "PackageReference"), package =>
            Assert.True(Allowed[project].Packages.Any(package.StartsWith), $"{project} references the package {package}."));
    }

    [Fact]
    public void An_assembly_uses_no_more_than_its_project_may_reference()
    {
        foreach (var assembly in Product)
        {
            var name = assembly.GetName().Name == "diten" ? "Diten.Node" : assembly.GetName().Name!;
            string[] known = [.. Allowed[name].Projects, .. Allowed[name].Packages, "System"];
            Assert.All(assembly.GetReferencedAssemblies(), used =>
                Assert.True(known.Any(used.Name!.StartsWith), $"{name} uses {used.Name}."));
        }
    }

    /// <summary>Everybody else has policies as plain numbers, and runs where torch does not.</summary>
    [Fact]
    public void Only_learning_knows_torch()
    {
        Assert.All(Product, assembly => Assert.Equal(
            assembly == typeof(Learning.Training).Assembly, assembly.GetReferencedAssemblies().Any(used => used.Name == "TorchSharp")));
        Assert.All(ProjectFiles("src").Where(file => file.Key != "Diten.Learning"), file =>
            Assert.DoesNotContain(References(XDocument.Load(file.Value), "PackageReference"), package => package.Contains("torch", StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>But that tests have a logger beside them.</summary>
    [Fact]
    public void Nothing_references_tests()
    {
        var tests = ProjectFiles("tests");
        foreach (var (project, file) in ProjectFiles("src").Concat(tests))
            Assert.All(References(XDocument.Load(file), "ProjectReference"), reference =>
                Assert.False(
                    tests.ContainsKey(ProjectName(reference)) && (ProjectName(reference) != TestLogger || !tests.ContainsKey(project)),
                    $"{project} references {ProjectName(reference)}."));
    }

    /// <summary>Data files are read by the readers of sites, journeys, CPU load and policies, and by nobody else.</summary>
    [Fact]
    public void The_model_touches_files_only_where_it_reads_data() =>
        AssertNone(Types.InAssembly(typeof(Model.Worlds.World).Assembly).That()
            .HaveDependencyOnAny("System.IO.File", "System.IO.Directory", "System.IO.FileStream", "System.IO.StreamReader", "System.Net")
            .And().DoNotResideInNamespace("Diten.Model.Input")
            .And().DoNotHaveNameMatching("^(TraceReader|CpuTraces|SitesFile|PolicyFile)$")
            .GetTypes());

    /// <summary>Results depend on scenario and seed alone: nothing but the clock, which paces and measures, may ask for the time.</summary>
    [Fact]
    public void No_rule_and_no_entity_draws_from_anything_but_the_scenarios_streams_or_looks_at_a_clock() =>
        AssertNone(Types.InAssemblies([typeof(Model.Worlds.World).Assembly, typeof(Actors.Nodes.Emulation).Assembly]).That()
            .HaveDependencyOnAny(
                "System.Random", "System.Guid", "System.Diagnostics.Stopwatch", "System.DateTime", "System.DateTimeOffset", "System.TimeProvider",
                "System.Security.Cryptography.RandomNumberGenerator")
            .And().DoNotHaveNameMatching("^(SlotClockActor|ClockSetup|ZoneKeeper|TraceTime|MeteredTime)$") // snapshots must have some time; traces have recorded ones; nobody can ask operators' times
            .GetTypes());

    private static void AssertNone(IEnumerable<Type> types) => Assert.Equal([], types.Select(t => t.FullName));

    private static Dictionary<string, string> ProjectFiles(string folder) =>
        Directory.GetFiles(Path.Combine(Root.FullName, folder), "*.csproj", SearchOption.AllDirectories).ToDictionary(f => Path.GetFileNameWithoutExtension(f)!);

    private static IEnumerable<string> References(XDocument project, string kind) =>
        project.Descendants(kind).Select(r => (string)r.Attribute("Include")!);

    private static string ProjectName(string reference) => Path.GetFileNameWithoutExtension(reference.Replace('\\', '/'));

    private static DirectoryInfo FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Diten.sln")))
            folder = folder.Parent;
        return folder;
    }
}
