namespace Diten.Emulation.Tests.Architecture;

/// <summary>Rooms of the house: who stands above may know who stands below, and never the other way round.</summary>
public sealed class NamespaceTests
{
    public static TheoryData<string> Assemblies => ["Diten.Model", "Diten.Actors", "Diten.Learning", "Diten.Runs", "Diten.Bench", "Diten.View", "diten"];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void No_two_namespaces_use_each_other(string assembly)
    {
        var graph = NamespaceGraph.Of(Path.Combine(AppContext.BaseDirectory, assembly + ".dll"), type => !type.StartsWith("Diten.Actors.Wire.Contracts", StringComparison.Ordinal));

        Assert.NotEmpty(graph.Namespaces);
        Assert.True(graph.Cycles() is [], string.Join(Environment.NewLine, graph.Cycles()));
    }
}
