namespace Diten.Runs.Experiments.Cells;

/// <summary>Something that an experiment varies.</summary>
/// <param name="Name">Of a sweep, the scenario key.</param>
/// <param name="Levels">At least one, of different names.</param>
public sealed record Axis(string Name, IReadOnlyList<Level> Levels)
{
    /// <summary>What figures write at it, with its unit.</summary>
    public string Label { get; init; } = Name;

    /// <summary>An axis that varies one key.</summary>
    public static Axis Of(string name, string key, IEnumerable<string> values, string source) =>
        new(name, [.. values.Select(value => new Level(value, [new Change(key, value, source)]))]);

    /// <summary>Reads <c>key=value,value,…</c>; a comma within brackets, braces or quotes is part of a value.</summary>
    /// <exception cref="UserErrorException">No key, no value, or a value twice.</exception>
    public static Axis Parse(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0)
            throw new UserErrorException($"--vary {text}: expected key=value,value,… such as --vary devices.count=50,100,200");
        var (key, values) = (text[..equals].Trim(), List(text[(equals + 1)..]));
        if (values.Any(value => value.Length == 0))
            throw new UserErrorException($"--vary {text}: {key} has an empty value.");
        if (values.Distinct(StringComparer.Ordinal).Count() < values.Count)
            throw new UserErrorException($"--vary {text}: {key} has a value twice.");
        return Of(key, key, values, "--vary");
    }

    /// <summary>Parts of a list like <c>a,b,[c, d]</c>: commas in brackets, braces and quotes do not part.</summary>
    public static IReadOnlyList<string> List(string text)
    {
        var parts = new List<string>();
        var (depth, start, quoted) = (0, 0, false);
        for (var i = 0; i < text.Length; i++)
        {
            quoted ^= text[i] == '"';
            depth += text[i] switch { '[' or '{' => 1, ']' or '}' => -1, _ => 0 };
            if (text[i] != ',' || depth > 0 || quoted)
                continue;
            parts.Add(text[start..i].Trim());
            start = i + 1;
        }

        parts.Add(text[start..].Trim());
        return parts;
    }
}
