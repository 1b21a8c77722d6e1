
namespace Diten.Runs.Experiments;

/// <summary>A scenario key that a sweep varies, and its values as a person writes them.</summary>
public sealed record Axis(string Key, IReadOnlyList<string> Values)
{
    /// <summary>Reads <c>key=value,value,…</c>; a comma within brackets or braces is part of a value.</summary>
    /// <exception cref="UserErrorException">No key, no value, or a value twice.</exception>
    public static Axis Parse(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0)
            throw new UserErrorException($"--vary {text}: expected key=value,value,… such as --vary devices.count=50,100,200");
        var axis = new Axis(text[..equals].Trim(), List(text[(equals + 1)..]));
        if (axis.Values.Any(value => value.Length == 0))
            throw new UserErrorException($"--vary {text}: {axis.Key} has an empty value.");
        if (axis.Values.Distinct(StringComparer.Ordinal).Count() < axis.Values.Count)
            throw new UserErrorException($"--vary {text}: {axis.Key} has a value twice.");
        return axis;
    }

    /// <summary>All combinations of the axes' values as overrides <c>key=value</c>, the last axis varying fastest; one empty one for no axes.</summary>
    public static IEnumerable<string[]> Grid(IReadOnlyList<Axis> axes)
    {
        IEnumerable<string[]> points = [[]];
        foreach (var axis in axes)
            points = points.SelectMany(_ => axis.Values, (point, value) => (string[])[.. point, $"{axis.Key}={value}"]);
        return points;
    }

    /// <summary>Parts of a list like <c>a,b,[c, d]</c>: commas in brackets and braces do not part.</summary>
    public static IReadOnlyList<string> List(string text)
    {
        var parts = new List<string>();
        var (depth, start) = (0, 0);
        for (var i = 0; i < text.Length; i++)
        {
            depth += text[i] switch { '[' or '{' => 1, ']' or '}' => -1, _ => 0 };
            if (text[i] != ',' || depth > 0)
                continue;
            parts.Add(text[start..i].Trim());
            start = i + 1;
        }

        parts.Add(text[start..].Trim());
        return parts;
    }
}
