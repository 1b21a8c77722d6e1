using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Diten.Emulation.Tests.Architecture;

/// <summary>What is read together fits on a screen or two.</summary>
public sealed class LengthTests
{
    private const int MostLinesOfFile = 350, MostLinesOfMethod = 70;

    /// <summary>What is a table, and would not be easier to read in pieces: methods, and why.</summary>
    private static readonly Dictionary<string, string> Tables = new(StringComparer.Ordinal)
    {
        ["src/Diten.Actors/Clock/RunCoordinator.cs: OfTheRun"] = "a case a message that reaches the clock while a run goes on",
        ["src/Diten.Learning/LearnerActor.cs: OnReceive"] = "a case a message that reaches the learner",
        ["tests/Diten.Actors.Tests/Wire/Samples.cs: ByManifest"] = "a sample a message that crosses the network or is written down",
    };

    private static readonly string Root = RootOf(new DirectoryInfo(AppContext.BaseDirectory));

    private static readonly string[] Files =
    [
        .. from folder in (string[])["src", "tests"]
           from file in Directory.GetFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
           let path = Path.GetRelativePath(Root, file).Replace('\\', '/')
           where !path.Split('/').Any(part => part is "bin" or "obj")
           orderby path
           select path,
    ];

    [Fact]
    public void No_file_is_longer_than_it_may_be() => AssertNone(
        from file in Files
        let lines = File.ReadLines(Path.Combine(Root, file)).Count()
        where lines > MostLinesOfFile
        select $"{file}: {lines} lines");

    [Fact]
    [Trait("Takes", "Seconds")]
    public void No_method_is_longer_than_it_may_be() => AssertNone(
        from file in Files
        from body in Bodies(file)
        where body.Lines > MostLinesOfMethod && !Tables.ContainsKey($"{file}: {body.Name}")
        select $"{file}: {body.Name} has {body.Lines} lines");

    [Fact]
    [Trait("Takes", "Seconds")]
    public void What_is_a_table_is_there_and_long() => AssertNone(Tables.Keys.Except(
        from file in Files
        from body in Bodies(file)
        where body.Lines > MostLinesOfMethod
        select $"{file}: {body.Name}"));

    private static void AssertNone(IEnumerable<string> found)
    {
        string[] all = [.. found];
        Assert.True(all is [], string.Join(Environment.NewLine, all));
    }

    /// <summary>Methods, constructors, accessors, local functions and lambdas, each with its lines from its first word on; attributes do not count, for those of theories are tables.</summary>
    private static IEnumerable<(string Name, int Lines)> Bodies(string file)
    {
        var tree = CSharpSyntaxTree.ParseText(File.ReadAllText(Path.Combine(Root, file)), new CSharpParseOptions(LanguageVersion.Preview));
        foreach (var node in tree.GetRoot().DescendantNodes())
        {
            if (node is not (BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax or ArrowExpressionClauseSyntax))
                continue;
            var attributes = node.ChildNodes().OfType<AttributeListSyntax>().LastOrDefault();
            var first = attributes?.GetLastToken().GetNextToken() ?? node.GetFirstToken();
            yield return (Name(node), Line(node.GetLastToken().Span.End) - Line(first.SpanStart) + 1);
        }

        int Line(int position) => tree.GetText().Lines.GetLineFromPosition(position).LineNumber;
    }

    private static string Name(SyntaxNode? node) => node switch
    {
        MethodDeclarationSyntax method => method.Identifier.Text,
        ConstructorDeclarationSyntax constructor => $"constructor {constructor.Identifier.Text}",
        LocalFunctionStatementSyntax local => local.Identifier.Text,
        PropertyDeclarationSyntax property => property.Identifier.Text,
        VariableDeclaratorSyntax field => field.Identifier.Text,
        null => "?",
        _ => Name(node.Parent),
    };

    private static string RootOf(DirectoryInfo folder) => File.Exists(Path.Combine(folder.FullName, "Diten.sln")) ? folder.FullName : RootOf(folder.Parent!);
}
