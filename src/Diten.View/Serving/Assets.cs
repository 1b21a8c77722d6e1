namespace Diten.View.Serving;

/// <summary>The files of the page: built into this assembly, so that nothing is fetched from elsewhere and no path of a request is ever one of the disk.</summary>
internal static class Assets
{
    private static readonly Dictionary<string, string> Types = new(StringComparer.Ordinal)
    {
        [".html"] = "text/html; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".svg"] = "image/svg+xml",
    };

    private static readonly Dictionary<string, (string Type, byte[] Bytes)> All = Read();

    /// <summary>Names of all files.</summary>
    public static IEnumerable<string> Names => All.Keys.Order(StringComparer.Ordinal);

    /// <summary>A file, and its media type; null where there is none of that name.</summary>
    public static (string Type, byte[] Bytes)? Of(string name) => All.TryGetValue(name, out var found) ? found : null;

    private static Dictionary<string, (string, byte[])> Read()
    {
        var assembly = typeof(Assets).Assembly;
        var all = new Dictionary<string, (string, byte[])>(StringComparer.Ordinal);
        foreach (var name in assembly.GetManifestResourceNames())
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            all[name] = (Types[Path.GetExtension(name)], bytes);
        }

        return all;
    }
}
