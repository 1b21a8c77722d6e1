using Diten.Node.Commands;

namespace Diten.Node.Experiments;

/// <summary>A scenario key that a sweep varies, and its values as a person writes them.</summary>
public sealed record Axis(string Key, IReadOnlyList<string> Values)
{
    /// <summary>Reads <c>key=value,value,…</c>; a comma within brackets is part of a range.</summary>
    /// <exception cref="UsageException">No key, no value, or a value twice.</exception>
    public static Axis Parse(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0)
            throw new UsageException($"--vary {text}: expected key=value,value,… such as --vary devices.count=50,100,200");
        var axis = new Axis(text[..equals].Trim(), Inputs.List(text[(equals + 1)..]));
        if (axis.Values.Any(value => value.Length == 0))
            throw new UsageException($"--vary {text}: {axis.Key} has an empty value.");
        if (axis.Values.Distinct(StringComparer.Ordinal).Count() < axis.Values.Count)
            throw new UsageException($"--vary {text}: {axis.Key} has a value twice.");
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
}
