using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Diten.Runs.Hosting;

/// <summary>What a node does that a program of ours has started: it lives as long as its standard input, and no longer.</summary>
public static class StartedNode
{
    /// <summary>What a node prints before its address, once it can be talked to: its starter waits for the line.</summary>
    public const string Greeting = "diten node listens on ";

    /// <summary>
    /// Ends this process as soon as its standard input does, that is, when whoever started it has closed it or is gone: on a thread of its own,
    /// and without farewells, so that no load and no member that cannot be reached keeps it alive. What counts is in the journal.
    /// Takes it out of the terminal's foreground: Ctrl-C is for the program that started it, which stops at a slot's end.
    /// </summary>
    public static void LiveAsLongAsInput()
    {
        if (OperatingSystem.IsLinux())
            _ = SetProcessGroup(0, 0);
        new Thread(WaitForEnd) { IsBackground = true, Name = "standard input", Priority = ThreadPriority.Highest }.Start();
    }

    private static void WaitForEnd()
    {
        using var input = Console.OpenStandardInput();
        Span<byte> buffer = stackalloc byte[16];
        while (input.Read(buffer) > 0)
        {
        }

        if (OperatingSystem.IsLinux())
            EndNow(0);
        Process.GetCurrentProcess().Kill();
    }

    /// <summary>Of the C library: .NET's own exit runs whatever wants to say goodbye first.</summary>
    [DllImport("libc", EntryPoint = "_exit")]
    private static extern void EndNow(int code);

    [DllImport("libc", EntryPoint = "setpgid")]
    private static extern int SetProcessGroup(int process, int group);
}
