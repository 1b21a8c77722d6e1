using System.Diagnostics;
using Diten.Node.Commands;

namespace Diten.Emulation.Tests.Clusters;

/// <summary>
/// Hosts of a network of their own: Linux network namespaces on two switches with one cable between them, which can be pulled out. Nothing
/// outside is reached or touched.
/// </summary>
internal sealed class NetworkLab : IDisposable
{
    private const string Prefix = "dtn";

    private readonly List<string> _namespaces = [];
    private readonly List<Program.Running> _started = [];

    private NetworkLab()
    {
    }

    /// <summary>Makes the hosts: the first <paramref name="left"/> on one switch, the others on the other one.</summary>
    /// <exception cref="SkipException">This system or user cannot.</exception>
    public static NetworkLab Create(int left, int right)
    {
        Skip.IfNot(OperatingSystem.IsLinux() && Environment.UserName == "root", "network namespaces are made as root on Linux");
        Skip.IfNot(File.Exists("/usr/sbin/ip") || File.Exists("/sbin/ip"), "there is no program ip: apt-get install iproute2");
        var lab = new NetworkLab();
        try
        {
            lab.Namespace("sw"); // the switches live in a namespace too, out of everybody's way
            lab.Ip($"-n {Prefix}sw link add left type bridge");
            lab.Ip($"-n {Prefix}sw link add right type bridge");
            lab.Ip($"-n {Prefix}sw link add cable-l type veth peer name cable-r");
            lab.Ip($"-n {Prefix}sw link set cable-l master left");
            lab.Ip($"-n {Prefix}sw link set cable-r master right");
            foreach (var link in (string[])["left", "right", "cable-l", "cable-r"])
                lab.Ip($"-n {Prefix}sw link set {link} up");
            for (var host = 1; host <= left + right; host++)
                lab.Host(host, host <= left ? "left" : "right");
            return lab;
        }
        catch
        {
            lab.Dispose();
            throw;
        }
    }

    /// <summary>Address of a host, counted from 1.</summary>
    public static string Address(int host) => FormattableString.Invariant($"10.77.0.{host}");

    /// <summary>Starts <c>diten</c> on a host.</summary>
    public Program.Running Start(int host, params string[] args)
    {
        _started.Add(new Program.Running(["ip", "netns", "exec", $"{Prefix}{host}", Environment.ProcessPath!, typeof(CommandTree).Assembly.Location, .. args]));
        return _started[^1];
    }

    /// <summary>Pulls the cable between the switches out, or puts it back.</summary>
    public void Cable(bool connected) => Ip($"-n {Prefix}sw link set cable-l {(connected ? "up" : "down")}");

    public void Dispose()
    {
        foreach (var running in _started)
            running.Dispose();
        foreach (var name in _namespaces)
            Call("ip", "netns", "delete", name);
    }

    private void Host(int host, string on)
    {
        Namespace($"{host}");
        Ip($"-n {Prefix}sw link add port-{host} type veth peer name eth0 netns {Prefix}{host}");
        Ip($"-n {Prefix}sw link set port-{host} master {on}");
        Ip($"-n {Prefix}sw link set port-{host} up");
        Ip($"-n {Prefix}{host} addr add {Address(host)}/24 dev eth0");
        Ip($"-n {Prefix}{host} link set eth0 up");
        Ip($"-n {Prefix}{host} link set lo up");
    }

    private void Namespace(string name)
    {
        Call("ip", "netns", "delete", Prefix + name); // what a killed test left
        Ip($"netns add {Prefix}{name}");
        _namespaces.Add(Prefix + name);
    }

    private void Ip(string arguments) => Skip.IfNot(Call(["ip", .. arguments.Split(' ')]) == 0, $"ip {arguments} is not possible here");

    private static int Call(params string[] command)
    {
        using var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode;
    }
}
