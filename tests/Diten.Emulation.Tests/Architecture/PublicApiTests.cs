using PublicApiGenerator;

namespace Diten.Emulation.Tests.Architecture;

/// <summary>
/// What an assembly shows to others is said in a file of its own, so that nothing becomes public, or is gone, by the way. A change that is meant is
/// approved by <c>DITEN_APPROVE_API=new dotnet test tests/Diten.Emulation.Tests --filter PublicApi</c>; the file's diff is what a reviewer reads.
/// </summary>
public sealed class PublicApiTests
{
    private static readonly string Folder = Path.Combine(ArchitectureTests.Root.FullName, "tests/Diten.Emulation.Tests/Architecture/Approved");

    private static readonly ApiGeneratorOptions Options = new()
    {
        IncludeAssemblyAttributes = false,
        // What the compiler adds to records says nothing, and attributes for debuggers neither.
        ExcludeAttributes = ["System.Runtime.CompilerServices.CompilerGeneratedAttribute", "System.Runtime.CompilerServices.NullableAttribute",
            "System.Runtime.CompilerServices.NullableContextAttribute", "System.Diagnostics.DebuggerDisplayAttribute"],
    };

    public static TheoryData<string> Assemblies => [.. ArchitectureTests.Product.Select(assembly => assembly.GetName().Name!)];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void An_assembly_shows_what_was_approved(string name)
    {
        var shown = ArchitectureTests.Product.Single(assembly => assembly.GetName().Name == name).GeneratePublicApi(Options).ReplaceLineEndings("\n") + "\n";
        var file = Path.Combine(Folder, name + ".txt");
        if (Environment.GetEnvironmentVariable("DITEN_APPROVE_API") == "new")
            File.WriteAllText(file, shown);

        Assert.True(File.Exists(file), $"{file} is missing: approve what {name} shows.");
        var (approved, now) = (File.ReadAllLines(file), shown.TrimEnd('\n').Split('\n'));
        Assert.True(
            approved.SequenceEqual(now),
            $"{name} shows something else than was approved.\nGone: {string.Join("\n      ", approved.Except(now).Take(20))}\nNew:  {string.Join("\n      ", now.Except(approved).Take(20))}");
    }

    [Fact]
    public void No_approval_is_of_an_assembly_that_is_gone() => Assert.Equal(
        ArchitectureTests.Product.Select(assembly => assembly.GetName().Name + ".txt").Order(), Directory.GetFiles(Folder).Select(Path.GetFileName).Order());
}
