using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Diten.Runs.Hosting;

/// <summary>What is done to processes of others in experiments; as on Linux.</summary>
[SupportedOSPlatform("linux")]
internal static class ProcessSignals
{
    private const int Continuation = 18, Halt = 19;

    /// <summary>Lets a process do nothing until <see cref="Continue"/>.</summary>
    public static void Pause(int process) => _ = Send(process, Halt);

    /// <summary>Lets it go on, if it is still there.</summary>
    public static void Continue(int process) => _ = Send(process, Continuation);

    /// <summary>Whether a process is there and has not ended, waited for or not.</summary>
    public static bool IsAlive(int process) => ParentOf(process) >= 0;

    /// <summary>Processes that a process has started and that have not ended, by number.</summary>
    public static IReadOnlyList<int> ChildrenOf(int parent) =>
        [.. Process.GetProcesses().Select(process => process.Id).Where(process => ParentOf(process) == parent).Order()];

    /// <summary>Of <c>/proc/N/stat</c>: name in brackets, state, parent; −1 for one that has ended.</summary>
    private static int ParentOf(int process)
    {
        try
        {
            var stat = File.ReadAllText(FormattableString.Invariant($"/proc/{process}/stat"));
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return fields[0] == "Z" ? -1 : int.Parse(fields[1], System.Globalization.CultureInfo.InvariantCulture);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return -1;
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Send(int process, int signal);
}
