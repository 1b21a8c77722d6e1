using System.Globalization;
using System.Net;

namespace Diten.Runs.Hosting;

/// <summary>Where a node answers operators over HTTP.</summary>
/// <param name="Address">Address of this machine; loopback where none was said.</param>
/// <param name="Port">TCP port; 0 = any that is free.</param>
public sealed record HttpPlace(IPAddress Address, int Port)
{
    internal const string Allowed = "a TCP port from 0 to 65535 (0 = any that is free), or ADDRESS:PORT with an IP address of this machine or localhost; \"\" = none";

    /// <summary>Reads <c>PORT</c>, <c>ADDRESS:PORT</c>, <c>localhost:PORT</c> or <c>[IPv6]:PORT</c>; null where it is none of these.</summary>
    public static HttpPlace? Parse(string text)
    {
        var colon = text.LastIndexOf(':');
        if (!int.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port > IPEndPoint.MaxPort)
            return null;
        if (colon < 0 || string.Equals(text[..colon], "localhost", StringComparison.OrdinalIgnoreCase))
            return new HttpPlace(IPAddress.Loopback, port);
        var host = text[..colon];
        var bracketed = host is ['[', .., ']'];
        if (bracketed)
            host = host[1..^1];
        // IPAddress alone would also take 1, 127.1 and 0x7f000001 for addresses.
        return IPAddress.TryParse(host, out var address) && bracketed == host.Contains(':') && (bracketed || address.ToString() == host)
            ? new HttpPlace(address, port) : null;
    }

    /// <inheritdoc/>
    public override string ToString() => new IPEndPoint(Address, Port).ToString();
}
