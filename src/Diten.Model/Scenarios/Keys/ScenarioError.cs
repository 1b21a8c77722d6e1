using Diten.Model.Input;

namespace Diten.Model.Scenarios.Keys;

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
        var key = Key.Length > 0 ? Words.Shown(Key) + ": " : "";
        return $"{place}: {key}found {Words.Shown(Found)}; allowed: {Allowed}.{(Suggestion is null ? "" : " " + Suggestion)}";
    }
}

/// <summary>A scenario that cannot be used; carries what is wrong with it, not only the first.</summary>
/// <param name="errors">At least one, in the order in which they were written.</param>
/// <param name="more">How many there are besides.</param>
public sealed class ScenarioException(IReadOnlyList<ScenarioError> errors, int more = 0)
    : Exception(string.Join(Environment.NewLine, Told(errors, more)))
{
    /// <summary>At least one, in the order in which they were written; the first <see cref="ScenarioKeys.MostErrors"/>.</summary>
    public IReadOnlyList<ScenarioError> Errors { get; } = errors;

    /// <summary>How many there are besides.</summary>
    public int More { get; } = more;

    /// <summary>A line an error, and one for those that are only counted.</summary>
    public IReadOnlyList<string> Lines => [.. Told(Errors, More)];

    private static IEnumerable<string> Told(IReadOnlyList<ScenarioError> errors, int more) =>
        errors.Select(error => error.ToString()).Concat(more == 0 ? [] : [FormattableString.Invariant($"{more} more like these.")]);
}
