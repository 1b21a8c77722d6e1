using Diten.Runs.Scenarios;

namespace Diten.Runs.Reproduction;

/// <summary>A figure of the paper, or what its text says without one.</summary>
/// <param name="Name">What <c>--figure</c> takes: 4 to 9, or text.</param>
/// <param name="Number">0 = its text.</param>
/// <param name="File">Its experiment, in <c>scenarios/paper</c>.</param>
public sealed record PaperFigure(string Name, int Number, string File)
{
    /// <summary>All that the paper's evaluation has.</summary>
    public static IReadOnlyList<PaperFigure> All { get; } =
        [.. Enumerable.Range(4, 6).Select(number => new PaperFigure(FormattableString.Invariant($"{number}"), number, FormattableString.Invariant($"figure-{number}.conf"))), new("text", 0, "text.conf")];

    /// <summary>The claims that are about it.</summary>
    internal IEnumerable<PaperClaim> Claims => PaperClaims.All.Where(claim => claim.Figure == Number);

    /// <summary>The figures of these names, each once, in the paper's order; all where none is named.</summary>
    /// <exception cref="UserErrorException">There is none of that name.</exception>
    public static IReadOnlyList<PaperFigure> Named(IReadOnlyList<string> names)
    {
        string[] known = [.. All.Select(figure => figure.Name)];
        foreach (var name in names.Except(known))
            throw new UserErrorException($"--figure: found {name}; allowed: {string.Join(", ", known)}.");
        return names.Count == 0 ? All : [.. All.Where(figure => names.Contains(figure.Name))];
    }

    /// <summary>Path of its experiment.</summary>
    /// <exception cref="UserErrorException">It is not at hand.</exception>
    internal string Path() => ShippedScenarios.Find(System.IO.Path.Combine("paper", File));
}
