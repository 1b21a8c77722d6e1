using System.Diagnostics;
using System.Runtime.InteropServices;
using Diten.Node.Commands;

namespace Diten.Emulation.Tests.Clusters;

/// <summary>Signals to processes, as on Linux.</summary>
internal static class Signals
{
    /// <summary>Starts <c>diten</c> so that it can be interrupted: a parent that ignores Ctrl-C, such as a script in the background, hands that on.</summary>
    public static Program.Running Interruptible(params string[] args) =>
        new(["env", "--default-signal=INT", Environment.ProcessPath!, typeof(CommandTree).Assembly.Location, .. args]);

    public static void Send(Process process, int signal) => Assert.Equal(0, Kill(process.Id, signal));

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int process, int signal);
}
