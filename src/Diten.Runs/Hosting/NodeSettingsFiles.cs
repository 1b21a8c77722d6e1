using Akka.Configuration;
using Diten.Model.Input;
using Diten.Model.Scenarios.Keys;
using Diten.Runs.Scenarios;

namespace Diten.Runs.Hosting;

/// <summary>Reads a node's configuration from its layers, and says everything that is wrong with them.</summary>
internal static class NodeSettingsFiles
{
    private const string BuiltIn = "cluster.conf";

    /// <summary>Keys of Akka that follow from one of Diten's: setting them alone would go around its checks.</summary>
    private static readonly (string Akka, string Diten)[] Taken =
    [
        ("akka.actor.provider", ""),
        ("akka.remote.enabled-transports", ""),
        ("akka.remote.adapters", ""),
        ("akka.remote.dot-netty.tcp.applied-adapters", ""),
        ("akka.remote.dot-netty.tcp.transport-class", ""),
        ("akka.remote.dot-netty.tcp.hostname", "diten.node.host"),
        ("akka.remote.dot-netty.tcp.port", "diten.node.port"),
        ("akka.remote.dot-netty.tcp.public-hostname", "diten.node.public-host"),
        ("akka.remote.dot-netty.tcp.enable-ssl", "diten.node.tls.certificate"),
        ("akka.remote.dot-netty.tcp.ssl", "diten.node.tls.certificate"),
        ("akka.cluster.roles", "diten.node.roles"),
        ("akka.cluster.seed-nodes", "diten.node.seed-nodes"),
    ];

    /// <summary>The built-in <c>hocon/cluster.conf</c>.</summary>
    public static Config Cluster { get; } = ReadBuiltIn();

    /// <inheritdoc cref="NodeConfiguration.Load"/>
    public static NodeConfiguration Load(string? file, IEnumerable<(string Option, string Key, string? Value)> options)
    {
        var errors = new List<ScenarioError>();
        var (settings, written) = file is null ? (Config.Empty, []) : Read(file, errors);
        ScenarioEntry[] entries =
        [
            .. NodeKey.All.Select(key => new ScenarioEntry(key.Name, HoconReader.Text(Cluster.GetValue(key.Name)), BuiltIn)),
            .. written,
            .. options.Where(option => option.Value is not null)
                .Select(option => Rooted(new ScenarioEntry(option.Key, option.Value!.Trim(), option.Option), Directory.GetCurrentDirectory())),
        ];
        var node = new NodeConfiguration
        {
            Settings = settings.WithFallback(Cluster),
            Written = [.. written.Where(IsAkkas)],
        };
        foreach (var entry in entries)
        {
            if (NodeKey.All.FirstOrDefault(key => key.Name == entry.Key) is { } key)
                node = key.Apply(node, entry, errors);
            else if ((Misplaced(entry) ?? (IsAkkas(entry) ? AkkaKeys.Mistake(entry, settings) : null)) is { } error)
                errors.Add(error);
        }

        if (errors.Count > 0)
            throw new UserErrorException(string.Join('\n', errors));
        return Checked(node, key => Array.FindLast(entries, entry => entry.Key == key) is { } entry && entry.File != BuiltIn ? Place(entry) : "");
    }

    private static NodeConfiguration Checked(NodeConfiguration node, Func<string, string> origin)
    {
        if (node.Tls == new NodeTls())
            node = node with { Tls = null };
        node.Check(origin);
        node.Tls?.Open(node.PublicHost ?? node.Host).Dispose();
        return node;
    }

    private static (Config Settings, IReadOnlyList<ScenarioEntry> Entries) Read(string file, List<ScenarioError> errors)
    {
        if (!File.Exists(file))
            throw new UserErrorException(
                $"--config: found {file}, which {(Directory.Exists(file) ? "is a folder" : "does not exist")}; allowed: a file such as hocon/secure.conf.");
        var (settings, entries) = HoconReader.ReadSettings(file, errors);
        return (settings, [.. entries.Select(entry => Rooted(entry, Path.GetDirectoryName(entry.File)!) with { File = HoconReader.Shown(entry.File) })]);
    }

    /// <summary>The entry with a full path, where it names a file.</summary>
    private static ScenarioEntry Rooted(ScenarioEntry entry, string folder) =>
        entry.Text.Length > 0 && NodeKey.All.Any(key => key.IsPath && key.Name == entry.Key)
            ? entry with { Text = Path.GetFullPath(entry.Text, folder) }
            : entry;

    private static bool IsAkkas(ScenarioEntry entry) => entry.Key.Split('.')[0] == "akka";

    /// <summary>What is wrong with a key that is none of ours; null where it is Akka's.</summary>
    private static ScenarioError? Misplaced(ScenarioEntry entry)
    {
        foreach (var (akka, diten) in Taken)
        {
            if (entry.Key == akka || entry.Key.StartsWith(akka + ".", StringComparison.Ordinal))
                return Error("a key that Diten sets itself", diten.Length > 0 ? diten : "nothing, it is fixed", null);
        }

        string[] names = [.. NodeKey.All.Select(key => key.Name)];
        return entry.Key.Split('.')[0] switch
        {
            "akka" => null,
            "diten" => Error("an unknown key", string.Join(", ", names), Suggestion.For(entry.Key, names)),
            var root => Error("an unknown key", "keys under diten or akka", Suggestion.For(root, ["diten", "akka"])),
        };

        ScenarioError Error(string found, string allowed, string? suggestion) =>
            new(entry.File, entry.Key, found, allowed, suggestion) { Line = entry.Line };
    }

    private static string Place(ScenarioEntry entry) =>
        entry.Line is { } line ? FormattableString.Invariant($"{entry.File}, line {line}: ") : entry.File + ": ";

    private static Config ReadBuiltIn()
    {
        using var stream = typeof(NodeSettingsFiles).Assembly.GetManifestResourceStream(BuiltIn)
            ?? throw new InvalidOperationException($"The program lacks its built-in {BuiltIn}.");
        using var reader = new StreamReader(stream);
        return ConfigurationFactory.ParseString(reader.ReadToEnd());
    }
}
