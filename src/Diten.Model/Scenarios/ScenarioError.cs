namespace Diten.Model.Scenarios;

/// <summary>One thing that is wrong with a scenario.</summary>
/// <param name="File">Where it was written: a file, or <c>--set</c>.</param>
/// <param name="Key">The key, or empty where the file itself is at fault.</param>
/// <param name="Found">What stands there.</param>
/// <param name="Allowed">What may stand there.</param>
/// <param name="Suggestion">What was probably meant, as a sentence; or null.</param>
public sealed record ScenarioError(string File, string Key, string Found, string Allowed, string? Suggestion = null)
{
    /// <summary>Line in the file, from 1; null where unknown.</summary>
    public int? Line { get; init; }

    /// <inheritdoc/>
    public override string ToString()
    {
        var place = Line is { } line ? FormattableString.Invariant($"{File}, line {line}") : File;
        var key = Key.Length > 0 ? Key + ": " : "";
        return $"{place}: {key}found {Found}; allowed: {Allowed}.{(Suggestion is null ? "" : " " + Suggestion)}";
    }
}

/// <summary>A scenario that cannot be used; carries everything that is wrong with it, not only the first.</summary>
public sealed class ScenarioException(IReadOnlyList<ScenarioError> errors)
    : Exception(string.Join(Environment.NewLine, errors))
{
    /// <summary>At least one, in the order in which they were written.</summary>
    public IReadOnlyList<ScenarioError> Errors { get; } = errors;
}
