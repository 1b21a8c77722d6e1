using System.Globalization;
using System.Net;

namespace Diten.Runs.Hosting;

/// <summary>Where a node is reached: <c>HOST:PORT</c>.</summary>
/// <param name="Host">DNS name or address; IPv6 without brackets.</param>
/// <param name="Port">TCP port; 1 to 65535.</param>
public sealed record NodeAddress(string Host, int Port)
{
    /// <summary>Reads <c>HOST:PORT</c>, or <c>[IPv6]:PORT</c>; null where it is neither.</summary>
    public static NodeAddress? Parse(string text)
    {
        var colon = text.LastIndexOf(':');
        if (colon < 0 || !int.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port is < 1 or > 65535)
            return null;
        var host = text[..colon];
        var bracketed = host is ['[', .., ']'];
        if (bracketed)
            host = host[1..^1];
        return IsHost(host) && bracketed == host.Contains(':') ? new NodeAddress(host, port) : null;
    }

    /// <summary>Whether a text can be a host: a DNS name, an IPv4 or an IPv6 address.</summary>
    public static bool IsHost(string text) => text.Length > 0 && !text.StartsWith('[') && Uri.CheckHostName(text) != UriHostNameType.Unknown;

    /// <summary>Whether nobody but this machine reaches a host. Of names only <c>localhost</c>: others may come to mean something else.</summary>
    public static bool IsLoopback(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase) || IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address);

    /// <summary>Whether a host means all addresses of a machine, and so none that another node could call.</summary>
    public static bool IsAny(string host) =>
        IPAddress.TryParse(host, out var address) && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any));

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(Host.Contains(':') ? $"[{Host}]" : Host)}:{Port}");
}
