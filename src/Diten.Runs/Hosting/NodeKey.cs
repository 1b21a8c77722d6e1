using System.Globalization;
using Diten.Model.Input;
using Diten.Model.Scenarios.Keys;

namespace Diten.Runs.Hosting;

/// <summary>A key that <c>hocon/cluster.conf</c> explains: what may stand there, and what it changes.</summary>
/// <param name="Name">Full name, with dots.</param>
/// <param name="Allowed">What may stand there, for errors.</param>
/// <param name="Set">The configuration with a value; null where the value may not stand there.</param>
internal sealed record NodeKey(string Name, string Allowed, Func<NodeConfiguration, string, NodeConfiguration?> Set)
{
    /// <summary>The words that a value may be made of, for "did you mean"; empty where it is free.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>Whether the value names a file, which counts from the folder of the file that says so.</summary>
    public bool IsPath { get; init; }

    /// <summary>All keys under <c>diten</c> that a user may set.</summary>
    public static IReadOnlyList<NodeKey> All { get; } =
    [
        new("diten.node.host", "an address of this machine, such as 127.0.0.1", (node, text) =>
            NodeAddress.IsHost(text) ? node with { Host = text } : null),
        new("diten.node.port", "a TCP port from 0 to 65535; 0 = any that is free", (node, text) =>
            Whole(text, 65535) is { } port ? node with { Port = port } : null),
        new("diten.node.public-host", "a name or address; \"\" = diten.node.host", (node, text) =>
            text.Length == 0 ? node with { PublicHost = null }
            : NodeAddress.IsHost(text) && !NodeAddress.IsAny(text) ? node with { PublicHost = text } : null),
        new("diten.node.roles", "one or more of " + string.Join(", ", NodeRole.All), (node, text) =>
            List(text) is { Count: > 0 } roles && roles.All(NodeRole.All.Contains) ? node with { Roles = [.. roles.Distinct()] } : null)
        {
            Words = NodeRole.All,
        },
        new("diten.node.seed-nodes", "[\"HOST:PORT\", …]", (node, text) =>
            List(text).Select(NodeAddress.Parse).ToArray() is var seeds && seeds.All(seed => seed is not null) ? node with { SeedNodes = seeds! } : null),
        new("diten.node.threads", "a whole number from 0 to 1024; 0 = one a core", (node, text) =>
            Whole(text, 1024) is { } threads ? node with { Threads = threads } : null),
        new("diten.node.http", HttpPlace.Allowed, (node, text) =>
            text.Length == 0 ? node with { Http = null } : HttpPlace.Parse(text) is { } place ? node with { Http = place } : null),
        new("diten.node.allow-different-cpu", "on or off", (node, text) =>
            Switch(text) is { } allowed ? node with { AllowDifferentCpu = allowed } : null)
        {
            Words = ["on", "off", "true", "false"],
        },
        new("diten.node.secret-file", "a file of 64 hexadecimal digits; \"\" = the user's own", (node, text) => node with { SecretFile = text }) { IsPath = true },
        Tls("certificate", "a certificate's file in PEM or PFX; \"\" = no TLS", (tls, text) => tls with { Certificate = text }, isPath: true),
        Tls("key", "a private key's file in PEM; \"\" = it is in the certificate's file", (tls, text) => tls with { Key = text }, isPath: true),
        Tls("password", "text", (tls, text) => tls with { Password = text }, isPath: false),
        Tls("trusted-ca", "the file of the authority's certificate, in PEM", (tls, text) => tls with { TrustedCa = text }, isPath: true),
        new("diten.journal", "text; \"\" = none", (node, text) => node with { Journal = text.Length == 0 ? null : text }),
    ];

    /// <summary>What a value gives, or what is wrong with it.</summary>
    /// <param name="node">What is known so far.</param>
    /// <param name="entry">A value of this key.</param>
    /// <param name="errors">Receives the mistake; the value is then left out.</param>
    public NodeConfiguration Apply(NodeConfiguration node, ScenarioEntry entry, List<ScenarioError> errors)
    {
        if (Set(node, entry.Text) is { } changed)
            return changed;
        var unknown = List(entry.Text).FirstOrDefault(word => !Words.Contains(word)) ?? "";
        errors.Add(new ScenarioError(entry.File, Name, entry.Text.Length == 0 ? "nothing" : $"'{entry.Text}'", Allowed, Suggestion.For(unknown, Words))
        {
            Line = entry.Line,
        });
        return node;
    }

    private static NodeKey Tls(string name, string allowed, Func<NodeTls, string, NodeTls> set, bool isPath) =>
        new("diten.node.tls." + name, allowed, (node, text) => node with { Tls = set(node.Tls ?? new NodeTls(), text) }) { IsPath = isPath };

    /// <summary>Parts of <c>[a, b]</c> or <c>a, b</c>; none for nothing.</summary>
    private static IReadOnlyList<string> List(string text)
    {
        var inner = text is ['[', .., ']'] ? text[1..^1] : text;
        return inner.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
    }

    private static int? Whole(string text, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= most ? number : null;

    private static bool? Switch(string text) => text switch
    {
        "on" or "true" or "yes" => true,
        "off" or "false" or "no" => false,
        _ => null,
    };
}
