using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using TorchSharp;

namespace Diten.Learning;

/// <summary>Whether this machine can train, and how torch is used on it. Thread-safe.</summary>
public static class Training
{
    private static readonly Lazy<string?> Obstacle = new(Find);

    /// <summary>Whether the native library that training needs can be loaded on this machine. The first call loads it: a second or two.</summary>
    /// <param name="why">Where it cannot: why, as one or two sentences for people. Else empty.</param>
    /// <remarks>Learned policies need no such library to decide: they run everywhere.</remarks>
    public static bool IsAvailable(out string why)
    {
        why = Obstacle.Value ?? "";
        return Obstacle.Value is null;
    }

    /// <summary>Holds torch to one thread, so that sums are always made in the same order and results are the same to the last bit.</summary>
    /// <exception cref="PlatformNotSupportedException">This machine cannot train; the message says why.</exception>
    internal static void UseOneThread()
    {
        if (!IsAvailable(out var why))
            throw new PlatformNotSupportedException(why);
        torch.set_num_threads(1);
    }

    /// <summary>What a machine of this kind lacks; null where it is one for which torch is built.</summary>
    internal static string? Unsupported(OSPlatform system, Architecture architecture)
    {
        var supported = architecture switch
        {
            Architecture.X64 => system == OSPlatform.Linux || system == OSPlatform.Windows,
            Architecture.Arm64 => system == OSPlatform.OSX,
            _ => false,
        };
        return supported ? null : $"Training needs Linux or Windows on an x64 processor, or macOS on Apple silicon, and this is {system} on {architecture}. "
            + "Learned policies decide here as everywhere, but cannot be trained.";
    }

    private static string? Find()
    {
        OSPlatform[] known = [OSPlatform.Linux, OSPlatform.Windows, OSPlatform.OSX];
        var system = known.Append(OSPlatform.Create(RuntimeInformation.OSDescription)).First(s => RuntimeInformation.IsOSPlatform(s) || !known.Contains(s));
        if (Unsupported(system, RuntimeInformation.ProcessArchitecture) is { } unsupported)
            return unsupported;
        try
        {
            if (system == OSPlatform.Linux)
                UseTheSameKernelsEverywhere();
            // First by ourselves: TorchSharp, when it fails, fills the console and copies half a gigabyte to and fro.
            foreach (var library in new[] { "torch_cpu", "LibTorchSharp" })
                NativeLibrary.Load(library, typeof(torch).Assembly, searchPath: null);
            using var probe = torch.zeros(1);
            return null;
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException or BadImageFormatException
            or TypeInitializationException or NotSupportedException)
        {
            return $"Training needs TorchSharp's native library, which cannot be loaded: {Reason(e)}. "
                + "It comes with a build on a machine of this kind; learned policies decide without it, but cannot be trained.";
        }
    }

    /// <summary>
    /// Torch and its matrix library take the widest vectors that they find, and sum in another order with each width: the same training would
    /// give other bits on another processor. Both read this when they are loaded. It costs some 5 % of a training; who has set one keeps it.
    /// </summary>
    private static void UseTheSameKernelsEverywhere()
    {
        _ = SetEnvironmentVariable("MKL_CBWR", "COMPATIBLE", overwrite: 0);
        if (Avx2.IsSupported && Fma.IsSupported)
            _ = SetEnvironmentVariable("ATEN_CPU_CAPABILITY", "avx2", overwrite: 0);
    }

    /// <summary>Of the C library: what .NET sets is not seen by native code.</summary>
    [DllImport("libc", EntryPoint = "setenv", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    private static extern int SetEnvironmentVariable(string name, string value, int overwrite);

    /// <summary>What stands in the way: of all places that were looked at, the first that had something.</summary>
    private static string Reason(Exception e)
    {
        var lines = e.Message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return e is DllNotFoundException
            ? lines.Skip(1).FirstOrDefault(line => !line.EndsWith("No such file or directory", StringComparison.Ordinal)) ?? "it is not there"
            : lines[0].TrimEnd('.');
    }
}
