namespace Diten.Runs.Experiments.Cells;

/// <summary>A scenario key and its value, as somebody wrote them.</summary>
/// <param name="Source">Who wrote it, for errors: an option such as <c>--vary</c>, or a file.</param>
/// <param name="Line">Line in that file; null = none.</param>
public sealed record Change(string Key, string Value, string Source, int? Line = null)
{
    /// <summary><c>key=value</c>, as <c>--set</c> takes it.</summary>
    public string Override => $"{Key}={Value}";

    /// <summary>Reads <c>key=value</c>.</summary>
    /// <exception cref="UserErrorException">It is not of that form.</exception>
    public static Change Parse(string text, string source)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals > 0
            ? new Change(text[..equals].Trim(), text[(equals + 1)..].Trim(), source)
            : throw new UserErrorException($"{source} {text}: expected key=value, such as {source} devices.count=400");
    }
}

/// <summary>One of the values that an axis takes.</summary>
/// <param name="Name">For people, and for whoever refers to it.</param>
/// <param name="Changes">What it changes in the scenario.</param>
public sealed record Level(string Name, IReadOnlyList<Change> Changes);

/// <summary>One combination of the axes' levels.</summary>
/// <param name="Levels">One of each axis, in their order.</param>
public sealed record Case(IReadOnlyList<Level> Levels)
{
    /// <summary>All that it changes, in the order of the axes.</summary>
    public IEnumerable<Change> Changes => Levels.SelectMany(level => level.Changes);

    /// <summary>All combinations, the last axis varying fastest; a single one where there are no axes.</summary>
    public static IReadOnlyList<Case> Grid(IReadOnlyList<Axis> axes)
    {
        IEnumerable<Level[]> points = [[]];
        foreach (var axis in axes)
            points = points.SelectMany(_ => axis.Levels, (point, level) => (Level[])[.. point, level]);
        return [.. points.Select(point => new Case(point))];
    }
}
