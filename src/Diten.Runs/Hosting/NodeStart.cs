using System.Net;
using System.Net.Sockets;
using System.Reflection;
using Akka.Actor;
using Akka.Configuration;
using Akka.Remote;
using Diten.Model.Scenarios.Keys;

namespace Diten.Runs.Hosting;

/// <summary>Starts what a configuration asks for, and says in the user's words what it cannot be started with.</summary>
internal static class NodeStart
{
    /// <summary>Starts something of Akka's.</summary>
    /// <param name="configuration">With what.</param>
    /// <param name="start">Starts it.</param>
    /// <exception cref="UserErrorException">It cannot be started with this configuration.</exception>
    public static T Guarded<T>(NodeConfiguration configuration, Func<T> start)
    {
        try
        {
            RequirePort(configuration); // Akka would log a stack trace first
            return start();
        }
        catch (Exception failure) when (Innermost(failure) is SocketException refused) // also where another program was faster just now
        {
            throw new UserErrorException(Told(configuration, refused));
        }
        // With nothing but Diten's own settings, what is not listed here is a bug, and its stack trace is wanted.
        catch (Exception failure) when (failure is not UserErrorException && (configuration.Written.Count > 0 || IsConfiguration(Innermost(failure))))
        {
            throw new UserErrorException(Told(configuration.Written, Innermost(failure)));
        }
    }

    private static bool IsConfiguration(Exception cause) => cause is ConfigurationException or RemoteTransportException;

    /// <summary>Tries whether the node can listen.</summary>
    /// <exception cref="SocketException">It cannot.</exception>
    private static void RequirePort(NodeConfiguration configuration)
    {
        var address = IPAddress.TryParse(configuration.Host, out var written) ? written : Dns.GetHostAddresses(configuration.Host)[0];
        using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(address, configuration.Port));
        socket.Listen();
    }

    private static string Told(NodeConfiguration configuration, SocketException refused)
    {
        var (host, port) = (configuration.Host, configuration.Port);
        return refused.SocketErrorCode switch
        {
            SocketError.AddressAlreadyInUse => FormattableString.Invariant(
                $"diten.node.port (--port): found {port}, on which another program listens at {host}; allowed: a port that is free; 0 = any."),
            SocketError.AccessDenied => FormattableString.Invariant(
                $"diten.node.port (--port): found {port}, on which this user may not listen; allowed: such as 4711; 0 = any that is free."),
            _ => $"diten.node.host (--host): found {host}, on which this machine cannot listen ({refused.Message}); allowed: an address of this machine.",
        };
    }

    /// <summary>Names the keys that Akka's own words are about, or all that were written where it does not say.</summary>
    private static string Told(IReadOnlyList<ScenarioEntry> written, Exception cause)
    {
        var why = cause.Message.Split('\n')[0].Trim();
        ScenarioEntry[] meant = [.. written.Where(entry => entry.Text.Length > 2 && why.Contains(entry.Text, StringComparison.Ordinal) || why.Contains(entry.Key, StringComparison.Ordinal))];
        if (meant.Length == 0)
            meant = [.. written];
        if (meant.Length == 0)
            return $"the node cannot start: {why}";
        var keys = string.Join(", ", meant.Select(entry => MayBeSecret(entry.Key) ? entry.Key : $"{entry.Key} = {entry.Text}"));
        return $"{meant[0].File}: the node cannot start with {keys}: {why}";
    }

    private static bool MayBeSecret(string key) =>
        key.EndsWith("connection-string", StringComparison.Ordinal) || key.Contains("password", StringComparison.OrdinalIgnoreCase);

    private static Exception Innermost(Exception failure)
    {
        while (failure is AggregateException or TargetInvocationException or TypeLoadException or ActorInitializationException or RemoteTransportException
               && failure.InnerException is { } inner)
            failure = inner;
        return failure;
    }
}
